"""What happened to a matter: append-only events, their content in a table of its own.

A salted SM3 digest of the content stands in the event, so that lawful erasure can empty the content while the
event, and a chain laid over the digests, still verify (loop.md §3, promise 3).
"""

import json
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.foundation.appendonly import AppendOnlyModel
from tisu.foundation.sealed import salted_digest
from tisu.loop.models.matter import Matter


class Audience(models.TextChoices):
    """Who may read an event's content, of those who may see the matter."""

    EVERYONE = "everyone", _("everyone who sees the matter")
    OFFICE = "office", _("office and supervision")


class Event(AppendOnlyModel):
    """One act on one matter. `actor` is null when a reporter or a rule acted; `signed` says who, by post."""

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

    class Meta:
        base_manager_name = "objects"
        ordering = ["matter_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["matter", "seq"], name="event_seq_unique_in_matter")]
        indexes = [models.Index(fields=["at"], name="event_by_time")]

    def __str__(self) -> str:
        return f"{self.matter_id}#{self.seq} {self.action}"


class EventContentQuerySet(models.QuerySet):
    def erase(self, rule: str) -> int:
        """Empty the content under a named rule. The digest in the event stays and still tells of it."""
        return super().update(body=None, erased_under=rule)

    def update(self, **kwargs: Any) -> int:
        raise TypeError("What an event says is not changed; erase() empties it under a rule.")


class EventContent(models.Model):
    """What an event says, as canonical JSON. Null once erased."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="content")
    salt = models.CharField(max_length=32)
    body = models.JSONField(null=True)
    erased_under = models.CharField(max_length=60, blank=True)

    objects = EventContentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"content of {self.event_id}"


def canonical(body: dict[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def write_event(*, body: dict[str, Any], **facts: Any) -> Event:
    """Add the next event of a matter with its content and digest. Only perform() and registering call this."""
    salt = secrets.token_hex(16)
    event = Event.objects.create(digest=salted_digest(salt.encode(), canonical(body)), **facts)
    EventContent.objects.create(event=event, salt=salt, body=body)
    return event
