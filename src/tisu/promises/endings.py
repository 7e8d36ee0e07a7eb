"""How a promise ends that is not kept as it was given, and how every one of them is put away."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.foundation import clock
from tisu.loop.actor import person
from tisu.loop.models import Matter
from tisu.loop.perform import perform
from tisu.loop.stages import OPEN as OPEN_STAGES
from tisu.loop.suiting import suitable
from tisu.promises.models import Ending, Promise
from tisu.promises.moves import ARCHIVE, CHANGE, GIVE_UP, held, take_step
from tisu.promises.powers import hand_of, is_head_of_office, is_office_of
from tisu.promises.services import write_down
from tisu.promises.states import Outcome, State

CANCEL = "request_cancellation"


@transaction.atomic
def change(
    *,
    actor: User,
    promise: Promise,
    reason: str,
    procedure: str,
    compensation: str,
    amount: int | None = None,
) -> Promise:
    """Changed for the public interest: by a lawful procedure and with a compensation, or not at all (条例 art. 31).

    It goes on counting on its own day, as not kept; what takes its place is a promise of its own.
    """
    missing = {
        "procedure": (procedure, _("Name the decision and the procedure by which it was changed.")),
        "compensation": (
            compensation,
            _("Say how the firm is compensated: without that nothing is changed."),
        ),
        "reason": (reason, _("Say which public interest asks for it.")),
    }
    if faults := {name: sentence for name, (value, sentence) in missing.items() if not value.strip()}:
        raise ValidationError(faults)
    promise = _for_head(actor, promise)
    if promise.is_slogan:
        raise ValidationError(_("A slogan promises nothing that could be changed: archive it."))
    take_step(promise, CHANGE, hand_of(actor), words=reason, outcome=Outcome.CHANGED)
    facts = {"procedure": procedure, "compensation": compensation, "amount": amount}
    return _ended(actor, promise, "change-promise", reason, **facts)


@transaction.atomic
def give_up(*, actor: User, promise: Promise, reason: str) -> Promise:
    """It cannot be kept, and the firm reads why. It goes on counting on its own day, as not kept."""
    promise = _for_head(actor, promise)
    if promise.is_slogan:
        raise ValidationError(_("A slogan promises nothing that could fail: archive it."))
    take_step(promise, GIVE_UP, hand_of(actor), words=reason, outcome=Outcome.IMPOSSIBLE)
    return _ended(actor, promise, "give-up-promise", reason)


@transaction.atomic
def archive(*, actor: User, promise: Promise) -> Promise:
    """Put away; its rate goes on counting it. What was recorded and is no slogan has still to be seen to."""
    promise = held(promise)
    if not is_office_of(actor, promise):
        raise ValidationError(_("The office of the county does this."))
    if promise.state == State.RECORDED and not promise.is_slogan:
        raise ValidationError(_("It has not been reviewed yet: only slogans are archived from here."))
    take_step(promise, ARCHIVE, hand_of(actor))
    write_down(hand_of(actor), "archive-promise", promise)
    return promise


def _for_head(actor: User, promise: Promise) -> Promise:
    # Its matters first, as whoever acts on one of them holds it before the promise.
    list(Matter.objects.select_for_update(of=("self",)).filter(deliverable__promise=promise).order_by("pk"))
    promise = held(promise)
    if not is_head_of_office(actor, promise):
        raise ValidationError(_("Only the head of the office may end a promise that is not kept."))
    return promise


def _ended(actor: User, promise: Promise, act: str, reason: str, **facts: object) -> Promise:
    ending = Ending(promise=promise, reason=reason, at=clock.now(), **facts)
    ending.full_clean()
    ending.save()
    _ask_to_cancel(actor, promise, reason)
    write_down(hand_of(actor), act, promise, **{name: value for name, value in facts.items() if value})
    return promise


def _ask_to_cancel(actor: User, promise: Promise, reason: str) -> None:
    """Its open matters are not stopped by the office alone: a county leader grants each cancellation."""
    by = person(actor)
    for matter in Matter.objects.for_acting().filter(deliverable__promise=promise, stage__in=OPEN_STAGES):
        if any(action.code == CANCEL for action in suitable(matter, by)):
            perform(matter, CANCEL, actor=by, data={"reason": reason}, expected_version=matter.version)
