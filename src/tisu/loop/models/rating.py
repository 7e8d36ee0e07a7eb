"""What the requester thought of it. Every rating given is kept; the last one counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.foundation.appendonly import AppendOnlyQuerySet, ErasableModel
from tisu.loop.models.matter import Matter
from tisu.loop.stages import Solved


class RatingQuerySet(AppendOnlyQuerySet):
    def erase(self) -> int:
        """Empty the words, under the rule that the matter's erasure names; what was counted stays."""
        return super(AppendOnlyQuerySet, self.filter(text__isnull=False)).update(text=None)


class Rating(ErasableModel):
    """Solved and satisfaction are two questions: a firm may be content with an honest no.

    Written once, like a ledger. Its words alone can be emptied, and are null from then on.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="ratings")
    cycle = models.PositiveSmallIntegerField()
    solved = models.CharField(_("solved"), max_length=8, choices=Solved.choices)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"))
    text = models.TextField(_("in your words"), null=True, blank=True)  # noqa: DJ001 - null is erased
    at = models.DateTimeField()

    EMPTIED = ("text",)

    objects = RatingQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(satisfaction__gte=1, satisfaction__lte=5), name="satisfaction_from_1_to_5"
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}: {self.solved}, {self.satisfaction}"
