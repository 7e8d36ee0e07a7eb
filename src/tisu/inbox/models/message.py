"""Messages to persons, and the digests in which they went out."""

import hashlib
import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from tisu.foundation.rooms import declared

MOST_SUBJECT = 200


def subjects_seen(user: Any, about: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Which of these (kind, key) this person may see today, by the rule of `shown_to`."""
    keys: dict[str, set[int]] = {}
    for kind, key in about:
        keys.setdefault(kind, set()).add(key)
    seen = {("", key) for key in keys.get("", ())}
    for subject in declared("subjects"):
        if subject.code in keys:
            seen |= {(subject.code, key) for key in subject.visible(user, keys[subject.code])}
    return seen


class MessageQuerySet(models.QuerySet):
    def shown_to(self, user: Any) -> "MessageQuerySet":
        """This person's messages whose subject they may see today.

        - a message about nothing in particular is always the recipient's;
        - one about a declared subject is shown while that subject is visible to the recipient;
        - one about a kind of subject that nobody declares is never shown.

        A subject that answers with a query keeps all of this one query.
        """
        mine = self.filter(recipient=user)
        allowed = Q(about_kind="")
        for subject in declared("subjects"):
            keys = self.model.objects.filter(recipient=user, about_kind=subject.code)
            seen = subject.visible(user, keys.values_list("about_key", flat=True))
            allowed |= Q(about_kind=subject.code, about_key__in=seen)
        return mine.filter(allowed)

    def unread(self) -> "MessageQuerySet":
        return self.filter(read_at__isnull=True)

    def told_like(self, message: "Message") -> "MessageQuerySet":
        """What everyone was told together with this one."""
        same = ("rule", "period", "about_kind", "about_key")
        return self.filter(**{name: getattr(message, name) for name in same})

    def waiting_for_a_digest(self) -> "MessageQuerySet":
        """What did not go out at once, was in no digest yet and has not been read meanwhile."""
        return self.unread().filter(urgent=False, digest__isnull=True)


class Digest(models.Model):
    """The one digest of a person on a working day; its messages name it."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "day"], name="one_digest_a_day")]


class Message(models.Model):
    """One thing said to one person, in that person's language when it was said.

    `key` names it outside (addresses, idempotency); the primary key only orders. `about_kind` and `about_key`
    name the subject, empty and 0 for none, so that the constraint holds on every database.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    rule = models.CharField(max_length=80)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages")
    period = models.CharField(max_length=120)
    about_kind = models.CharField(max_length=40, blank=True)
    about_key = models.BigIntegerField(default=0)
    subject = models.CharField(max_length=MOST_SUBJECT)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    urgent = models.BooleanField(default=False)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    digest = models.ForeignKey(
        Digest, models.SET_NULL, null=True, blank=True, related_name="messages", editable=False
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "recipient", "period", "about_kind", "about_key"], name="told_once"
            )
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="inbox_of_recipient"),
            models.Index(
                fields=["recipient"], condition=Q(read_at__isnull=True), name="inbox_unread_of_recipient"
            ),
        ]

    @property
    def is_unread(self) -> bool:
        return self.read_at is None

    @property
    def topic(self) -> str:
        """The same for everyone who is told of the same thing."""
        told = f"{self.rule}|{self.about_kind}|{self.about_key}|{self.period}"
        return f"told:{hashlib.sha256(told.encode()).hexdigest()}"
