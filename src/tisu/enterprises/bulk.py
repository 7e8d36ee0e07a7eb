"""Many new firms at once: the same rules as `register_firm`, each asked once for all of them.

A firm that breaks a rule is refused with what `register_firm` would say; the others are entered. What is looked for in
the whole county, a name that hardly differs, is left out here: such firms are compared when somebody changes them.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Q

from tisu.accounts.models import User
from tisu.enterprises.duplicates import SAME_ADDRESS, SAME_NAME
from tisu.enterprises.findable import SUBJECT
from tisu.enterprises.models import Enterprise, LikelyPair
from tisu.enterprises.namekey import address_key, name_key
from tisu.enterprises.noted import write_down
from tisu.enterprises.services import check_facts
from tisu.foundation import search
from tisu.foundation.writing import write_many
from tisu.orgs.models import Region

KEYS = {
    "credit_code",
    "name",
    "address",
    "business",
    "source",
    "legal_kind",
    "registered_capital",
    "started_on",
    "deregistered_on",
}
UNCHECKED = frozenset(field.name for field in Enterprise._meta.fields) - KEYS
STORED = tuple(field.name for field in Enterprise._meta.concrete_fields if not field.primary_key)
ATTRIBUTES = tuple(Enterprise._meta.get_field(name).attname for name in STORED)


def fault_of(actor: User | None, firm: Enterprise) -> ValidationError | None:
    """Why this new firm cannot be entered, apart from a code that is in the register already."""
    try:
        firm.clean_fields(exclude=UNCHECKED)
        firm.clean()
        check_facts(actor, firm)
    except ValidationError as fault:
        return fault
    return None


def register_many(actor: User | None, firms: Sequence[Enterprise], *, source: str, trial: bool) -> None:
    """Enter firms without a fault. One entry of the ledger names them all.

    In a trial, which is rolled back, there is nothing left to do: what could refuse them was asked before.
    """
    if trial or not firms:
        return
    places = _Places(firms)
    for firm in firms:
        names = places.above(firm.region_id)
        firm.name_key, firm.address_key = name_key(firm.name, names), address_key(firm.address, names)
    _insert(firms)
    search.index_new(SUBJECT, ((firm.pk, f"{firm.credit_code} {firm.business}", firm.name) for firm in firms))
    _suggest(firms)
    write_down(actor, "register-firms", source, codes=[firm.credit_code for firm in firms])


def _insert(firms: Sequence[Enterprise]) -> None:
    """Rows whose keys the database chooses, and each firm with its own, as its code tells it."""
    write_many(Enterprise, STORED, [[getattr(firm, stored) for stored in ATTRIBUTES] for firm in firms])
    keys = Enterprise.objects.filter(credit_code__in=[firm.credit_code for firm in firms])
    known = dict(keys.values_list("credit_code", "pk"))
    for firm in firms:
        firm.pk, firm._state.adding = known[firm.credit_code], False


class _Places:
    """The names of the regions that these firms lie in, from their townships up."""

    def __init__(self, firms: Iterable[Enterprise]) -> None:
        codes = {firm.region_id[:length] for firm in firms for length in range(2, len(firm.region_id) + 1)}
        self._names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
        self._above: dict[str, tuple[str, ...]] = {}

    def above(self, code: str) -> tuple[str, ...]:
        if code not in self._above:
            parts = (code[:length] for length in range(2, len(code) + 1))
            self._above[code] = tuple(self._names[part] for part in parts if part in self._names)
        return self._above[code]


class _Other(NamedTuple):
    pk: int
    parent_id: int | None
    name_key: str
    address_key: str


def _suggest(firms: Sequence[Enterprise]) -> None:
    """Others of the county with the very same name or address, apart from place and legal form."""
    names = {firm.name_key for firm in firms}
    addresses = {firm.address_key for firm in firms if firm.address_key}
    alike = Enterprise.objects.filter(Q(name_key__in=names) | Q(address_key__in=addresses), survivor=None)
    by_name, by_address = {}, {}
    for row in alike.values_list("pk", "parent_id", "name_key", "address_key"):
        other = _Other(*row)
        by_name.setdefault(other.name_key, []).append(other)
        by_address.setdefault(other.address_key, []).append(other)
    pairs = {}
    for firm in firms:
        for reason, others in (
            (SAME_NAME, by_name.get(firm.name_key, ())),
            (SAME_ADDRESS, by_address.get(firm.address_key, ()) if firm.address_key else ()),
        ):
            for other in others:
                if other.pk != firm.pk and not _belong_together(firm, other):
                    pairs.setdefault(tuple(sorted((firm.pk, other.pk))), []).append(reason)
    LikelyPair.objects.bulk_create(
        [
            LikelyPair(first_id=one, second_id=two, reasons=sorted(set(why), reverse=True))
            for (one, two), why in pairs.items()
        ],
        ignore_conflicts=True,
    )


def _belong_together(one: Enterprise, other: _Other) -> bool:
    """A firm and its branch, or two branches of one firm."""
    return (
        one.parent_id == other.pk
        or other.parent_id == one.pk
        or (one.parent_id is not None and one.parent_id == other.parent_id)
    )
