"""The matter (事项): what someone must do by a date and someone else must confirm."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.foundation.moves import StateField
from tisu.foundation.numbering import new_number
from tisu.foundation.prepared import Blank, Prepared, keep
from tisu.loop.models.matter_type import MatterType
from tisu.loop.queries import MatterManager
from tisu.loop.stages import OPEN, Light, Result, Screening, Stage, Verdict
from tisu.orgs.models import Region, Unit


class Matter(models.Model):
    """Stage, light, result and screening are four axes and never one status.

    `title` and `text` are what the units read; what a reporter wrote stays in the room that took it in.
    `enterprise` is the firm that it is about, `for_firm` the one that raised it: then whoever acts for that firm today is
    the requester, and nobody else is, the one who wrote it included.
    `due_at`, `warn_at`, `provisional` and `stopped_at` are a cache of the clock that judges it, written together with
    the clocks and rebuilt from them (loop/rebuild.py).
    """

    number = models.CharField(_("number"), max_length=16, unique=True, default=new_number, editable=False)
    kind = models.CharField(_("kind"), max_length=24)
    matter_type = models.ForeignKey(MatterType, models.PROTECT, related_name="matters")
    region = models.ForeignKey(Region, models.PROTECT, related_name="matters", verbose_name=_("region"))
    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("facts"), blank=True)
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="matters",
        verbose_name=_("enterprise"),
    )

    stage = StateField(_("stage"), choices=Stage.choices)
    version = models.PositiveIntegerField(_("version"), default=1)
    cycle = models.PositiveSmallIntegerField(_("time handled"), default=1)
    reworks = models.PositiveSmallIntegerField(_("times sent back by verification"), default=0)
    screened_as = models.CharField(_("screened as"), max_length=1, choices=Screening.choices, blank=True)
    proposed_result = models.CharField(max_length=16, choices=Result.choices, blank=True)
    result = models.CharField(_("result"), max_length=16, choices=Result.choices, blank=True)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict.choices, blank=True)
    verifying = models.BooleanField(_("verification has begun"), default=False)

    opened_by_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="opened_matters"
    )
    handed_to = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="handed_matters")
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="requested_matters"
    )
    for_firm = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, db_index=False, related_name="raised_matters"
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_matters"
    )
    registered_at = models.DateTimeField(_("registered"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    retain_until = models.DateField(_("kept until"), null=True, blank=True)
    suspended_until = models.DateTimeField(_("suspended until"), null=True, blank=True)

    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    warn_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(_("provisional"), default=False)

    objects = MatterManager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["stage", "due_at"], name="matter_by_stage_due"),
            models.Index(fields=["region", "stage", "-id"], name="matter_by_region_stage"),
            models.Index(fields=["kind", "stage"], name="matter_by_kind_stage"),
            models.Index(fields=["due_at"], name="matter_by_due"),
            models.Index(fields=["closed_at"], name="matter_by_closed"),
            # Few have one: by these alone SQLite sees that to go by them is to find few.
            models.Index(
                fields=["parent"], condition=models.Q(parent__isnull=False), name="matter_by_its_parent"
            ),
            models.Index(
                fields=["for_firm"], condition=models.Q(for_firm__isnull=False), name="matter_by_raising_firm"
            ),
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="matter_by_merged_into",
            ),
            models.Index(
                fields=["suspended_until"],
                condition=models.Q(suspended_until__isnull=False),
                name="matter_by_suspension",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage=Stage.CLOSED, closed_at__isnull=False) & ~models.Q(result="")
                | ~models.Q(stage=Stage.CLOSED) & models.Q(result=""),
                name="a_result_when_closed_and_only_then",
            ),
            models.CheckConstraint(
                condition=models.Q(stage=Stage.MERGED, merged_into__isnull=False)
                | ~models.Q(stage=Stage.MERGED) & models.Q(merged_into__isnull=True),
                name="merged_into_another_and_only_then",
            ),
            models.CheckConstraint(
                condition=models.Q(suspended_until__isnull=True) | models.Q(stage=Stage.IN_PROGRESS),
                name="suspended_only_while_in_progress",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN

    @property
    def light(self) -> Light | None:
        """Green, yellow, red by the clock or grey while suspended; the verdict once closed (loop.md §1).

        None for what ended without a verdict: screened out, it was never handled here.
        """
        if not self.is_open:
            return Light(self.verdict) if self.verdict else None
        if self.is_suspended:
            return Light.GREY
        seen_at = self.stopped_at or clock.now()
        if self.due_at is None or seen_at < self.warn_at:
            return Light.GREEN
        return Light.YELLOW if seen_at <= self.due_at else Light.RED

    @property
    def is_suspended(self) -> bool:
        """Until the day that was named, whether or not anything has resumed it since."""
        return self.suspended_until is not None and clock.now() < self.suspended_until

    @property
    def standing_walls(self) -> list:
        return [wall for wall in self._walls if wall.stands]

    @property
    def _walls(self) -> list:
        """Read anew each time, so that a wall takes sight at once, unless a list has read them already."""
        if "walls" in getattr(self, "_prefetched_objects_cache", {}):
            return list(self.walls.all())
        return _WALLS(matter=self.pk)

    @property
    def walled_units(self) -> set[int]:
        return {wall.unit_id for wall in self.standing_walls if wall.unit_id}

    @property
    def current_assignments(self) -> list:
        """Lead first, then co-units; what was returned has gone."""
        if "assignments" not in getattr(self, "_prefetched_objects_cache", {}):
            keep(self, "assignments", _ASSIGNMENTS(matter=self.pk), back="matter")
        standing = [row for row in self.assignments.all() if row.is_current]
        return sorted(standing, key=lambda row: (not row.is_lead, row.pk))

    def forget_assignments(self) -> None:
        """Read them again: one was added."""
        getattr(self, "_prefetched_objects_cache", {}).pop("assignments", None)

    @property
    def lead(self):
        return next((row for row in self.current_assignments if row.is_lead), None)

    @property
    def co_assignments(self) -> list:
        return [row for row in self.current_assignments if not row.is_lead]

    @property
    def is_bare(self) -> bool:
        """Nothing but number, time and officer is left: a discipline report that was screened out."""
        return not self.title and not self.text


def _with_unit(relation: str) -> Prepared:
    return Prepared(lambda: Matter.objects.all().hanging(relation).filter(matter=Blank("matter")))


_WALLS, _ASSIGNMENTS = _with_unit("walls"), _with_unit("assignments")
