"""What the register itself puts on a firm's time line: its facts, what was granted, its figures, and who comes."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.standing import standing_of
from tisu.enterprises.amounts import Measure
from tisu.enterprises.calling import knows
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
)
from tisu.enterprises.periods import month
from tisu.foundation.rooms import FirmEvent, FirmLane


def facts(request: HttpRequest, firm: Enterprise) -> Iterator[FirmEvent]:
    if firm.started_on:
        yield FirmEvent(firm.started_on, _("Established"))
    if firm.deregistered_on:
        yield FirmEvent(firm.deregistered_on, _("Deregistered"))
    kin = Enterprise.objects.kin_of([firm.pk])
    for row in FormerName.objects.filter(enterprise__in=kin, until__isnull=False):
        yield FirmEvent(row.until, _("Renamed; before: %(name)s") % {"name": row.name})
    for row in ScaleMonths.objects.filter(enterprise__in=kin):
        last = row.last and month(row.last.year, row.last.month).last
        yield FirmEvent(row.first, _("Above designated size"), last=last, is_open=last is None)


# What lasts until an end is set; the others happen on a day.
LASTING = SELECTIVE - {BenefitKind.SUBSIDY} | {BenefitKind.LISTED}


def benefits(request: HttpRequest, firm: Enterprise) -> Iterator[FirmEvent]:
    kin = Enterprise.objects.kin_of([firm.pk])
    rows = Benefit.objects.filter(enterprise__in=kin, withdrawn_at=None)
    for title, kind, first, last in rows.values_list("title", "kind", "first", "last"):
        yield FirmEvent(first, title, last=last, is_open=last is None and kind in LASTING)


def figures(request: HttpRequest, firm: Enterprise) -> Iterator[FirmEvent]:
    """What happened stands at the end of its period, what is expected or wanted on the day on which it was said."""
    rows = Figure.objects.visible_to(request.user).standing().of_kin(firm)
    for row in rows:
        day = row.last if row.status == Statement.ACTUAL else row.said_on
        label = f"{Measure(row.measure).label} · {told(row)}"
        yield FirmEvent(day, label, reverse("enterprises:figure", args=[firm.credit_code, row.pk]))


def visits(request: HttpRequest, firm: Enterprise) -> Iterator[FirmEvent]:
    """Of other units' visits no more than that one comes, as in the calendar."""
    standing = standing_of(request.user)
    rows = Visit.objects.standing().filter(enterprise__in=Enterprise.objects.kin_of([firm.pk]))
    url = reverse("enterprises:calendar", args=[firm.credit_code])
    for row in rows.select_related("unit", "enterprise"):
        said = (
            f"{row.unit} · {row.get_kind_display()} · {row.purpose}"
            if knows(standing, row)
            else _("A unit comes")
        )
        yield FirmEvent(row.first, said, f"{url}?month={row.first:%Y-%m}")


LANES = (
    FirmLane("facts", gettext_lazy("The firm"), facts, order=10),
    FirmLane("benefits", gettext_lazy("Granted"), benefits, order=40),
    FirmLane("figures", gettext_lazy("Figures"), figures, order=60),
    FirmLane("visits", gettext_lazy("Visits"), visits, order=70),
)
