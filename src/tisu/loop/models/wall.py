"""Walls: a matter out of reach of a unit or a person, whatever else would let them see it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.loop.models.matter import Matter
from tisu.orgs.models import Unit


class Wall(models.Model):
    """One wall: a matter and the unit or the person it is closed to. Overrules every other rule."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="walls")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="walls")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="walls"
    )
    reason = models.CharField(_("reason"), max_length=60)
    built_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False) ^ models.Q(user__isnull=False),
                name="a_wall_against_a_unit_or_a_person",
            ),
            models.UniqueConstraint(fields=["matter", "unit"], name="one_wall_per_unit"),
            models.UniqueConstraint(fields=["matter", "user"], name="one_wall_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} | {self.unit_id or self.user_id}"
