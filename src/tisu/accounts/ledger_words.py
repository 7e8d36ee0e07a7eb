"""Entries of the audit ledger: looked through, and said in words."""

from datetime import time
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy

from tisu.audit.models import Entry
from tisu.audit.said import unreadable
from tisu.foundation import clock
from tisu.foundation.rooms import declared

# What is no field of its own.
NAMES = {"before": gettext_lazy("before"), "after": gettext_lazy("after")}


def words_of_acts() -> dict[str, Any]:
    return dict(declared("acts"))


def facts_in_words(entry: Entry) -> str:
    """The details in words, also when someone has put there what no act ever wrote."""
    try:
        return unreadable() if entry.details is None else _in_words(entry.details)
    except RecursionError:
        return unreadable()


def _in_words(details: dict) -> str:
    """Each detail under the name that its field has on the pages; what has none keeps its own."""
    named = ((NAMES.get(name) or gettext(name), value) for name, value in details.items())
    return " · ".join(f"{name} {_said(value)}" for name, value in named)


def _said(value: object) -> str:
    if isinstance(value, dict):
        return _in_words(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def filtered(asked: dict[str, Any]) -> QuerySet[Entry]:
    """By act, by person, from a day on, before a day."""
    rows = Entry.objects.all()
    if asked["act"]:
        rows = rows.filter(act=asked["act"])
    if asked["person"]:
        rows = rows.filter(actor__username__iexact=asked["person"])
    if asked["since"]:
        rows = rows.filter(at__gte=clock.moment(asked["since"], time.min))
    if asked["before"]:
        rows = rows.filter(at__lt=clock.moment(asked["before"], time.min))
    return rows
