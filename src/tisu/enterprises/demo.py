"""Eighty synthetic firms above designated size (示例) and the three that the article tells of."""

from datetime import date
from itertools import product

from django.contrib.auth.hashers import make_password
from stdnum.cn import uscc

from tisu.accounts.models import User
from tisu.enterprises.models import Enterprise, Mandate
from tisu.foundation.demonstration import PASSWORD
from tisu.orgs.models import Region

COUNTY = "422826"
SYNTHETIC, ARTICLE = "示例", "article 2023-05-22"
# The article gives neither code nor full name; the codes are synthetic.
ARTICLE_FIRMS = (
    ("湖北某新材料科技公司", "422826101", "动力锂电池"),
    ("湖北某科技集团有限公司", "422826101", "油、米、面加工"),
    ("湖北某环保新材料公司", "422826103", "环保新材料"),
)
WORDS = ("青禾", "唐崖", "白水", "云峰", "清江", "杉岭", "茶坪", "石桥", "金洞", "晨光")
TRADES = ("农产品加工", "茶业", "建材", "机械", "包装", "食品", "物流", "文旅")
FIRM_ACCOUNTS = 5
ACCOUNTS = (("firm1 … 5", "企业; each acts for one synthetic firm"),)


def synthetic_code(place: int) -> str:
    """The place-th code of the synthetic range: organisation part XFTEXT01 … with both check characters right."""
    body = f"XFTEXT{place:02d}"
    return (part := f"91422826{body}{_organisation_check(body)}") + uscc.calc_check_digit(part)


def _organisation_check(body: str) -> str:
    """GB 11714: weights 3 7 9 10 5 8 4 2, modulo 11; 10 is written X."""
    weights = (3, 7, 9, 10, 5, 8, 4, 2)
    rest = 11 - sum(int(sign, 36) * weight for sign, weight in zip(body, weights, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def load(today: date) -> None:
    towns = list(Region.objects.subtree(COUNTY).exclude(code=COUNTY))
    rows = [
        Enterprise(
            credit_code=synthetic_code(place),
            name=f"咸丰{word}{trade}有限公司({SYNTHETIC})",
            region=towns[place % len(towns)],
            industry=trade,
            is_above_scale=True,
            source=SYNTHETIC,
        )
        for place, (word, trade) in enumerate(product(WORDS, TRADES), start=1)
    ]
    rows += [
        Enterprise(
            credit_code=synthetic_code(90 + place),
            name=name,
            region_id=region,
            industry=industry,
            source=ARTICLE,
        )
        for place, (name, region, industry) in enumerate(ARTICLE_FIRMS, start=1)
    ]
    for row in rows:
        row.full_clean(validate_unique=False, validate_constraints=False)
        row.save()
    _mandates(today)


def _mandates(today: date) -> None:
    password = make_password(PASSWORD)
    for place, firm in enumerate(Enterprise.objects.filter(source=SYNTHETIC)[:FIRM_ACCOUNTS], start=1):
        user = User.objects.create(
            username=f"firm{place}", name=f"{firm.name}联系人", password=password, is_demonstration=True
        )
        Mandate.objects.create(enterprise=firm, user=user, since=date(2022, 1, 1))
