"""Eighty synthetic firms above designated size (示例) and the three that the article tells of."""

from datetime import date
from itertools import product

from django.contrib.auth.hashers import make_password
from stdnum.cn import uscc

from tisu.accounts.models import User
from tisu.enterprises.credit_code import organisation_check
from tisu.enterprises.models import Enterprise, Mandate, Park, ScaleCategory, ScaleMonths
from tisu.foundation.demonstration import PASSWORD
from tisu.orgs.models import Region

COUNTY = "422826"
SYNTHETIC, ARTICLE = "示例", "article 2023-05-22"
# The article gives neither code nor full name; the codes are synthetic.
ARTICLE_FIRMS = (
    ("湖北某新材料科技公司", "422826101", "动力锂电池", "38"),
    ("湖北某科技集团有限公司", "422826101", "油、米、面加工", "13"),
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
