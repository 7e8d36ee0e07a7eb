"""A request for a production factor. Its matter tells how it is handled; what is asked, granted and used stands here."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tisu.loop.models import Matter
from tisu.support.factors import Basis, Case, Factor, Level, said
from tisu.support.models.risk import RiskList
from tisu.support.queries import FactorRequestQuerySet

KIND = "factor_request"


class Origin(models.TextChoices):
    """Through whom it came."""

    FIRM = "firm", _("firm, signed in")
    STAFF = "staff", _("entered by staff")
    LIAISON = "liaison", _("liaison visit")
    PROJECT = "project", _("project")


class FactorRequest(models.Model):
    """Amounts are whole numbers of the measure's smallest part (units.py); a request without a measure counts nothing.

    `granted` and `used` are what the standing steps add up to, kept here so that the database itself refuses more
    granted than asked and more used than granted; `version` rises with every step. `key` is that of the form it was
    sent with: sent twice, it is one request.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="factor_request")
    factor = models.CharField(pgettext_lazy("production", "factor"), max_length=12, choices=Factor.choices)
    case = models.CharField(_("case"), max_length=20, choices=Case.choices, blank=True)
    origin = models.CharField(_("came in by"), max_length=8, choices=Origin.choices)
    measure = models.CharField(max_length=12, blank=True)
    basis = models.CharField(
        pgettext_lazy("energy", "basis"), max_length=12, choices=Basis.choices, blank=True
    )
    asked = models.BigIntegerField(null=True, blank=True)
    granted = models.BigIntegerField(null=True, blank=True)
    used = models.BigIntegerField(null=True, blank=True)
    asked_on = models.DateField(_("asked on"))
    needed_by = models.DateField(_("needed by"))
    level = models.CharField(_("deciding level"), max_length=12, choices=Level.choices)
    version = models.PositiveIntegerField(default=1)
    risk_list = models.OneToOneField(RiskList, models.PROTECT, null=True, blank=True, related_name="request")
    key = models.CharField(max_length=40, unique=True, null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = FactorRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["factor", "-id"], name="request_by_factor")]
        constraints = [
            models.CheckConstraint(
                condition=Q(measure="", asked=None, granted=None, used=None)
                | ~Q(measure="") & Q(asked__gt=0),
                name="an_amount_where_there_is_a_measure",
            ),
            models.CheckConstraint(
                condition=Q(granted=None) | Q(granted__gte=0, granted__lte=F("asked")),
                name="granted_within_what_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(used=None) | Q(used__gte=0, used__lte=F("granted")),
                name="used_within_what_was_granted",
            ),
            models.CheckConstraint(
                condition=Q(factor=Factor.ENERGY) & ~Q(basis="") | ~Q(factor=Factor.ENERGY) & Q(basis=""),
                name="a_basis_for_energy_alone",
            ),
        ]

    def __str__(self) -> str:
        return self.matter.number

    def said(self, amount: int | None) -> str:
        return said(self.measure, amount)

    @property
    def enterprise(self) -> Any:
        return self.matter.enterprise
