"""What the direct line takes in. The matter tells how it is handled; the words and the reporter stay here."""

import uuid
from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.foundation.digests import KeyedDigestField
from tisu.foundation.moves import StateField
from tisu.foundation.sealed import DerivedSealField, SealedTextField
from tisu.loop.models import Matter
from tisu.loop.stages import Screening
from tisu.orgs.models import Dated, Unit, ends_after_it_begins
from tisu.voice.hotline.models import Category, WorkOrder  # noqa: F401  Django looks for models here


class Channel(models.TextChoices):
    """How a report came in (domain.md M10.1)."""

    WEB = "web", _("website")
    API = "api", _("connected system")
    PHONE = "phone", _("phone")
    WINDOW = "window", _("service window")
    PRESS = "press", _("press or web")
    FIRM = "firm", _("firm, signed in")
    OBSERVER = "observer", _("observer, signed in")
    HOTLINE = "hotline", _("hotline 12345")


STAFF_CHANNELS = (Channel.PHONE, Channel.WINDOW, Channel.PRESS)


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ReportQuerySet":
        """Whoever sees the matter, walls included; who of them reads the original is decided by services."""
        return self.filter(matter__in=Matter.objects.visible_to(user))


class Report(models.Model):
    """A report as it was given. `title` and `text` are the reporter's own and never leave the office.

    `accused_unit` is walled from the matter, `responsible_unit` may handle it; never one and the same.
    `enterprise` stands here and not on the matter: units must not learn from it who reported.
    Parts of a split report name the one that came in as their `origin`.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="report")
    origin = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices)
    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("what happened"), blank=True)
    topic = models.CharField(_("topic"), max_length=60, blank=True)
    anonymous = models.BooleanField(_("anonymous"))
    accused_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("accused unit")
    )
    responsible_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit that could solve it"),
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("firm")
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["origin"], condition=models.Q(origin__isnull=False), name="report_by_its_origin"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accused_unit__isnull=True)
                | models.Q(responsible_unit__isnull=True)
                | ~models.Q(accused_unit=models.F("responsible_unit")),
                name="the_accused_does_not_answer",
            )
        ]

    def __str__(self) -> str:
        return self.matter.number

    @property
    def root(self) -> "Report":
        """The report that came in; the receipt, the identity and the reporter's messages hang on it."""
        return self.origin or self

    def split_from(self) -> Iterator["Report"]:
        """What this part was split from, the nearest first: their texts hold the same words."""
        matter = self.matter
        while self.origin_id and matter.parent_id:
            matter = matter.parent
            yield matter.report

    def split_into(self) -> "ReportQuerySet":
        return Report.objects.filter(matter__parent=self.matter_id).select_related("matter")

    @property
    def is_discipline(self) -> bool:
        """Screened as a discipline report, or every part is that it was split into: no word is kept here."""
        parts = self.split_into()
        kept_nothing = self.matter.screened_as == Screening.DISCIPLINE
        return kept_nothing or (bool(parts) and all(part.is_discipline for part in parts))


class Identity(models.Model):
    """How to reach the reporter of a named report, sealed. Opened with a reason, and every opening is recorded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.OneToOneField(Report, models.PROTECT, related_name="identity")
    contact = SealedTextField(_("contact"))

    def __str__(self) -> str:
        return f"identity of {self.report_id}"


class OpeningState(models.TextChoices):
    ASKED = "asked", _("waits for a second person")
    GRANTED = "granted", _("agreed to")
    DECLINED = "declined", _("declined")
    USED = "used", _("opened")


class OpeningQuerySet(models.QuerySet):
    def waiting(self) -> "OpeningQuerySet":
        return self.filter(state=OpeningState.ASKED)

    def good(self) -> "OpeningQuerySet":
        """Agreed to, not used and not run out."""
        return self.filter(state=OpeningState.GRANTED, good_until__gt=clock.now())


class Opening(models.Model):
    """One opening of a contact: asked for by one person, agreed to by another, done once by the one who asked.

    `report` is the one it was asked at, which may be a part; the contact hangs on the whole.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="openings")
    state = StateField(choices=OpeningState.choices)
    version = models.PositiveIntegerField(default=1)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed = models.CharField(max_length=120)
    reason = models.CharField(max_length=400)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_signed = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    good_until = models.DateTimeField(null=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="nobody_agrees_to_their_own_opening",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[OpeningState.GRANTED, OpeningState.USED])
                | models.Q(decided_by__isnull=False, good_until__isnull=False),
                name="opened_only_when_agreed_to",
            ),
            models.UniqueConstraint(
                fields=["report", "asked_by"],
                condition=models.Q(state=OpeningState.ASKED),
                name="asked_once_while_it_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"opening of {self.report_id} {self.state}"


class Receipt(models.Model):
    """What opens a report again: only a keyed digest is kept.

    After a staff entry someone else has seen the code, so it `rotates`: its first look-up gives the next code
    (sealed under the old one, so that looking up twice gives the same), whose first use ends the old one.
    """

    report = models.OneToOneField(Report, models.PROTECT, related_name="receipt")
    digest = KeyedDigestField(max_length=64, unique=True)
    rotates = models.BooleanField(default=False)
    next_digest = KeyedDigestField(max_length=64, unique=True, null=True, blank=True)
    next_sealed = DerivedSealField(null=True)

    def __str__(self) -> str:
        return f"receipt of {self.report_id}"


class Message(models.Model):
    """One line of the dialogue with the reporter. `signed` is a post or “reporter”, never a name."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="messages")
    from_reporter = models.BooleanField()
    signed = models.CharField(max_length=120)
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.at:%Y-%m-%d %H:%M}"


class StoredAnswer(models.Model):
    """What was answered to one Idempotency-Key, sealed under key and body: whoever has both already knows it.

    It names no report and outlives its content: a retry of what turned out to be a discipline report finds its
    receipt and number here, and is not taken in a second time.
    """

    key_digest = KeyedDigestField(max_length=64, unique=True)
    body_digest = KeyedDigestField(max_length=64)
    answer = DerivedSealField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"answer of {self.created_at:%Y-%m-%d %H:%M}"


class ObserverLetter(Dated):
    """A letter of appointment as an observer (营商环境观察员), which grants the role while it lasts."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="observer_letters", verbose_name=_("person")
    )
    number = models.CharField(_("letter number"), max_length=40, unique=True)

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [ends_after_it_begins("letter_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.number
