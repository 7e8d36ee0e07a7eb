"""Opening a matter by hand, from a page or the API."""

from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises.models import Enterprise, compact_credit_code
from tisu.foundation.textnorm import clean_text
from tisu.loop.actor import person
from tisu.loop.faults import NotAllowed, Unacceptable
from tisu.loop.kinds import kinds
from tisu.loop.models import Matter
from tisu.loop.queries import OVERSIGHT_ROLES

LONGEST_TITLE = 120
LONGEST_TEXT = 20_000


@transaction.atomic
def open_by_hand(
    *,
    user: User,
    kind: str,
    title: str,
    text: str,
    enterprise: str | None = None,
    documents: list | None = None,
) -> Matter:
    """Register a matter for a person who may open its kind.

    NotAllowed for who may not; Unacceptable, naming the field, for an unknown kind or firm, an empty or too
    long text, or documents, which cannot be taken in yet.
    """
    standing, opened = standing_of(user), kinds().get(kind)
    if opened is None:
        raise Unacceptable.at("kind", _("There is no kind of matter “%(kind)s”.") % {"kind": kind})
    if not opened.may_open(standing):
        raise NotAllowed(_("Your posts do not open matters of this kind."))
    title, text = checked_words(title, text)
    if documents:
        raise Unacceptable.at(
            "documents", _("Documents cannot be attached yet: describe the evidence in the text.")
        )
    unit = next(iter(standing.having(*OVERSIGHT_ROLES)), None)
    return opened.open(
        actor=person(user),
        title=title,
        text=text,
        region=unit.region if unit else "",
        enterprise=firm_by_code(enterprise),
        unit_id=unit.unit_id if unit else None,
    )


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
