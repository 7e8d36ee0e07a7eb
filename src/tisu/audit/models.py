"""The house's own ledger, the anchors over every chained ledger, and when the chains were verified."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.audit.said import as_object
from tisu.foundation.appendonly import AppendOnlyModel


class Head(models.Model):
    """The end of a chain that many write to at once: whoever adds a link holds this row until it is committed.

    It keeps no value that could be trusted or forged; the last link itself tells what to go on from.
    """

    name = models.CharField(max_length=24, primary_key=True)

    def __str__(self) -> str:
        return self.name


def hold_head(name: str) -> None:
    """Wait until nobody else adds to this chain. Call it inside a transaction, and last of what it locks."""
    if not list(Head.objects.select_for_update().filter(name=name)):
        Head.objects.get_or_create(name=name)
        list(Head.objects.select_for_update().filter(name=name))


class Entry(AppendOnlyModel):
    """One act outside the loop that someone must be able to look up later. Matters have events instead.

    All entries form one chain. `reason` and `said` (the details as canonical JSON text) enter it by a salted
    digest alone, so that they could be emptied lawfully without breaking it.
    """

    seq = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(_("time"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed = models.CharField(_("by"), max_length=120)
    act = models.CharField(_("act"), max_length=40)
    about = models.CharField(_("about"), max_length=160)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    said = models.TextField(_("details"), default="{}")
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)

    FACTS = ("seq", "id", "at", "actor", "signed", "act", "about", "digest")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["act", "-id"], name="audit_entry_by_act")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.act} {self.about}"

    @property
    def details(self) -> dict[str, Any] | None:
        """None when they cannot be read: someone altered them."""
        return as_object(self.said)


class Anchor(AppendOnlyModel):
    """One value over every chain of the house at one moment, to be kept outside of it (docs/audit.md).

    `root` goes on from the root before it over all other columns, like the links of any chain; `digest` is over
    the leaves, one for each chain that grew since. `marks` tells, as canonical JSON text, how far each ledger
    was read: the key of its last row. `day` is the county's, `at` the machine's own time.
    """

    number = models.PositiveIntegerField(primary_key=True)
    day = models.DateField(_("day"))
    at = models.DateTimeField()
    marks = models.TextField()
    leaves = models.PositiveIntegerField(_("chains"))
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    root = models.CharField(_("root"), max_length=64)

    FACTS = ("number", "day", "at", "marks", "leaves", "digest", "previous")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} {self.day:%Y-%m-%d} {self.root} {self.leaves}"


class AnchorLeaf(AppendOnlyModel):
    """Where one chain stood when the anchor was taken: the place of its last link and the value there."""

    pk = models.CompositePrimaryKey("anchor_id", "ledger", "chain")
    anchor = models.ForeignKey(Anchor, models.PROTECT, related_name="chains")
    ledger = models.CharField(max_length=24)
    chain = models.CharField(max_length=24)
    seq = models.PositiveBigIntegerField()
    value = models.CharField(max_length=64)

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.anchor_id} {self.ledger} {self.chain} {self.seq}"


class Verification(models.Model):
    """One time that every chain was checked: asked for, taken up by a worker, and what came of it.

    `seen_at` moves while it goes on; one that stands still was interrupted and is taken up again.
    """

    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    checked = models.PositiveBigIntegerField(_("entries checked"), default=0)
    due = models.PositiveBigIntegerField(_("entries"), default=0)
    findings = models.JSONField(_("findings"), default=list)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d} {self.checked}"
