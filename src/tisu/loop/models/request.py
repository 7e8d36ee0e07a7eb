"""What is asked for and decided by someone else: more time, a pause, another unit, an end, other words."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.foundation.moves import StateField
from tisu.loop.models.matter import Matter
from tisu.orgs.models import Unit


class RequestKind(models.TextChoices):
    EXTENSION = "extension", _("extension")
    SUSPENSION = "suspension", _("suspension")
    TRANSFER = "transfer", _("transfer")
    CANCELLATION = "cancellation", _("cancellation")
    CONTENT_CHANGE = "content_change", _("change of the text")
    RATING_APPEAL = "rating_appeal", _("objection to a rating")
    FACT_CHECK = "fact_check", _("fact check after a low rating")


class RequestState(models.TextChoices):
    FILED = "filed", _("waiting for a decision")
    APPROVED = "approved", _("granted")
    REFUSED = "refused", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LAPSED = "lapsed", _("lapsed")


class Request(models.Model):
    """One request. Work goes on while it waits, and so does the clock (loop.md §1).

    `number` counts within the matter: it is what `grant` and `decline` name. `data` holds what was asked for
    (working_days, until, unit, text). `filed_by` is null when a rule asked.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="requests")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=RequestKind.choices)
    state = StateField(choices=RequestState.choices)
    version = models.PositiveIntegerField(default=1)
    cycle = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed = models.CharField(max_length=120)
    filed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_signed = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    opinion = models.TextField(blank=True)

    class Meta:
        ordering = ["matter_id", "number"]
        indexes = [
            models.Index(fields=["kind"], condition=models.Q(state="filed"), name="request_waiting_by_kind")
        ]
        constraints = [
            models.UniqueConstraint(fields=["matter", "number"], name="request_number_in_matter"),
            models.UniqueConstraint(
                fields=["matter", "kind"],
                condition=models.Q(state="filed"),
                name="one_request_of_a_kind_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.number} {self.kind}"

    @property
    def is_waiting(self) -> bool:
        return self.state == RequestState.FILED
