"""A leader's post and a firm, from a day on (包联). Posts, not people: a new holder takes it over as it is."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tisu.enterprises.models import Enterprise
from tisu.liaison.queries import PairingQuerySet
from tisu.orgs.models import Dated, Post, ends_after_it_begins

LEADER_PAIRED = _("This post is paired with a firm already: end that pairing first.")
FIRM_PAIRED = _("This firm is paired with a leader already: end that pairing first.")


class Pairing(Dated):
    """One firm per leader and one leader per firm at a time. What ended stays, with the reason of the change.

    `declared_on` is the day on which whoever held the post then declared to have no interest in the firm.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="pairings", verbose_name=_("leader's post"))
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="pairings", verbose_name=_("firm")
    )
    declared_on = models.DateField(_("no interest declared on"))
    reason = models.CharField(_("reason for the change"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed = models.CharField(max_length=120)
    entered_at = models.DateTimeField()

    objects = PairingQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            ends_after_it_begins("pairing_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(until__isnull=True),
                name="one_firm_per_leader",
                violation_error_message=LEADER_PAIRED,
            ),
            models.UniqueConstraint(
                fields=["enterprise"],
                condition=Q(until__isnull=True),
                name="one_leader_per_firm",
                violation_error_message=FIRM_PAIRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} · {self.firm}"

    @property
    def firm(self) -> Enterprise:
        """The row that stands for the firm today."""
        return self.enterprise.survivor or self.enterprise
