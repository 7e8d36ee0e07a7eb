"""What the article of 2023-05-22 tells of production factors, on its days.

The article says what and when, to the month or to the day; hours, numbers of documents, who handled it and what it
was worth beyond what stands there are the demonstration's own. The market of 2020 is older than the county's accounts
here, so it was entered afterwards.
"""

from datetime import date, datetime, time
from typing import Any

from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.loop.models import Matter
from tisu.loop.stagehand import Stagehand
from tisu.orgs.models import Post, Unit
from tisu.support.demo.synthetic import step_at
from tisu.support.forces import dissolve, give_task
from tisu.support.models import FactorRequest, Introduction
from tisu.support.recording import write_down
from tisu.support.risks import settle_risk
from tisu.support.services import ask, set_up_task_force
from tisu.support.units import MEASURES

ARTICLE = "〔报道〕"
BATTERY, GRAIN, MATERIALS = "湖北某新材料科技公司", "湖北某科技集团有限公司", "湖北某环保新材料公司"


def play(hands: Stagehand) -> None:
    _site(hands)
    _quota(hands)
    _cranes(hands)
    _power(hands)
    _market(hands)
    _guidance(hands)


def _at(year: int, month: int, day: int, hour: int) -> datetime:
    return clock.moment(date(year, month, day), time(hour, 20))


def _ask(
    hands: Stagehand, at: datetime, firm: str, title: str, text: str, needed_by: date, **said: Any
) -> FactorRequest:
    with clock.at(at):
        return ask(
            user=hands.people["office"], firm=Enterprise.objects.get(name=firm), title=title + ARTICLE, text=text,
            needed_by=needed_by, **said,
        )  # fmt: skip


def _act(hands: Stagehand, request: FactorRequest, name: str, action: str, at: datetime, **data: Any) -> None:
    hands.act(name, Matter.objects.get(pk=request.matter_id), action, at, **data)


def _handled(
    hands: Stagehand, request: FactorRequest, lead: str, sent: datetime, due: date, *co_units: str
) -> None:
    _act(
        hands,
        request,
        "office",
        "assign",
        sent,
        lead_unit=lead,
        co_units=list(co_units),
        due_on=due.isoformat(),
    )
    _act(hands, request, lead, "accept", sent)


def _closed(hands: Stagehand, request: FactorRequest, lead: str, at: datetime, summary: str) -> None:
    _act(hands, request, hands.head(lead), "submit", at, result="resolved", summary=summary)
    opinion = "企业确认，情况属实。"
    _act(hands, request, "supervisor", "pass", at, opinion=opinion, method="phone")


def _write(hands: Stagehand, request: FactorRequest, by: str, at: datetime, code: str, **facts: Any) -> None:
    with clock.at(max(at, request.matter.events.latest("seq").at)):
        request.refresh_from_db()
        write_down(user=hands.people[by], request=request, code=code, seen_version=request.version, **facts)


def _site(hands: Stagehand) -> None:
    """Signed on 28 April 2022; within one day the township had cleared the site."""
    signed, cleared = date(2022, 4, 28), date(2022, 4, 29)
    text = "项目于2022年4月28日签约。请忠堡镇在一天内完成场地清理，地勘设备已在运往忠堡镇的路上。"
    request = _ask(
        hands, _at(2022, 4, 28, 11), BATTERY, "忠堡镇：动力锂电池项目场地一天内清理完毕", text, cleared, factor="land",
        case="site_clearing",
    )  # fmt: skip
    _handled(hands, request, "zhongbao", clock.moment(signed, time(14, 20)), cleared)
    for kind in ("decided", "delivered"):
        said = {"level": "county"} if kind == "decided" else {}
        step_at(hands, request, "zhongbao", kind, _at(2022, 4, 29, 9), **said)
    _closed(
        hands, request, "zhongbao", _at(2022, 4, 29, 10), "场地已在一天内清理完毕，具备地勘设备进场条件。"
    )


def _quota(hands: Stagehand) -> None:
    """In July 2022 the county's leaders went to Wuhan and were granted 267,000 tce."""
    text = "为获得能耗指标，县政府主要领导带队到武汉，向省发改委汇报，申请26.7万吨标煤的能耗指标。"
    request = _ask(
        hands, _at(2022, 7, 4, 9), BATTERY, "向省里申请26.7万吨标煤能耗指标", text, date(2022, 9, 30), factor="energy",
        amount="26.7万吨标煤", basis="calorific",
    )  # fmt: skip
    _handled(hands, request, "fagai", _at(2022, 7, 4, 10), date(2022, 7, 29))
    amount = MEASURES["energy"].read("26.7万吨标煤")
    step_at(
        hands,
        request,
        "fagai",
        "referred",
        _at(2022, 7, 12, 9),
        level="province",
        text="县政府主要领导带队到武汉汇报。",
    )
    step_at(hands, request, "fagai", "decided", _at(2022, 7, 27, 15), level="province", amount=amount)
    step_at(hands, request, "fagai", "delivered", _at(2022, 7, 28, 10))
    _closed(hands, request, "fagai", _at(2022, 7, 28, 11), "省里已批复26.7万吨标煤能耗指标，已转企业。")


def _cranes(hands: Stagehand) -> None:
    """Five cranes of up to 52 m over mountain roads, from October to November 2022, by a task force."""
    text = (
        "2022年10月至11月，运输5台行车从县城高速路口至忠堡镇。大的长达52米，分成两截运输，价值1000多万元，山路运输不便，"
        "既要防止损坏，又要保障过往人车安全。"
    )
    request = _ask(
        hands, _at(2022, 10, 8, 9), BATTERY, "5台行车从县城高速路口运至忠堡镇工业园区", text, date(2022, 11, 30),
        factor="logistics", case="oversize_transport", measure="pieces", amount="5台",
    )  # fmt: skip
    _handled(hands, request, "jiaotong", _at(2022, 10, 8, 10), date(2022, 11, 30), "weijian", "zhongbao")
    _write(
        hands, request, "jiaotong", _at(2022, 10, 9, 9), "transport", first=date(2022, 10, 8), last=date(2022, 11, 25),
        pieces=5, longest_cm=5_200, parts=2, value=10_000_000, route="县城高速路口—忠堡镇工业园区",
    )  # fmt: skip
    force = _cranes_force(hands, request)
    for unit in ("weijian", "zhongbao"):
        text = "本单位负责的保障已完成，无伤情、无损坏。"
        _act(hands, request, unit, "co_done", _at(2022, 11, 24, 14), text=text)
        _act(hands, request, "jiaotong", "co_confirm", _at(2022, 11, 24, 15), unit=unit)
    step_at(hands, request, "jiaotong", "decided", _at(2022, 11, 24, 16), level="county", amount=5)
    step_at(hands, request, "jiaotong", "delivered", _at(2022, 11, 25, 9))
    done = "5台行车全部运抵忠堡镇工业园区，大件分成两截运输，设备和过往人车安全。"
    _closed(hands, request, "jiaotong", _at(2022, 11, 25, 10), done)
    with clock.at(_at(2022, 11, 28, 9)):
        dissolve(
            user=hands.people["office"], force=force, result=done, on=date(2022, 11, 28), despite=False,
            seen_version=force.version,
        )  # fmt: skip


def _cranes_force(hands: Stagehand, request: FactorRequest) -> Any:
    units = {
        unit.code: unit
        for unit in Unit.objects.filter(code__in=("jiaotong", "weijian", "gongan", "zhongbao"))
    }
    with clock.at(_at(2022, 10, 9, 10)):
        force = set_up_task_force(
            user=hands.people["office"], name=f"行车运输工作专班{ARTICLE}", request=request, keeps_permits=True,
            purpose="由交通、卫生等部门参与，把5台行车从县城高速路口安全运到忠堡镇。", members=units.values(),
            lead=Post.objects.get(title="副县长(交通商务)"), since=date(2022, 10, 9), ends_on=date(2022, 11, 30),
        )  # fmt: skip
    tasks = (
        ("路线踏勘和桥梁弯道复核", "jiaotong", date(2022, 10, 21), _at(2022, 10, 19, 15)),
        ("沿途交通管制和护送", "gongan", date(2022, 11, 25), _at(2022, 11, 24, 11)),
        ("全程医疗保障", "weijian", date(2022, 11, 25), _at(2022, 11, 24, 10)),
    )
    for title, unit, due, done in tasks:
        with clock.at(_at(2022, 10, 10, 9)):
            task = give_task(
                user=hands.people["office"], force=force, title=title + ARTICLE, text=f"{title}，专人负责，逐次记录。",
                lead_unit=units[unit], due_on=due,
            )  # fmt: skip
        hands.act(unit, task.matter, "accept", _at(2022, 10, 10, 14))
        summary = f"{title}已完成，记录留存本单位。"
        for name, action, data in (
            (unit, "submit", {"result": "resolved", "summary": summary}),
            ("supervisor", "pass", {"opinion": "已核对记录。", "method": "documents"}),
        ):
            hands.act(name, Matter.objects.get(pk=task.matter_id), action, done, **data)
    with clock.at(_at(2022, 11, 24, 17)):
        for risk in force.risk_list.risks.all():
            settle_risk(
                user=hands.people["jiaotong"], risks=force.risk_list, key=risk.pk, owner=units["jiaotong"],
                done_on=date(2022, 10, 20),
            )  # fmt: skip
    force.refresh_from_db()
    return force


def _power(hands: Stagehand) -> None:
    """September 2022, the season of drought and of the best sales."""
    text = "生产、销售最旺的时候遇上旱情，县、镇负责人多次联系供电部门，请为公司生产保电。"
    request = _ask(
        hands, _at(2022, 9, 1, 9), MATERIALS, "旱情期间生产保电", text, date(2022, 9, 5), factor="power",
        case="power_guarantee",
    )  # fmt: skip
    _handled(hands, request, "gongdian", _at(2022, 9, 1, 10), date(2022, 9, 30), "chaoyangsi")
    said = {"first": date(2022, 9, 1), "last": date(2022, 9, 30), "hours": 24, "feeder": ""}
    _write(hands, request, "gongdian", _at(2022, 9, 1, 15), "guarantee", **said)
    step_at(hands, request, "gongdian", "decided", _at(2022, 9, 2, 9), level="county")
    step_at(hands, request, "gongdian", "delivered", _at(2022, 9, 30, 9))
    _act(hands, request, "chaoyangsi", "co_done", _at(2022, 9, 30, 10), text="镇里每周到厂核实，供电未中断。")
    _act(hands, request, "gongdian", "co_confirm", _at(2022, 9, 30, 11), unit="chaoyangsi")
    _closed(hands, request, "gongdian", _at(2022, 9, 30, 14), "保电期间生产未受影响，企业满负荷生产。")


def _market(hands: Stagehand) -> None:
    """In 2020 the first goods found no buyers; the partner district's canteens and shops were introduced."""
    text = "2020年首批产品遇到销售渠道不畅，抢抓杭州市对口帮扶机遇，把企业介绍给余杭区机关食堂、商超。买卖由双方自己商定。"
    request = _ask(
        hands,
        _at(2021, 3, 1, 9),
        GRAIN,
        "对口帮扶：产品走进杭州余杭(补录)",
        text,
        date(2021, 3, 31),
        factor="market",
    )
    _handled(hands, request, "shangwu", _at(2021, 3, 1, 10), date(2021, 3, 12))
    for buyer in ("杭州余杭区政府机关食堂", "杭州余杭区商超"):
        facts = {"buyer": buyer, "channel": "杭州市对口帮扶", "on": date(2020, 6, 1)}
        _write(hands, request, "shangwu", _at(2021, 3, 2, 9), "introduction", **facts)
    for row in Introduction.objects.filter(request=request):
        for day in (date(2020, 7, 1), date(2020, 10, 1)):
            facts = {"introduction": row, "on": day, "amount": None}
            _write(hands, request, "shangwu", _at(2021, 3, 2, 10), "order", **facts)
    step_at(hands, request, "shangwu", "decided", _at(2021, 3, 3, 9), level="county")
    step_at(hands, request, "shangwu", "delivered", _at(2021, 3, 3, 10))
    _closed(hands, request, "shangwu", _at(2021, 3, 4, 9), "企业与介绍的买家已自行签约供货，销售渠道打通。")


def _guidance(hands: Stagehand) -> None:
    """Experts of agriculture came; the article does not say when."""
    text = "组织农业技术专家为油、米、面加工原料基地提供技术指导。"
    request = _ask(
        hands, _at(2021, 4, 6, 9), GRAIN, "农业技术专家指导", text, date(2021, 4, 30), factor="guidance"
    )
    _handled(hands, request, "nongye", _at(2021, 4, 6, 10), date(2021, 4, 27))
    facts = {
        "on": date(2021, 4, 15),
        "expert": "县农业农村局农艺师",
        "topic": "原料基地田间管理",
        "result": "提出整改建议，企业已采纳。",
    }
    _write(hands, request, "nongye", _at(2021, 4, 16, 9), "guidance", **facts)
    step_at(hands, request, "nongye", "decided", _at(2021, 4, 16, 10), level="county")
    step_at(hands, request, "nongye", "delivered", _at(2021, 4, 16, 11))
    _closed(hands, request, "nongye", _at(2021, 4, 19, 9), "专家已到基地指导，企业反映有用。")
