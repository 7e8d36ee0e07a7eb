"""Writing a promise down: `give` is what pages, imports and the rooms above call (a visit, a contract, a meeting)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.audit.record import record
from tisu.documents import claiming
from tisu.documents.faults import NotTaken
from tisu.documents.models import Document
from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.foundation.textnorm import clean_text
from tisu.orgs.models import Post, Unit
from tisu.promises.findable import make_findable
from tisu.promises.models import Promise
from tisu.promises.moves import HANG, Hand, begin_promise, held, take_step
from tisu.promises.papers import EVIDENCE, about
from tisu.promises.powers import check_maker, hand_of, makers_for, units_to_name
from tisu.promises.states import Benefit, Form, Level

LONGEST_TEXT = 4_000
COUNTY = 6  # digits of a county's code
OLDEST = date(2000, 1, 1)


@transaction.atomic
def give(
    *,
    actor: User,
    text: str,
    maker: Post,
    given_on: date,
    enterprise: Enterprise | None = None,
    due_on: date | None = None,
    is_slogan: bool = False,
    form: str = Form.SPOKEN,
    place: str = "",
    source: str = "",
    unit: Unit | None = None,
    amount: int | None = None,
    benefit: str = Benefit.NONE,
    level: str = Level.NONE,
    basis: str = "",
    documents: list | None = None,
    replaces: Promise | None = None,
    key: str = "",
    checked: bool = True,
) -> Promise:
    """Write down what a post promised. ValidationError, naming the field, says what is missing; nothing is written then.

    Without a day it must be called a slogan, and is in no rate. `key` makes a form that is sent twice one promise. A room
    that has made sure itself who may write for the post gives `checked=False`.
    """
    entry_key = f"{actor.pk}:{key}" if key else None
    if key and (known := Promise.objects.filter(entry_key=entry_key).first()):
        return known
    hand = hand_of(actor)
    promise = Promise(
        region_id=maker.unit.region_id[:COUNTY], text=words_of(text), form=form, maker=maker, given_on=given_on,
        enterprise=_standing(enterprise), due_on=due_on, place=place, source=source or hand.signed, unit=unit,
        amount=amount, benefit=benefit, level=level, basis=basis, replaces=replaces, entered_by=actor,
        signed=hand.signed, entered_at=clock.now(), entry_key=entry_key,
    )  # fmt: skip
    check_promise(promise, actor if checked else None, is_slogan)
    papers = claimed(documents, actor)
    try:
        with transaction.atomic():
            begin_promise(promise, hand)
    except IntegrityError:
        if not key:
            raise
        return Promise.objects.get(entry_key=entry_key)  # of two taps at once the other was quicker
    make_findable(promise, is_new=True)
    claiming.hang(papers, on=about(promise), part=EVIDENCE, at=promise.version)
    firm = promise.enterprise.credit_code if promise.enterprise else ""
    write_down(hand, "give-promise", promise, maker=str(maker), firm=firm)
    return promise


@transaction.atomic
def hang_papers(*, actor: User, promise: Promise, documents: list) -> Promise:
    """Evidence that came later."""
    promise = held(promise)
    papers = claimed(documents, actor)
    if not papers:
        raise ValidationError({"documents": _("Choose at least one file.")})
    hand = hand_of(actor)
    take_step(promise, HANG, hand)
    claiming.hang(papers, on=about(promise), part=EVIDENCE, at=promise.version)
    write_down(hand, "hang-promise-papers", promise, papers=claiming.told_in_event(papers))
    return promise


def claimed(ids: list | None, user: User) -> list[Document]:
    try:
        return claiming.claim(ids, user=user)
    except NotTaken as fault:
        raise ValidationError({"documents": fault.sentence}) from fault


def write_down(hand: Hand, act: str, promise: Promise, **details: object) -> None:
    """Into the ledger of the house, last in the transaction."""
    record(act=act, about=promise.number, actor=hand.user, signed=hand.signed, **details)


# --- rules ---


def words_of(text: str) -> str:
    text = clean_text(text).strip()
    if not text:
        raise ValidationError(
            {"text": _("One thing is missing: write what was promised, in the words used.")}
        )
    if len(text) > LONGEST_TEXT:
        raise ValidationError(
            {
                "text": _(
                    "The text has %(length)d characters; 4,000 are the most. Quote the promise itself and add the rest "
                    "as a paper."
                )
                % {"length": len(text)}
            }
        )
    return text


def _standing(firm: Enterprise | None) -> Enterprise | None:
    """A row that was merged stands for the firm that it was merged into."""
    return firm and (firm.survivor or firm)


def check_promise(promise: Promise, actor: User | None, is_slogan: bool) -> None:
    """What the fields do not say by themselves."""
    _check_days(promise, is_slogan)
    check_maker(promise.maker, promise.given_on)
    if actor and not makers_for(actor, promise.given_on).filter(pk=promise.maker_id).exists():
        raise ValidationError(
            {"maker": _("You write down what your own post promised; the office writes down any.")}
        )
    _check_firm(promise)
    if promise.unit and not units_to_name(promise.region_id).filter(pk=promise.unit_id).exists():
        raise ValidationError({"unit": _("Choose a unit of this county that there is today.")})
    if promise.level != Level.NONE and not promise.basis:
        raise ValidationError({"basis": _("Name the document and the article.")})
    promise.full_clean(exclude=["state"])


def _check_days(promise: Promise, is_slogan: bool) -> None:
    if promise.given_on > clock.today():
        raise ValidationError({"given_on": _("This day has not come yet.")})
    if promise.given_on < OLDEST:
        raise ValidationError({"given_on": _("Look at the year: this was long before the ledger begins.")})
    if promise.due_on is None and not is_slogan:
        raise ValidationError(
            {
                "due_on": _(
                    "Say by which day it is to be kept. If nothing was said that can be measured, tick “a slogan”."
                )
            }
        )
    if promise.due_on is not None and is_slogan:
        raise ValidationError({"due_on": _("A slogan has no day: take away the tick or the day.")})
    if promise.due_on and promise.due_on < promise.given_on:
        raise ValidationError({"due_on": _("It would be due before it was given: look at the two days.")})


def _check_firm(promise: Promise) -> None:
    firm = promise.enterprise
    if firm is None:
        if promise.due_on is not None:
            raise ValidationError(
                {"enterprise": _("Name the firm: what is due has somebody who can confirm it.")}
            )
        return
    if not firm.region_id.startswith(promise.region_id):
        raise ValidationError({"enterprise": _("%(firm)s lies in another county.") % {"firm": firm}})
    if firm.deregistered_on and firm.deregistered_on <= promise.given_on:
        raise ValidationError(
            {
                "enterprise": _("%(firm)s was deregistered on %(day)s: nothing could be promised to it.")
                % {"firm": firm, "day": firm.deregistered_on}
            }
        )
