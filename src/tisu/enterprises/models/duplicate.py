"""Rows that may be the same firm, what a person said of them, and the mergers that followed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tisu.enterprises.models.firm import Enterprise


class Verdict(models.TextChoices):
    OPEN = "open", _("waits for a person")
    APART = "apart", _("told apart")


class LikelyPair(models.Model):
    """Two rows that may be the same firm, the older one first. `reasons` are codes, see duplicates.REASONS.

    Once a person has told them apart they are not suggested again.
    """

    first = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    second = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    reasons = models.JSONField(default=list)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, default=Verdict.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_suggested_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="older_row_of_a_pair_first"),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≟ {self.second}"


class Merger(models.Model):
    """A person merged `gone` into `kept`; `kept_then` is what the rooms above noted down for undoing it."""

    gone = models.ForeignKey(Enterprise, models.PROTECT, related_name="mergers_away")
    kept = models.ForeignKey(Enterprise, models.PROTECT, related_name="mergers_here")
    reason = models.CharField(_("reason"), max_length=200)
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kept_then = models.JSONField(default=dict, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at__isnull=True), name="a_row_is_merged_once"
            ),
            models.CheckConstraint(condition=~Q(gone=F("kept")), name="no_row_is_merged_into_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"
