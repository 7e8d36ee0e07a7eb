"""Synthetic requests (示例), in every state."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.loop.models import Matter
from tisu.loop.stagehand import Stagehand
from tisu.support.models import FactorRequest
from tisu.support.recording import write_down
from tisu.support.services import ask
from tisu.support.steps import Said, take_step
from tisu.support.units import MEASURES

SYNTHETIC = "〔示例〕"
FIRM_ACCOUNTS = 5  # the first synthetic firms have a person who signs in


@dataclass(frozen=True)
class Row:
    """One synthetic request: for the so-manyth firm, how far it got (STORIES), and what was granted of it."""

    firm: int
    factor: str
    amount: str
    lead: str
    far: str
    title: str
    text: str
    measure: str = ""
    level: str = ""
    case: str = ""
    granted: str = ""

    @property
    def given(self) -> dict[str, str]:
        basis = "calorific" if self.factor == "energy" else ""
        said = {"factor": self.factor, "amount": self.amount, "measure": self.measure, "level": self.level}
        return said | {"basis": basis, "case": self.case, "title": self.title + SYNTHETIC, "text": self.text}


ROWS = (
    Row(1, "land", "35亩", "ziran", "asked", "二期扩建用地", "现有厂房东侧地块，用于二期生产线。", level="prefecture"),
    Row(6, "land", "12.5亩", "ziran", "referred", "冷库用地报批", "农产品冷链冷库，占用一般耕地部分待上级批复。", level="province"),
    Row(11, "land", "20亩", "ziran", "decided", "茶叶加工厂用地", "已通过预审，等待供地。", level="prefecture"),
    Row(16, "land", "8000平方米", "ziran", "done", "仓储用地", "园区标准地出让。"),
    Row(21, "energy", "4800吨标煤", "fagai", "coordinated", "技改项目能耗指标", "新增两条生产线，年底投产。"),
    Row(26, "energy", "1.2万吨标煤", "fagai", "referred", "建材项目能耗指标", "窑炉改造后净增用能。", level="province"),
    Row(31, "energy", "900吨标煤", "fagai", "done", "食品加工能耗指标", "蒸汽锅炉改天然气。"),
    Row(36, "energy", "6000吨标煤", "fagai", "unmet", "包装材料项目能耗指标", "项目拟今年三季度开工。", level="province"),
    Row(2, "power", "800千瓦", "gongdian", "confirmed", "新增用电容量", "二号车间设备六月底到货。", "capacity"),
    Row(7, "power", "1250千瓦", "gongdian", "coordinated", "专用变压器增容", "现有变压器满载。", "capacity"),
    Row(12, "power", "300万千瓦时", "gongdian", "decided", "年度用电量计划", "按新增产能测算。", "consumption"),
    Row(17, "power", "", "gongdian", "delivered", "采茶季加工保电", "四月至六月夜间加工，不能停电。", case="power_guarantee"),
    Row(22, "water", "600立方米/日", "gongshui", "taken_up", "园区二期供水", "现有管径不够。"),
    Row(27, "water", "200立方米/日", "shuili", "done", "旱季工业用水", "取水口水位下降，请协调应急水源。"),
    Row(32, "gas", "2000立方米/日", "zhujian", "coordinated", "接入管道天然气", "距主管网约八百米。"),
    Row(37, "gas", "500立方米/日", "zhujian", "unmet", "乡镇厂区通气", "厂区在乡镇，未通管网。"),
    Row(3, "labour", "30人", "renshe", "confirmed", "夜班缝纫工缺口", "包吃住，计件工资。"),
    Row(8, "labour", "45人", "renshe", "done_in_part", "采茶季临时用工", "四月中旬至五月底。", granted="38人"),
    Row(13, "labour", "12人", "renshe", "delivered", "数控机床操作工", "可与职校联合培养。"),
    Row(18, "labour", "20人", "renshe", "asked", "仓储分拣用工", "旺季两班倒。"),
    Row(4, "finance", "500万元", "caizheng", "decided", "技改贷款对接", "已与两家银行接触，缺抵押物。", granted="300万元"),
    Row(9, "finance", "1200万元", "caizheng", "coordinated", "首贷企业名单对接", "流动资金，期限一年。"),
    Row(14, "finance", "200万元", "caizheng", "done", "收购季流动资金", "鲜叶收购，三个月周转。"),
    Row(19, "finance", "3000万元", "caizheng", "cancelled", "新建厂房贷款", "企业已自行落实资金。"),
    Row(23, "logistics", "1200吨", "jiaotong", "taken_up", "园区货运车辆限行协调", "白天货车绕行增加成本。", "freight"),
    Row(28, "logistics", "2台", "jiaotong", "coordinated", "压铸机运输路线勘察", "复核桥梁限载与弯道半径。", "pieces",
        case="oversize_transport"),
    Row(33, "logistics", "300吨", "jiaotong", "done", "冷链班车对接", "每周两班发武汉。", "freight"),
    Row(38, "environment", "2.5吨/年", "huanjing", "referred", "化学需氧量指标", "废水排放总量指标不足。", level="prefecture"),
    Row(5, "environment", "0.8吨/年", "huanjing", "submitted", "氮氧化物指标", "锅炉改造后的排放指标。"),
    Row(10, "market", "", "shangwu", "delivered", "藤茶产品找渠道", "精制藤茶礼盒，想找商超渠道。"),
    Row(15, "market", "", "shangwu", "asked", "菜籽油进商超", "小包装菜籽油，月产二十吨。"),
    Row(20, "guidance", "", "nongye", "done", "油菜田间管理指导", "基地五百亩，病虫害防治。"),
    Row(24, "guidance", "", "nongye", "coordinated", "茶园绿色防控指导", "想请专家五月底前来一趟。"),
)  # fmt: skip
DOCUMENT = "咸要素〔{year}〕{place}号(示例)"
UNMET = (
    "上级本年度指标已分配完毕，短期内无法调剂。",
    "先用绿电抵扣一部分，明年一季度优先安排；也可与园区内企业协商调剂。",
)


def play(hands: Stagehand) -> None:
    for place, row in enumerate(ROWS):
        Story(hands, row, place).play()


class Story:
    """A synthetic request, told in working days before today."""

    def __init__(self, hands: Stagehand, row: Row, place: int) -> None:
        self.hands, self.row, self.place = hands, row, place
        # What has ended did so some weeks ago; what is under way was asked for lately.
        self.ago = 30 + place if row.far in ENDS else LATELY.get(row.far, 6 + place % 6)
        if row.far == "coordinated":
            self.ago = (7, 15, 19)[place % 3]  # in time, due soon, overdue
        self.firm = _synthetic(row.firm)

    def play(self) -> None:
        self.request = self._asked()
        for step in STORIES[self.row.far]:
            getattr(self, step)()

    def _asked(self) -> FactorRequest:
        own = self.row.firm <= FIRM_ACCOUNTS
        user = self.hands.people[f"firm{self.row.firm}" if own else "office"]
        with clock.at(self.hands.ago(self.ago)):
            needed = clock.today() + timedelta(days=20 + self.place % 50)
            return ask(user=user, firm=self.firm, needed_by=needed, **self.row.given)

    def _act(self, name: str, action: str, **data: Any) -> None:
        self.ago = max(self.ago - 1, 0)
        matter = Matter.objects.get(pk=self.request.matter_id)
        self.hands.act(name, matter, action, self.hands.ago(self.ago), **data)

    def _step(self, kind: str, by: str = "", **said: Any) -> None:
        self.ago = max(self.ago - 1, 0)
        step_at(self.hands, self.request, by or self.row.lead, kind, self.hands.ago(self.ago), **said)

    def assign(self) -> None:
        self._act("office", "assign", lead_unit=self.row.lead, working_days=15)

    def accept(self) -> None:
        self._act(self.row.lead, "accept")

    def refer(self) -> None:
        if self.row.level:
            self._step("referred", level=self.row.level, number=self._number())

    def decide(self) -> None:
        amount = self.row.granted or self.row.amount
        self._step(
            "decided", level=self.request.level, number=self._number(), amount=_read(self.request, amount)
        )

    def deliver(self) -> None:
        _beside(self.hands, self.request, self.row.lead, self.hands.ago(self.ago))
        self._step("delivered")

    def use(self) -> None:
        self.request.refresh_from_db()
        if self.request.granted:
            self._step("used", amount=self.request.granted * 3 // 5)

    def confirm(self) -> None:
        self._step("confirmed", by=f"firm{self.row.firm}")

    def unmet(self) -> None:
        text, alternative = UNMET
        self._step("unmet", text=text, alternative=alternative)

    def submit(self) -> None:
        results = {"unmet": "not_supported", "done_in_part": "partly_resolved"}
        result = results.get(self.row.far, "resolved")
        summary = f"“{self.row.title}”已有结论，批复和落实情况已书面告知企业。"
        self._act(self.hands.head(self.row.lead), "submit", result=result, summary=summary)

    def close(self) -> None:
        self._act("supervisor", "pass", opinion="已电话回访，企业认可办理结果。", method="phone")

    def cancel(self) -> None:
        self._act("office", "request_cancellation", reason="企业已自行落实资金并书面撤回。")
        number = Matter.objects.get(pk=self.request.matter_id).requests.latest("number").number
        self._act(self.hands.leader_of(self.row.lead), "grant", request=number, opinion="同意撤销。")

    def _number(self) -> str:
        return DOCUMENT.format(year=self.hands.today.year, place=self.place + 1)


_BEGUN = ("assign", "accept")
_MET = (*_BEGUN, "refer", "decide", "deliver")
STORIES: dict[str, tuple[str, ...]] = {
    "asked": (),
    "taken_up": ("assign",),
    "coordinated": _BEGUN,
    "referred": (*_BEGUN, "refer"),
    "decided": (*_BEGUN, "refer", "decide"),
    "delivered": (*_MET, "use"),
    "confirmed": (*_MET, "confirm"),
    "submitted": (*_MET, "submit"),
    "done": (*_MET, "submit", "close", "use"),
    "done_in_part": (*_MET, "submit", "close"),
    "unmet": (*_BEGUN, "unmet", "submit", "close"),
    "cancelled": (*_BEGUN, "cancel"),
}
LATELY = {"asked": 1, "taken_up": 2}
ENDS = ("done", "done_in_part", "unmet", "cancelled")


def _synthetic(place: int) -> Enterprise:
    return Enterprise.objects.filter(source="示例", survivor=None).order_by("credit_code")[place - 1]


def _read(request: FactorRequest, amount: str) -> int | None:
    return MEASURES[request.measure].read(amount) if request.measure else None


def step_at(hands: Stagehand, request: FactorRequest, by: str, kind: str, at: datetime, **said: Any) -> None:
    """One step, never before what happened already."""
    last = max(request.matter.events.latest("seq").at, *(step.at for step in request.steps.all()), at)
    with clock.at(last):
        request.refresh_from_db()
        take_step(
            user=hands.people[by], request=request, kind=kind, said=Said(on=clock.today(), **said),
            seen_version=request.version,
        )  # fmt: skip


def _beside(hands: Stagehand, request: FactorRequest, by: str, at: datetime) -> None:
    """What belongs to some requests alone."""
    day = clock.local_day(at)
    facts: dict[str, dict[str, Any]] = {
        "power_guarantee": {"code": "guarantee", "first": day - timedelta(days=20), "last": day + timedelta(days=30),
                            "hours": 12, "feeder": "10千伏茶园线(示例)", "interruptions": 1, "minutes_lost": 25},
        "market": {"code": "introduction", "buyer": "恩施某连锁商超(示例)", "channel": "产销对接会", "on": day},
        "guidance": {"code": "guidance", "on": day, "expert": "州农科院植保专家(示例)", "topic": "病虫害绿色防控",
                     "result": "制定全年用药方案，现场培训二十人。"},
    }  # fmt: skip
    if said := facts.get(request.case or request.factor):
        with clock.at(max(at, request.matter.events.latest("seq").at)):
            request.refresh_from_db()
            write_down(user=hands.people[by], request=request, seen_version=request.version, **said)
