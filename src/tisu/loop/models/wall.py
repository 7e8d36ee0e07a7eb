"""Walls and conflicts of interest: what is out of someone's reach, whatever else would let them see it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tisu.enterprises.models import Enterprise
from tisu.loop.models.matter import Matter
from tisu.orgs.models import Dated, Unit, ends_after_it_begins

STANDS = Q(lifted_at__isnull=True)


class WallQuerySet(models.QuerySet):
    def standing(self) -> "WallQuerySet":
        return self.filter(STANDS)


class Wall(models.Model):
    """One wall: a matter and the unit or the person (a recusal, 回避) it is closed to. Overrules every other rule.

    A wall is lifted, never removed. `inherited_from` is the merged matter whose wall this repeats.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="walls")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="walls")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="walls"
    )
    reason = models.CharField(_("reason"), max_length=200)
    built_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    inherited_from = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="+")

    objects = WallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) ^ Q(user__isnull=False),
                name="a_wall_against_a_unit_or_a_person",
            ),
            models.UniqueConstraint(fields=["matter", "unit"], condition=STANDS, name="one_wall_per_unit"),
            models.UniqueConstraint(fields=["matter", "user"], condition=STANDS, name="one_wall_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} | {self.unit_id or self.user_id}"

    @property
    def stands(self) -> bool:
        return self.lifted_at is None


class ConflictOfInterest(Dated):
    """A person who has an interest in a firm sees none of that firm's matters while it lasts (利益冲突)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflicts", verbose_name=_("person")
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="conflicts", verbose_name=_("enterprise")
    )
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [ends_after_it_begins("conflict_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.user} | {self.enterprise}"
