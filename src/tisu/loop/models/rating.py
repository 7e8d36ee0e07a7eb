"""What the requester thought of it. Every rating given is kept; the last one counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.foundation.appendonly import AppendOnlyModel
from tisu.loop.models.matter import Matter
from tisu.loop.stages import Solved


class Rating(AppendOnlyModel):
    """Solved and satisfaction are two questions: a firm may be content with an honest no."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="ratings")
    cycle = models.PositiveSmallIntegerField()
    solved = models.CharField(_("solved"), max_length=8, choices=Solved.choices)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"))
    text = models.TextField(_("in your words"), blank=True)
    at = models.DateTimeField()

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
