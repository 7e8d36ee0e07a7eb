"""A leader's contact with the firm of the pairing: when, how, what it was about, and the firm's own word on it.

No photo, no place of a telephone, nothing to sign in to: what proves it is the firm's one tap (domain.md §6).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tisu.enterprises.models import Visit, VisitKind
from tisu.foundation.numbering import new_number
from tisu.liaison.models.pairing import Pairing
from tisu.liaison.queries import ContactQuerySet
from tisu.orgs.models import Unit


class Mode(models.TextChoices):
    PHONE = "phone", pgettext_lazy("contact", "phone")
    VIDEO = "video", pgettext_lazy("contact", "video")
    COMES = "comes", pgettext_lazy("contact", "the firm came")
    VISIT = "visit", pgettext_lazy("contact", "at the firm")
    ON_SITE = "on_site", pgettext_lazy("contact", "on-site work")


# What each is in the calendar of the firm.
COUNTED_AS = {
    Mode.PHONE: VisitKind.CALL,
    Mode.VIDEO: VisitKind.CALL,
    Mode.COMES: VisitKind.INVITATION,
    Mode.VISIT: VisitKind.VISIT,
    Mode.ON_SITE: VisitKind.ON_SITE,
}


class Answer(models.TextChoices):
    """The firm's word."""

    YES = "yes", pgettext_lazy("answer", "we were contacted")
    NO = "no", pgettext_lazy("answer", "we were not")
    RATHER_NOT = "rather_not", pgettext_lazy("answer", "rather not say")


class Contact(models.Model):
    """It counts unless it was taken back or the firm says that there was none; silence counts.

    `key` is that of the form it was sent with: sent twice, it is one contact.
    """

    number = models.CharField(_("number"), max_length=16, unique=True, default=new_number, editable=False)
    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="contacts")
    on = models.DateField(_("day"))
    mode = models.CharField(_("how"), max_length=8, choices=Mode.choices)
    text = models.TextField(_("main points"))
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    is_shared = models.BooleanField(_("the firm may read the main points"), default=False)
    place = models.CharField(_("place"), max_length=120, blank=True)
    departments = models.ManyToManyField(
        Unit, blank=True, related_name="+", verbose_name=_("departments present")
    )
    visit = models.OneToOneField(Visit, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(_("the firm's word"), max_length=12, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back = models.CharField(_("why it was taken back"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    key = models.CharField(max_length=40, unique=True, null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed = models.CharField(max_length=120)
    entered_at = models.DateTimeField()

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(
                fields=["pairing", "on", "mode", "answer"],
                name="contacts_that_count",
                condition=Q(taken_back_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(mode=Mode.ON_SITE) & ~Q(place="") | ~Q(mode=Mode.ON_SITE) & Q(place=""),
                name="a_place_for_on_site_work_alone",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="an_answer_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.on}"

    @property
    def counts(self) -> bool:
        return self.taken_back_at is None and self.answer != Answer.NO
