"""The reviews that the law asks of a promise, each from the day on which it came into force."""

from datetime import date

from tisu.loop.models import publish_first_type
from tisu.promises.models import Reach, ReviewRule

RULES = (
    {
        "code": "legality",
        "title": "合法性审查",
        "law": "《优化营商环境条例》第三十一条、第六十三条",
        "reach": Reach.EVERY,
        "since": date(2020, 1, 1),
    },
    {
        "code": "fair-competition",
        "title": "公平竞争审查",
        "law": "《公平竞争审查条例》第十条、第二十七条",
        "reach": Reach.SELECTIVE,
        "since": date(2024, 8, 1),
        "wants_national_basis": True,
    },
)


def load() -> None:
    """What the county has changed since stays."""
    known = set(ReviewRule.objects.values_list("code", flat=True))
    ReviewRule.objects.bulk_create(ReviewRule(**rule) for rule in RULES if rule["code"] not in known)
    publish_first_type(
        kind="promise",
        basis="《优化营商环境条例》第三十一条；期限为承诺之日（县内惯例）",
        solve_days=15,
        return_days=2,
    )
