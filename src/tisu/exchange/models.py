"""A file that is being imported: what it was, how far it has come, what became of each of its rows."""

import uuid
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import User
from tisu.exchange.kinds import kinds_for, region_of
from tisu.foundation.moves import StateField


class RunState(models.TextChoices):
    WAITING = "waiting", _("waiting to be read")
    READ = "read", _("read: say what the columns are")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked: nothing is in yet")
    CARRYING = "carrying", _("coming in")
    DONE = "done", _("in")
    UNDOING = "undoing", _("being taken back")
    UNDONE = "undone", _("taken back")
    FAILED = "failed", _("could not be read")
    DROPPED = "dropped", _("dropped")


WORKING = (RunState.WAITING, RunState.CHECKING, RunState.CARRYING, RunState.UNDOING)


class RunQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "RunQuerySet":
        """The imports of the kinds that a person may import, in the region of their posts.

        Of a private kind only one's own: its rows may tell of people from whom a colleague is walled off.
        """
        kinds = kinds_for(user)
        shared = models.Q(kind__in=[kind.code for kind in kinds if not kind.private])
        own = models.Q(kind__in=[kind.code for kind in kinds if kind.private], by=user)
        return self.filter(shared | own, region=region_of(user))

    def working(self) -> "RunQuerySet":
        return self.filter(state__in=WORKING)


def sheet_storage() -> Any:
    return storages["sheets"]


class ImportRun(models.Model):
    """One file on its way in. `sheets` are those of the file; `names` stand above the columns of the chosen one.

    `first` and `last` are the places of the header's rows; `mapping` says for each column the declared one, or "".
    `cursor` is the last row that was dealt with in the present state. `held_until` is real time: somebody is at it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    region = models.CharField(max_length=12)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed = models.CharField(max_length=120, blank=True)
    file = models.FileField(storage=sheet_storage, max_length=120, blank=True)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, db_index=True)
    state = StateField(choices=RunState)
    version = models.PositiveIntegerField(default=1)
    fault = models.TextField(blank=True)
    sheets = models.JSONField(default=list)
    sheet = models.PositiveSmallIntegerField(null=True)
    first = models.PositiveIntegerField(null=True)
    last = models.PositiveIntegerField(null=True)
    names = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    rows = models.PositiveIntegerField(default=0)
    cursor = models.BigIntegerField(default=-1)
    counts = models.JSONField(default=dict)
    sample = models.JSONField(default=list)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at"]
        indexes = [models.Index(fields=["state"], name="import_by_state")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.file_name}"

    @property
    def is_working(self) -> bool:
        return self.state in WORKING


class StagedRow(models.Model):
    """A row of the sheet as it was written; `number` counts from 0, as `first` and `last` do."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="staged")
    number = models.PositiveIntegerField()
    cells = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="staged_row_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"


class Finding(models.Model):
    """What is to be said of a row: why it is refused, why it is not read, or why it could not be taken back."""

    class What(models.TextChoices):
        REFUSED = "refused", _("refused")
        SKIPPED = "skipped", _("not read")
        KEPT = "kept", _("not taken back")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="findings")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=8, choices=What)
    column = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=200, blank=True)
    sentence = models.TextField()

    class Meta:
        ordering = ["number", "pk"]
        indexes = [models.Index(fields=["run", "what", "number"], name="finding_of_run")]

    def __str__(self) -> str:
        return f"{self.number}: {self.sentence}"


class Arrival(models.Model):
    """What a row brought: the key of its thing, whether that was new, what stood there before. Undo reads it."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="arrivals")
    number = models.PositiveIntegerField()
    object_pk = models.BigIntegerField(null=True)
    is_new = models.BooleanField()
    before = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["run", "number"], name="arrival_of_run")]

    def __str__(self) -> str:
        return f"{self.number} → {self.object_pk}"


class KeptMapping(models.Model):
    """How the columns of such a sheet were last understood by a person: asked once, known the next time."""

    kind = models.CharField(max_length=40)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "signature"], name="one_mapping_per_header"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.signature[:8]}"
