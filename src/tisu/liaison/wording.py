"""Contacts and pairings in the reader's words: what each of them may read of one."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.foundation.listed import listed_apart
from tisu.liaison.models import Contact
from tisu.liaison.powers import reads_liaison
from tisu.web.tables import BLANK, Cell, Column, Table
from tisu.web.templatetags.web import han_date, iso_date


def reads_words(user: User, contact: Contact) -> bool:
    """Main points and next step are the leader's notes: the firm reads them where the leader shares them."""
    return contact.is_shared or reads_liaison(user)


def word_on(contact: Contact) -> str:
    """The firm's word, or that it has said nothing yet: then it counts, unconfirmed."""
    if contact.taken_back_at:
        return _("taken back")
    return str(contact.get_answer_display()) if contact.answer else _("not confirmed yet")


def facts_of(contact: Contact, user: User) -> list[dict[str, Any]]:
    facts = [
        {"label": _("Leader"), "value": str(contact.pairing.post)},
        {"label": _("Firm"), "value": str(contact.pairing.firm), "url": _firm_url(contact, user)},
        {"label": _("Day"), "value": han_date(contact.on)},
        {"label": _("How"), "value": contact.get_mode_display()},
        {"label": _("The firm's word"), "value": word_on(contact)},
    ]
    if contact.place:
        facts.append({"label": _("Place"), "value": contact.place})
    if units := list(contact.departments.all()):
        facts.append({"label": _("Departments present"), "value": listed_apart(map(str, units))})
    if contact.next_step and reads_words(user, contact):
        facts.append({"label": _("What comes next"), "value": contact.next_step})
    if reads_liaison(user):
        facts.append(
            {"label": _("Entered by"), "value": f"{contact.signed} · {han_date(contact.entered_at)}"}
        )
    return facts


def _firm_url(contact: Contact, user: User) -> str:
    return (
        reverse("enterprises:detail", args=[contact.pairing.firm.credit_code]) if reads_liaison(user) else ""
    )


def table_of(rows: Iterable[Contact], user: User, *, with_firm: bool = True) -> Table:
    columns = [
        Column(_("Main points"), "title"),
        Column(_("Day"), "date"),
        Column(_("How"), "word"),
        Column(_("Leader"), "word"),
        *([Column(_("Firm"))] if with_firm else []),
        Column(_("The firm's word"), "word"),
    ]
    return Table(columns, [_row(row, user, with_firm) for row in rows])


def _row(row: Contact, user: User, with_firm: bool) -> list[Any]:
    words = _head(row.text) if reads_words(user, row) else row.get_mode_display()
    return [
        Cell(words, reverse("liaison:contact", args=[row.number])),
        iso_date(row.on),
        row.get_mode_display(),
        str(row.pairing.post),
        *([str(row.pairing.firm or BLANK)] if with_firm else []),
        word_on(row),
    ]


def _head(text: str, most: int = 40) -> str:
    line = text.splitlines()[0]
    return line if len(line) <= most else line[: most - 1] + "…"
