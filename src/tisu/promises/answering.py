"""The beneficiary's word: asked for, and given in the firm's own account or by a link. It alone makes a promise kept."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.enterprises.models import Mandate
from tisu.foundation import clock
from tisu.foundation.signatures import as_written
from tisu.foundation.textnorm import clean_text
from tisu.inbox.services import tell
from tisu.promises.models import Confirmation, Promise, Way
from tisu.promises.moves import (
    ANSWER_KEPT,
    ANSWER_NOT_KEPT,
    ANSWER_PARTLY,
    ASK_FIRM,
    GO_ON,
    Hand,
    held,
    take_step,
)
from tisu.promises.papers import about
from tisu.promises.powers import hand_of, is_office_of, speaks_for
from tisu.promises.services import write_down
from tisu.promises.states import Answer, Outcome

LONGEST_WORDS = 2_000
BY_LINK = gettext_lazy("the firm, by a link")
STEP = {Answer.KEPT: ANSWER_KEPT, Answer.PARTLY: ANSWER_PARTLY, Answer.NOT_KEPT: ANSWER_NOT_KEPT}
OUTCOME = {Answer.KEPT: Outcome.KEPT, Answer.PARTLY: Outcome.PARTLY, Answer.NOT_KEPT: Outcome.NOT_KEPT}


@transaction.atomic
def ask_firm(*, actor: User, promise: Promise) -> Promise:
    """The county says that it has done what it promised: until the firm says so too, it waits."""
    promise = held(promise)
    if not is_office_of(actor, promise):
        raise ValidationError(_("The office of the county does this."))
    hand = hand_of(actor)
    put_to_firm(promise, hand)
    write_down(hand, "ask-promised-firm", promise)
    return promise


def put_to_firm(promise: Promise, hand: Hand) -> None:
    """For whoever holds the row already, a rule too."""
    take_step(promise, ASK_FIRM, hand)
    _tell(promise)


@transaction.atomic
def go_on(*, actor: User, promise: Promise, reason: str) -> Promise:
    """Taken up again after the firm said that only a part was kept, or because it was asked too early."""
    promise = held(promise)
    if not is_office_of(actor, promise):
        raise ValidationError(_("The office of the county does this."))
    hand = hand_of(actor)
    take_step(promise, GO_ON, hand, words=reason)
    write_down(hand, "go-on-with-promise", promise)
    return promise


@transaction.atomic
def answer_as_firm(*, actor: User, promise: Promise, answer: str, words: str = "") -> Promise:
    """In the firm's own account. It may answer again until the promise is archived: its last word counts."""
    promise = held(promise)
    if not speaks_for(actor, promise):
        raise ValidationError(_("Only the firm that it was promised to can say whether it was kept."))
    hand = Hand(actor, standing_of(actor).label_as("enterprise"))
    _answer(promise, answer, words, hand, Way.ACCOUNT)
    write_down(hand, "answer-promise", promise, answer=answer)
    return promise


def answer_by_link(promise: Promise, answer: str, words: str) -> Promise:
    """By whoever holds a link (links.py), inside the transaction that uses it up."""
    promise = held(promise)
    signed = as_written(BY_LINK)
    _answer(promise, answer, words, Hand(None, signed), Way.LINK)
    record(act="answer-promise", about=promise.number, signed=signed, answer=answer, by_link=True)
    return promise


def _answer(promise: Promise, answer: str, words: str, hand: Hand, way: str) -> None:
    words = _checked(answer, words)
    take_step(promise, STEP[Answer(answer)], hand, outcome=OUTCOME[Answer(answer)])
    Confirmation.objects.create(
        promise=promise, answer=answer, words=words, way=way, by=hand.user, at=clock.now()
    )


def _checked(answer: str, words: str) -> str:
    """What is not kept, or not all of it, is said in words: the county has to know what is missing."""
    if answer not in Answer.values:
        raise ValidationError({"answer": _("Choose one of the three answers.")})
    words = clean_text(words).strip()
    if len(words) > LONGEST_WORDS:
        raise ValidationError({"words": _("2,000 characters at the most: say what is missing.")})
    if answer != Answer.KEPT and not words:
        raise ValidationError({"words": _("Say in a few words what is missing, so that it can be seen to.")})
    return words


def _tell(promise: Promise) -> None:
    """Whoever acts for the firm is told that its word is waited for."""
    kin = type(promise.enterprise).objects.kin_of([promise.enterprise_id])
    people = User.objects.filter(mandates__in=Mandate.objects.on().filter(enterprise__in=kin)).distinct()
    tell(
        rule="promise-asks-firm/1",
        about=about(promise),
        period=str(promise.version),
        recipients=people,
        subject=gettext_lazy("Has the county kept what it promised you?"),
        text=promise.text,
        url=f"/promises/{promise.number}",
    )
