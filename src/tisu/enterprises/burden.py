"""What a firm is burdened with: what speaks against coming on a day, said before one comes (domain.md §6)."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tisu.enterprises.models import COUNTED, Enterprise, QuietDays, Visit, VisitKind
from tisu.orgs.models import Unit

MOST_A_MONTH = 2
COOL_DOWN = timedelta(days=30)  # between two surveys of one firm
LONGEST = 31  # days of one entry


@dataclass(frozen=True)
class Objection:
    """A sentence that speaks against it; some want a reason of whoever plans it all the same."""

    sentence: str
    wants_reason: bool = False


@dataclass(frozen=True)
class Wish:
    """What somebody wants to plan."""

    firm: Enterprise
    unit: Unit
    kind: str
    first: date
    last: date

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def objections_to(wish: Wish) -> list[Objection]:
    """Nothing of it forbids; quiet days and a survey too soon want a reason, which the firm sees."""
    kin = Enterprise.objects.kin_of([wish.firm.pk])
    visits = Visit.objects.standing().filter(enterprise__in=kin)
    return [
        *_quiet(wish, QuietDays.objects.filter(enterprise__in=kin)),
        *_surveyed(wish, visits),
        *_too_often(wish, visits),
        *_together(wish, visits),
    ]


def _quiet(wish: Wish, rows) -> Iterator[Objection]:
    rows = list(rows.filter(first__lte=wish.last))
    if days := [day for day in wish.days if any(row.covers(day) for row in rows)]:
        said = _("The firm wants to be left alone on %(day)s: choose another day, or say why it cannot wait.")
        yield Objection(said % {"day": days[0].isoformat()}, wants_reason=True)


def _surveyed(wish: Wish, visits) -> Iterator[Objection]:
    if wish.kind != VisitKind.SURVEY:
        return
    near = visits.filter(kind=VisitKind.SURVEY).between(wish.first - COOL_DOWN, wish.last + COOL_DOWN)
    if other := near.first():
        yield Objection(
            _(
                "The firm is surveyed on %(day)s: %(n)d days lie between two surveys. Choose a later day, or say why "
                "it cannot wait."
            )
            % {"day": other.first.isoformat(), "n": COOL_DOWN.days},
            wants_reason=True,
        )


def _too_often(wish: Wish, visits) -> Iterator[Objection]:
    if wish.kind not in COUNTED:
        return
    first = wish.first.replace(day=1)
    last = wish.last.replace(day=monthrange(wish.last.year, wish.last.month)[1])
    count = visits.filter(kind__in=COUNTED).between(first, last).count()
    if count >= MOST_A_MONTH:
        yield Objection(
            ngettext(
                "The firm is called on %(n)d time in that month already: can it be done by phone, or together?",
                "The firm is called on %(n)d times in that month already: can it be done by phone, or together?",
                count,
            )
            % {"n": count}
        )


def _together(wish: Wish, visits) -> Iterator[Objection]:
    others = visits.filter(kind__in=COUNTED).exclude(unit=wish.unit).between(wish.first, wish.last)
    if wish.kind in COUNTED and (other := others.first()):
        yield Objection(
            _("Another unit comes on %(day)s: go together, and the firm is called on once.")
            % {"day": max(other.first, wish.first).isoformat()}
        )
