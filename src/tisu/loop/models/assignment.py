"""Who handles a matter: one lead unit, any number of co-units."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.foundation.moves import StateField
from tisu.loop.models.matter import Matter
from tisu.loop.stages import GONE, AssignmentState
from tisu.orgs.models import Unit


class Assignment(models.Model):
    """A unit's part in a matter. History stays: what was returned or transferred is no longer current, but still there."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    is_lead = models.BooleanField(_("lead unit"))
    state = StateField(choices=AssignmentState.choices)
    version = models.PositiveIntegerField(default=1)
    cycle = models.PositiveSmallIntegerField(default=1)
    requirement = models.TextField(_("requirement"), blank=True)
    sent_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by_rule = models.BooleanField(_("not accepted in time"), default=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    handler = models.CharField(_("handler"), max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["unit", "matter"], name="assignment_by_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=models.Q(is_lead=True) & ~models.Q(state__in=sorted(GONE)),
                name="one_lead_unit_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["matter", "unit"],
                condition=~models.Q(state__in=sorted(GONE)),
                name="a_unit_once_in_a_matter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} · {self.unit}"

    @property
    def is_current(self) -> bool:
        return self.state not in GONE
