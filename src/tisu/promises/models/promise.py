"""A promise of the county to a firm: as it was given, by which post, until when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import PostHolding, User
from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.foundation.moves import StateField
from tisu.foundation.numbering import new_number
from tisu.orgs.models import Post, Region, Unit
from tisu.promises.queries import PromiseQuerySet
from tisu.promises.states import OPEN, Benefit, Form, Level, Outcome, State

SOON = 14  # days before the day on which it becomes yellow
LONGEST_HEAD = 60


class Promise(models.Model):
    """What was promised stands as it was given and is never rewritten: another promise takes its place (`replaces`).

    Without a day nothing can be due: then it is a slogan, outside every rate until it is broken down. `maker` is a post,
    so that nothing changes when its holder does. `unit` answers for it; each deliverable has a unit of its own.
    """

    number = models.CharField(_("number"), max_length=16, unique=True, default=new_number, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="promises", verbose_name=_("region"))
    text = models.TextField(_("text as given"))
    form = models.CharField(_("form"), max_length=12, choices=Form.choices)
    maker = models.ForeignKey(Post, models.PROTECT, related_name="promises", verbose_name=_("promised by"))
    enterprise = models.ForeignKey(
        Enterprise,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
        verbose_name=_("promised to"),
    )
    given_on = models.DateField(_("promised on"))
    due_on = models.DateField(_("to be kept by"), null=True, blank=True)
    place = models.CharField(_("where it was made"), max_length=120, blank=True)
    source = models.CharField(_("who wrote it down"), max_length=200, blank=True)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="promises",
        verbose_name=_("responsible unit"),
    )
    amount = models.PositiveBigIntegerField(_("money in yuan"), null=True, blank=True)
    benefit = models.CharField(
        _("benefit for this firm alone"), max_length=12, choices=Benefit.choices, default=Benefit.NONE
    )
    level = models.CharField(_("legal basis"), max_length=12, choices=Level.choices, default=Level.NONE)
    basis = models.CharField(_("document and article"), max_length=400, blank=True)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("in place of"),
    )

    state = StateField(_("state"), choices=State.choices)
    version = models.PositiveIntegerField(_("version"), default=1)
    outcome = models.CharField(_("what became of it"), max_length=12, choices=Outcome.choices, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed = models.CharField(max_length=120)
    entered_at = models.DateTimeField()
    # Drawn with the form, so that one sent twice is one promise.
    entry_key = models.CharField(max_length=60, unique=True, null=True, editable=False)  # noqa: DJ001

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["region", "state", "-id"], name="promise_by_region_state"),
            models.Index(fields=["due_on"], name="promise_by_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("given_on")),
                name="promise_is_due_after_it_is_given",
                violation_error_message=_("It would be due before it was given: look at the two days."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(enterprise__isnull=False),
                name="who_can_confirm_is_known_where_it_is_due",
                violation_error_message=_("Name the firm: what is due has somebody who can confirm it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.head}"

    @property
    def head(self) -> str:
        """Its first line, short enough for a list."""
        line = self.text.strip().partition("\n")[0]
        return line if len(line) <= LONGEST_HEAD else f"{line[: LONGEST_HEAD - 1]}…"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_slogan(self) -> bool:
        return self.due_on is None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < clock.today()

    @property
    def light(self) -> str:
        """While something is owed: by the day alone, whoever is at work on it."""
        if not self.is_open or self.due_on is None:
            return ""
        left = (self.due_on - clock.today()).days
        return "red" if left < 0 else "yellow" if left <= SOON else "green"

    def counts_as_due(self, day: date) -> bool:
        """By its own day, whatever became of it since; a slogan never is."""
        return self.due_on is not None and self.due_on <= day

    @property
    def counts_as_kept(self) -> bool:
        """By the firm's word alone."""
        return self.outcome == Outcome.KEPT

    def holders_then(self) -> list[User]:
        """Who held the post on the day on which it was given."""
        rows = PostHolding.objects.on(self.given_on).filter(post=self.maker_id).select_related("user")
        return [row.user for row in rows]
