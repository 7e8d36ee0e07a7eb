"""Which rows may be the same firm: suggested with reasons, decided by a person.

A firm is compared when it is entered or changed, with few candidates: those that share a key, and those whose names
the search index finds near. So a register of a million firms costs no more than one of a thousand.
"""

from collections.abc import Iterable
from itertools import chain, pairwise

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz

from tisu.accounts.models import User
from tisu.enterprises.findable import SUBJECT
from tisu.enterprises.models import Enterprise, FirmContact, LikelyPair, Verdict
from tisu.enterprises.noted import write_down
from tisu.enterprises.queries import EnterpriseQuerySet
from tisu.foundation import search
from tisu.foundation.textnorm import pinyin_readings
from tisu.orgs.models import within

SAME_NAME, SAME_SOUND, NEAR_NAME, SAME_ADDRESS, SAME_PHONE = "name", "sound", "near", "address", "phone"
REASONS = {
    SAME_NAME: gettext_lazy("the same name but for place and legal form"),
    SAME_SOUND: gettext_lazy("names that sound the same"),
    NEAR_NAME: gettext_lazy("names that hardly differ"),
    SAME_ADDRESS: gettext_lazy("the same address"),
    SAME_PHONE: gettext_lazy("the same phone number"),
}
NEAR = 85  # of 100, as rapidfuzz counts; 青禾茶业 and 青禾茶叶 have 75 of 4 signs and the same sound
SHORTEST = 5  # signs of a name from which one sign that differs can be a slip
COUNTY = 6
MOST, MOST_PAIRS = 200, 6


def suggest_for(firm: Enterprise) -> list[LikelyPair]:
    """Remember every other firm of the county that may be this one, each with why."""
    sharing = set(_sharing_a_phone(firm).values_list("enterprise", flat=True))
    found = {other: reasons_for(firm, other) for other in _candidates(firm)}
    for other in found:
        found[other] += [SAME_PHONE] if other.pk in sharing else []
    return [_remember(firm, other, why) for other, why in found.items() if why and not _apart(firm, other)]


def reasons_for(one: Enterprise, other: Enterprise) -> list[str]:
    """Codes of REASONS, what speaks most first."""
    found = []
    if one.name_key == other.name_key:
        found.append(SAME_NAME)
    elif _sound(one) == _sound(other):
        found.append(SAME_SOUND)
    elif _is_near(one.name_key, other.name_key):
        found.append(NEAR_NAME)
    if one.address_key and one.address_key == other.address_key:
        found.append(SAME_ADDRESS)
    return found


def _apart(one: Enterprise, other: Enterprise) -> bool:
    return _are_sisters(one, other) or are_branches(one, other)


def are_branches(one: Enterprise, other: Enterprise) -> bool:
    """A firm and its branch are two, whatever they share."""
    return other.root_id in _above(one) or one.root_id in _above(other)


def _are_sisters(one: Enterprise, other: Enterprise) -> bool:
    """Two branches of one firm are called alike but for their place; by the same name they may well be one."""
    return one.parent_id is not None and one.parent_id == other.parent_id and one.name != other.name


def _above(firm: Enterprise) -> set[int]:
    found: set[int] = set()
    kin = Enterprise.objects.kin_of([firm.pk])
    step = set(kin.exclude(parent=None).values_list("parent", flat=True))
    while step - found:
        found |= step
        kin = Enterprise.objects.kin_of(step)
        found |= set(kin.values_list("pk", flat=True))
        step = set(kin.exclude(parent=None).values_list("parent", flat=True))
    return found


def _candidates(firm: Enterprise) -> list[Enterprise]:
    own = Enterprise.objects.kin_of([firm.pk]).values("pk")
    rows = Enterprise.objects.filter(within("region_id", firm.region_id[:COUNTY]), survivor=None)
    same = Q(name_key=firm.name_key)
    if firm.address_key:
        same |= Q(address_key=firm.address_key)
    same |= Q(pk__in=_sharing_a_phone(firm))
    found = chain(
        rows.filter(same).exclude(pk__in=own)[:MOST], _near_in_index(firm, rows.exclude(pk__in=own))
    )
    return list({other.pk: other for other in found}.values())


def _near_in_index(firm: Enterprise, rows: EnterpriseQuerySet) -> Iterable[Enterprise]:
    """Firms that share two neighbouring signs of the name, or its sound."""
    pairs = [first + second for first, second in pairwise(firm.name_key)][:MOST_PAIRS]
    for words in {*pairs, _sound(firm)} - {""}:
        yield from rows.filter(pk__in=search.matching(SUBJECT, words))[:MOST]


def _sharing_a_phone(firm: Enterprise) -> QuerySet:
    """The rows of the register, by key, where somebody is reached by the number of somebody of this firm."""
    phones = firm.contacts.exclude(phone="").values("phone")
    return FirmContact.objects.filter(phone__in=phones).values("enterprise")


def _sound(firm: Enterprise) -> str:
    return "".join(next(iter(pinyin_readings(firm.name_key)), ()))


def _is_near(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= SHORTEST and fuzz.ratio(one, other) >= NEAR


def _remember(firm: Enterprise, other: Enterprise, why: list[str]) -> LikelyPair:
    """What a person told apart stays so; otherwise the reasons are those of today."""
    first, second = sorted((firm, other), key=lambda row: row.pk)
    pair, _new = LikelyPair.objects.get_or_create(first=first, second=second, defaults={"reasons": why})
    if pair.verdict == Verdict.OPEN and pair.reasons != why:
        pair.reasons = why
        pair.save(update_fields=["reasons"])
    return pair


# --- What a person says ---


def waiting_pairs(firms: EnterpriseQuerySet) -> QuerySet[LikelyPair]:
    """Pairs of which both rows are among these firms and still stand."""
    return LikelyPair.objects.filter(
        verdict=Verdict.OPEN, first__in=firms.values("pk"), second__in=firms.values("pk")
    )


@transaction.atomic
def tell_apart(*, actor: User, pair: LikelyPair) -> LikelyPair:
    """They are two firms, and are not suggested again."""
    pair = (
        LikelyPair.objects.select_for_update(of=("self",)).select_related("first", "second").get(pk=pair.pk)
    )
    if pair.verdict != Verdict.OPEN:
        raise ValidationError(_("Somebody told these two apart already."))
    pair.verdict, pair.decided_by = Verdict.APART, actor
    pair.save(update_fields=["verdict", "decided_by"])
    write_down(actor, "tell-apart", pair.first.credit_code, other=pair.second.credit_code)
    return pair
