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
    def against(self) -> str:
        """Whom it keeps out."""
        return str(self.unit) if self.unit else f"{self.user.name} ({self.user.username})"

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


class ConcernedFirm(models.Model):
    """A firm that a matter concerns without showing it: read by walls, and by nothing that anyone is shown.

    Units must not learn from it who reported. `inherited_from` is the matter that brought it along when two were
    merged, and takes it away again.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="concerned_firms")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="+")
    inherited_from = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "enterprise"],
                condition=Q(inherited_from__isnull=True),
                name="a_firm_of_its_own_once",
            ),
            models.UniqueConstraint(
                fields=["matter", "enterprise", "inherited_from"], name="a_firm_once_from_each_matter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} | {self.enterprise_id}"
