"""The beneficiary's word, and the links by which it is given without an account."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.foundation import clock
from tisu.foundation.appendonly import AppendOnlyQuerySet, ErasableModel
from tisu.foundation.digests import KeyedDigestField
from tisu.promises.models.promise import Promise
from tisu.promises.states import Answer

MOST_TRIES = 5


class Way(models.TextChoices):
    """How the firm spoke."""

    ACCOUNT = "account", _("in its own account")
    LINK = "link", _("by a one-time link")


class ConfirmationQuerySet(AppendOnlyQuerySet):
    def erase(self) -> int:
        """Empty the firm's words; what it answered and when stays."""
        return super(AppendOnlyQuerySet, self.filter(words__isnull=False)).update(words=None)


class Confirmation(ErasableModel):
    """What the firm said of a promise. All are kept; the last one counts. Its words alone can be emptied."""

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="confirmations")
    answer = models.CharField(_("answer"), max_length=12, choices=Answer.choices)
    words = models.TextField(_("in the firm's words"), null=True, blank=True)  # noqa: DJ001 - null is erased
    way = models.CharField(max_length=8, choices=Way.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    EMPTIED = ("words",)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.promise_id} {self.answer}"


class LinkQuerySet(models.QuerySet):
    def live(self) -> "LinkQuerySet":
        rows = self.filter(used_at=None, ended_at=None, tries__lt=MOST_TRIES)
        return rows.filter(good_until__gt=clock.now())


class ConfirmationLink(models.Model):
    """A way to answer once for whoever has the code and the end of the number that it was sent to.

    Only keyed digests are kept. A new link ends the one before; five wrong ends of a number end it too.
    """

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="links")
    digest = KeyedDigestField(max_length=64, unique=True)
    number_digest = KeyedDigestField(max_length=64)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    good_until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"link for {self.promise_id}"
