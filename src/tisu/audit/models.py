"""The house's own ledger: what administrators changed, what was opened, what was taken out."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.foundation.appendonly import AppendOnlyModel


class Entry(AppendOnlyModel):
    """One act outside the loop that someone must be able to look up later. Matters have events instead."""

    at = models.DateTimeField(_("time"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed = models.CharField(_("by"), max_length=120)
    act = models.CharField(_("act"), max_length=40)
    about = models.CharField(_("about"), max_length=160)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)

    class Meta:
        base_manager_name = "objects"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["act", "-id"], name="audit_entry_by_act")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.act} {self.about}"
