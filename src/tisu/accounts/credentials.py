"""What a person signs in with and this house keeps: former passwords, and the secrets of second factors."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from tisu.foundation.sealed import SealedTextField


class FormerPassword(models.Model):
    """The digest of a password that a person had, so that it is not taken again. Real time, like all of sign-in."""

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
