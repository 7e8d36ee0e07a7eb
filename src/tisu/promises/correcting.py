"""What was written down wrongly is put right before anybody reviews it; the ledger keeps what stood there."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.promises.findable import make_findable
from tisu.promises.models import Promise
from tisu.promises.moves import CORRECT, held, take_step
from tisu.promises.powers import hand_of, may_correct
from tisu.promises.services import check_promise, words_of, write_down

CORRECTED = (
    "text", "enterprise", "maker", "given_on", "due_on", "benefit", "form", "unit", "place", "source", "amount",
    "level", "basis",
)  # fmt: skip


@transaction.atomic
def correct(*, actor: User, promise: Promise, seen: int, is_slogan: bool = False, **facts: Any) -> Promise:
    """Everything that was typed may be put right. ValidationError for who comes too late, or names what cannot be."""
    promise = held(promise)
    if not may_correct(actor, promise):
        raise ValidationError(_("What was recorded is corrected by the office, before it is up for review."))
    if promise.version != seen:
        raise ValidationError(
            _("Somebody changed this promise meanwhile: look at it again, then correct it.")
        )
    facts["text"] = words_of(facts["text"])
    before = {name: getattr(promise, name) for name in facts}
    for name, value in facts.items():
        setattr(promise, name, value)
    check_promise(promise, actor, is_slogan)
    changed = {name: getattr(promise, name) for name in facts if getattr(promise, name) != before[name]}
    if not changed:
        return promise
    hand = hand_of(actor)
    take_step(promise, CORRECT, hand, for_firm=False, **changed)
    make_findable(promise)
    write_down(hand, "correct-promise", promise, before={name: str(before[name]) for name in changed})
    return promise
