"""What a batch of rows names, looked up once for all of them: firms, townships, parks, industries."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tisu.enterprises.models import Enterprise, Industry, Park, compact_credit_code
from tisu.foundation.sheets.declared import Row, Sitting
from tisu.orgs.models import Region, within


class Known:
    def __init__(self, rows: Sequence[Row], sitting: Sitting) -> None:
        codes = {
            compact_credit_code(row[name])
            for row in rows
            for name in ("credit_code", "parent")
            if name in row
        }
        firms = Enterprise.objects.filter(credit_code__in=codes)
        firms = firms.select_related("survivor", "region", "park", "industry", "parent")
        self._firms = {firm.credit_code: firm.survivor or firm for firm in firms}
        self._source = sitting.source[:80]
        self._region = Region.objects.get(pk=sitting.region)
        regions = Region.objects.subtree(sitting.region)
        self._regions = {key: region for region in regions for key in (region.name, region.code)}
        parks = Park.objects.filter(within("region_id", sitting.region)).select_related("region")
        self._parks: dict[str, list[Park]] = {}
        for park in parks:
            self._parks.setdefault(park.name, []).append(park)
        self._industries = _industries() if any("industry" in row for row in rows) else {}

    def firm(self, code: str) -> Enterprise | None:
        """The firm of this code, or the one that stands for it since a merger."""
        return self._firms.get(compact_credit_code(code))

    def of_a_new_one(self, facts: dict[str, Any]) -> dict[str, Any]:
        """What a sheet need not say of a new firm: it lies in the county, and the sheet is where it is from."""
        return {"region": self._region, "source": self._source} | facts

    def facts_of(self, row: dict[str, Any]) -> dict[str, Any]:
        """The same with names put into what they name. ValidationError, naming the column, for what is unknown."""
        faults: dict[str, str] = {}
        facts: dict[str, Any] = {}
        for what, value in row.items():
            try:
                look_up = LOOK_UPS.get(what)
                facts[what] = look_up(self, value, facts) if look_up else value
            except LookupError as fault:
                faults[what] = str(fault)
        if faults:
            raise ValidationError(faults)
        return facts

    def region(self, name: str, facts: dict[str, Any]) -> Region:
        if name in self._regions:
            return self._regions[name]
        sentence = _("“%(name)s” is no township of this county: write its official name.")
        raise Unknown(sentence % {"name": name})

    def park(self, name: str, facts: dict[str, Any]) -> Park:
        parks = self._parks.get(name, [])
        lying = [park for park in parks if "region" not in facts or park.region == facts["region"]]
        if len(lying or parks) != 1:
            sentence = _(
                "There is no park “%(name)s” in the register: enter it there first, or leave the cell empty."
            )
            raise Unknown(sentence % {"name": name})
        return (lying or parks)[0]

    def industry(self, name: str, facts: dict[str, Any]) -> Industry:
        found = self._industries.get(name) or self._industries.get(name.split(" ")[0].upper())
        if found is None:
            sentence = _("“%(name)s” is no section or division of GB/T 4754: write its code or its name.")
            raise Unknown(sentence % {"name": name})
        return found

    def parent(self, code: str, facts: dict[str, Any]) -> Enterprise:
        if firm := self.firm(code):
            return firm
        sentence = _("No firm with the credit code %(code)s is registered: enter the parent firm first.")
        raise Unknown(sentence % {"code": code})


class Unknown(LookupError):
    def __str__(self) -> str:
        return str(self.args[0])


LOOK_UPS = {"region": Known.region, "park": Known.park, "industry": Known.industry, "parent": Known.parent}


def _industries() -> dict[str, Industry]:
    """By code, by name, and by the first two signs of a longer code such as 2614."""
    rows = list(Industry.objects.select_related("section"))
    known = {row.code: row for row in rows} | {row.name: row for row in rows}
    return _ByCode(known)


class _ByCode(dict):
    def get(self, name: str, default: Any = None) -> Any:
        if name in self:
            return self[name]
        digits = name.lstrip("ABCDEFGHIJKLMNOPQRST")
        return super().get(digits[:2], default) if digits.isdigit() and len(digits) > 2 else default


def one_firm(row: Row, sitting: Sitting) -> Enterprise:
    """The firm that a row names by its code, or where it gives none, by its name."""
    rows = Enterprise.objects.filter(within("region_id", sitting.region))
    if "credit_code" in row:
        found = list(rows.answering_to(compact_credit_code(row["credit_code"]))[:2])
    else:
        found = list(rows.filter(name=row.get("firm", ""), survivor=None)[:2])
    if len(found) != 1:
        field = "credit_code" if "credit_code" in row else "firm"
        sentence = _("There is no one firm of this code or name in the register: enter the firm first.")
        raise ValidationError({field: sentence})
    return found[0]
