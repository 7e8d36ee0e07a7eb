"""What happened to a promise, step by step, each written once."""

from django.conf import settings
from django.db import models

from tisu.foundation.appendonly import AppendOnlyModel, Witness
from tisu.promises.models.promise import Promise


class Step(AppendOnlyModel):
    """One act on one promise. `actor` is null for a rule and for whoever confirmed by a link; `signed` says who.

    `words` are what an officer wrote. What a firm wrote stands with its answer, where it can be emptied.
    """

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="steps")
    code = models.CharField(max_length=24)
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    from_state = models.CharField(max_length=24, blank=True)
    to_state = models.CharField(max_length=24)
    version = models.PositiveIntegerField()
    for_firm = models.BooleanField(default=True)

    WITNESS = Witness("promise", state="to_state", version="version")

    class Meta:
        base_manager_name = "objects"
        ordering = ["promise_id", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["promise", "version"], name="one_step_for_each_version_of_a_promise"
            )
        ]

    def __str__(self) -> str:
        return f"{self.promise_id}#{self.version} {self.code}"
