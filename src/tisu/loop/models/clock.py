"""Clocks, pauses and extensions: the facts from which every date is derived, and the cache of the dates."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.foundation.appendonly import AppendOnlyModel
from tisu.loop.models.assignment import Assignment
from tisu.loop.models.matter import Matter
from tisu.loop.models.request import Request


class ClockKind(models.TextChoices):
    """Each party is judged on its own clock (loop.md §4, point 5)."""

    SCREEN = "screen", _("decide whether to accept")
    ACCEPT = "accept", _("accept the assignment")
    SOLVE = "solve", _("handle")
    CO_OPERATE = "co_operate", _("do the co-unit's part")
    REPORT = "report", _("report progress")
    VERIFY = "verify", _("verify the result")


class ClockUnit(models.TextChoices):
    WORKING_HOUR = "working_hour", _("working hours")
    WORKING_DAY = "working_day", _("working days")
    CALENDAR_DAY = "calendar_day", _("calendar days")
    MONTH = "month", _("months")
    DATE = "date", _("a fixed day")


RUNS = models.Q(stopped_at__isnull=True, is_void=False)


class ClockQuerySet(models.QuerySet):
    def running(self) -> "ClockQuerySet":
        return self.filter(RUNS)


class Clock(models.Model):
    """A limit that began to run. The start day is not counted; it ends at close of business.

    Facts: when it started, how much of which unit, when it stopped, `first_due_at`, the moment that was told when it
    began, and `calendar`, the version of the calendar under which its date was last told to anyone: a later version
    never brings that date forward.
    `due_on` is only given when the unit is a fixed day.
    Cache, written by loop/clocks.py alone and rebuilt from the facts: `due_at`, `warn_at`, `provisional`,
    `reckoned_under` (the calendar the dates were computed with) and `alarm_at` (when to look at it again).
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=12, choices=ClockKind.choices)
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="clocks", help_text=_("Whose part.")
    )
    cycle = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    amount = models.PositiveIntegerField(default=0)
    unit = models.CharField(max_length=12, choices=ClockUnit.choices)
    due_on = models.DateField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    first_due_at = models.DateTimeField(null=True)
    calendar = models.CharField(max_length=40)
    is_void = models.BooleanField(
        default=False, help_text=_("The unit returned the matter: this limit judges no one.")
    )

    due_at = models.DateTimeField(null=True, blank=True)
    warn_at = models.DateTimeField(null=True, blank=True)
    provisional = models.BooleanField(default=False)
    reckoned_under = models.CharField(max_length=40, blank=True)
    alarm_at = models.DateTimeField(null=True, blank=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["alarm_at"], condition=models.Q(alarm_at__isnull=False), name="clock_by_alarm"
            ),
            models.Index(fields=["reckoned_under", "id"], condition=RUNS, name="clock_running_by_calendar"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind}"

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None and not self.is_void


class Pause(models.Model):
    """A stretch that does not count: days from `paused_at` up to, not including, the day it ends.

    It ends at `resumed_at`, or as long as nobody resumed it at `until`, the end that was approved.
    """

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=400)
    paused_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    resumed_at = models.DateTimeField(null=True, blank=True)
    request = models.ForeignKey(Request, models.PROTECT, null=True, blank=True, related_name="pauses")

    class Meta:
        ordering = ["paused_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(resumed_at__isnull=True) | models.Q(resumed_at__gte=models.F("paused_at")),
                name="pause_resumed_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(resumed_at__isnull=False) | models.Q(until__gt=models.F("paused_at")),
                name="pause_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.reason}"

    @property
    def ends_at(self):
        return self.resumed_at or self.until


class Adjustment(AppendOnlyModel):
    """An extension: working days added after the original due day, by whom and why (loop.md §1, row 14)."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="adjustments")
    amount = models.PositiveIntegerField(_("working days"))
    request = models.ForeignKey(Request, models.PROTECT, related_name="adjustments")
    approved_by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        base_manager_name = "objects"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.clock_id} +{self.amount}"


class Alarm(AppendOnlyModel):
    """A level of warning that was reached: once for each clock, level and due date.

    `sent` is false for a level that a higher one overtook, because nobody looked in between, and where its rule is
    off.
    """

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="alarms")
    level = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    sent = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        base_manager_name = "objects"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["clock", "level", "due_at"], name="alarm_once_per_level")
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.level}"
