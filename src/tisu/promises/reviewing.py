"""Legality and fair competition: which reviews a promise needs by the law of its own day, and what they came to."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.foundation import clock
from tisu.foundation.listed import listed
from tisu.foundation.signatures import as_written
from tisu.promises.models import Promise, Review, ReviewRule
from tisu.promises.moves import ASK_REVIEW, PASS_REVIEW, REVIEW, SEND_BACK, held, take_step
from tisu.promises.powers import hand_of, is_office_of
from tisu.promises.services import write_down
from tisu.promises.states import Finding, Level


@dataclass(frozen=True)
class Asked:
    """A review that the law asks for, and the latest one that there was."""

    rule: ReviewRule
    review: Review | None

    @property
    def passes(self) -> bool:
        return self.review is not None and self.review.passes


def reviews_asked_of(promise: Promise) -> list[Asked]:
    latest = {row.rule_id: row for row in promise.reviews.all()}  # oldest first, so the latest stays
    return [Asked(rule, latest.get(rule.pk)) for rule in ReviewRule.objects.asked_of(promise)]


@transaction.atomic
def ask_for_review(*, actor: User, promise: Promise) -> Promise:
    promise = _for_office(actor, promise)
    return _recorded(
        take_step(promise, ASK_REVIEW, hand_of(actor), for_firm=False), actor, "ask-promise-review"
    )


@transaction.atomic
def send_back(*, actor: User, promise: Promise, reason: str) -> Promise:
    promise = _for_office(actor, promise)
    take_step(promise, SEND_BACK, hand_of(actor), words=reason, for_firm=False)
    return _recorded(promise, actor, "send-back-promise")


@transaction.atomic
def review(
    *,
    actor: User,
    promise: Promise,
    rule: ReviewRule,
    finding: str,
    opinion: str,
    level: str = Level.NONE,
    basis: str = "",
) -> Review:
    """One review. Whoever wrote the promise down does not review it; what the rule asks for has to be named."""
    promise = _for_office(actor, promise)
    if promise.entered_by_id == actor.pk:
        raise ValidationError(_("You wrote this promise down yourself: a colleague reviews it."))
    if not ReviewRule.objects.asked_of(promise).filter(pk=rule.pk).exists():
        raise ValidationError({"rule": _("The law of that day asks for no such review of this promise.")})
    _check_finding(rule, finding, level, basis)
    hand = hand_of(actor)
    found = Review(
        promise=promise, rule=rule, finding=finding, opinion=opinion, level=level, basis=basis, reviewed_by=actor,
        signed=hand.signed, at=clock.now(),
    )  # fmt: skip
    found.full_clean()
    found.save()
    words = f"{rule.title} · {as_written(Finding(finding).label)}\n{opinion}"
    take_step(promise, REVIEW, hand, words=words, for_firm=False)
    write_down(hand, "review-promise", promise, rule=rule.code, finding=finding, basis=basis)
    return found


@transaction.atomic
def pass_review(*, actor: User, promise: Promise) -> Promise:
    """On to the units, once every review that the law of its day asks for has come to a good end."""
    promise = _for_office(actor, promise)
    left = [str(asked.rule) for asked in reviews_asked_of(promise) if not asked.passes]
    if left:
        raise ValidationError(
            _("Not passed yet: %(reviews)s. What is not in order is changed, or said to be impossible.")
            % {"reviews": listed(left)}
        )
    return _recorded(
        take_step(promise, PASS_REVIEW, hand_of(actor), for_firm=False), actor, "pass-promise-review"
    )


def _check_finding(rule: ReviewRule, finding: str, level: str, basis: str) -> None:
    if finding == Finding.EXCEPTION and not basis:
        raise ValidationError({"basis": _("Name the article that allows the exception.")})
    if finding != Finding.PASSES or not rule.wants_national_basis:
        return
    if level != Level.NATIONAL or not basis:
        raise ValidationError(
            {
                "basis": _(
                    "A benefit for one firm alone needs a law, an administrative regulation or an approval of the State "
                    "Council: name it. A rule of the county or the province is not enough."
                )
            }
        )


def _for_office(actor: User, promise: Promise) -> Promise:
    promise = held(promise)
    if not is_office_of(actor, promise):
        raise ValidationError(_("The office of the county does this."))
    return promise


def _recorded(promise: Promise, actor: User, act: str) -> Promise:
    write_down(hand_of(actor), act, promise)
    return promise
