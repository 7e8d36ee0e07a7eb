"""The outbox: one row for each thing that goes to one destination, with a state of its own."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tisu.audit.models import Anchor
from tisu.inbox.models.destination import Destination
from tisu.inbox.models.message import Digest, Message
from tisu.inbox.realtime import real_now

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
# As long as a worker may hold a row. Longer than any channel takes, so that only a dead worker's row comes back.
TAKEN_FOR = timedelta(minutes=5)
MOST_ATTEMPTS = 12  # about a day and two hours with the waits between them
IN_VAIN = timedelta(hours=6)


def wait_after(attempts: int) -> timedelta:
    """1, 2, 4, … minutes after the first, second, third failure; never more than six hours."""
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 20), LONGEST_WAIT)


class Status(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    STUCK = "stuck", _("stuck")
    DROPPED = "dropped", _("no longer needed")


class DeliveryQuerySet(models.QuerySet):
    def due(self, now: datetime | None = None) -> "DeliveryQuerySet":
        """Waiting rows whose time has come, longest due first.

        A time further ahead than any wait was written by a clock that has been set right since.
        """
        now = now or real_now()
        come = Q(due_at__lte=now) | Q(due_at__gt=now + LONGEST_WAIT + TAKEN_FOR)
        return self.filter(come, status=Status.WAITING).order_by("due_at", "pk")

    def codes(self) -> "DeliveryQuerySet":
        return self.filter(message__isnull=True, digest__isnull=True, anchor__isnull=True)

    def anchors(self) -> "DeliveryQuerySet":
        return self.filter(anchor__isnull=False)

    def letters(self) -> "DeliveryQuerySet":
        """Messages and digests, which reach people and so wait for office hours."""
        return self.exclude(message__isnull=True, digest__isnull=True)

    def stuck(self, now: datetime | None = None) -> "DeliveryQuerySet":
        """Given up, or tried in vain for six hours."""
        since = (now or real_now()) - IN_VAIN
        return self.filter(_given_up(since))

    def troubled(self) -> "DeliveryQuerySet":
        """The stuck ones and those on the way to it: failed at least once and not out yet."""
        failed = Q(status=Status.WAITING) & ~Q(fault="")
        return self.filter(_given_up(real_now() - IN_VAIN) | failed)


def _given_up(since: datetime) -> Q:
    return Q(status=Status.STUCK) | Q(status=Status.WAITING, tried_first_at__lt=since)


class Delivery(models.Model):
    """One message, digest, anchor or confirmation code on its way to one destination. Lives on real time.

    `key` goes along as the idempotency key, the same at every attempt: after a crash between sending and
    marking, the other side can tell the repeat. `topic` is what a destination gets only once.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    destination = models.ForeignKey(Destination, models.CASCADE, related_name="deliveries")
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="deliveries")
    digest = models.ForeignKey(Digest, models.CASCADE, null=True, blank=True, related_name="deliveries")
    anchor = models.ForeignKey(Anchor, models.PROTECT, null=True, blank=True, related_name="deliveries")
    topic = models.CharField(max_length=80)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    made_at = models.DateTimeField(default=real_now)
    due_at = models.DateTimeField(default=real_now)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_first_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=40, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["destination", "topic"], name="a_destination_gets_it_once"),
            models.UniqueConstraint(
                fields=["destination", "message"],
                condition=Q(message__isnull=False),
                name="one_delivery_of_a_message",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status="waiting"), name="deliveries_waiting"),
        ]
