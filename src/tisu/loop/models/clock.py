"""Clocks and pauses: the facts from which every date is derived."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.loop.models.matter import Matter


class ClockKind(models.TextChoices):
    """Each party is judged on its own clock."""

    SCREEN = "screen", _("decide whether to accept")
    SOLVE = "solve", _("handle")


class ClockUnit(models.TextChoices):
    WORKING_DAY = "working_day", _("working days")
    CALENDAR_DAY = "calendar_day", _("calendar days")
    DATE = "date", _("a fixed day")


class Clock(models.Model):
    """A limit that began to run. The start day is not counted; it ends at close of business.

    `due_on` is only given when the unit is a fixed day; all other dates are computed (loop/deadlines.py).
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=8, choices=ClockKind.choices)
    cycle = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    amount = models.PositiveIntegerField(default=0)
    unit = models.CharField(max_length=12, choices=ClockUnit.choices)
    due_on = models.DateField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    calendar = models.CharField(max_length=40)
    is_void = models.BooleanField(
        default=False, help_text=_("The unit returned the matter: this limit judges no one.")
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind}"


class Pause(models.Model):
    """A stretch that does not count: days from `paused_at` up to, not including, the day of `resumed_at`."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=32)
    paused_at = models.DateTimeField()
    resumed_at = models.DateTimeField()

    class Meta:
        ordering = ["paused_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(resumed_at__gte=models.F("paused_at")), name="pause_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.reason}"
