"""What happened to a matter: append-only events in a chain of their own, their content in a table apart.

A salted SM3 digest of the content stands in the event, and the event's facts in the chain, so that lawful erasure
can empty the content while the chain still verifies (loop.md §3, promises 2 to 3b; docs/audit.md).
"""

import json
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.audit.chain import genesis, next_value
from tisu.audit.facts import facts_of
from tisu.audit.said import as_object
from tisu.foundation.appendonly import AppendOnlyModel, ErasableModel, Witness
from tisu.foundation.digests import salted_digest
from tisu.foundation.prepared import Blank, Prepared
from tisu.foundation.writing import write
from tisu.loop.models.matter import Matter


class Audience(models.TextChoices):
    """Who may read an event's content, of those who may see the matter."""

    EVERYONE = "everyone", _("everyone who sees the matter")
    OFFICE = "office", _("office and supervision")


class Event(AppendOnlyModel):
    """One act on one matter. `actor` is null when a reporter or a rule acted; `signed` says who, by post.

    `FACTS` are what its link is made of. A column that comes later is added at their end and is null in the rows
    before it (tisu.audit.chain).
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    action = models.CharField(max_length=32)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed = models.CharField(max_length=120)
    at = models.DateTimeField()
    from_stage = models.CharField(max_length=24, blank=True)
    to_stage = models.CharField(max_length=24)
    version = models.PositiveIntegerField()
    cycle = models.PositiveSmallIntegerField()
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.EVERYONE)
    digest = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)

    FACTS = (
        "seq", "action", "actor", "signed", "at", "from_stage", "to_stage", "version", "cycle", "audience", "digest",
    )  # fmt: skip
    WITNESS = Witness("matter", state="to_stage", version="version")

    class Meta:
        base_manager_name = "objects"
        ordering = ["matter_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["matter", "seq"], name="event_seq_unique_in_matter")]
        indexes = [models.Index(fields=["at"], name="event_by_time")]

    def __str__(self) -> str:
        return f"{self.matter_id}#{self.seq} {self.action}"


class EventContentQuerySet(models.QuerySet):
    def erase(self, *, rule: str, by: str, at: datetime) -> list[int]:
        """Empty what is still said, under a named rule, and tell the places (seq) of what was emptied.

        The salts go with it, or a short text could be guessed from its digest. The digests in the events stay;
        the erasure itself is an event, and what that says stays too.
        """
        standing = self.filter(said__isnull=False).exclude(event__action=ERASE)
        places = sorted(standing.values_list("event__seq", flat=True))
        super(EventContentQuerySet, standing).update(
            said=None, salt="", erased_under=rule, erased_by=by, erased_at=at
        )
        return places

    def update(self, **kwargs: Any) -> int:
        raise TypeError("What an event says is not changed; erase() empties it under a rule.")


class EventContent(ErasableModel):
    """What an event says, as the very text its digest is over. Null once erased."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="content")
    salt = models.CharField(max_length=32)
    said = models.TextField(null=True)  # noqa: DJ001 - null is erased, which is not the same as saying nothing
    erased_under = models.CharField(max_length=60, blank=True)
    erased_by = models.CharField(max_length=120, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    EMPTIED = ("said", "salt", "erased_under", "erased_by", "erased_at")

    objects = EventContentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"content of {self.event_id}"

    @property
    def body(self) -> dict[str, Any] | None:
        """None once erased; nothing when it cannot be read: a page goes on, and verifying names the event."""
        return None if self.said is None else as_object(self.said) or {}


ERASE = "erase"


def canonical(body: dict[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def write_event(*, matter: Matter, body: dict[str, Any], is_first: bool = False, **facts: Any) -> Event:
    """Add the next event of a matter with its content. The caller holds the matter's row.

    Only perform() and registering call this. Registering says that it is the first one; were it not, the place
    would be taken, and the database refuses it.
    """
    salt, said = secrets.token_hex(16), canonical(body)
    last, value = (0, genesis(matter.number)) if is_first else _end_of_chain(matter)
    event = Event(matter=matter, seq=last + 1, digest=salted_digest(salt.encode(), said), **facts)
    event.chain = next_value(value, facts_of(event))
    write(event)
    write(EventContent(event=event, salt=salt, said=said.decode()))
    return event


def _end_of_chain(matter: Matter) -> tuple[int, str]:
    return _LAST.first(matter=matter.pk) or (0, genesis(matter.number))


_LAST = Prepared(
    lambda: Event.objects.filter(matter=Blank("matter")).order_by("-seq").values_list("seq", "chain")[:1]
)
