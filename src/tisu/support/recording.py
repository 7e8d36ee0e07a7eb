"""What is written down beside the steps of some requests: the guarantee, the transport, introductions, guidance."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tisu.accounts.models import User
from tisu.foundation import clock
from tisu.loop.faults import Conflict, NotAllowed, NotVisible, Unacceptable
from tisu.loop.stages import Stage
from tisu.support.factors import Case, Factor
from tisu.support.models import FactorRequest, Guidance, Introduction, Order, PowerGuarantee, Transport
from tisu.support.never import refuse_orders_to_buy
from tisu.support.steps import acts_for_its_firm, handles, held, refuse_stale

ENTERED_IN = frozenset({Stage.REGISTERED, Stage.ASSIGNED, Stage.IN_PROGRESS, Stage.SUBMITTED, Stage.CLOSED})


@dataclass(frozen=True)
class Record:
    """One kind: of which requests, whether there is one or several, and whether the firm may enter it too."""

    label: Any
    model: type[models.Model]
    fits: Callable[[FactorRequest], bool]
    is_single: bool = False
    by_firm: bool = False
    past: str = ""


def _case(code: str) -> Callable[[FactorRequest], bool]:
    return lambda request: request.case == code


def _factor(code: str) -> Callable[[FactorRequest], bool]:
    return lambda request: request.factor == code


def _has_introductions(request: FactorRequest) -> bool:
    return request.factor == Factor.MARKET and request.introductions.exists()


RECORDS: dict[str, Record] = {
    "guarantee": Record(
        gettext_lazy("Power guarantee"), PowerGuarantee, _case(Case.POWER_GUARANTEE), is_single=True
    ),
    "transport": Record(
        gettext_lazy("Oversize transport"), Transport, _case(Case.OVERSIZE_TRANSPORT), is_single=True
    ),
    "introduction": Record(
        gettext_lazy("Introduce a buyer"), Introduction, _factor(Factor.MARKET), past="on"
    ),
    "order": Record(
        pgettext_lazy("market", "Order of a buyer"), Order, _has_introductions, by_firm=True, past="on"
    ),
    "guidance": Record(gettext_lazy("Guidance given"), Guidance, _factor(Factor.GUIDANCE), past="on"),
}


def open_records(request: FactorRequest, user: User) -> list[str]:
    """What this person may write down now."""
    if request.matter.stage not in ENTERED_IN:
        return []
    return [
        code for code, record in RECORDS.items() if record.fits(request) and may_record(request, user, record)
    ]


def may_record(request: FactorRequest, user: User, record: Record) -> bool:
    return handles(request.matter, user) or (record.by_firm and acts_for_its_firm(user, request))


@transaction.atomic
def write_down(
    *, user: User, request: FactorRequest, code: str, seen_version: int, **facts: Any
) -> models.Model:
    """Write it, or write it anew where there is one alone. ValidationError and Unacceptable name the field."""
    row, record = held(user, request), RECORDS.get(code)
    if record is None or not record.fits(row):
        raise NotVisible(_("Nothing of this kind belongs to this request."))
    if not may_record(row, user, record):
        raise NotAllowed(_("Only the units that handle it, the office and supervision enter this."))
    refuse_stale(row, seen_version)
    if row.matter.stage not in ENTERED_IN:
        raise Conflict(_("The request has ended: nothing more is entered here."))
    if record.past and facts[record.past] > clock.today():
        raise Unacceptable.at(record.past, _("This day has not come yet."))
    refuse_orders_to_buy(**{name: value for name, value in facts.items() if isinstance(value, str)})
    written = _written(row, record, facts)
    written.full_clean()
    written.save()
    row.version += 1
    row.save(update_fields=["version"])
    return written


def _written(row: FactorRequest, record: Record, facts: dict[str, Any]) -> models.Model:
    if record.model is Order:
        _refuse_before_introduction(row, facts)
        return Order(**facts)
    known = record.model.objects.filter(request=row).first() if record.is_single else None
    written = known or record.model(request=row)
    for name, value in facts.items():
        setattr(written, name, value)
    return written


def _refuse_before_introduction(row: FactorRequest, facts: dict[str, Any]) -> None:
    introduction = facts["introduction"]
    if introduction.request_id != row.pk:
        raise Unacceptable.at("introduction", _("This buyer was introduced to somebody else."))
    if facts["on"] < introduction.on:
        raise Unacceptable.at("on", _("The buyer had not been introduced yet on this day."))
