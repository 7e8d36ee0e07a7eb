"""Writing the register: a firm is entered and changed by the office, each change in the ledger.

Pages, imports and whatever else enters firms call these; a refusal is a ValidationError that names the field.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises.duplicates import suggest_for
from tisu.enterprises.models import IN_THE_REGISTER, Enterprise, FormerName, Park, compact_credit_code
from tisu.enterprises.noted import write_down
from tisu.enterprises.queries import OFFICE
from tisu.foundation import clock
from tisu.orgs.models import Region

# What may be given of a firm; the code is given once and never changed.
FACTS = (
    "name", "region", "park", "address", "legal_kind", "parent", "industry", "business", "registered_capital",
    "started_on", "deregistered_on", "source",
)  # fmt: skip
COMPARED = frozenset({"name", "address", "region"})
STALE = "stale"


def keeps_register(user: User, region: str = "") -> bool:
    """The office keeps the register of its region; with no region asked for: of any."""
    standing = standing_of(user)
    regions = set() if standing.is_administrator else standing.regions(*OFFICE)
    return any(region.startswith(own) for own in regions) if region else bool(regions)


@transaction.atomic
def register_firm(*, actor: User, credit_code: str, **facts: Any) -> Enterprise:
    """Enter a firm. Its code is folded to how the register keeps it; FACTS says what else may be given."""
    firm = Enterprise(credit_code=compact_credit_code(credit_code))
    _take(firm, facts)
    _check(actor, firm)
    _save_new(firm)
    suggest_for(firm)
    write_down(actor, "register-firm", firm.credit_code, facts=_said(firm, facts))
    return firm


@transaction.atomic
def update_firm(
    *, actor: User, firm: Enterprise, expected_version: int, renamed_on: date | None = None, **facts: Any
) -> Enterprise:
    """Change what is given and nothing else. Another name becomes a former one on `renamed_on` (today).

    ValidationError with the code `stale` when somebody else changed the firm after `expected_version` was read.
    """
    firm = kept_fast(actor, firm)
    if firm.survivor is not None:
        raise ValidationError(
            _("This row was merged into %(firm)s: change that one.") % {"firm": firm.survivor.credit_code}
        )
    if firm.version != expected_version:
        raise ValidationError(
            _("Somebody changed this firm meanwhile. Compare what stands there now, then save again."),
            code=STALE,
        )
    before = {name: getattr(firm, name) for name in facts}
    _take(firm, facts)
    changed = [name for name in facts if getattr(firm, name) != before[name]]
    if not changed:
        return firm
    _check(actor, firm)
    if "name" in changed:
        FormerName.objects.create(enterprise=firm, name=before["name"], until=renamed_on or clock.today())
    firm.version += 1
    firm.save()
    if COMPARED & set(changed):
        suggest_for(firm)
    write_down(actor, "change-firm", firm.credit_code,
        before={name: _plain(before[name]) for name in changed}, after=_said(firm, changed),
    )  # fmt: skip
    return firm


@transaction.atomic
def add_former_name(*, actor: User, firm: Enterprise, name: str, until: date | None) -> FormerName:
    """A name it had before it was in this register: it is found by that, too."""
    firm = kept_fast(actor, firm)
    if name == firm.name or firm.former_names.filter(name=name).exists():
        raise ValidationError({"name": _("The firm is known by this name already.")})
    row = FormerName(enterprise=firm, name=name, until=until)
    row.full_clean()
    row.save()
    Enterprise.objects.get(pk=firm.root_id).save()  # what it is found by
    write_down(actor, "add-former-name", firm.credit_code, name=name)
    return row


@transaction.atomic
def add_park(*, actor: User, name: str, region: Region) -> Park:
    """A park, so that firms can be said to lie in it."""
    _belongs_here(actor, region)
    park = Park(name=name, region=region)
    park.full_clean()
    park.save()
    write_down(actor, "add-park", name, region=region.code)
    return park


def held_fast(firm: Enterprise) -> Enterprise:
    """The row as it is now, locked: of two who change it at once the second sees what the first wrote."""
    return Enterprise.objects.select_for_update(of=("self",)).select_related("region").get(pk=firm.pk)


def kept_fast(actor: User, firm: Enterprise) -> Enterprise:
    """The same for who keeps its register, or has the machine; ValidationError for everyone else."""
    firm = held_fast(firm)
    if actor is not None and not keeps_register(actor, firm.region_id):
        raise ValidationError(_("%(firm)s is kept by another office.") % {"firm": firm})
    return firm


# --- rules ---


def _take(firm: Enterprise, facts: dict[str, Any]) -> None:
    if strange := facts.keys() - set(FACTS):
        raise TypeError(f"a firm has no {', '.join(sorted(strange))}")
    for name, value in facts.items():
        setattr(firm, name, value)


def _save_new(firm: Enterprise) -> None:
    """Of two who enter the same firm at once the second is told so, as if it had stood there before."""
    try:
        with transaction.atomic():
            firm.save()
    except IntegrityError as fault:
        raise ValidationError({"credit_code": IN_THE_REGISTER}) from fault


def _check(actor: User, firm: Enterprise) -> None:
    firm.full_clean()
    check_facts(actor, firm)


def check_facts(actor: User | None, firm: Enterprise) -> None:
    """The rules that no single field and no constraint can tell."""
    _belongs_here(actor, firm.region)
    _lies_in_its_park(firm)
    _runs_in_no_circle(firm)
    if firm.deregistered_on and firm.deregistered_on > clock.today():
        raise ValidationError({"deregistered_on": _("This day has not come yet.")})


def _belongs_here(actor: User | None, region: Region) -> None:
    if actor is not None and not keeps_register(actor, region.code):
        raise ValidationError(
            {"region": _("This township belongs to another county: choose one of your own.")}
        )


def _lies_in_its_park(firm: Enterprise) -> None:
    if firm.park and not firm.park.region_id.startswith(firm.region_id):
        raise ValidationError(
            {
                "park": _("%(park)s lies in %(place)s: choose that township, or no park.")
                % {"park": firm.park, "place": firm.park.region}
            }
        )


def _runs_in_no_circle(firm: Enterprise) -> None:
    """No firm is above itself, however many lie between."""
    above = firm.parent
    while above is not None:
        if above.pk == firm.pk or above.root_id == firm.pk:
            raise ValidationError(
                {"parent": _("Then the firm would be a branch of itself: look which one is the parent.")}
            )
        above = above.parent


def _said(firm: Enterprise, names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(getattr(firm, name)) for name in names if getattr(firm, name) not in (None, "")}


def _plain(value: Any) -> Any:
    """A fact as the ledger writes it."""
    if isinstance(value, Enterprise):
        return value.credit_code
    return value if value is None or isinstance(value, int | str) else str(value)
