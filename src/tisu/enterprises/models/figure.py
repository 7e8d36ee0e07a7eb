"""What a firm turned over, employs, uses: each figure with what sort of statement it is, of when, and from whom.

Never from the direct reporting of the statistics bureau, which may identify a firm only there (统计法 28, ADR 0037).
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises.amounts import Amount, Bound, Measure
from tisu.enterprises.models.firm import Enterprise
from tisu.enterprises.periods import Grain, Period


class Statement(models.TextChoices):
    """Whether it has happened, is expected, or is wanted. Shown wherever the figure is, by shape and word."""

    ACTUAL = "actual", pgettext_lazy("figure", "actual")
    FORECAST = "forecast", pgettext_lazy("figure", "forecast")
    TARGET = "target", pgettext_lazy("figure", "target")


class Origin(models.TextChoices):
    """From whom the office may lawfully have it."""

    FIRM = "firm", _("told by the firm")
    PUBLISHED = "published", _("published report")
    UNIT = "unit", _("record of a unit, used for its own duty")


class FigureQuerySet(models.QuerySet):
    def standing(self) -> "FigureQuerySet":
        """Not replaced by a correction, and not taken back."""
        return self.filter(replaced_at=None, withdrawn_at=None)

    def of_kin(self, firm: Enterprise) -> "FigureQuerySet":
        return self.filter(enterprise__in=firm.kin)

    def visible_to(self, user: User) -> "FigureQuerySet":
        """The figures that a person may read.

        - of a firm they act for: all, what was replaced and what was taken back too;
        - of every other firm that they see: those that stand.
        """
        firms = Enterprise.objects.visible_to(user).values("pk")
        seen = self.filter(enterprise__in=Enterprise.objects.kin_of(firms).values("pk")).standing()
        own = standing_of(user).enterprises
        if not own or not user.is_authenticated:
            return seen
        return seen | self.filter(enterprise__in=Enterprise.objects.kin_of(own).values("pk"))

    def newest_first(self) -> "FigureQuerySet":
        return self.order_by("measure", "-last", "grain", "status", "-pk")


class Figure(models.Model):
    """One measure of a firm in one period. `value` is whole yuan, people or kilowatt-hours (amounts.py).

    Of each measure, statement and period one stands; a correction replaces it and keeps it. `said_on` is the day on which
    whoever it comes from said it: an actual figure of a period that had not ended by then cannot be.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="figures")
    measure = models.CharField(_("measure"), max_length=8, choices=Measure.choices)
    status = models.CharField(_("statement"), max_length=8, choices=Statement.choices)
    grain = models.CharField(_("period"), max_length=8, choices=Grain.choices)
    first = models.DateField()
    last = models.DateField()
    value = models.PositiveBigIntegerField(_("value"))
    bound = models.CharField(_("how exactly"), max_length=6, choices=Bound.choices, default=Bound.EXACT)
    origin = models.CharField(_("from whom"), max_length=10, choices=Origin.choices)
    source = models.CharField(_("source"), max_length=120)
    consent = models.CharField(_("how the firm agreed"), max_length=120, blank=True)
    said_on = models.DateField(_("said on"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed = models.CharField(max_length=120)
    entered_at = models.DateTimeField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    replaced_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["enterprise", "measure", "last"], name="figures_of_a_firm")]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "measure", "status", "grain", "last"],
                condition=Q(replaced_at__isnull=True, withdrawn_at__isnull=True),
                name="one_figure_stands_for_each_period",
            ),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="a_figure_is_of_some_time"),
            models.CheckConstraint(
                condition=~Q(status=Statement.ACTUAL)
                | Q(said_on__gt=F("last"))
                | Q(grain=Grain.SO_FAR, said_on__gte=F("last")),
                name="what_has_not_ended_is_not_actual",
            ),
            models.CheckConstraint(
                condition=~Q(status=Statement.FORECAST) | Q(said_on__lte=F("last")),
                name="what_has_ended_is_not_forecast",
            ),
            models.CheckConstraint(
                condition=~Q(origin=Origin.FIRM) | ~Q(consent=""), name="a_firm_agreed_to_what_it_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.measure} {self.period.code} {self.status}"

    @property
    def period(self) -> Period:
        return Period(self.grain, self.first, self.last)

    @property
    def amount(self) -> Amount:
        return Amount(self.value, self.bound)

    @property
    def is_standing(self) -> bool:
        return self.replaced_at is None and self.withdrawn_at is None

    def is_of(self, measure: str, status: str, last: date) -> bool:
        return (self.measure, self.status, self.last) == (measure, status, last)
