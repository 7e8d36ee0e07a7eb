"""The months in which a firm was above designated size (规上): rows with gaps, never a flag."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tisu.enterprises.models.firm import Enterprise


class ScaleCategory(models.TextChoices):
    INDUSTRY = "industry", _("industry above scale")
    CONSTRUCTION = "construction", _("construction with qualification")
    WHOLESALE = "wholesale", _("wholesale above scale")
    RETAIL = "retail", _("retail above scale")
    LODGING = "lodging", _("lodging above scale")
    CATERING = "catering", _("catering above scale")
    SERVICES = "services", _("services above scale")
    REAL_ESTATE = "real_estate", _("real estate development")


# What makes a firm one of 四上, as shown beside the choice. The statistics bureau decides, not this page.
THRESHOLDS = {
    ScaleCategory.INDUSTRY: _("main revenue of 20 million yuan a year or more"),
    ScaleCategory.CONSTRUCTION: _("any firm with a construction qualification"),
    ScaleCategory.WHOLESALE: _("20 million yuan a year or more"),
    ScaleCategory.RETAIL: _("5 million yuan a year or more"),
    ScaleCategory.LODGING: _("2 million yuan a year or more"),
    ScaleCategory.CATERING: _("2 million yuan a year or more"),
    ScaleCategory.SERVICES: _("20, 10 or 5 million yuan a year or more, by trade"),
    ScaleCategory.REAL_ESTATE: _("every developer that is active"),
}


class ScaleMonths(models.Model):
    """From the month of `first` to the month of `last`, both counted; without `last` it goes on. Both are the 1st."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="scale_months")
    category = models.CharField(_("category"), max_length=12, choices=ScaleCategory.choices, blank=True)
    first = models.DateField(_("from month"))
    last = models.DateField(_("to month"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["first", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")),
                name="months_end_after_they_begin",
                violation_error_message=_("The last month lies before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(first__day=1) & (Q(last__isnull=True) | Q(last__day=1)),
                name="months_are_written_as_their_first_day",
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.enterprise} {self.first:%Y-%m} – {self.last:%Y-%m}"
            if self.last
            else f"{self.first:%Y-%m} –"
        )

    def holds_in(self, first: date) -> bool:
        """Whether it covers the month that begins on this day."""
        return self.first <= first and (self.last is None or first <= self.last)
