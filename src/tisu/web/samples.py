"""Synthetic values for the component page: a made-up matter of a made-up county, with nobody real in it."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.templatetags.static import static

from tisu.foundation import clock
from tisu.web import figure_samples
from tisu.web.bars import Bar, Bars
from tisu.web.clockbar import ClockBar
from tisu.web.filters import chips
from tisu.web.months import months_of
from tisu.web.tables import Cell, Column, Table, Tick

TOKENS = ("ink", "muted", "line", "paper", "wash", "brand", "seal", "jade", "amber", "grey", "dialogue")
LIGHTS = ("green", "yellow", "red", "grey", "on_time", "late", "met", "missed")
DECISIONS = ("filed", "approved", "refused", "withdrawn", "lapsed")
ICONS = (
    "desk", "matters", "projects", "enterprises", "people", "supervision", "voice", "chart", "ledger", "bell", "search",
    "menu", "close", "language", "leave", "copy", "download", "print", "document", "clock", "filter", "forward", "down",
    "lock", "home", "settings", "components", "dot", "calendar", "promise",
)  # fmt: skip
DAY = date(2023, 5, 22)
UNITS = [("", "全部"), ("zhujian", "住建局"), ("fagai", "发改局"), ("gongdian", "供电公司")]
RECEIPT = "K7QM4T9XW2HD8RNPA"
BARS = Bars(
    (Bar("住建局", 12, 9, "75% (9/12)"), Bar("发改局", 8, 8, "100% (8/8)"), Bar("供电公司", 3, 0, "0% (0/3)")),
    whole="到期", part="已确认兑现",
)  # fmt: skip


PORTIONS = (
    {"label": "申请", "words": "26.7万吨标煤", "share": 1000, "kind": "asked"},
    {"label": "批复", "words": "20万吨标煤", "share": 749, "kind": "granted"},
    {"label": "已用", "words": "8.5万吨标煤", "share": 318, "kind": "used"},
)


class ReturnForm(forms.Form):
    """Two fields, as an action asks for them in place."""

    reason = forms.CharField(
        label="退回理由", widget=forms.Textarea(attrs={"rows": 3}), help_text="写明依据，交办单位会看到。",
        error_messages={"required": "还差一项：请写明退回理由。"},
    )  # fmt: skip
    suggested_unit = forms.ChoiceField(label="建议交办单位", choices=UNITS, required=False)


class OpinionForm(forms.Form):
    """Nothing of it is needed."""

    opinion = forms.CharField(label="意见", required=False, widget=forms.Textarea(attrs={"rows": 2}))


class EveryFieldForm(forms.Form):
    """Each kind of field once."""

    title = forms.CharField(label="标题", help_text="一句话说清楚事情，不超过40字。")
    text = forms.CharField(label="经过", widget=forms.Textarea(attrs={"rows": 4}))
    unit = forms.ChoiceField(label="牵头单位", choices=UNITS, required=False)
    due = forms.DateField(label="办理期限", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    solved = forms.ChoiceField(
        label="问题解决了吗", choices=[("yes", "解决了"), ("partly", "部分解决"), ("no", "没有解决")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    co_units = forms.MultipleChoiceField(
        label="协办单位", choices=UNITS[1:], required=False, widget=forms.CheckboxSelectMultiple
    )
    anonymous = forms.BooleanField(label="匿名提交", required=False, help_text="匿名后只能凭回执查询。")


class FilterForm(forms.Form):
    q = forms.CharField(label="关键词", required=False)
    unit = forms.ChoiceField(label="牵头单位", choices=UNITS, required=False)
    light = forms.ChoiceField(
        label="灯", choices=[("", "全部"), ("red", "逾期"), ("yellow", "临期")], required=False
    )


def at(day: int, hour: int, minute: int) -> datetime:
    return clock.moment(date(2023, 5, day), time(hour, minute))


def matters() -> list[dict[str, Any]]:
    """One card for each light."""
    common = {
        "category": "反映 · 办理建筑许可",
        "href": "#matter",
        "primary": {"label": "签收", "url": "#act"},
    }
    waiting = {**common, "secondary": [{"label": "退回…", "url": "#return"}]}
    done = {**common, "primary": None}
    return [
        {**waiting, "light": "yellow", "remaining": "剩1个工作日", "due": date(2023, 5, 23), "cycle": 2,
         "title": "施工许可超过承诺时限，材料反复补正三次", "units": "住建局 · 协办 政务局"},
        {**waiting, "light": "red", "remaining": "超2个工作日", "due": date(2023, 5, 18), "cycle": 1,
         "category": "督办 · 获得电力", "title": "示例食品公司二期用电报装未在时限内送电", "units": "供电公司",
         "note": "县领导批示：本周内送电，有困难当面说。", "primary": {"label": "报结", "url": "#act"}},
        {**waiting, "light": "green", "remaining": "剩9个工作日", "due": date(2023, 6, 2), "cycle": 1,
         "category": "诉求 · 用地审批", "title": "示例茶业公司请求明确扩建用地办理路径", "units": "自然资源局"},
        {**done, "light": "grey", "remaining": "中止至5月31日", "due": date(2023, 6, 9), "cycle": 1,
         "title": "等待上级批复期间暂停计时", "units": "发改局"},
        {**done, "light": "on_time", "due": date(2023, 5, 12), "cycle": 1, "title": "质量保证金已按合同退还", "units": "忠堡镇"},
        {**done, "light": "late", "due": date(2023, 4, 28), "cycle": 1, "title": "消防验收意见已补发", "units": "消防救援大队"},
    ]  # fmt: skip


def clocks() -> list[dict[str, Any]]:
    start, due = date(2023, 4, 20), date(2023, 5, 23)
    reckoned = "起算4月20日（不计当日） + 15个工作日 + 中止3个工作日 + 延长2个工作日 = 5月23日"
    return [
        {"id": "a", "summary": "还剩1个工作日", "explanation": reckoned,
         "bar": ClockBar(start, due, DAY, "yellow", ((date(2023, 5, 4), date(2023, 5, 9)),), date(2023, 5, 19))},
        {"id": "b", "summary": "超2个工作日", "bar": ClockBar(start, date(2023, 5, 18), DAY, "red")},
        {"id": "c", "summary": "还剩9个工作日", "provisional": True,
         "bar": ClockBar(date(2023, 5, 8), date(2023, 6, 2), DAY, "green")},
    ]  # fmt: skip


def limits() -> list[dict[str, Any]]:
    return [
        {"label": "签收", "who": "住建局", "light": "met", "due": date(2023, 5, 10), "left": "5月9日办完"},
        {"label": "协办", "who": "政务局", "light": "yellow", "due": date(2023, 5, 23), "left": "剩1个工作日",
         "explanation": "起算5月9日（不计当日） + 10个工作日 = 5月23日"},
        {"label": "核验", "light": "missed", "due": date(2023, 5, 17), "left": "5月18日办完", "note": "第1次办理"},
    ]  # fmt: skip


def asks() -> list[dict[str, Any]]:
    """One that waits for the reader, and one for each end it may have."""
    decide = [
        {"label": "同意", "url": "#grant", "asks": OpinionForm(auto_id="ask_%s"), "style": "primary", "at_once": True},
        {"label": "不同意", "url": "#decline", "asks": ReturnForm(auto_id="decline_%s"), "style": "danger"},
    ]  # fmt: skip
    by = {"by": "住建局 经办", "at": at(19, 10, 5), "was": date(2023, 5, 23)}
    waiting = {**by, "kind": "申请延期", "state": "filed", "what": "再加5个工作日", "becomes": date(2023, 5, 30),
               "reason": "专家评审排期在下周，需顺延。", "acts": decide}  # fmt: skip
    ended = [
        {**by, "kind": "申请转办", "state": state, "what": "转由政务局办理", "reason": "主要环节在政务大厅窗口。",
         "decided_by": "营商办 工作人员", "decided_at": at(20, 9, 30), "opinion": "仍由住建局牵头。"}
        for state in DECISIONS[1:]
    ]  # fmt: skip
    return [waiting, *ended]


def months() -> list[Any]:
    """A spring with a holiday and its make-up days, and in April somebody who comes to a firm and its quiet days."""
    marked = {date(2023, 4, 5): "off", date(2023, 4, 23): "make-up", date(2023, 5, 6): "make-up"}
    marked |= {date(2023, 5, day): "off" for day in (1, 2, 3)}
    marked |= {date(2023, 4, 12): "called", date(2023, 4, 14): "quiet", date(2023, 4, 18): "both"}
    return months_of(2023, lambda day: marked.get(day, "rest" if day.weekday() > 4 else "work"), DAY)[3:5]


def entries() -> list[dict[str, Any]]:
    return [
        {"when": at(22, 9, 12), "who": "系统", "verb": "提醒", "kind": "system", "change": "剩1个工作日"},
        {"when": at(19, 16, 40), "who": "县政府办 督查专员", "verb": "批示", "kind": "official",
         "text": "请住建局主要负责人过问，23日前给企业一个明确答复。"},
        {"when": at(18, 10, 5), "who": "住建局 经办", "verb": "反馈", "kind": "human",
         "text": "已约企业现场核对图纸。前两次补正意见没有一次性告知，责任在我局窗口，已当面说明。\n缺消防设计审查意见一份，审图机构5月22日出具。",
         "documents": [{"label": "补正告知书.pdf", "url": "#document"}]},
        {"when": at(9, 8, 30), "who": "系统", "verb": "恢复计时", "kind": "system", "change": "中止 → 办理中"},
        {"when": at(4, 17, 20), "who": "营商办 专员", "verb": "同意中止", "kind": "human", "text": "等候审图结论，至5月8日。"},
    ]  # fmt: skip


def papers() -> list[dict[str, Any]]:
    return [
        {"label": "园区东侧路面.jpg", "size": "1.2 MB", "url": "#document", "thumb": static("web/mark.svg")},
        {"label": "补正告知书.pdf", "size": "86 KB", "url": "#document"},
        {
            "label": "旧版报告.doc",
            "size": "240 KB",
            "url": "#document",
            "note": "原件已封存，无可查看的清洁件",
        },
    ]


def tiles() -> list[dict[str, Any]]:
    months = [f"{month}月" for month in (6, 7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5)]

    def line(*counts: int) -> list[tuple[str, int]]:
        return list(zip(months, counts, strict=True))

    common = {"as_of": DAY, "href": "#list"}
    return [
        {**common, "label": "在办事项", "value": 38, "unit": "个", "trend": line(22, 25, 31, 30, 28, 35, 41, 36, 29, 33, 40, 38)},
        {**common, "label": "逾期未办结", "value": 4, "unit": "个", "light": "red", "trend": line(9, 8, 11, 7, 6, 6, 5, 7, 3, 4, 6, 4)},
        {**common, "label": "按期办结率", "value": "92%", "fraction": "35/38", "trend": line(71, 74, 70, 79, 82, 80, 85, 88, 87, 90, 89, 92)},
        {**common, "label": "企业评价“已解决”", "value": "81%", "fraction": "26/32"},
    ]  # fmt: skip


def table() -> Table:
    columns = [
        Column("编号"), Column("事项"), Column("牵头单位"), Column("灯"), Column("期限", "date"), Column("办理天数", "number"),
    ]  # fmt: skip
    rows = [
        [Cell("XF-8K2M-41", "#1"), "施工许可超过承诺时限", "住建局", Cell(light="yellow"), "2023-05-23", 17],
        [Cell("XF-3Q7T-09", "#2"), "二期用电报装未送电", "供电公司", Cell(light="red"), "2023-05-18", 21],
        [Cell("XF-5W1H-77", "#3"), "扩建用地办理路径", "自然资源局", Cell(light="green"), "2023-06-02", 6],
    ]
    return Table(columns, rows, "在办事项 · 截至5月22日")


def ticked() -> Table:
    """One of two is ticked, so that the bar shows."""
    rows = [
        [
            Tick("勾选施工许可", "1", "ticked-together", checked=True),
            Cell("施工许可超过承诺时限", "#1"),
            "待交办",
        ],
        [Tick("勾选用电报装", "2", "ticked-together"), Cell("二期用电报装未送电", "#2"), "待交办"],
    ]
    return Table([Column("勾选", "tick"), Column("事项", "title"), Column("阶段", "word")], rows)


def words() -> dict[str, Any]:
    """Sentences and small lists."""
    return {
        "matter": {"title": "施工许可超过承诺时限，材料反复补正三次", "number": "XF-8K2M-41", "lede": "反映 · 办理建筑许可 · 第2次办理"},
        "done": {"text": "已签收，期限5月23日。", "undo": {"url": "#undo", "hidden": {"expected_version": 3}}},
        "tabs_label": "我的待办",
        "tabs": [
            {"label": "待签收", "url": "#1", "count": 3, "active": True}, {"label": "待办理", "url": "#2", "count": 12},
            {"label": "待核验", "url": "#3", "count": 0}, {"label": "对话", "url": "#4"},
        ],
        "found": "找到2个",
        "shown": "第1–25个，按期限先后",
        "facts": [
            {"label": "诉求企业", "value": "示例建材有限公司", "url": "#firm"}, {"label": "牵头单位", "value": "住建局"},
            {"label": "协办单位", "value": "政务局"}, {"label": "期限", "value": "5月23日 周二", "light": "yellow"},
            {"label": "来源", "value": "直通车 · 实名"}, {"label": "办理结果", "value": ""},
        ],
        "audience": "这里写的话，反映人会看到。",
        "dialogue": [
            {"side": "them", "who": "反映人", "when": at(17, 20, 14), "text": "第三次补正要的材料，第一次就交过了。"},
            {"side": "us", "who": "营商办 专员", "when": at(18, 9, 2), "text": "收到。已请住建局核对，5月19日前给您答复。"},
        ],
        "steps": [
            {"label": "登记", "state": "done", "when": "5月17日"},
            {"label": "初筛并交办", "state": "now", "when": "5月19日前", "text": "确定由哪个单位办理，会在这里告诉您。"},
            {"label": "办理", "state": "todo", "when": "15个工作日"}, {"label": "核验并请您评价", "state": "todo"},
        ],
        "notices": [
            {"tone": "info", "text": "今天起按2023年放假调休安排计算工作日。"},
            {"tone": "success", "text": "已报结，等营商办核验。", "url": "#matter", "link": "回到事项"},
            {"tone": "warning", "text": "还差一项：请写明办理结果。"},
            {"tone": "official", "title": "督办函", "text": "请于5月23日前书面答复办理情况。", "url": "#paper", "link": "看原件"},
            {"tone": "error", "title": "没有存上", "text": "刚才别人已经处理了这件事项，请刷新后再看。"},
        ],
        "empty": {"title": "今天没有待签收的事项。", "next": "下一件最迟5月24日要签收。", "action": "看待办理的事项"},
        "buttons": [
            {"label": "报结", "url": "#1", "style": "primary"}, {"label": "申请延期", "url": "#2"},
            {"label": "退回", "url": "#3", "style": "danger"}, {"label": "打印交办单", "url": "#4", "icon": "print"},
        ],
        "prose": "请写清楚三件事：什么时候、在哪个窗口、卡在哪一步。《优化营商环境条例》（国务院令第722号）第三十四条规定,"
        "政务服务事项应当实行一次性告知。App与网页看到的内容相同。\n提交后2个工作日内初筛，15个工作日内办结。",
    }  # fmt: skip


def context() -> dict[str, Any]:
    """Everything the samples speak of."""
    query = QueryDict("q=施工&unit=zhujian")
    filters = FilterForm(query, prefix=None, auto_id="filter_%s")
    act = {
        "accept": "签收",
        "agree": "同意",
        "optional": OpinionForm(auto_id="agree_%s"),
        "return": "退回",
        "hidden": {"expected_version": 3},
        "why": "退回后由营商办重新交办。",
    }
    return {
        **words(), **figure_samples.context(DAY),
        "lights": LIGHTS, "decisions": DECISIONS, "icons": ICONS, "receipt": RECEIPT,
        "day": DAY, "last_year": date(2022, 12, 30), "moment": at(22, 9, 30),
        "matters": matters(), "clocks": clocks(), "limits": limits(), "portions": PORTIONS, "asks": asks(), "months": months(), "entries": entries(), "papers": papers(), "tiles": tiles(), "bars": BARS,
        "ticked": ticked(), "tick_buttons": [{"label": "批量交办", "url": "#assign"}, {"label": "批量催办", "url": "#urge"}],
        "table": table(), "table_empty": Table(table().columns, []),
        "filters": filters, "chips": chips(filters, query),
        "act": {**act, "form": ReturnForm(auto_id="act_%s"), "refused": ReturnForm({"suggested_unit": "fagai"}, auto_id="refused_%s")},
        "form": EveryFieldForm(auto_id="form_%s"),
        "refused": EveryFieldForm({"text": "三次补正"}, auto_id="wrong_%s"),
    }  # fmt: skip
