"""Papers that came in, and what they hang on."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tisu.documents.reading.kinds import KINDS, PaperKind
from tisu.foundation import clock
from tisu.foundation.rooms import Subject, declared
from tisu.foundation.sealed import SealedTextField

UNCLAIMED_LIVES = timedelta(hours=24)
MOST_NAME = 120
ORIGINAL, COPY, THUMB = "original", "copy", "thumb"


class Status(models.TextChoices):
    """Where a document stands; only what is ready is ever given out."""

    ARRIVING = "arriving", _("arriving")
    PENDING = "pending", _("waits for the virus check")
    READY = "ready", _("ready")
    REFUSED = "refused", _("refused by the virus check")
    GOING = "going", _("being removed")


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "DocumentQuerySet":
        """The papers a person may read, as cleaned copies.

        - what hangs on a subject that the person sees today, at a part of it that is open to them;
        - never what hangs nowhere: an upload that nobody has named yet is shown to nobody, its uploader included.
        """
        if not user.is_authenticated:
            return self.none()
        seen = Attachment.objects.visible_to(user)
        return self.filter(Exists(seen.filter(document=OuterRef("pk"))))

    def with_original_for(self, user: Any) -> "DocumentQuerySet":
        """The papers whose sealed original this person may open, for a reason."""
        seen = Attachment.objects.with_original_for(user)
        return self.filter(Exists(seen.filter(document=OuterRef("pk"))), has_original=True)

    def unclaimed(self) -> "DocumentQuerySet":
        return self.filter(claimed_at__isnull=True).exclude(status=Status.GOING)

    def run_out(self) -> "DocumentQuerySet":
        """Uploads that nobody named within a day, and what did not arrive whole."""
        return self.unclaimed().filter(uploaded_at__lte=clock.now() - UNCLAIMED_LIVES)


class Document(models.Model):
    """One paper: its original as it came, sealed, and a cleaned copy, which is what people read.

    Each of the two files is sealed under a key of its own, and the keys under the key ring: without this row its
    files open nowhere. `uploaded_by` stands only until it is claimed; then the act says who brought it, and of an
    anonymous report nothing does. `digest` is SM3 over the original.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=MOST_NAME)
    kind = models.CharField(_("kind"), max_length=8, blank=True)
    copy_kind = models.CharField(max_length=8, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    copy_size = models.PositiveBigIntegerField(default=0)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    digest = models.CharField(max_length=64, blank=True)
    original_key = SealedTextField()
    copy_key = SealedTextField()
    has_original = models.BooleanField(default=True)
    has_thumb = models.BooleanField(default=False)
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.ARRIVING)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    scan_due_at = models.DateTimeField(null=True, blank=True)
    scan_attempts = models.PositiveSmallIntegerField(default=0)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["uploaded_at", "pk"]
        indexes = [
            models.Index(
                fields=["uploaded_at"], condition=Q(claimed_at__isnull=True), name="documents_unclaimed"
            ),
            models.Index(fields=["scan_due_at"], condition=Q(status="pending"), name="documents_to_scan"),
            models.Index(fields=["status"], condition=Q(status="going"), name="documents_going"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_ready(self) -> bool:
        return self.status == Status.READY

    @property
    def paper(self) -> PaperKind:
        return KINDS[self.kind]

    @property
    def copy(self) -> PaperKind | None:
        """What the cleaned copy is; None where none can be made (old Office files)."""
        return KINDS[self.copy_kind] if self.copy_kind else None

    def context_of(self, which: str) -> str:
        """What a sealed file of it is bound to."""
        return f"document:{self.pk}:{which}"

    def place_of(self, which: str) -> str:
        """Where the storage keeps it: a name that tells nothing, spread over 256 folders."""
        return f"{self.pk.hex[:2]}/{self.pk.hex}.{which}"


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "AttachmentQuerySet":
        """Those on subjects that the person sees today, at parts that are open to them; see rooms.Subject."""
        allowed = Q(pk__in=[])
        for subject, part, sees in _parts():
            keys = self._keys_of(subject.code, part)
            allowed |= Q(about_kind=subject.code, part=part, about_key__in=sees(user, keys))
        return self.filter(allowed)

    def with_original_for(self, user: Any) -> "AttachmentQuerySet":
        """Those that the person sees and whose sealed original they may ask for there."""
        return self.visible_to(user).filter(with_original=True).opened_by(user)

    def opened_by(self, user: Any) -> "AttachmentQuerySet":
        """Those where the person may ask for the sealed original."""
        allowed = Q(pk__in=[])
        for subject in declared("subjects"):
            if subject.opens:
                keys = self._keys_of(subject.code)
                allowed |= Q(about_kind=subject.code, about_key__in=subject.opens(user, keys))
        return self.filter(allowed)

    def on(self, about: tuple[str, int]) -> "AttachmentQuerySet":
        return self.filter(about_kind=about[0], about_key=about[1])

    def _keys_of(self, code: str, *part: str) -> Any:
        rows = self.filter(about_kind=code, **({"part": part[0]} if part else {}))
        return rows.order_by().values_list("about_key", flat=True)


def _parts() -> Iterable[tuple[Subject, str, Any]]:
    """Every part of every subject with who sees it; what hangs at an undeclared part is shown to nobody."""
    for subject in declared("subjects"):
        for part, sees in subject.parts.items():
            yield subject, part, sees


class Attachment(models.Model):
    """That a document hangs on something: at which part of it, and by which of its acts (`at`, 0 for none).

    Who may read it is asked of the subject each time. `with_original` is false for what was passed on: whoever sees
    it there alone never reaches the original.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="attachments")
    about_kind = models.CharField(max_length=40)
    about_key = models.BigIntegerField()
    part = models.CharField(max_length=12)
    at = models.PositiveIntegerField(default=0)
    with_original = models.BooleanField(default=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "about_kind", "about_key", "part"], name="hangs_once_in_a_place"
            )
        ]
        indexes = [models.Index(fields=["about_kind", "about_key"], name="attachments_of_subject")]

    def __str__(self) -> str:
        return f"{self.document_id} on {self.about_kind} {self.about_key}"
