"""What administrators and the auditor keep, as sheets: accounts, hand-overs, anchors. In the columns of their pages."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tisu.accounts.finding import found
from tisu.accounts.forms import SearchForm
from tisu.accounts.gates import is_one
from tisu.accounts.hand_overs import sees_states, states_for
from tisu.accounts.models import HandOver, User
from tisu.audit.models import Anchor
from tisu.foundation import clock
from tisu.foundation.listed import listed
from tisu.foundation.sheets.declared import Column, Export
from tisu.orgs.models import Role

AT_ONCE = 500


def _accounts(user: Any, query: QueryDict) -> Iterator[User]:
    search = SearchForm(query)
    if search.is_valid():
        yield from found(search.cleaned_data["q"]).order_by("pk").iterator(chunk_size=AT_ONCE)


def _hand_overs(user: Any, query: QueryDict) -> Iterator[HandOver]:
    yield from states_for(user).order_by("-pk").iterator(chunk_size=AT_ONCE)


def _anchors(user: Any, query: QueryDict) -> Iterator[Anchor]:
    yield from Anchor.objects.all().iterator(chunk_size=AT_ONCE)


def _account(person: User) -> Any:
    return pgettext_lazy("account", "open") if person.is_active else pgettext_lazy("account", "locked")


def _day(moment: Any) -> Any:
    return clock.local_day(moment) if moment else ""


ACCOUNTS_OUT = Export(
    code="accounts",
    label=_("Account security"),
    columns=(
        Column("name", _("Person"), said=lambda person: person.name),
        Column("username", _("User name"), said=lambda person: person.username),
        Column("posts", _("Posts today"), said=lambda person: listed(row.post for row in person.held)),
        Column("account", _("Account"), said=lambda person: str(_account(person))),
    ),
    allowed=is_one(Role.SECURITY_ADMIN),
    rows=_accounts,
    by_persons_only=True,
)
HAND_OVERS_OUT = Export(
    code="hand-overs",
    label=_("Hand-overs"),
    columns=(
        Column("post", _("Post"), said=lambda row: str(row.holding.post)),
        Column("left", _("Who left"), said=lambda row: row.holding.user.name),
        Column("until", _("Until"), said=lambda row: row.holding.until),
        Column("handed", _("Handed over"), said=lambda row: _day(row.left_at)),
        Column("taker", _("Taken over by"), said=lambda row: row.taken_by.name if row.taken_by else ""),
        Column("taken", _("Taken over"), said=lambda row: _day(row.taken_at)),
    ),
    allowed=sees_states,
    rows=_hand_overs,
    by_persons_only=True,
)
ANCHORS_OUT = Export(
    code="anchors",
    label=_("Anchors"),
    columns=(
        Column("number", _("Number"), said=lambda row: row.number),
        Column("day", _("Day"), said=lambda row: row.day),
        Column("root", _("Root"), said=lambda row: row.root),
        Column("leaves", _("Chains that grew"), said=lambda row: row.leaves),
    ),
    allowed=is_one(Role.AUDITOR),
    rows=_anchors,
    by_persons_only=True,
)
