"""What a firm was granted (政策): rent let off for a term, guidance, an event held for its trade."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tisu.enterprises.models.firm import Enterprise
from tisu.foundation import clock
from tisu.orgs.models import Unit

GATE = date(2024, 8, 1)  # 公平竞争审查条例 in force


class BenefitKind(models.TextChoices):
    RENT = "rent", _("rent let off")
    TAX = "tax", _("tax or fee relief")
    SUBSIDY = "subsidy", _("subsidy or reward")
    FACTOR = "factor", _("land, energy or labour on better terms")
    GUIDANCE = "guidance", _("technical guidance")
    EVENT = "event", _("brand event")
    LISTED = "listed", _("standing on a national list")


# What one firm gets and its competitor does not: since the gate, only after a fair-competition review (条例 10).
SELECTIVE = frozenset({BenefitKind.RENT, BenefitKind.TAX, BenefitKind.SUBSIDY, BenefitKind.FACTOR})


class Benefit(models.Model):
    """From `first` to `last`, both counted, or without an end. Of some only the year is known: then `whole_years`.

    `value` is in yuan where it is known. `withdrawn_at`: entered by mistake, with the reason in the ledger.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="benefits")
    kind = models.CharField(_("kind"), max_length=10, choices=BenefitKind.choices)
    title = models.CharField(_("what was granted"), max_length=120)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("granted by")
    )
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"), null=True, blank=True)
    whole_years = models.BooleanField(_("only the years are known"), default=False)
    value = models.PositiveBigIntegerField(_("value"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    review = models.CharField(_("fair-competition review"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=120)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed = models.CharField(max_length=120)
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-first", "-pk"]
        indexes = [models.Index(fields=["enterprise", "-first"], name="benefits_of_a_firm")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(last__gte=F("first")),
                name="a_benefit_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first one."),
            ),
            models.CheckConstraint(
                condition=Q(first__lt=GATE) | ~Q(kind__in=sorted(SELECTIVE)) | ~Q(review=""),
                name="selective_benefits_are_reviewed",
                violation_error_message=_(
                    "Since 1 August 2024 what one firm gets and others do not passes the fair-competition review "
                    "first: give its number and day."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def runs(self) -> bool:
        today = clock.today()
        return self.first <= today and (self.last is None or today <= self.last)
