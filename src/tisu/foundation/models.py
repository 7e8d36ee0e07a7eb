"""What the ground keeps in the database, each table written by the one module that its class names."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.foundation.appendonly import AppendOnlyModel


class SearchEntry(models.Model):
    """What one object can be found by. `subject` names the kind of object, `text` is its search form.

    Nobody but `search` writes it. On SQLite triggers keep a full-text table in step with `tokens`, on PostgreSQL
    an index stands on it; both are made by hand in migration 0001. A migration that rebuilds this table on
    SQLite must make the triggers again.
    """

    subject = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    text = models.TextField()
    tokens = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "object_id"], name="one_search_entry_per_object")
        ]


class Slot(models.Model):
    """Something that happens once for each slot has happened: see `slots.claim`, which alone writes it."""

    name = models.CharField(max_length=80)
    slot = models.CharField(max_length=80)
    claimed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="slot_claimed_once")]


class WorkerBeat(models.Model):
    """One worker process and when it was last heard of, in real time. `worker` alone writes it."""

    host = models.CharField(max_length=120)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    last_job = models.CharField(max_length=60, blank=True)
    rows_done = models.PositiveBigIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-seen_at", "-pk"]


class NoticeKind(models.TextChoices):
    """What a notice says about the working day."""

    YEAR = "year", _("arrangement of a year")
    OVERLAY = "overlay", _("days beside the year's arrangement")
    HOURS = "hours", _("office hours")


class CalendarNotice(AppendOnlyModel):
    """A published change of the calendar. Its number is the calendar's version, counted from 1.

    `region` is the GB/T 2260 code whose subtree it covers, empty for everywhere; `content` is that of a Draft;
    `order` is the leader's order under which dates already told may come earlier, empty for none.
    `digest` runs over this notice and the digest before it, so that it names the whole calendar so far.
    """

    number = models.PositiveIntegerField(_("version"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=8, choices=NoticeKind.choices)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    region = models.CharField(_("region"), max_length=12, blank=True)
    title = models.CharField(_("title"), max_length=200)
    source = models.CharField(_("source"), max_length=200)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    content = models.JSONField(_("content"))
    loaded_at = models.DateTimeField(_("loaded at"))
    loaded_by = models.CharField(_("loaded by"), max_length=120)
    order = models.CharField(_("leader's order"), max_length=400, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        base_manager_name = "objects"
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="year", year__isnull=False)
                | models.Q(kind__in=["overlay", "hours"], year__isnull=True),
                name="calendar_notice_of_a_year_names_it",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def covers(self, region: str) -> bool:
        return region.startswith(self.region)
