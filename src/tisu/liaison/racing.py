"""A thousand leaders, twelve months, a hundred thousand contacts: compliance beside the bare query of its days."""

from datetime import date, timedelta
from itertools import product
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q

from tisu.accounts.models import PostHolding, User
from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.foundation.rooms import Race
from tisu.liaison.compliance import MonthCode, compliance_of, quarters_until
from tisu.liaison.models import Contact, Mode, Pairing
from tisu.liaison.periods import months_in
from tisu.orgs.models import Duty, Post, Role, Unit
from tisu.promises.rates import quarter_of

LEADERS, EACH, QUARTERS = 1_000, 100, 4
BATCH = 5_000
MARK = "RACE"


@transaction.atomic
def load() -> dict[str, int]:
    """Synthetic posts and firms, each pair with a contact every few days."""
    unit = Unit.objects.create(
        code="race",
        region_id=settings.REGION,
        name=MARK,
        short_name=MARK,
        duty=Duty.LEADERSHIP,
        since=date(2020, 1, 1),
    )
    first, _last = _between()
    pairings = _pairings(unit, first, User.objects.order_by("pk").first())
    rows = (_contact(pairing, first, n) for pairing, n in product(pairings, range(EACH)))
    Contact.objects.bulk_create(rows, batch_size=BATCH)
    return {"leaders": LEADERS, "months": QUARTERS * 3, "contacts": Contact.objects.count()}


def own() -> Any:
    """What the page shows: the outcome of every month and quarter of every leader, and the two rates."""
    first, last = _between()
    quarters = quarters_until(quarter_of(clock.today()), QUARTERS)
    months = [month for quarter in quarters for month in months_in(quarter)]
    found = compliance_of(Pairing.objects.all(), first, last)
    return found.rate(months), found.rate(quarters)


def bare() -> list[Any]:
    """The contacts of these days, counted by pairing and month, and nothing made of it."""
    first, last = _between()
    rows = (
        Contact.objects.filter(taken_back_at=None, on__gte=first, on__lte=last)
        .exclude(answer="no")
        .order_by()
    )
    grouped = rows.values("pairing_id", month=MonthCode(F("on")))
    return list(grouped.annotate(n=Count("pk"), on_site=Count("pk", filter=Q(mode=Mode.ON_SITE))))


def _between() -> tuple[date, date]:
    quarters = quarters_until(quarter_of(clock.today()), QUARTERS)
    return quarters[0].first, quarters[-1].last


def _pairings(unit: Unit, since: date, author: User) -> list[Pairing]:
    posts = Post.objects.bulk_create(
        Post(unit=unit, title=f"{MARK} {n}", role=Role.COUNTY_LEADER, since=since) for n in range(LEADERS)
    )
    PostHolding.objects.bulk_create(PostHolding(post=post, user=author, since=since) for post in posts)
    firms = Enterprise.objects.bulk_create(
        Enterprise(credit_code=f"91422826R{n:08}X", name=f"{MARK} {n}", region_id=settings.REGION)
        for n in range(LEADERS)
    )
    said = {"declared_on": since, "entered_by": author, "signed": MARK, "entered_at": clock.now()}
    return Pairing.objects.bulk_create(
        Pairing(post=post, enterprise=firm, since=since, **said)
        for post, firm in zip(posts, firms, strict=True)
    )


def _contact(pairing: Pairing, first: date, n: int) -> Contact:
    is_on_site = n % 20 == 0
    return Contact(
        pairing=pairing, on=first + timedelta(days=n * 330 // EACH), mode=Mode.ON_SITE if is_on_site else Mode.PHONE,
        text=MARK, place=MARK if is_on_site else "", entered_by=pairing.entered_by, signed=MARK,
        entered_at=pairing.entered_at,
    )  # fmt: skip


RACES = (Race("liaison", load, own, bare, most=2),)
