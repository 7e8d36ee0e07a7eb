"""Reviews of promises: the rules that ask for them, each for as long as it is in force, and what each review came to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.foundation.appendonly import AppendOnlyModel
from tisu.orgs.models import Dated, DatedQuerySet, ends_after_it_begins
from tisu.promises.models.promise import Promise
from tisu.promises.states import Benefit, Finding, Level


class Reach(models.TextChoices):
    """Which promises a rule is about."""

    EVERY = "every", _("every promise")
    SELECTIVE = "selective", _("a benefit for one firm alone")


class ReviewRuleQuerySet(DatedQuerySet):
    def asked_of(self, promise: Promise) -> "ReviewRuleQuerySet":
        """What the law asked for on the day on which the promise was given: never what it asks for today."""
        reaches = [Reach.EVERY] if promise.benefit == Benefit.NONE else list(Reach)
        return self.on(promise.given_on).filter(reach__in=reaches)


class ReviewRule(Dated):
    """A promise given while the rule is in force does not pass without this review.

    With `wants_national_basis` a finding of “in order” needs a basis that is national: a law, an administrative regulation
    or an approval of the State Council.
    """

    code = models.SlugField(max_length=24, unique=True)
    title = models.CharField(_("review"), max_length=60)
    law = models.CharField(_("rests on"), max_length=200)
    reach = models.CharField(max_length=12, choices=Reach.choices)
    wants_national_basis = models.BooleanField(default=False)

    objects = ReviewRuleQuerySet.as_manager()

    class Meta:
        ordering = ["since", "code"]
        constraints = [ends_after_it_begins("review_rule_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.title


class Review(AppendOnlyModel):
    """What one review of one promise came to. The latest for each rule counts."""

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="reviews")
    rule = models.ForeignKey(ReviewRule, models.PROTECT, related_name="+", verbose_name=_("review"))
    finding = models.CharField(_("finding"), max_length=12, choices=Finding.choices)
    opinion = models.TextField(_("opinion"))
    level = models.CharField(_("whose rule"), max_length=12, choices=Level.choices, default=Level.NONE)
    basis = models.CharField(_("document and article"), max_length=400, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        base_manager_name = "objects"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.promise_id} {self.rule_id} {self.finding}"

    @property
    def passes(self) -> bool:
        return self.finding != Finding.FAILS
