"""What the register itself puts on a firm's time line: its facts, what was granted, its figures, and who comes."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.standing import standing_of
from tisu.enterprises.amounts import Measure
from tisu.enterprises.calling import knows_all
from tisu.enterprises.figure_words import told
from tisu.enterprises.models import (
    SELECTIVE,
    Benefit,
    BenefitKind,
    Enterprise,
    Figure,
    FormerName,
    ScaleMonths,
    Statement,
    Visit,
    VisitKind,
)
from tisu.enterprises.periods import month
from tisu.foundation.rooms import FirmEvent, FirmLane


def facts(request: HttpRequest, firm: Enterprise) -> Iterator[FirmEvent]:
    if firm.started_on:
        yield FirmEvent(firm.started_on, _("Established"))
    if firm.deregistered_on:
        yield FirmEvent(firm.deregistered_on, _("Deregistered"))
    kin = firm.kin
    for row in FormerName.objects.filter(enterprise__in=kin, until__isnull=False):
        yield FirmEvent(row.until, _("Renamed; before: %(name)s") % {"name": row.name})
    for row in ScaleMonths.objects.filter(enterprise__in=kin):
        last = row.last and month(row.last.year, row.last.month).last
        yield FirmEvent(row.first, _("Above designated size"), last=last, is_open=last is None)


# What lasts until an end is set; the others happen on a day.
LASTING = SELECTIVE - {BenefitKind.SUBSIDY} | {BenefitKind.LISTED}


def benefits(request: HttpRequest, firm: Enterprise) -> Iterator[FirmEvent]:
    kin = firm.kin
    rows = Benefit.objects.filter(enterprise__in=kin, withdrawn_at=None)
    for title, kind, first, last in rows.values_list("title", "kind", "first", "last"):
        yield FirmEvent(first, title, last=last, is_open=last is None and kind in LASTING)


def figures(request: HttpRequest, firm: Enterprise) -> Iterator[FirmEvent]:
    """What happened stands at the end of its period, what is expected or wanted on the day on which it was said."""
    url = reverse("enterprises:figures", args=[firm.credit_code])
    for row in Figure.objects.standing().of_kin(firm):  # those that whoever sees the firm may read
        day = row.last if row.status == Statement.ACTUAL else row.said_on
        yield FirmEvent(day, _figure(row), f"{url}/{row.pk}")


TOLD_OF_A_VISIT = ("first", "kind", "purpose", "unit__short_name", "unit_id")


def visits(request: HttpRequest, firm: Enterprise) -> Iterator[FirmEvent]:
    """Of other units' visits no more than that one comes, as in the calendar."""
    standing = standing_of(request.user)
    url, all_known = reverse("enterprises:calendar", args=[firm.credit_code]), knows_all(standing, firm)
    rows = Visit.objects.standing().filter(enterprise__in=firm.kin)
    for first, kind, purpose, unit, unit_id in rows.values_list(*TOLD_OF_A_VISIT):
        known = all_known or unit_id in standing.all_units
        said = _visit(unit, kind, purpose) if known else _("A unit comes")
        yield FirmEvent(first, said, f"{url}?month={first:%Y-%m}")


# A thousand are asked for and a few dozen are shown: the words are put together when somebody reads them.
_figure = lazy(lambda row: f"{Measure(row.measure).label} · {told(row)}", str)
_visit = lazy(lambda unit, kind, purpose: f"{unit} · {VisitKind(kind).label} · {purpose}", str)


LANES = (
    FirmLane("facts", gettext_lazy("The firm"), facts, order=10),
    FirmLane("benefits", gettext_lazy("Granted"), benefits, order=40),
    FirmLane("figures", gettext_lazy("Figures"), figures, order=60),
    FirmLane("visits", gettext_lazy("Visits"), visits, order=70),
)
