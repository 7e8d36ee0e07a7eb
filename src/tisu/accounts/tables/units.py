"""The list of units. A unit is known by its code, else by its full or short name."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.gates import is_one
from tisu.accounts.headers import DUTIES, UNIT
from tisu.foundation.sheets.declared import (
    Column,
    Export,
    Import,
    Row,
    Sitting,
    Taken,
    one_by_one,
    take_away,
    undone_one_by_one,
)
from tisu.foundation.sheets.values import choice, code, day, name, text
from tisu.foundation.textnorm import pinyin_readings, to_simplified
from tisu.orgs import services
from tisu.orgs.models import Duty, Region, Role, Unit, within

for_system_administrator = is_one(Role.SYSTEM_ADMIN)
STEM = 26  # letters of a code that is made from a name


def take(row: Row, sitting: Sitting) -> Taken:
    """A new unit, or another name for one that is known. What the sheet does not say stays."""
    unit = find(row.get("code", ""), sitting.region) or find(row["name"], sitting.region)
    if unit is None:
        return _new(row, sitting)
    before = {"name": unit.name, "short_name": unit.short_name}
    names = {"name": row["name"], "short_name": row.get("short_name") or unit.short_name}
    if names == before:
        return Taken(unit.pk)
    services.rename_unit(actor=sitting.actor, unit=unit, **names)
    return Taken(unit.pk, before=before)


def _new(row: Row, sitting: Sitting) -> Taken:
    short = row.get("short_name") or shortened(row["name"], sitting.region)
    region = _region(row.get("region", ""), sitting.region)
    unit = services.add_unit(
        actor=sitting.actor,
        region=region,
        code=row.get("code", "").lower() or _code_for(short, region),
        name=row["name"],
        short_name=short,
        duty=row.get("duty", Duty.HANDLING),
        since=row.get("since", sitting.today),
    )
    return Taken(unit.pk, is_new=True)


def find(words: str, region: str) -> Unit | None:
    """The one unit in force that is called so, in either script. ValidationError when there are two."""
    if not words:
        return None
    names = {words, to_simplified(words)}
    called = Q(code=words.lower()) | Q(name__in=names) | Q(short_name__in=names)
    found = list(Unit.objects.on().filter(called, within("region_id", region))[:2])
    if len(found) > 1:
        sentence = _("Two units are called “%(name)s”: write the full name.") % {"name": words}
        raise ValidationError({"unit": sentence})
    return found[0] if found else None


def known(words: str, region: str) -> Unit:
    """The same, where there must be one."""
    if unit := find(words, region):
        return unit
    raise ValidationError(
        {
            "unit": _(
                "There is no unit “%(name)s” here: write its name as it is registered, or import the units first."
            )
            % {"name": words}
        }
    )


def shortened(name: str, region: str) -> str:
    """A full name without the county's: what a unit is called when nobody gave a short name."""
    county = Region.objects.filter(pk=region).values_list("name", flat=True).first() or ""
    return (name.removeprefix(county).strip() or name)[:20]


def _region(name: str, region: str) -> str:
    if not name:
        return region
    named = Q(name=to_simplified(name)) | Q(code=name)
    found = Region.objects.subtree(region).filter(named).first()
    if found is None:
        sentence = _("“%(name)s” is no part of this region: write the township's official name.")
        raise ValidationError({"region": sentence % {"name": name}})
    return found.pk


def _code_for(short: str, region: str) -> str:
    """A code from the sounds of the short name; with a number where that is taken."""
    sounds = "".join(next(iter(pinyin_readings(short)), ()))
    stem = "".join(sign for sign in sounds if sign.isascii() and sign.isalnum())[:STEM].lstrip("0123456789")
    stem = stem if len(stem) > 1 else "unit"
    taken = set(Unit.objects.filter(region_id=region, code__startswith=stem).values_list("code", flat=True))
    return next(name for n in range(1, 10_000) if (name := f"{stem}{n}" if n > 1 else stem) not in taken)


def undo(taken: Taken, sitting: Sitting) -> str:
    if taken.is_new:
        return take_away(Unit, taken.pk)
    unit = Unit.objects.filter(pk=taken.pk).first()
    if unit and taken.before:
        services.rename_unit(actor=sitting.actor, unit=unit, **taken.before)
    return ""


def listed(words: str) -> QuerySet[Unit]:
    """Units in force of this installation, by name, short name or code."""
    rows = Unit.objects.on().filter(within("region_id", settings.REGION)).select_related("region")
    if not words:
        return rows
    return rows.filter(
        Q(name__icontains=words) | Q(short_name__icontains=words) | Q(code__icontains=words.lower())
    )


def _rows(user, query: QueryDict) -> QuerySet[Unit]:
    return listed(query.get("q", "").strip()[:60])


COLUMNS = (
    Column("name", gettext_lazy("Full name"), **UNIT["name"], read=name(80), required=True, said=lambda unit: unit.name),
    Column("short_name", gettext_lazy("Short name"), **UNIT["short_name"], read=name(20), said=lambda unit: unit.short_name),
    Column("code", gettext_lazy("Code"), **UNIT["code"], read=code(31), said=lambda unit: unit.code),
    Column("duty", gettext_lazy("Duty"), **UNIT["duty"], read=choice(DUTIES), said=lambda unit: word_for(DUTIES, unit.duty)),
    Column("region", gettext_lazy("Region"), **UNIT["region"], read=text(60), said=lambda unit: unit.region.name),
    Column("since", gettext_lazy("Since"), **UNIT["since"], read=day, said=lambda unit: unit.since),
)  # fmt: skip


def word_for(words: dict, meaning: object) -> str:
    """The word that an export writes and an import reads: the first of those that mean it."""
    return next(word for word, means in words.items() if means == meaning)


UNITS = Import(
    code="units",
    label=gettext_lazy("Units"),
    columns=COLUMNS,
    allowed=for_system_administrator,
    take=one_by_one(take),
    undo=undone_one_by_one(undo),
    key=("name",),
    note=gettext_lazy("Bureaus, townships, utilities: full name, and whatever else your list has."),
    order=10,
)
UNITS_OUT = Export("units", gettext_lazy("Units"), COLUMNS, for_system_administrator, _rows)
