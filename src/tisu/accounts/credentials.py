"""What a person signs in with and this house keeps: former passwords, secrets of second factors, codes of resets.

All of it lives on real time, like the rest of sign-in.
"""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from tisu.foundation.digests import KeyedDigestField
from tisu.foundation.sealed import SealedTextField


class FormerPassword(models.Model):
    """The digest of a password that a person had, so that it is not taken again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="former_passwords")
    digest = models.CharField(max_length=128)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-since", "-pk"]

    def __str__(self) -> str:
        return f"{self.user} … {self.since:%Y-%m-%d}"


class FactorSecret(models.Model):
    """The secret of an authenticator app or of recovery codes, sealed. allauth's own row holds only its key.

    A row of ours and not a text in allauth's, so that the key ring's rotation and `tisu doctor` know of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    secret = SealedTextField()

    def __str__(self) -> str:
        return str(self.pk)


class TextCode(models.Model):
    """Six digits that are on their way to a mobile number, or were typed wrongly so often.

    A row with no user goes nowhere: who asks for an unknown name sees and waits for the same as everyone
    (docs/signing-in.md).
    """

    class Purpose(models.TextChoices):
        CONFIRM = "confirm"
        RESET = "reset"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="text_codes")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    number = models.CharField(max_length=11, blank=True)
    code = SealedTextField()
    until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="text_code_due")]

    def __str__(self) -> str:
        return f"{self.purpose} … {self.until:%Y-%m-%d %H:%M}"


class PasswordReset(models.Model):
    """A way back for who lost the password: begun by one, confirmed by another, used once by whose account it is."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="resets")
    reason = models.CharField(max_length=400)
    takes_factors = models.BooleanField(default=False)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="resets_begun")
    begun_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="resets_confirmed"
    )
    confirmed_at = models.DateTimeField(null=True)
    digest = KeyedDigestField(max_length=64, null=True, unique=True)

    class Meta:
        ordering = ["-begun_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("begun_by"))
                & ~models.Q(begun_by=models.F("user"))
                & ~models.Q(confirmed_by=models.F("user")),
                name="a_reset_takes_two_others",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} … {self.begun_at:%Y-%m-%d %H:%M}"
