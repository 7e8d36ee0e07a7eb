"""When a firm is called on, by whom and for what, and the days on which it wants to be left alone (不打扰).

One calendar for everyone who comes: nobody comes to inspect here, nobody signs in anywhere, and nothing of where a
person was is kept.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tisu.enterprises.models.firm import Enterprise
from tisu.orgs.models import Unit


class VisitKind(models.TextChoices):
    VISIT = "visit", _("visit")
    ON_SITE = "on_site", _("on-site work")
    SURVEY = "survey", _("survey")
    INVITATION = "invitation", _("invitation")
    CALL = "call", _("phone call")


# A call takes a minute; the others take somebody's time and are counted.
COUNTED = (VisitKind.VISIT, VisitKind.ON_SITE, VisitKind.SURVEY, VisitKind.INVITATION)


class VisitState(models.TextChoices):
    """Derived from what happened, never stored."""

    PLANNED = "planned", _("planned")
    DONE = "done", _("took place")
    CANCELLED = "cancelled", _("called off")


class VisitQuerySet(models.QuerySet):
    def between(self, first: date, last: date) -> "VisitQuerySet":
        """Those of which a day lies between these two, both counted."""
        return self.filter(first__lte=last, last__gte=first)

    def standing(self) -> "VisitQuerySet":
        return self.filter(called_off_at=None)

    def planned(self) -> "VisitQuerySet":
        return self.filter(called_off_at=None, held_at=None)


class Visit(models.Model):
    """A unit comes to a firm, or asks it for something, from `first` to `last`, both counted.

    `despite` says why it was planned although the firm wanted to be left alone, or was asked not long before.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="visits")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="visits", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=12, choices=VisitKind.choices)
    purpose = models.CharField(_("purpose"), max_length=200)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    despite = models.CharField(max_length=200, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off = models.CharField(_("why it was called off"), max_length=200, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed = models.CharField(max_length=120)
    entered_at = models.DateTimeField()

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["first", "pk"]
        indexes = [models.Index(fields=["enterprise", "first"]), models.Index(fields=["first", "last"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="a_visit_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | Q(called_off_at__isnull=True),
                name="a_visit_is_held_or_called_off",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} → {self.enterprise} {self.first}"

    @property
    def state(self) -> VisitState:
        if self.called_off_at:
            return VisitState.CANCELLED
        return VisitState.DONE if self.held_at else VisitState.PLANNED

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


class QuietDays(models.Model):
    """Days on which a firm wants to be left alone, from `first` to `last`, both counted; each week's `weekday` alone,
    where one is named (Monday is 0), and then without a last day for as long as nobody takes it back."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="quiet_days")
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"), null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(_("why"), max_length=100, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed = models.CharField(max_length=120)

    class Meta:
        ordering = ["first", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")),
                name="quiet_days_end_after_they_begin",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=False) | Q(last__isnull=False), name="quiet_days_have_an_end"
            ),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__lte=6), name="quiet_weekday_is_one_of_seven"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.first}"

    def covers(self, day: date) -> bool:
        inside = self.first <= day and (self.last is None or day <= self.last)
        return inside and self.weekday in (None, day.weekday())
