"""Reports of the demonstration county, all synthetic (示例), and its two dozen observers."""

from collections.abc import Callable
from datetime import date
from itertools import count

from django.contrib.auth.hashers import make_password

from tisu.accounts.models import User
from tisu.documents.specimens import a_broken_road, a_sheet
from tisu.documents.taking import take_in
from tisu.exchange.at_once import bring_in
from tisu.exchange.kinds import kind_of
from tisu.foundation import clock
from tisu.foundation.demonstration import PASSWORD
from tisu.foundation.sheets.writing import a_sheet as a_workbook
from tisu.loop.actor import reporter
from tisu.loop.models import Matter
from tisu.loop.perform import perform
from tisu.loop.stagehand import Script, Stagehand
from tisu.orgs.models import Unit
from tisu.voice.hotline.models import Category
from tisu.voice.identity import ask_for_identity
from tisu.voice.models import Channel, ObserverLetter
from tisu.voice.services import reply, take_report, write_as_reporter

OBSERVERS = 24
ACCOUNTS = ((f"observer1 … {OBSERVERS}", "观察员"),)
SYNTHETIC = "〔示例〕"

# title, text, topic, who could solve it, who is complained about
STORIES = (
    (
        "施工许可超过承诺时限",
        "材料反复补正三次，每次提的要求都不一样，已经拖了二十天，工地停着。",
        "办理建筑许可",
        "zhujian",
        "",
    ),
    (
        "用电报装迟迟没有答复",
        "五月初交的申请，到现在没有人来勘察，设备下个月就到。",
        "获得电力",
        "gongdian",
        "",
    ),
    ("不动产登记来回跑", "厂房过户跑了四趟，窗口说系统里查不到缴税记录。", "登记财产", "ziran", ""),
    ("政府项目尾款未付", "工程去年底验收，尾款至今没有拨付，发过两次函。", "政府采购", "caizheng", ""),
    ("检查扎堆影响生产", "一周来了三拨人查同一件事，停线配合，订单要误期。", "市场监管", "shichang", ""),
    ("招标文件疑似量身定做", "资格条件里要求本县业绩，外地企业报不了名。", "招标投标", "jiaoyi", ""),
    (
        "园区道路破损大货车进不来",
        "忠堡镇园区东侧路面塌了一块，物流改道每天多花两小时。",
        "交通物流",
        "jiaotong",
        "",
    ),
    ("招工难，夜班缺三十人", "希望人社部门帮忙组织一次专场招聘。", "劳动力市场监管", "renshe", ""),
    (
        "窗口要求提供已取消的证明",
        "办变更登记还要原件证明，网上说去年就取消了。",
        "政务服务",
        "zhengwu",
        "shichang",
    ),
    ("用水接入费用不透明", "报价单上有两项说不清是什么收费。", "获得用水用气", "gongshui", ""),
    ("茶叶加工用地手续卡住", "三个部门互相等意见，已经两个月。", "要素保障", "ziran", ""),
    ("企业开办多出一个环节", "刻章点被指定到一家，价格比别处高。", "开办企业", "shichang", ""),
)
SUGGESTIONS = (
    ("建议把惠企政策按行业整理", "现在政策散在各部门网站，找起来费时间，建议按行业列一张表。", "政务服务", "zhengwu", ""),
)  # fmt: skip
PLACES = (
    ("registered", "green", ""), ("registered", "yellow", ""), ("registered", "red", ""), ("assigned", "green", ""),
    ("assigned", "yellow", ""), ("assigned", "red", "urge"), ("in_progress", "green", ""),
    ("in_progress", "yellow", "instruct"), ("in_progress", "red", ""), ("submitted", "green", ""),
    ("submitted", "yellow", "begun"), ("submitted", "red", ""), ("closed", "on_time", ""), ("closed", "late", ""),
    ("closed", "on_time", "rework"),
)  # fmt: skip
RESULTS = ("resolved", "resolved", "explained", "partly_resolved", "not_supported")
SUMMARIES = {
    "resolved": "已当面对接企业，一次性告知缺项并于当日办结，{unit}已出具书面答复。",
    "explained": "已向反映人说明办理依据和时限，反映人表示理解，书面答复已送达。",
    "partly_resolved": "本次能办的两项已办结，余下一项须等州级批复，已书面告知预计时间。",
    "not_supported": "经核对现行政策不支持该诉求，已书面说明依据并给出可行的替代办法。",
}
HOTLINE_SHEET = (
    "工单编号", "标题", "诉求内容", "诉求类别", "受理时间", "办结时限", "承办单位", "来电人", "联系电话", "是否保密",
)  # fmt: skip
ORDERS = (
    ("示例2023051901", "车间增容" + SYNTHETIC, "车间要增容，供电所让等通知，等了两周。", "公用事业/用电",
     "2023-05-19", "2023-06-02", "供电公司", "示例来电人一", "139-0000-1001", "否"),
    ("示例2023051902", "门口路灯不亮" + SYNTHETIC, "厂区外路灯坏了一个月，夜班职工下班不安全。", "城市管理/路灯",
     "2023-05-19", "2023-06-02", None, "示例来电人二", "139-0000-1002", "是"),
    ("示例2023051903", "公章备案查不到" + SYNTHETIC, "新换的公章备案后系统里查不到，银行不给办业务。", "政务服务/备案",
     "2023-05-19", "2023-06-02", None, None, None, "否"),
)  # fmt: skip
LOW = ("no", 2)
RATINGS = (("yes", 5), ("yes", 4), ("partly", 3), LOW)


def load(today: date) -> None:
    observers = _observers(today)
    hands = Stagehand(today)
    _handled(hands, observers)
    for told in (
        _screened_out,
        _speaking,
        _with_papers,
        _walled_from_office,
        _opening_asked_for,
        _from_hotline,
    ):
        told(hands)


def _observers(today: date) -> list[User]:
    password = make_password(PASSWORD)
    people = [
        User.objects.create(
            username=f"observer{place}",
            name=f"观察员{place:02d}(示例)",
            password=password,
            is_demonstration=True,
        )
        for place in range(1, OBSERVERS + 1)
    ]
    for place, user in enumerate(people, start=1):
        ObserverLetter.objects.create(
            user=user, number=f"咸营商聘〔2023〕{place}号(示例)", since=date(2023, 1, 1)
        )
    return people


def _handled(hands: Stagehand, observers: list[User]) -> None:
    """Four rounds through every stage and light that a report can reach."""
    numbers = count()
    for place in PLACES * 4:
        number = next(numbers)
        title, text, topic, lead, accused = STORIES[(number * 5 + number // 12) % len(STORIES)]
        result = RESULTS[number % len(RESULTS)]
        matter = hands.play(
            Script(
                open_=_opening(number, hands, observers, title, text, topic, accused),
                stage=place[0], light=place[1], lead=lead, extra=place[2], closed_ago=1 + number % 12,
                facts=f"{SYNTHETIC}{text}请核实并一次性告知企业还缺什么。" if number % 3 == 0 else "",
                progress=("已联系反映人，约定上门时间。",) if number % 2 else (),
                result=result, summary=SUMMARIES[result].format(unit="责任单位"),
                data={"screen": {"kind": "A", "responsible_unit": lead}} if number % 2 else {},
            )
        )  # fmt: skip
        if matter.stage == "closed" and number % 3:
            _rated(hands, matter, hands.head(lead), RATINGS[number % len(RATINGS)])


def _rated(hands: Stagehand, matter: Matter, head: str, rating: tuple[str, int]) -> None:
    """What the requester says of it; to the lowest one the unit objects."""
    matter = _rate(hands, matter, *rating)
    if rating == LOW:
        hands.act(head, matter, "appeal_rating", hands.ago(0), reason="已按政策答复，评价的是另一件事。")


def _opening(
    number: int, hands: Stagehand, observers: list[User], title: str, text: str, topic: str, accused: str
) -> Callable[[], Matter]:
    """Through the five channels in turn: a stranger, a named caller, a firm, an observer, a phone call."""
    ways = (
        {"anonymous": True},
        {"anonymous": False, "contact": f"示例联系人{number:02d} 139-0000-{number:04d}"},
        {"anonymous": False, "user": hands.people[f"firm{1 + number % 5}"]},
        {"anonymous": False, "user": observers[number % OBSERVERS]},
        {"anonymous": True, "channel": Channel.PHONE, "taken_by": hands.people["office2"]},
    )
    given = {"title": title + SYNTHETIC, "text": text, "topic": topic, "accused_unit": accused or None}
    return lambda: take_report(**given, **ways[number % len(ways)]).report.matter


def _rate(hands: Stagehand, matter: Matter, solved: str, satisfaction: int) -> Matter:
    with clock.at(max(hands.ago(0), matter.closed_at)):
        return perform(
            matter, "rate", actor=reporter(matter.pk), data={"solved": solved, "satisfaction": satisfaction},
            expected_version=None,
        )  # fmt: skip


def _take(hands: Stagehand, workdays_ago: int, **given) -> Matter:
    with clock.at(hands.ago(workdays_ago)):
        return take_report(anonymous=True, **given).report.matter


def _screened_out(hands: Stagehand) -> None:
    """What is not handled here: handed over, refused with a direction, split; and what leaves nothing behind."""
    named = _take(hands, 4, title="示例", text="示例:反映某名干部的廉洁问题(内容在初筛后不留存)。")
    named = hands.act("office", named, "screen", hands.ago(3), kind="B")
    hands.act("office", named, "hand_over", hands.ago(3), to="jiwei", reason="属纪检监察机关管辖。")
    court = _take(hands, 5, title="合同纠纷已起诉" + SYNTHETIC, text="和供货商的合同纠纷，法院已经立案。")
    court = hands.act("office", court, "screen", hands.ago(4), kind="D")
    refused = "已进入诉讼程序，请依法通过法院解决；立案庭在县法院一楼。"
    hands.act("office", court, "refuse_acceptance", hands.ago(4), reason=refused)
    labour = _take(hands, 3, title="拖欠工资" + SYNTHETIC, text="三名工人的四月工资没有发。")
    labour = hands.act("office", labour, "screen", hands.ago(2), kind="G")
    direction = "转一站式劳动保障维权中心，中心会在受理后联系您。"
    hands.act("office", labour, "hand_over", hands.ago(2), to="一站式劳动保障维权中心", reason=direction)
    two = _take(
        hands, 4, title="路坏了，用电也没批" + SYNTHETIC, text="园区路坏了进不来车；用电申请也没有答复。"
    )
    texts = [SYNTHETIC + "园区东侧路面塌陷，货车进不来。", SYNTHETIC + "用电申请五月初提交，至今没有答复。"]
    hands.act("office2", two, "split", hands.ago(3), texts=texts)
    for title, text, topic, lead, _accused in SUGGESTIONS:
        idea = _take(hands, 3, title=title + SYNTHETIC, text=text, topic=topic)
        idea = hands.act("office", idea, "screen", hands.ago(2), kind="H", responsible_unit=lead)
        hands.act("office", idea, "assign", hands.ago(2), lead_unit=lead, working_days=15)


def _speaking(hands: Stagehand) -> None:
    """A dialogue under way."""
    matter = _take(
        hands, 1, title="环评批复什么时候能拿到" + SYNTHETIC, text="三月受理的环评，想知道现在到哪一步了。"
    )
    with clock.at(hands.ago(0)):
        reply(
            user=hands.people["office"],
            report=matter.report,
            text="您好，请告诉我们受理通知书上的编号，便于查询。",
        )
        write_as_reporter(report=matter.report, text="编号是 示例-2023-017。")


def _with_papers(hands: Stagehand) -> None:
    """A picture from a phone that came with a report: the office passes a copy on, the unit answers with a paper."""
    with clock.at(hands.ago(4)):
        picture = take_in(a_broken_road("园区东侧路面.jpg"))
    text = "忠堡镇园区东侧路面塌了一块，附照片，货车绕行一天多花两小时。"
    matter = _take(
        hands,
        4,
        title="路面塌陷附现场照片" + SYNTHETIC,
        text=text,
        topic="交通物流",
        documents=[str(picture.pk)],
    )
    facts = SYNTHETIC + "园区东侧路面塌陷，货车不能通行，请核实并修复。"
    matter = hands.act(
        "office", matter, "screen", hands.ago(3), kind="A", facts=facts, papers=[str(picture.pk)]
    )
    matter = hands.act("office", matter, "assign", hands.ago(3), lead_unit="jiaotong", working_days=10)
    matter = hands.act("jiaotong", matter, "accept", hands.ago(2))
    lines = (
        "抢修安排(示例)",
        "一、设置绕行标志，当日完成。",
        "二、路基换填，三个工作日。",
        "三、沥青摊铺，两个工作日。",
    )
    with clock.at(hands.ago(1)):
        plan = take_in(a_sheet("抢修安排.pdf", lines), user=hands.people["jiaotong"])
    told = "已到现场核实，抢修安排见附件，先设绕行标志。"
    hands.act("jiaotong", matter, "report", hands.ago(1), text=told, documents=[str(plan.pk)])


def _walled_from_office(hands: Stagehand) -> None:
    """A complaint about the office itself: supervision takes the office's place, the office sees nothing."""
    _take(
        hands, 1, title="反映事项没有回音" + SYNTHETIC, text="上个月反映的事情，说好五天回复，至今没有人联系。",
        accused_unit="yingshangban",
    )  # fmt: skip


def _opening_asked_for(hands: Stagehand) -> None:
    """A contact that one officer asked to open: someone else has to agree."""
    with clock.at(hands.ago(1)):
        report = take_report(
            title="开票系统登录不上" + SYNTHETIC,
            text="换了法人以后开票系统一直登录不上，窗口让等通知。",
            topic="纳税",
            anonymous=False,
            contact="示例联系人99 139-0000-0099",
        ).report
    with clock.at(hands.ago(0)):
        ask_for_identity(user=hands.people["office"], report=report, reason="电话核实企业名称")


def _from_hotline(hands: Stagehand) -> None:
    """Work orders that the hotline passed on yesterday; the office has said what one of their categories means."""
    office = hands.people["office"]
    unit = Unit.objects.get(code="gongdian", region=office.holdings.first().post.unit.region)
    Category.objects.create(
        region_id=unit.region_id, name="公用事业/用电", screening="A", topic="获得电力", responsible_unit=unit
    )
    with clock.at(hands.ago(1)), a_workbook(HOTLINE_SHEET, ORDERS) as file:
        bring_in(file, name="12345工单(示例).xlsx", kind=kind_of("hotline"), by=office)
