"""The eleven production factors (domain.md M4), what each is measured in, and what a request for it may be a case of."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tisu.support.units import MEASURES, Measure


class Factor(TextChoices):
    LAND = "land", pgettext_lazy("factor", "land")
    ENERGY = "energy", pgettext_lazy("factor", "energy quota")
    POWER = "power", pgettext_lazy("factor", "electricity")
    WATER = "water", pgettext_lazy("factor", "water")
    GAS = "gas", pgettext_lazy("factor", "gas")
    LABOUR = "labour", pgettext_lazy("factor", "labour")
    FINANCE = "finance", pgettext_lazy("factor", "finance")
    LOGISTICS = "logistics", pgettext_lazy("factor", "logistics and transport")
    ENVIRONMENT = "environment", pgettext_lazy("factor", "environmental capacity")
    MARKET = "market", pgettext_lazy("factor", "market access")
    GUIDANCE = "guidance", pgettext_lazy("factor", "technical guidance")


class Case(TextChoices):
    """A request that goes by a template of its own, with facts and a list of risks."""

    SITE_CLEARING = "site_clearing", _("clearing of a site")
    POWER_GUARANTEE = "power_guarantee", _("power guarantee")
    OVERSIZE_TRANSPORT = "oversize_transport", _("oversize transport")


class Level(TextChoices):
    """Who decides, from below."""

    COUNTY = "county", pgettext_lazy("level", "county")
    PREFECTURE = "prefecture", pgettext_lazy("level", "prefecture")
    PROVINCE = "province", pgettext_lazy("level", "province")


class Basis(TextChoices):
    """How electricity is turned into standard coal; the province's threshold is counted by the first."""

    CALORIFIC = "calorific", _("calorific value")
    EQUIVALENT = "equivalent", _("equivalent value")


@dataclass(frozen=True)
class Traits:
    """What a request for one factor asks for: one of these measures (none: nothing is counted), perhaps a case."""

    measures: tuple[str, ...] = ()
    case: str = ""
    needs_basis: bool = False
    hint: Any = ""


TRAITS: dict[str, Traits] = {
    Factor.LAND: Traits(
        ("land",), Case.SITE_CLEARING, hint=_("Which plot, for what, and where the procedure stands.")
    ),
    Factor.ENERGY: Traits(
        ("energy",), needs_basis=True, hint=_("For which project, and when it goes into operation.")
    ),
    Factor.POWER: Traits(
        ("capacity", "consumption"), Case.POWER_GUARANTEE, hint=_("Where, and when the equipment arrives.")
    ),
    Factor.WATER: Traits(("water",), hint=_("Where, and for what.")),
    Factor.GAS: Traits(("gas",), hint=_("Where, and for what.")),
    Factor.LABOUR: Traits(("labour",), hint=_("Which trades, which shifts, what is offered.")),
    Factor.FINANCE: Traits(("money",), hint=_("For what, for how long, and which banks have been asked.")),
    Factor.LOGISTICS: Traits(
        ("freight", "pieces"), Case.OVERSIZE_TRANSPORT, hint=_("From where to where, and when.")
    ),
    Factor.ENVIRONMENT: Traits(("discharge",), hint=_("Which substance, and for which project.")),
    Factor.MARKET: Traits(hint=_("Which products, and what kind of buyers are looked for.")),
    Factor.GUIDANCE: Traits(hint=_("On what, and when somebody should come.")),
}


def measure_of(code: str) -> Measure | None:
    return MEASURES.get(code)


def said(measure: str, amount: int | None) -> str:
    """An amount in words, nothing where there is none."""
    return MEASURES[measure].said(amount) if measure and amount is not None else ""
