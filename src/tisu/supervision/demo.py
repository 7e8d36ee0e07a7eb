"""Tasks of the demonstration county, all synthetic (示例)."""

from datetime import date
from functools import partial

from tisu.documents.specimens import a_sheet
from tisu.documents.taking import take_in
from tisu.enterprises.models import Mandate
from tisu.foundation import clock
from tisu.loop.conflicts import add_conflict
from tisu.loop.models import Matter
from tisu.loop.recusals import declare_recusal
from tisu.loop.services import open_by_hand
from tisu.loop.stagehand import Script, Stagehand
from tisu.loop.walling import build_wall
from tisu.orgs.models import Unit

SYNTHETIC = "〔示例〕"

# title, text, lead unit, co-units
TASKS = (
    ("不动产登记和水电气联动过户落实", "请核对窗口流程，一次受理，结果共享。", "ziran", ("zhongbao",)),
    ("规上企业用电报装压减环节", "按三环节办理，公布流程图和时限。", "gongdian", ("zhengwu",)),
    ("施工许可阶段并联审批落实", "联合图审、告知承诺两项同步落地。", "zhujian", ("zhengwu",)),
    ("政府投资项目质量保证金清退", "逐项目核对，列清退计划。", "zhujian", ("caizheng",)),
    ("招标文件排斥条款清理", "清理本年度在用文件，列问题清单。", "jiaoyi", ("fagai",)),
    ("园区污水管网接入", "完成三家企业接入并出具验收记录。", "gongshui", ("huanjing",)),
    ("涉企保证金台账公示", "列明项目、依据、期限，公示后报链接。", "caizheng", ()),
    ("劳动用工合规辅导", "逐户辅导合同和工时台账，报告已辅导户数。", "renshe", ("zhongbao",)),
    ("惠企政策免申即享清单", "列出可免申的政策和兑现时间。", "zhengwu", ("caizheng",)),
    ("取水许可延续告知承诺", "列可告知承诺的情形，公布办事指南。", "shuili", ("chaoyangsi",)),
    ("货运车辆通行证网上办", "核对申请材料，公布网上办理步骤和时限。", "jiaotong", ("gongan",)),
    ("茶企出口备案辅导", "逐户辅导，报告已备案户数。", "shangwu", ("nongye",)),
)
PLACES = (
    ("registered", "green", ""), ("registered", "green", ""), ("assigned", "green", ""), ("assigned", "red", "urge"),
    ("in_progress", "green", ""), ("in_progress", "yellow", ""), ("in_progress", "red", "instruct"),
    ("in_progress", "red", "urge"), ("submitted", "green", ""), ("submitted", "red", "begun"),
    ("closed", "on_time", ""), ("closed", "late", ""), ("closed", "on_time", "rework"),
)  # fmt: skip
# What is asked for and decided: stage, light before it, what was said (loop/stagehand.py).
ASKED = (
    ("in_progress", "yellow", "asks for time"), ("in_progress", "yellow", "has more time"),
    ("in_progress", "green", "asks for a pause"), ("in_progress", "green", "paused"),
    ("in_progress", "green", "asks for another"), ("in_progress", "green", "handed on"),
    ("in_progress", "green", "cancelled"), ("in_progress", "yellow", "has no more time"),
    ("in_progress", "green", "asks for an end"), ("in_progress", "green", "asks for other words"),
    ("in_progress", "red", "told a superior"),
)  # fmt: skip
# Supervision items: title, text, and the steps taken so far (loop.md §1, row 2).
ITEMS = (
    ("惠企资金直达情况督查", "核对本年度应兑现资金是否全部直达企业账户，列未兑现清单。", ()),
    ("园区用电可靠性督查", "逐台区核对停电时长和补偿情况，列整改清单。", ("request_approval",)),
    ("涉企检查扎堆问题督查", "核对检查计划备案情况，列重复检查清单。", ("request_approval", "approve")),
    ("窗口服务满意情况督查", "各窗口随机访谈三家企业，列问题清单。", ("request_approval", "refuse")),
)
# What goes back, or another way: how far it got, the steps from there (who, which, with what).
TURNS: tuple[tuple[str, tuple[tuple[str, str, dict], ...]], ...] = (
    ("assigned", (("lead", "return", {"reason": "企业所在地块由国土空间规划控制，请改交自然资源局。",
                                      "suggested_unit": "ziran"}),)),
    ("submitted", (("head", "withdraw", {}),)),
    ("in_progress", (("lead", "co_waive", {"unit": "caizheng", "reason": "经核对不涉及资金，无须配合。"}),)),
    ("in_progress", (("lead", "request_extension", {"working_days": 5, "reason": "专家评审排期在下周。"}),
                     ("lead", "withdraw_request", {"request": 1}))),
    ("in_progress", (("lead", "request_suspension", {"reason": "supplement", "until": 6}),
                     ("supervisor", "grant", {"request": 1, "opinion": "同意中止计时。"}),
                     ("office", "resume", {}))),
)  # fmt: skip
DONE = "已于{day}办结：{what}办理完毕，结果已书面告知企业，相关凭证留存本单位。"


def load(today: date) -> None:
    hands = Stagehand(today)
    for place in range(40):
        title, text, lead, co_units = TASKS[place % len(TASKS)]
        stage, light, extra = PLACES[place % len(PLACES)]
        script = Script(
            open_=lambda title=title, text=text: _open(hands, title + SYNTHETIC, text),
            stage=stage, light=light, lead=lead, co_units=co_units if place % 3 else (), extra=extra,
            progress=("已对接企业，现场核实情况。",) if place % 2 else (),
            summary=DONE.format(day=f"{today.month}月上旬", what=title), closed_ago=2 + place % 9,
        )  # fmt: skip
        hands.play(script)
    _asked(hands)
    _with_papers(hands)
    _reopened(hands)
    _from_one_site(hands)
    _turned(hands)
    _to_be_approved(hands)
    _kept_out(hands)


def _asked(hands: Stagehand) -> None:
    """Every kind of request, waiting and granted, with the stages and lights that granting leads to."""
    for place, (stage, light, extra) in enumerate(ASKED):
        title, text, lead, _co_units = TASKS[(place * 3 + 1) % len(TASKS)]
        open_ = partial(_open, hands, f"{title}(第二批){SYNTHETIC}", text)
        hands.play(Script(open_=open_, stage=stage, light=light, lead=lead, extra=extra))


def _with_papers(hands: Stagehand) -> None:
    """The result is submitted with the record of acceptance."""
    title, text, lead, _co_units = TASKS[5]
    open_ = partial(_open, hands, f"{title}(附验收记录){SYNTHETIC}", text)
    matter = hands.play(Script(open_=open_, stage="in_progress", light="green", lead=lead))
    lines = ("验收记录(示例)", "接入企业三家，闭水试验合格。", "验收单位：供水公司、园区管委会。")
    head = hands.head(lead)
    with clock.at(hands.ago(0)):
        record = take_in(a_sheet("验收记录.pdf", lines), user=hands.people[head])
    summary = DONE.format(day="本月中旬", what=title)
    hands.act(
        head, matter, "submit", hands.ago(0), result="resolved", summary=summary, documents=[str(record.pk)]
    )


def _reopened(hands: Stagehand) -> None:
    """Closed once, taken up again: the second time it is handled."""
    title, text, lead, _co_units = TASKS[2]
    open_ = partial(_open, hands, f"{title}(回头看){SYNTHETIC}", text)
    summary = DONE.format(day="本月上旬", what=title)
    matter = hands.play(
        Script(open_=open_, stage="closed", light="on_time", lead=lead, summary=summary, closed_ago=4)
    )
    hands.act("supervisor", matter, "reopen", hands.ago(1), reason="回头看发现两家企业仍未接入，重新办理。")


def _from_one_site(hands: Stagehand) -> None:
    """Three that seem to be about the same: one goes on, one is merged into it, one was and is taken out again."""
    title, text, lead, _co_units = TASKS[4]
    first, second, third = (
        hands.play(
            Script(
                open_=partial(_open, hands, f"{title}({words}){SYNTHETIC}", text),
                stage="in_progress", light="green", lead=lead,
            )
        )
        for words in ("园区报来", "镇里报来", "商会报来")
    )  # fmt: skip
    hands.act("supervisor", second, "merge", hands.ago(0), parent=first.number)
    third = hands.act("supervisor", third, "merge", hands.ago(0), parent=first.number)
    hands.act("supervisor", third, "unmerge", hands.ago(0))


def _turned(hands: Stagehand) -> None:
    """Returned, withdrawn, waived, resumed: what goes back or another way."""
    title, text, lead, _co_units = TASKS[3]
    names = {"lead": lead, "head": hands.head(lead)}
    for place, (stage, steps) in enumerate(TURNS, start=1):
        script = Script(
            open_=partial(_open, hands, f"{title}(第{place}批){SYNTHETIC}", text), stage=stage, light="green",
            lead=lead, co_units=("caizheng",) if steps[0][1] == "co_waive" else (),
            summary=DONE.format(day="本月上旬", what=title),
        )  # fmt: skip
        matter = hands.play(script)
        for who, action, data in steps:
            matter = hands.act(names.get(who, who), matter, action, hands.ago(0), **hands.filled(data))


def _to_be_approved(hands: Stagehand) -> None:
    """Written, asked for, approved, and sent back to be written anew: a leader decides what is taken up."""
    words = {
        "refuse": {"reason": "和上季度的专项检查重复，请合并后再报。"},
        "approve": {"opinion": "同意立项。"},
    }
    for title, text, steps in ITEMS:
        with clock.at(hands.ago(3)):
            matter = _open(hands, title + SYNTHETIC, text, kind="supervision_item")
        for place, step in enumerate(steps):
            who = "leader1" if step in words else "office"
            matter = hands.act(who, matter, step, hands.ago(2 - place), **words.get(step, {}))


def _kept_out(hands: Stagehand) -> None:
    """Someone who steps back from a matter, someone with an interest in a firm, a unit kept out by decision."""
    title, text, lead, _co_units = TASKS[7]
    script = Script(open_=partial(_open, hands, f"{title}(亲属任职企业){SYNTHETIC}", text), stage="in_progress",
                    light="green", lead=lead)  # fmt: skip
    matter = hands.play(script)
    with clock.at(hands.ago(0)):
        declare_recusal(user=hands.people["office2"], matter=matter, reason="本人亲属在该企业任职。")
        firm = Mandate.objects.get(user=hands.people["firm5"]).enterprise
        add_conflict(
            actor=hands.people["security"], user=hands.people["leader30"], credit_code=firm.credit_code,
            since=hands.today, until=None, reason="配偶持有该企业股份，本人已书面报告。",
        )  # fmt: skip
        number = _open(hands, TASKS[8][0] + "(评审分歧)" + SYNTHETIC, TASKS[8][1]).number
        unit = Unit.objects.get(code="shangwu", region=matter.region)
        reason = "该单位是评审的当事一方。"
        build_wall(actor=hands.people["security"], number=number, unit=unit, reason=reason)


def _open(hands: Stagehand, title: str, text: str, *, kind: str = "task") -> Matter:
    return open_by_hand(user=hands.people["office"], kind=kind, title=title, text=text)
