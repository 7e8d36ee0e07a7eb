"""Four synthetic task forces (示例) beside the article's: at work, gone on once more, past its day, dissolved late."""

from dataclasses import dataclass
from datetime import timedelta

from tisu.foundation import clock
from tisu.loop.models import Matter
from tisu.loop.stagehand import Stagehand
from tisu.orgs.models import Post, Unit
from tisu.support.demo.synthetic import SYNTHETIC
from tisu.support.forces import dissolve, give_task, go_on
from tisu.support.models import TaskForce
from tisu.support.services import set_up_task_force


@dataclass(frozen=True)
class Row:
    """Set up so many working days ago; its end or its review lies so many calendar days from today."""

    name: str
    purpose: str
    lead: str
    members: tuple[str, ...]
    ago: int
    tasks: tuple[tuple[str, str], ...]
    ends_in: int | None = None
    review_in: int | None = None
    template: str = ""


AT_WORK = Row(
    "迎峰度夏保电专班", "六月至八月用电高峰，逐户核对规上企业用电负荷和错峰方案。", "常务副县长",
    ("gongdian", "fagai", "jingxin", "zhongbao"), 15,
    (("核对重点企业馈线负荷", "gongdian"), ("编制错峰用电方案", "jingxin")), review_in=45, template="power_guarantee",
)  # fmt: skip
WENT_ON = Row(
    "春茶季用工专班", "组织临时用工，协调宿舍和班车。", "副县长(科教文卫)", ("renshe", "nongye", "jiaotong"), 50,
    (("组织两场专场招聘", "renshe"),), ends_in=-30,
)  # fmt: skip
PAST = Row(
    "园区二期用地保障专班", "协调园区二期用地报批各环节，各项许可由企业另行依法申请。", "常务副县长",
    ("ziran", "zhujian", "zhongbao"), 60, (("核对用地报批缺项清单", "ziran"),), ends_in=-7,
)  # fmt: skip
LATE = Row(
    "银企对接专班", "为首贷企业组织银企对接，跟踪授信落地。", "常务副县长", ("caizheng", "jingxin"), 80,
    (("列首贷企业名单", "caizheng"),), ends_in=-40,
)  # fmt: skip


def play(hands: Stagehand) -> None:
    force = _set_up(hands, AT_WORK)
    _tasks(hands, force, AT_WORK, done=1)
    _went_on(hands)
    _tasks(hands, _set_up(hands, PAST), PAST, done=0)
    late = _set_up(hands, LATE)
    _tasks(hands, late, LATE, done=1)
    _dissolve(hands, late, -31, "授信已全部落地，转入日常服务。")


def _went_on(hands: Stagehand) -> None:
    """Its leader looked before its day, and it ended by the new one."""
    force = _set_up(hands, WENT_ON)
    _tasks(hands, force, WENT_ON, done=1)
    with clock.at(clock.moment(hands.today - timedelta(days=33), hands.ago(9).time())):
        go_on(
            user=hands.people["office"], force=force, reason="夏秋茶接续采摘，缺口还有十余人。",
            ends_on=hands.today - timedelta(days=5), review_on=None, seen_version=force.version,
        )  # fmt: skip
    force.refresh_from_db()
    _dissolve(hands, force, -6, "采茶季缺口已补齐，共组织两场招聘。")


def _dissolve(hands: Stagehand, force: TaskForce, days: int, result: str) -> None:
    day = hands.today + timedelta(days=days)
    with clock.at(clock.moment(day, hands.ago(9).time())):
        dissolve(
            user=hands.people["office"],
            force=force,
            result=result,
            on=day,
            despite=True,
            seen_version=force.version,
        )


def _set_up(hands: Stagehand, row: Row) -> TaskForce:
    ends, review = (
        None if days is None else hands.today + timedelta(days=days) for days in (row.ends_in, row.review_in)
    )
    with clock.at(hands.ago(row.ago)):
        return set_up_task_force(
            user=hands.people["office"], name=row.name + SYNTHETIC, purpose=row.purpose,
            lead=Post.objects.get(title=row.lead, unit__region_id="422826"),
            members=Unit.objects.filter(code__in=row.members, region_id="422826"), since=clock.today(), ends_on=ends,
            review_on=review, keeps_permits=True, template=row.template,
        )  # fmt: skip


def _tasks(hands: Stagehand, force: TaskForce, row: Row, *, done: int) -> None:
    """The first `done` of them are closed some days after they were given."""
    for place, (title, code) in enumerate(row.tasks):
        with clock.at(hands.ago(row.ago - 1)):
            task = give_task(
                user=hands.people["office"], force=force, title=title + SYNTHETIC, text=f"{title}，列清单，逐项销号。",
                lead_unit=Unit.objects.get(code=code, region_id="422826"), due_on=clock.today() + timedelta(days=28),
            )  # fmt: skip
        hands.act(code, task.matter, "accept", hands.ago(row.ago - 2))
        if place < done:
            _close(hands, task.matter_id, code, row.ago - 8, title)


def _close(hands: Stagehand, matter: int, code: str, ago: int, title: str) -> None:
    submit = {"result": "resolved", "summary": f"{title}已完成，清单已报专班。"}
    hands.act(hands.head(code), Matter.objects.get(pk=matter), "submit", hands.ago(ago), **submit)
    passed = {"opinion": "已核对清单。", "method": "documents"}
    hands.act("supervisor", Matter.objects.get(pk=matter), "pass", hands.ago(ago - 1), **passed)
