"""The one-time link (ADR 0032): a code in the fragment of an address, and the end of the number that it was sent to.

A code used before, sent on to somebody else, run out or never issued gets one and the same sentence.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum import luhn

from tisu.accounts.models import User
from tisu.foundation import clock
from tisu.foundation.digests import keyed_digest, keyed_digests
from tisu.foundation.numbering import ALPHABET, as_typed, grouped, random_code
from tisu.foundation.textnorm import narrow
from tisu.loop.faults import NotVisible
from tisu.promises.answering import answer_by_link
from tisu.promises.models import ConfirmationLink, Promise
from tisu.promises.moves import ISSUE_LINK, held, take_step
from tisu.promises.powers import hand_of, is_office_of
from tisu.promises.services import write_down

PURPOSE, NUMBER = "promise link", "number of a promise link"
RANDOM = 19
LONGEST_TYPED = 200
END = 4  # digits of the number
GOOD_FOR = timedelta(days=30)
NO_SUCH_LINK = gettext_lazy(
    "This code opens nothing: it was used already, has run out, or the code or the four digits were mistyped. Ask the "
    "office for a new one."
)


@transaction.atomic
def issue_link(*, actor: User, promise: Promise, number_end: str) -> str:
    """The code, given this once: for the phone whose number ends so. One made out before is good no more."""
    promise = held(promise)
    if not is_office_of(actor, promise):
        raise ValidationError(_("The office of the county does this."))
    if promise.is_slogan:
        raise ValidationError(_("A slogan promises nothing that a firm could confirm: break it down first."))
    end = narrow(number_end).strip()
    if len(end) != END or not end.isascii() or not end.isdigit():
        raise ValidationError({"number_end": _("Give the last four digits of the number it is sent to.")})
    hand, code = hand_of(actor), random_code(RANDOM)
    code += luhn.calc_check_digit(code, ALPHABET)
    take_step(promise, ISSUE_LINK, hand, for_firm=False)
    promise.links.filter(ended_at=None).update(ended_at=clock.now())
    ConfirmationLink.objects.create(
        promise=promise, digest=keyed_digest(PURPOSE, code), number_digest=keyed_digest(NUMBER, code + end),
        issued_by=actor, issued_at=clock.now(), good_until=clock.now() + GOOD_FOR,
    )  # fmt: skip
    write_down(hand, "issue-promise-link", promise)
    return grouped(code, 4)


def open_link(code: str, number_end: str) -> Promise:
    """What the code is about, without using it up. NotVisible with the one sentence for everything else."""
    return _live(code, number_end).promise


def use_link(code: str, number_end: str, *, answer: str, words: str) -> Promise:
    """The firm's answer, once. What is wrong with the answer itself leaves the code as it was."""
    link = _live(code, number_end)
    with transaction.atomic():
        if not ConfirmationLink.objects.live().filter(pk=link.pk).update(used_at=clock.now()):
            raise NotVisible(NO_SUCH_LINK)  # a second tap came first
        return answer_by_link(link.promise, answer, words)


def _live(typed: str, number_end: str) -> ConfirmationLink:
    code, end = _folded(typed), narrow(number_end).strip()[:END]
    digests = keyed_digests(PURPOSE, code)
    rows = ConfirmationLink.objects.live().select_related("promise__enterprise", "promise__maker__unit")
    link = rows.filter(digest__in=digests).first()
    if link is None:
        raise NotVisible(NO_SUCH_LINK)
    if link.number_digest not in keyed_digests(NUMBER, code + end):
        _count_try(link)
        raise NotVisible(NO_SUCH_LINK)
    return link


def _count_try(link: ConfirmationLink) -> None:
    ConfirmationLink.objects.filter(pk=link.pk).update(tries=F("tries") + 1)


def _folded(typed: str) -> str:
    """What was typed as the bare code; a whole address that was pasted is read behind its #."""
    return as_typed(narrow(typed).rpartition("#")[2][:LONGEST_TYPED])
