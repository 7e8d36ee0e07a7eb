"""Eighty synthetic firms above designated size (示例), the three that the article tells of, and four rows beside them:
two branches, a likely duplicate, a merged one."""

from datetime import date, timedelta
from itertools import product
from typing import Any

from django.contrib.auth.hashers import make_password
from stdnum.cn import uscc

from tisu.accounts.models import User
from tisu.enterprises.amounts import Measure, read_amount
from tisu.enterprises.benefits import grant_benefit
from tisu.enterprises.contacts import add_contact
from tisu.enterprises.credit_code import organisation_check
from tisu.enterprises.figures import record_figure, withdraw_figure
from tisu.enterprises.merging import merge_firms
from tisu.enterprises.models import (
    BenefitKind,
    Enterprise,
    Figure,
    LegalKind,
    Mandate,
    Origin,
    Park,
    Purpose,
    ScaleCategory,
    ScaleMonths,
    Statement,
    VisitKind,
)
from tisu.enterprises.periods import read_period
from tisu.enterprises.planning import add_quiet_days, mark_held, plan_visit
from tisu.enterprises.services import register_firm
from tisu.foundation import clock
from tisu.foundation.demonstration import OPENS, PASSWORD
from tisu.orgs.models import Region, Unit

COUNTY = "422826"
SYNTHETIC, ARTICLE = "示例", "人民网-湖北频道2023年5月22日报道〔报道〕"
# The article gives neither code nor full name; the codes are synthetic.
ARTICLE_FIRMS = (
    ("湖北某新材料科技公司", "422826101", "动力锂电池", "38"),
    ("湖北某科技集团有限公司", "422826101", "油、米、面加工(2019年返乡创业)", "13"),
    ("湖北某环保新材料公司", "422826103", "环保新材料", "26"),
)
WORDS = ("青禾", "唐崖", "白水", "云峰", "清江", "杉岭", "茶坪", "石桥", "金洞", "晨光")
# Trade, division of GB/T 4754, category above designated size.
TRADES = (
    ("农产品加工", "13", ScaleCategory.INDUSTRY),
    ("茶业", "15", ScaleCategory.INDUSTRY),
    ("建材", "30", ScaleCategory.INDUSTRY),
    ("机械", "35", ScaleCategory.INDUSTRY),
    ("包装", "22", ScaleCategory.INDUSTRY),
    ("食品", "14", ScaleCategory.INDUSTRY),
    ("物流", "54", ScaleCategory.SERVICES),
    ("文旅", "90", ScaleCategory.SERVICES),
)
PARKS = (
    ("忠堡镇工业园区", "422826101"),
    ("示例·高乐山产业园", "422826100"),
    ("示例·清坪农产品加工园", "422826104"),
)
FIRM_ACCOUNTS = 5
ACCOUNTS = (("firm1 … 5", "企业; each acts for one synthetic firm"),)


def synthetic_code(place: int) -> str:
    """The place-th code of the synthetic range: organisation part XFTEXT01 … with both check characters right."""
    body = f"XFTEXT{place:02d}"
    return (part := f"91422826{body}{organisation_check(body)}") + uscc.calc_check_digit(part)


def load(today: date) -> None:
    parks = {region: Park.objects.create(name=name, region_id=region) for name, region in PARKS}
    rows = [*_synthetic(parks), *_of_the_article(parks)]
    for row in rows:
        row.full_clean(validate_unique=False, validate_constraints=False)
        row.save()
    _months(today)
    _mandates(today)
    office = User.objects.get(username="office")
    _branches(office)
    _duplicates(office)
    _contacts(office, today)
    _calendar(office, today)
    _figures(office, today)
    _benefits(office)


def _synthetic(parks: dict[str, Park]) -> list[Enterprise]:
    """Every third firm of a township with a park lies in it."""
    towns = list(Region.objects.subtree(COUNTY).exclude(code=COUNTY))
    return [
        Enterprise(
            credit_code=synthetic_code(place),
            name=f"咸丰{word}{trade}有限公司({SYNTHETIC})",
            region=(town := towns[place % len(towns)]),
            park=parks.get(town.code) if place % 3 == 0 else None,
            address=f"{town.name}示例路{place}号",
            industry_id=division,
            business=trade,
            registered_capital=(place % 9 + 1) * 2_000_000,
            started_on=date(2008 + place % 12, place % 12 + 1, 15),
            source=SYNTHETIC,
        )
        for place, (word, (trade, division, _scale)) in enumerate(product(WORDS, TRADES), start=1)
    ]


def _of_the_article(parks: dict[str, Park]) -> list[Enterprise]:
    return [
        Enterprise(
            credit_code=synthetic_code(90 + place),
            name=name,
            region_id=region,
            park=parks.get(region) if place == 1 else None,
            industry_id=division,
            business=business,
            source=ARTICLE,
        )
        for place, (name, region, business, division) in enumerate(ARTICLE_FIRMS, start=1)
    ]


def _months(today: date) -> None:
    """All eighty are above scale today; some came in later, and a few were out of it for a while."""
    categories = {trade: scale for trade, _division, scale in TRADES}
    for place, firm in enumerate(Enterprise.objects.filter(source=SYNTHETIC).order_by("pk")):
        first = date(2021 + place % 3, 1 if place % 3 else 7, 1)
        said = {"enterprise": firm, "category": categories[firm.business], "source": SYNTHETIC}
        if place % 10 == 4:
            ScaleMonths.objects.create(**said, first=date(2020, 1, 1), last=date(2021, 12, 1))
            first = date(2022, 7, 1)
        ScaleMonths.objects.create(**said, first=first)


def _mandates(today: date) -> None:
    password = make_password(PASSWORD)
    for place, firm in enumerate(
        Enterprise.objects.filter(source=SYNTHETIC).order_by("credit_code")[:FIRM_ACCOUNTS], start=1
    ):
        user = User.objects.create(
            username=f"firm{place}", name=f"{firm.name}联系人", password=password, is_demonstration=True
        )
        Mandate.objects.create(enterprise=firm, user=user, since=date(2022, 1, 1))


def _firm(place: int) -> Enterprise:
    return Enterprise.objects.get(credit_code=synthetic_code(place))


def _enter(office: User, place: int, name: str, region: str, **facts: Any) -> Enterprise:
    town = Region.objects.get(code=region)
    return register_firm(
        actor=office, credit_code=synthetic_code(place), name=name, region=town, source=SYNTHETIC, **facts
    )


def _branches(office: User) -> None:
    for place, word, region in ((81, "清坪", "422826104"), (82, "唐崖", "422826105")):
        parent = _firm(2)
        name = f"咸丰青禾茶业有限公司{word}分公司({SYNTHETIC})"
        _enter(
            office, place, name, region, parent=parent, legal_kind=LegalKind.BRANCH, industry=parent.industry
        )


def _duplicates(office: User) -> None:
    """A pair that waits for a person, and one that a person merged."""
    _enter(office, 83, f"湖北咸丰县白水建材公司({SYNTHETIC})", "422826101", address="白水路(示例)")
    gone = _enter(office, 84, f"咸丰县云峰机械有限责任公司({SYNTHETIC})", "422826101")
    kept = Enterprise.objects.get(name=f"咸丰云峰机械有限公司({SYNTHETIC})")
    merge_firms(actor=office, gone=gone, kept=kept, reason="三证合一后换发执照，旧登记重复录入（示例）。")


def _contacts(office: User, today: date) -> None:
    for place in range(1, 13):
        add_contact(
            actor=office, firm=_firm(place), name=f"{SYNTHETIC}联系人{place}", post_title="办公室主任",
            phone=f"1380000{place:04}", email=f"firm{place}@example.com",
            purposes=[Purpose.VISITS, Purpose.SURVEYS, Purpose.POLICIES][: place % 3 + 1],
            given_on=today - timedelta(days=place), how="电话说明",
        )  # fmt: skip


# Firm, unit, kind, purpose, first day from today on, how many days.
VISITS = (
    (1, "zhujian", VisitKind.ON_SITE, "二期厂房施工许可现场指导", -6, 1),
    (1, "gongdian", VisitKind.VISIT, "了解用电需求", 2, 1),
    (2, "yingshangban", VisitKind.SURVEY, "营商环境满意度问卷", 1, 1),
    (3, "fagai", VisitKind.VISIT, "了解二季度生产经营情况", 3, 1),
    (4, "zhujian", VisitKind.ON_SITE, "竣工验收资料现场答疑", 4, 2),
    (5, "jingxin", VisitKind.INVITATION, "中小企业政策宣讲", 8, 1),
    (6, "renshe", VisitKind.CALL, "用工缺口摸底", 0, 1),
)


def _calendar(office: User, today: date) -> None:
    """Quiet days of two firms; what lies before today was planned the day before it and took place."""
    add_quiet_days(actor=office, firm=_firm(1), first=today, weekday=4, note="每周盘点")
    week = today + timedelta(days=7)
    add_quiet_days(actor=office, firm=_firm(3), first=week, last=week + timedelta(days=4), note="赶制订单")
    units = {unit.code: unit for unit in Unit.objects.filter(region_id=COUNTY)}
    for place, unit, kind, purpose, begins, days in VISITS:
        first = today + timedelta(days=begins)
        with clock.at(clock.moment(min(first, today), OPENS)):
            visit = plan_visit(
                actor=office, firm=_firm(place), unit=units[unit], kind=kind, purpose=f"{purpose}（{SYNTHETIC}）",
                first=first, last=first + timedelta(days=days - 1), despite=True, reason=f"{SYNTHETIC}：企业约定的时间。",
            )  # fmt: skip
            if begins < 0:
                mark_held(actor=office, visit=visit)


PUBLISHED = date(2023, 5, 22)
# What the article says of the three firms: measure, statement, period, amount, each as it says it.
REPORTED = (
    (91, Measure.SALES, Statement.ACTUAL, "截至2023年5月22日", "突破400万元"),
    (91, Measure.OUTPUT, Statement.FORECAST, "2023年", "超过5亿元"),
    (92, Measure.OUTPUT, Statement.ACTUAL, "2022年", "2.54亿元"),
    (93, Measure.OUTPUT, Statement.ACTUAL, "2022年四季度", "近4000万元"),
    (93, Measure.OUTPUT, Statement.TARGET, "2022年", "1亿元"),
    (93, Measure.OUTPUT, Statement.ACTUAL, "2022年", "1亿元"),
)
# The same for a made-up firm; the amounts grow with its place in the register.
TOLD = (
    (Measure.OUTPUT, Statement.ACTUAL, "2021年", "{}万元", 3150),
    (Measure.OUTPUT, Statement.ACTUAL, "2022年", "{}万元", 3620),
    *((Measure.OUTPUT, Statement.ACTUAL, f"2022年{n}季度", "{}万元", part) for n, part in zip("一二三四", (760, 850, 930, 1060), strict=True)),
    (Measure.OUTPUT, Statement.ACTUAL, "2023年一季度", "{}万元", 880),
    (Measure.OUTPUT, Statement.TARGET, "2023年", "{}万元", 4000),
    (Measure.OUTPUT, Statement.FORECAST, "2023年", "约{}万元", 3900),
    (Measure.TAX, Statement.ACTUAL, "2022年", "{}万元", 142),
    (Measure.STAFF, Statement.ACTUAL, "2023年4月", "{}人", 63),
    (Measure.POWER, Statement.ACTUAL, "2023年4月", "{}万千瓦时", 12),
)  # fmt: skip
FIRMS_THAT_TOLD = 6
# Firm, kind, what, first and last day, whether only the years are known, value in yuan, source.
GRANTED = (
    (91, BenefitKind.LISTED, "属西部地区鼓励类产业项目", date(2022, 1, 1), None, True, None, ARTICLE),
    (92, BenefitKind.RENT, "3年厂房免租", date(2019, 1, 1), date(2021, 12, 31), True, None, ARTICLE),
    (92, BenefitKind.GUIDANCE, "组织农业技术专家提供技术指导", date(2019, 1, 1), None, True, None, ARTICLE),
    (92, BenefitKind.EVENT, "忠堡镇首届插秧节", date(2022, 1, 1), date(2022, 12, 31), True, None, ARTICLE),
    (92, BenefitKind.EVENT, "忠堡镇第二届插秧节", date(2023, 1, 1), date(2023, 12, 31), True, None, ARTICLE),
    (1, BenefitKind.RENT, "园区标准厂房租金减半", date(2022, 3, 1), date(2025, 2, 28), False, 360_000, SYNTHETIC),
    (1, BenefitKind.SUBSIDY, "技术改造设备补助", date(2022, 11, 10), date(2022, 11, 10), False, 180_000, SYNTHETIC),
    (2, BenefitKind.TAX, "小型微利企业所得税优惠", date(2022, 1, 1), date(2024, 12, 31), True, None, SYNTHETIC),
    (3, BenefitKind.GUIDANCE, "节能改造专家上门指导", date(2023, 4, 12), date(2023, 4, 14), False, None, SYNTHETIC),
)  # fmt: skip


def _figures(office: User, today: date) -> None:
    """Nothing is entered that had not been said by the day on which the demonstration stands."""
    if today < PUBLISHED:
        return
    for place, measure, status, period, amount in REPORTED:
        _enter_figure(office, place, measure, status, period, amount, origin=Origin.PUBLISHED, source=ARTICLE, said_on=PUBLISHED)  # fmt: skip
    agreed = {
        "origin": Origin.FIRM,
        "source": f"企业填报表({SYNTHETIC})",
        "consent": f"负责人电话同意({SYNTHETIC})",
    }
    for place, (measure, status, period, amount, base) in product(range(1, FIRMS_THAT_TOLD + 1), TOLD):
        _enter_figure(office, place, measure, status, period, amount.format(base * (20 + place) // 20), **agreed, said_on=PUBLISHED)  # fmt: skip
    _corrected(office, agreed)


def _enter_figure(
    office: User, place: int, measure: str, status: str, period: str, amount: str, **said: Any
) -> Figure:
    return record_figure(
        actor=office, firm=_firm(place), measure=measure, status=status, period=read_period(period),
        amount=read_amount(measure, amount), **said,
    )  # fmt: skip


def _corrected(office: User, agreed: dict[str, str]) -> None:
    """One that was entered in the wrong unit and set right, and one that its firm took back."""
    wrong = _enter_figure(
        office, 7, Measure.TAX, Statement.ACTUAL, "2022年", "86元", **agreed, said_on=PUBLISHED
    )
    _enter_figure(office, 7, Measure.TAX, Statement.ACTUAL, "2022年", "86万元", **agreed, said_on=PUBLISHED,
        replacing=wrong, reason=f"单位填错，应为万元({SYNTHETIC})")  # fmt: skip
    taken = _enter_figure(office, 5, Measure.REVENUE, Statement.ACTUAL, "2022年", "3300万元", **agreed, said_on=PUBLISHED)  # fmt: skip
    withdraw_figure(
        actor=User.objects.get(username="firm5"), figure=taken, reason=f"企业不再同意({SYNTHETIC})"
    )


def _benefits(office: User) -> None:
    for place, kind, title, first, last, whole_years, value, source in GRANTED:
        grant_benefit(
            actor=office, firm=_firm(place), kind=kind, title=title, first=first, last=last, whole_years=whole_years,
            value=value, source=source,
        )  # fmt: skip
