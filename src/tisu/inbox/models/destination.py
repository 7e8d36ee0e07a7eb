"""Where messages go outside of this house: a person's mail or phone, a unit's group robot."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from tisu.foundation.digests import KeyedDigestField
from tisu.foundation.sealed import SealedTextField
from tisu.inbox.realtime import real_now
from tisu.orgs.models import Unit

CODE_LIFE = timedelta(minutes=30)
MOST_TRIES = 5


class DestinationQuerySet(models.QuerySet):
    def of(self, user: Any) -> "DestinationQuerySet":
        """A person's own; nobody else's is ever reached through this."""
        return self.filter(user=user)

    def robots(self) -> "DestinationQuerySet":
        """A unit's, set up by the system administrator: group robots and keepers of anchors."""
        return self.filter(unit__isnull=False)

    def of_groups(self) -> "DestinationQuerySet":
        """Robots that tell a group that there is something to do."""
        return self.robots().filter(takes_anchors=False)

    def keepers(self) -> "DestinationQuerySet":
        """Web hooks that keep the daily anchors outside of this house, and get nothing else."""
        return self.robots().filter(takes_anchors=True)

    def in_use(self) -> "DestinationQuerySet":
        """Only what its owner confirmed gets anything but the code that confirms it."""
        return self.filter(confirmed_at__isnull=False)


class Destination(models.Model):
    """One place outside. The address is personal data and the secret a key: both are sealed.

    `masked` is all of the address that a page shows; `address_digest` tells that the same one is there already.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="destinations"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="robots")
    channel = models.CharField(max_length=20)
    address = SealedTextField()
    secret = SealedTextField(null=True, blank=True)
    masked = models.CharField(max_length=80)
    address_digest = KeyedDigestField(max_length=64)
    takes_digest = models.BooleanField(default=True)
    takes_anchors = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=real_now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    code = SealedTextField(null=True, blank=True)
    code_until = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    objects = DestinationQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, unit__isnull=True) | Q(user__isnull=True, unit__isnull=False),
                name="destination_of_a_person_or_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(takes_anchors=False) | Q(unit__isnull=False), name="no_person_takes_anchors"
            ),
            models.UniqueConstraint(
                fields=["user", "channel", "address_digest"],
                condition=Q(user__isnull=False),
                name="a_person_has_an_address_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "channel", "address_digest"],
                condition=Q(unit__isnull=False),
                name="a_unit_has_a_robot_once",
            ),
        ]

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def can_still_be_confirmed(self) -> bool:
        """A code was sent, it has not run out, and it was not guessed at too often."""
        lives = self.code is not None and self.code_until is not None and self.code_until > real_now()
        return lives and self.code_tries < MOST_TRIES
