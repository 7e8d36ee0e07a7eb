"""The course of a promise: the table of its moves, and the one way to take one, with the step that witnesses it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.models import User
from tisu.foundation import clock
from tisu.foundation.moves import Move, NoSuchMove, StaleState, advance, begin, move
from tisu.foundation.writing import write
from tisu.promises.models import Promise, Step
from tisu.promises.states import OPEN, REVIEWED, State

S = State
ENDED = frozenset({S.KEPT, S.PARTLY_KEPT, S.CHANGED, S.IMPOSSIBLE})

GIVE = "give"
CORRECT = move("correct", {S.RECORDED})
ASK_REVIEW = move("ask_review", {S.RECORDED}, S.UNDER_REVIEW)
REVIEW = move("review", {S.UNDER_REVIEW})
SEND_BACK = move("send_back", {S.UNDER_REVIEW}, S.RECORDED)
PASS_REVIEW = move("pass_review", {S.UNDER_REVIEW}, S.TO_BREAK_DOWN)
BREAK_DOWN = move("break_down", {S.TO_BREAK_DOWN}, S.IN_PROGRESS)
ADD = move("add_deliverable", {S.IN_PROGRESS, S.PARTLY_KEPT})
ASK_FIRM = move("ask_firm", {S.IN_PROGRESS, S.PARTLY_KEPT}, S.AWAITING_FIRM)
GO_ON = move("go_on", {S.AWAITING_FIRM, S.PARTLY_KEPT}, S.IN_PROGRESS)
ISSUE_LINK = move("issue_link", REVIEWED)
ANSWER_KEPT = move("answer_kept", REVIEWED, S.KEPT)
ANSWER_PARTLY = move("answer_partly", REVIEWED, S.PARTLY_KEPT)
ANSWER_NOT_KEPT = move("answer_not_kept", REVIEWED, S.IN_PROGRESS)
CHANGE = move("change", OPEN - {S.RECORDED}, S.CHANGED)
GIVE_UP = move("give_up", OPEN, S.IMPOSSIBLE)
ARCHIVE = move("archive", ENDED | {S.RECORDED}, S.ARCHIVED)
HANG = move("hang", set(S) - {S.ARCHIVED})

# What each step says on the time line.
WORDS = {
    GIVE: gettext_lazy("recorded it"),
    CORRECT.code: gettext_lazy("corrected what was written down"),
    ASK_REVIEW.code: gettext_lazy("put it up for review"),
    REVIEW.code: gettext_lazy("reviewed it"),
    SEND_BACK.code: gettext_lazy("sent it back to be written anew"),
    PASS_REVIEW.code: gettext_lazy("passed the review"),
    BREAK_DOWN.code: gettext_lazy("broke it down and assigned it"),
    ADD.code: gettext_lazy("added a deliverable"),
    ASK_FIRM.code: gettext_lazy("asked the firm to confirm"),
    GO_ON.code: gettext_lazy("goes on with it"),
    ISSUE_LINK.code: gettext_lazy("made out a link for the firm"),
    ANSWER_KEPT.code: gettext_lazy("confirmed: kept"),
    ANSWER_PARTLY.code: gettext_lazy("said: kept in part"),
    ANSWER_NOT_KEPT.code: gettext_lazy("said: not kept"),
    CHANGE.code: gettext_lazy("changed it by a procedure, with compensation"),
    GIVE_UP.code: gettext_lazy("explained why it cannot be kept"),
    ARCHIVE.code: gettext_lazy("archived it"),
    HANG.code: gettext_lazy("added papers"),
}


@dataclass(frozen=True)
class Hand:
    """Who acts, and how it is signed. No user for a rule, nor for whoever confirms by a link."""

    user: User | None
    signed: str


def begin_promise(promise: Promise, hand: Hand) -> Promise:
    begin(promise, State.RECORDED)
    _witness(promise, GIVE, "", hand, "", for_firm=True)
    return promise


def take_step(
    promise: Promise, step: Move, hand: Hand, *, words: str = "", for_firm: bool = True, **facts: Any
) -> Promise:
    """One move of a row that is held. ValidationError, in words, for whoever comes from a wrong state or too late."""
    before = promise.state
    try:
        advance(promise, step, seen_version=promise.version, **facts)
    except NoSuchMove as wrong:
        raise ValidationError(
            _("This is not possible now: the promise is at “%(state)s”.") % {"state": State(before).label}
        ) from wrong
    except StaleState as late:
        raise ValidationError(
            _("Someone else acted on this promise at the same moment. Look at it again, then act.")
        ) from late
    _witness(promise, step.code, words, hand, before, for_firm=for_firm)
    return promise


def held(promise: Promise) -> Promise:
    """The row as it is now, locked: of two who act at once the second sees what the first wrote."""
    rows = Promise.objects.select_for_update(of=("self",)).select_related("enterprise", "maker__unit", "unit")
    return rows.get(pk=promise.pk)


def _witness(promise: Promise, code: str, words: str, hand: Hand, before: str, *, for_firm: bool) -> None:
    write(
        Step(
            promise=promise,
            code=code,
            at=clock.now(),
            actor=hand.user,
            signed=hand.signed[:120],
            words=words,
            from_state=before,
            to_state=promise.state,
            version=promise.version,
            for_firm=for_firm,
        )
    )
