"""Promises of the demonstration county: those of the article with what it says of them, and synthetic ones in every state.

What the article does not say (by which post, by which day, the firm's own word) is the demonstration's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tisu.accounts.standing import standing_of
from tisu.enterprises.demo import synthetic_code
from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.loop.models import Matter
from tisu.loop.stagehand import Stagehand
from tisu.orgs.models import Post, Role, Unit
from tisu.promises import answering, breaking_down, endings, links, reviewing
from tisu.promises.models import Promise, ReviewRule
from tisu.promises.services import give
from tisu.promises.states import Answer, Benefit, Finding, Form, Level, State

SYNTHETIC, ARTICLE = "〔示例〕", "〔报道〕"
COUNTY = "422826"
NUMBER_END = "0000"
S = State

# Text, responsible unit, deliverable.
THINGS = (
    ("园区三号路污水管网接到厂区红线", "zhujian", "管网接通并出具验收单"),
    ("厂区专用变压器送电", "gongdian", "变压器验收送电"),
    ("二期用地完成供地手续", "ziran", "国有建设用地使用权出让合同签订"),
    ("协调20名熟练工到岗", "renshe", "20名工人签订劳动合同"),
    ("厂区进出道路硬化1.2公里", "jiaotong", "1.2公里道路交工验收"),
    ("惠企贷款贴息资金拨付到账", "caizheng", "贴息资金到账凭证"),
    ("施工许可并联审批一次办结", "zhengwu", "施工许可证核发"),
    ("自来水主管改造到DN200", "gongshui", "DN200主管通水"),
    ("茶叶基地水源工程完工", "shuili", "蓄水池完工并通水"),
    ("环评现场指导两次", "huanjing", "两次指导记录和环评批复"),
    ("组织对接三家外地采购商", "shangwu", "三份对接意向书"),
    ("办理不动产首次登记", "ziran", "不动产权证书核发"),
)


@dataclass(frozen=True)
class Tale:
    """How far a promise got. `entered` is in working days before today, `due` in days from today (None: a slogan).

    `stage` is how far its matter got; `way` by which the firm answered.
    """

    state: str
    entered: int
    due: int | None
    stage: str = ""
    answer: str = ""
    words: str = ""
    form: str = Form.SPOKEN
    archived: bool = False


TALES: tuple[Tale, ...] = (
    Tale(S.RECORDED, 1, 60), Tale(S.RECORDED, 2, 30, form=Form.MINUTES), Tale(S.RECORDED, 15, -3),
    Tale(S.RECORDED, 3, None), Tale(S.RECORDED, 6, None),
    Tale(S.UNDER_REVIEW, 3, 45), Tale(S.UNDER_REVIEW, 4, 20, form=Form.LETTER), Tale(S.UNDER_REVIEW, 5, 90, stage="failed"),
    Tale(S.UNDER_REVIEW, 12, 7, form=Form.CONTRACT),
    Tale(S.TO_BREAK_DOWN, 6, 40), Tale(S.TO_BREAK_DOWN, 7, 25, form=Form.MINUTES), Tale(S.TO_BREAK_DOWN, 20, 3),
    Tale(S.TO_BREAK_DOWN, 5, 120),
    Tale(S.IN_PROGRESS, 8, 60, "assigned"), Tale(S.IN_PROGRESS, 10, 35, "assigned"), Tale(S.IN_PROGRESS, 12, 30, "accepted"),
    Tale(S.IN_PROGRESS, 14, 80, "accepted", form=Form.CONTRACT), Tale(S.IN_PROGRESS, 20, 12, "accepted"),
    Tale(S.IN_PROGRESS, 25, 8, "accepted"), Tale(S.IN_PROGRESS, 30, 5, "submitted"), Tale(S.IN_PROGRESS, 30, 2, "accepted"),
    Tale(S.IN_PROGRESS, 40, -4, "accepted", form=Form.MINUTES), Tale(S.IN_PROGRESS, 45, -10, "accepted"),
    Tale(S.IN_PROGRESS, 60, -25, "submitted"), Tale(S.IN_PROGRESS, 22, 150, "accepted"),
    Tale(S.IN_PROGRESS, 35, -2, "accepted", Answer.NOT_KEPT, "说好四月接通，现在还没进场。"),
    Tale(S.IN_PROGRESS, 50, -15, "accepted", Answer.NOT_KEPT, "只来看过一次，没有下文。"),
    Tale(S.AWAITING_FIRM, 30, 5, "closed"), Tale(S.AWAITING_FIRM, 35, -1, "closed"), Tale(S.AWAITING_FIRM, 40, -6, "closed"),
    Tale(S.AWAITING_FIRM, 45, 10, "closed", form=Form.LETTER), Tale(S.AWAITING_FIRM, 28, 14, "accepted"),
    Tale(S.KEPT, 40, -5, "closed", Answer.KEPT), Tale(S.KEPT, 45, -8, "closed", Answer.KEPT, "提前一周办好，谢谢。"),
    Tale(S.KEPT, 50, -12, "closed", Answer.KEPT, form=Form.CONTRACT), Tale(S.KEPT, 55, -20, "closed", Answer.KEPT),
    Tale(S.KEPT, 60, -30, "closed", Answer.KEPT, form=Form.MINUTES), Tale(S.KEPT, 62, -35, "closed", Answer.KEPT),
    Tale(S.KEPT, 65, -40, "closed", Answer.KEPT, "已经用上了。"), Tale(S.KEPT, 70, 15, "closed", Answer.KEPT),
    Tale(S.KEPT, 75, -45, "closed", Answer.KEPT), Tale(S.KEPT, 80, -50, "closed", Answer.KEPT),
    Tale(S.KEPT, 85, -55, "closed", Answer.KEPT),
    Tale(S.PARTLY_KEPT, 50, -7, "closed", Answer.PARTLY, "一期接通了，二期还没有。"),
    Tale(S.PARTLY_KEPT, 60, -18, "closed", Answer.PARTLY, "20人到岗12人。"),
    Tale(S.PARTLY_KEPT, 66, -33, "closed", Answer.PARTLY, "路修了一半，雨天仍进不了大车。"),
    Tale(S.CHANGED, 70, -28, "assigned"), Tale(S.CHANGED, 48, 40, "assigned"),
    Tale(S.IMPOSSIBLE, 72, -31, "assigned"), Tale(S.IMPOSSIBLE, 33, -9),
    Tale(S.KEPT, 90, -60, "closed", Answer.KEPT, archived=True), Tale(S.KEPT, 95, -70, "closed", Answer.KEPT, archived=True),
    Tale(S.PARTLY_KEPT, 92, -62, "closed", Answer.PARTLY, "另一半已另行商定。", archived=True),
    Tale(S.IMPOSSIBLE, 96, -75, archived=True), Tale(S.RECORDED, 30, None, archived=True),
)  # fmt: skip
SLOGANS = (
    "把企业的事当自己的事办，做企业的贴心人",
    "企业吹哨、部门报到，服务永远在路上",
    "打造一流营商高地，让企业放心投资",
)
NEW_MATERIALS, GRAIN = "湖北某新材料科技公司", "湖北某科技集团有限公司"


def load(today: date) -> None:
    stage = Stage(today)
    stage.article()
    things = [THINGS[place % len(THINGS)] for place in range(len(TALES))]
    told = [(tale, things[place], place) for place, tale in enumerate(TALES)]
    for tale, thing, place in sorted(told, key=lambda each: -each[0].entered):
        stage.play(tale, thing, place)


class Stage:
    """Tells tales through the services, each act by whose part it is and on a day that fits."""

    def __init__(self, today: date) -> None:
        self.today, self.hands = today, Stagehand(today)
        self.units = {unit.code: unit for unit in Unit.objects.filter(region_id=COUNTY)}
        self.rules = list(ReviewRule.objects.all())

    def person(self, name: str):
        user = self.hands.people[name]
        standing_of(user)
        return user

    def leader_of(self, unit: str) -> Post:
        posts = Post.objects.filter(role=Role.COUNTY_LEADER).order_by("pk")
        return posts.filter(in_charge_of__code=unit).first() or posts.get(title="县长")

    # --- one tale ---

    def play(self, tale: Tale, thing: tuple[str, str, str], place: int) -> None:
        promise = self.entered(tale, thing, place)
        at = self.hands.later(self.hands.ago(tale.entered), 1)
        if tale.state != State.RECORDED:
            at = self.reviewed(promise, tale, at)
        if tale.stage not in ("", "failed"):
            self.assigned(promise, [self.part(promise, thing)], at)
            self.worked(promise, tale, self.hands.later(at, 1))
        self.ended(promise, tale, place)

    def entered(self, tale: Tale, thing: tuple[str, str, str], place: int) -> Promise:
        moment = self.hands.ago(tale.entered)
        given = clock.local_day(moment) - timedelta(days=place % 4)
        slogan = tale.due is None
        with clock.at(moment):
            return give(
                actor=self.person("office"),
                text=f"{SLOGANS[place % len(SLOGANS)] if slogan else thing[0]}。{SYNTHETIC}",
                maker=self.leader_of(thing[1]),
                given_on=given,
                due_on=None if slogan else max(self.today + timedelta(days=tale.due), given),
                is_slogan=slogan,
                enterprise=None if slogan else self.firm(place),
                unit=None if slogan else self.units[thing[1]],
                form=tale.form,
                place=("企业现场", "座谈会", "招商推介会")[place % 3],
                source="营商办现场记录",
                level=Level.COUNTY if place % 5 == 0 else Level.NONE,
                basis="咸政办发〔示例〕1号" if place % 5 == 0 else "",
                amount=(place + 1) * 50_000 if place % 6 == 5 and not slogan else None,
            )

    def firm(self, place: int) -> Enterprise:
        """Every third is one of the five that have an account."""
        return Enterprise.objects.get(
            credit_code=synthetic_code(place % 5 + 1 if place % 3 == 0 else place % 60 + 6)
        )

    def part(self, promise: Promise, thing: tuple[str, str, str]) -> breaking_down.Part:
        return breaking_down.Part(f"{thing[2]}{SYNTHETIC}", promise.due_on, self.units[thing[1]])

    # --- its steps ---

    def reviewed(self, promise: Promise, tale: Tale, at: datetime) -> datetime:
        with clock.at(at):
            reviewing.ask_for_review(actor=self.person("office"), promise=promise)
        if tale.state == State.UNDER_REVIEW and tale.stage != "failed":
            return at
        at = self.hands.later(at, 1)
        finding = Finding.FAILS if tale.stage == "failed" else Finding.PASSES
        with clock.at(at):
            for rule in ReviewRule.objects.asked_of(promise):
                reviewing.review(
                    actor=self.person("office2"), promise=promise, rule=rule, finding=finding,
                    opinion="内容合法，责任单位明确，经费已落实。" if finding == Finding.PASSES else "超出承诺岗位权限，须重新商定。",
                    level=Level.NATIONAL, basis="《优化营商环境条例》第三十一条",
                )  # fmt: skip
            if finding == Finding.PASSES:
                reviewing.pass_review(actor=self.person("office2"), promise=promise)
        return at

    def assigned(self, promise: Promise, parts: Sequence[breaking_down.Part], at: datetime) -> None:
        with clock.at(at):
            breaking_down.break_down(actor=self.person("office"), promise=promise, parts=parts)

    def worked(self, promise: Promise, tale: Tale, at: datetime) -> None:
        """Its matter: accepted, submitted and passed by the people whose part it is."""
        steps = ("accepted", "submitted", "closed")
        if tale.stage not in steps:
            return
        matter = promise.deliverables.get().matter
        unit = matter.lead.unit.code
        summary = f"已于{at.month}月办结，结果书面告知企业，凭证留存。"
        acts = (
            (unit, "accept", {}),
            (self.hands.head(unit), "submit", {"result": "resolved", "summary": summary}),
            ("supervisor", "pass", {"opinion": "已到现场核实。", "method": "visit"}),
        )
        for name, action, data in acts[: steps.index(tale.stage) + 1]:
            matter = self.hands.act(name, matter, action, at, **data)
            at = self.hands.later(at, 1)

    def ended(self, promise: Promise, tale: Tale, place: int) -> None:
        last = self.hands.ago(1 if tale.entered > 2 else 0)
        promise.refresh_from_db()
        with clock.at(max(last, self.last_of(promise))):
            if tale.state == State.AWAITING_FIRM and promise.state == State.IN_PROGRESS:
                answering.ask_firm(actor=self.person("office"), promise=promise)
            if tale.answer:
                self.answered(promise, tale, place)
            if tale.state == State.CHANGED:
                endings.change(
                    actor=self.person("office-lead"), promise=promise, reason="该路段纳入县城防洪规划，须改线。",
                    procedure="县政府常务会议纪要〔示例〕2号", compensation="改由县级财政承担临时道路费用", amount=300_000,
                )  # fmt: skip
            if tale.state == State.IMPOSSIBLE:
                endings.give_up(
                    actor=self.person("office-lead"), promise=promise,
                    reason="所需指标上级本年度未下达，已向企业当面说明，明年优先申报。",
                )  # fmt: skip
            if tale.archived:
                endings.archive(actor=self.person("office"), promise=promise)

    def answered(self, promise: Promise, tale: Tale, place: int) -> None:
        """In its own account where the firm has one, by a link where it has none."""
        if place % 3 == 0:
            firm = self.person(f"firm{place % 5 + 1}")
            answering.answer_as_firm(actor=firm, promise=promise, answer=tale.answer, words=tale.words)
            return
        code = links.issue_link(actor=self.person("office"), promise=promise, number_end=NUMBER_END)
        links.use_link(code, NUMBER_END, answer=tale.answer, words=tale.words)

    def last_of(self, promise: Promise) -> datetime:
        matters = Matter.objects.filter(deliverable__promise=promise)
        moments = [promise.steps.latest("version").at]
        return max(moments + [matter.events.latest("seq").at for matter in matters])

    # --- the article ---

    def article(self) -> None:
        """What was promised to the two firms and to everyone, entered when the ledger began."""
        materials, grain = (Enterprise.objects.get(name=name) for name in (NEW_MATERIALS, GRAIN))
        self.told(
            "咸丰县在交通、资金等硬件设施上无法与其他城市比肩，那么我们就打造最优营商环境。",
            "县长",
            date(2022, 1, 4),
            None,
        )
        kept = self.told(
            "对该公司的郑重承诺，咸丰县用实际行动兑现。", "县长", date(2022, 4, 28), date(2022, 12, 31),
            enterprise=materials, unit=self.units["zhongbao"], form=Form.CONTRACT,
        )  # fmt: skip
        self.carried(
            kept,
            "场地、能耗指标、行车运输各项落实",
            Tale(S.KEPT, 60, 0, "closed", Answer.KEPT, "兑现了（示例确认）。"),
        )
        policy = self.told(
            "该项目属《西部地区鼓励类产业项目》，按国家规定享受政策。", "常务副县长", date(2022, 4, 28), date(2030, 12, 31),
            enterprise=materials, unit=self.units["fagai"], form=Form.LETTER, level=Level.NATIONAL,
            basis="《西部地区鼓励类产业目录》及西部大开发企业所得税政策",
        )  # fmt: skip
        self.carried(
            policy,
            "本年度鼓励类产业认定办结",
            Tale(S.IN_PROGRESS, 60, 0, "accepted"),
            due=self.today + timedelta(days=60),
        )
        rent = self.told(
            "落实3年厂房免租等政策。", "县长", date(2019, 12, 31), date(2022, 12, 31), enterprise=grain,
            unit=self.units["zhongbao"], form=Form.CONTRACT, benefit=Benefit.FACTORS,
        )  # fmt: skip
        self.carried(rent, "三年厂房租金减免凭证", Tale(S.AWAITING_FIRM, 60, 0, "closed"))
        experts = self.told(
            "组织农业技术专家提供技术指导。", "副县长(农业农村)", date(2020, 3, 2), date(2022, 12, 31), enterprise=grain,
            unit=self.units["nongye"],
        )  # fmt: skip
        self.carried(experts, "技术指导记录", Tale(S.AWAITING_FIRM, 60, 0, "closed"))

    def told(self, text: str, maker: str, given: date, due: date | None, **facts) -> Promise:
        with clock.at(self.hands.ago(60)):
            return give(
                actor=self.person("office"), text=f"{text}{ARTICLE}", given_on=given, due_on=due, is_slogan=due is None,
                maker=Post.objects.get(role=Role.COUNTY_LEADER, title=maker), source="人民网2023年5月22日报道；未载明的日期和岗位为示例",
                **facts,
            )  # fmt: skip

    def carried(self, promise: Promise, thing: str, tale: Tale, *, due: date | None = None) -> None:
        at = self.reviewed(promise, tale, self.hands.ago(58))
        unit = promise.unit
        self.assigned(promise, [breaking_down.Part(f"{thing}{ARTICLE}", due or promise.due_on, unit)], at)
        self.worked(promise, tale, self.hands.later(at, 1))
        self.ended(promise, replace(tale, archived=False), 1)
