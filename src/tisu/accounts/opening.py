"""Opening what is sealed: for a reason, and never unseen. Nothing else in the house may call `.open()`."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.audit.record import record
from tisu.foundation.sealed import KeyRingError, SealBroken, Sealed
from tisu.foundation.textnorm import clean_text

logger = logging.getLogger(__name__)

SHORTEST_REASON = 4  # letters or digits; 回访核实 is a reason


class NotOpened(Exception):
    """Nothing was opened and nothing recorded; the message is a sentence that says why."""


class ReasonMissing(NotOpened):
    """No reason was given that anyone could judge later."""


def opened(
    sealed: Sealed,
    *,
    by: User,
    signed: str,
    reason: str,
    about: str,
    act: str = "open-sealed",
    leave: Callable[[], None] = lambda: None,
    **details: Any,
) -> str:
    """What is sealed, once it stands in the ledger who opened it, when and why.

    `leave` uses up what allows this opening, in the same transaction, and refuses by raising.
    The entry is committed before the text is returned, so it stands whatever becomes of the page; for that
    reason this is the outermost transaction. A key or a ledger that fails is NotOpened, never half a text.
    """
    reason = checked_reason(reason)
    try:
        with transaction.atomic(durable=True):
            leave()
            record(act=act, about=about, actor=by, signed=signed, reason=reason, **details)
            text = sealed.open()
    except (SealBroken, KeyRingError) as fault:
        logger.error("What is sealed about %s does not open: %s", about, fault)
        raise NotOpened(_words_for(fault)) from fault
    except DatabaseError as fault:
        logger.error("The ledger took no entry: %s", fault)
        raise NotOpened(
            _("The opening could not be recorded, so nothing was opened. Try again in a moment.")
        ) from fault
    return text


def checked_reason(reason: str) -> str:
    """The reason on one line, without the blanks and signs around it that say nothing."""
    reason = " ".join(clean_text(reason or "").split())
    if sum(sign.isalnum() for sign in reason) < SHORTEST_REASON:
        sentence = _("One thing is missing: write in at least %(least)s characters what you need it for.")
        raise ReasonMissing(sentence % {"least": SHORTEST_REASON})
    return reason


def _words_for(fault: Exception) -> str:
    if isinstance(fault, KeyRingError):
        return _(
            "The keys of this system cannot be read right now, so nothing was opened. Tell the system administrator."
        )
    return _(
        "This does not open: the key is not the right one, or it was changed. Tell the system administrator."
    )
