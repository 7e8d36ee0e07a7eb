"""Opening a matter by hand, from a page or the API."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises.models import Enterprise, compact_credit_code
from tisu.foundation.numbering import as_number
from tisu.foundation.textnorm import clean_text
from tisu.loop.actor import person
from tisu.loop.faults import NotAllowed, Unacceptable
from tisu.loop.kinds import kinds
from tisu.loop.models import Matter
from tisu.loop.papers import claim, hang_at_first
from tisu.loop.queries import OVERSIGHT_ROLES
from tisu.loop.stages import Stage
from tisu.loop.walls import wall_alike

LONGEST_TITLE = 120
LONGEST_TEXT = 20_000


def openable_by(user: User) -> list[tuple[str, Any]]:
    """The kinds that a person opens by hand. Those that are screened have a door of their own, where whoever reports
    is given a receipt."""
    standing = standing_of(user)
    return [
        (code, kind.label)
        for code, kind in kinds().items()
        if kind.may_open(standing) and not kind.is_screened
    ]


@transaction.atomic
def open_by_hand(
    *,
    user: User,
    kind: str,
    title: str,
    text: str,
    enterprise: str | None = None,
    documents: list | None = None,
    after: str | None = None,
) -> Matter:
    """Register a matter for a person who may open its kind; `after` is the number of an ended one that it goes on from.

    NotAllowed for who may not; Unacceptable, naming the field, for an unknown kind or firm, an empty or too
    long text, an `after` that is not seen or not ended, or a document that this person cannot hand in.
    """
    standing, opened = standing_of(user), kinds().get(kind)
    if opened is None:
        raise Unacceptable.at("kind", _("There is no kind of matter “%(kind)s”.") % {"kind": kind})
    if not opened.may_open(standing):
        raise NotAllowed(_("Your posts do not open matters of this kind."))
    title, text = checked_words(title, text)
    unit = next(iter(standing.having(*OVERSIGHT_ROLES)), None)
    before = _ended(user, after) if after else None
    matter = opened.open(
        actor=person(user).signing_as(unit),
        title=title,
        text=text,
        region=unit.region if unit else "",
        enterprise=firm_by_code(enterprise),
        unit_id=unit.unit_id if unit else None,
        parent=before,
    )
    hang_at_first(matter, claim(documents, user))
    if before:
        wall_alike(matter, before.walls.standing())
    return matter


def _ended(user: User, number: str) -> Matter:
    """Past the window of reopening a matter goes on in a new one, under the same walls (loop.md §1, row 20)."""
    found = Matter.objects.visible_to(user).filter(number=as_number(number)).first()
    if found is None:
        raise Unacceptable.at("after", _("There is no such matter, or it is not yours to see."))
    if found.stage not in (Stage.CLOSED, Stage.CANCELLED) or found.is_bare:
        raise Unacceptable.at("after", _("%(number)s has not ended: go on there.") % {"number": found.number})
    return found


def checked_words(title: str, text: str) -> tuple[str, str]:
    """Title and text, cleaned; a text is needed, a title is not."""
    title, text = clean_text(title).strip().replace("\n", " "), clean_text(text).strip()
    if not text:
        raise Unacceptable.at("text", _("One thing is missing: write what it is about."))
    if len(text) > LONGEST_TEXT:
        raise Unacceptable.at(
            "text",
            _(
                "The text has %(length)s characters; 20,000 are the most. Shorten it or send the rest as a message."
            )
            % {"length": len(text)},
        )
    if len(title) > LONGEST_TITLE:
        raise Unacceptable.at(
            "title", _("A title has 120 characters at the most: put the rest into the text.")
        )
    return title, text


def firm_by_code(code: str | None) -> Enterprise | None:
    """The firm with this credit code in the register, however it was typed."""
    if not code:
        return None
    firm = Enterprise.objects.filter(credit_code=compact_credit_code(code)).first()
    if firm is None:
        raise Unacceptable.at(
            "enterprise", _("No firm with the credit code %(code)s is registered.") % {"code": code}
        )
    return firm
