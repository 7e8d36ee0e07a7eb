"""Open sessions: who is signed in where. One row is what the cookie opens, and what the person sees and ends."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Device(models.TextChoices):
    """As much as a person needs to know it again. What the browser says of itself is not kept."""

    PHONE = "phone", _("browser on a phone")
    TABLET = "tablet", _("browser on a tablet")
    COMPUTER = "computer", _("browser on a computer")
    OTHER = "other", _("other program")


class OpenSessionQuerySet(models.QuerySet):
    def live(self) -> "OpenSessionQuerySet":
        return self.filter(expire_date__gt=timezone.now())

    def expired(self) -> "OpenSessionQuerySet":
        return self.filter(expire_date__lte=timezone.now())


class OpenSession(AbstractBaseSession):
    """A session of Django's with whose it is. Its key is a digest of the cookie: who reads the table opens nothing.

    `address` is kept for staff alone (architecture.md §4); a stranger's session has nothing but its data.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="open_sessions"
    )
    device = models.CharField(max_length=10, choices=Device.choices, blank=True)
    address = models.GenericIPAddressField(null=True)
    signed_in_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)

    objects = BaseSessionManager.from_queryset(OpenSessionQuerySet)()

    class Meta:
        ordering = ["-last_seen_at", "pk"]

    def __str__(self) -> str:
        return (
            f"{self.get_device_display()} … {self.signed_in_at:%Y-%m-%d %H:%M}" if self.signed_in_at else "—"
        )

    @classmethod
    def get_session_store_class(cls) -> type:
        from tisu.accounts.sessions import SessionStore  # the engine is made of this model

        return SessionStore

    @property
    def ends_at_the_latest(self):
        return self.signed_in_at + timedelta(seconds=settings.SESSION_COOKIE_AGE)
