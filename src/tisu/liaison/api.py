"""Compliance over HTTP: per leader's post, of a month or of a quarter."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema

from tisu.liaison.compliance import compliance_of
from tisu.liaison.models import Pairing
from tisu.liaison.obligations import Tally
from tisu.liaison.periods import Period, read_month, read_quarter
from tisu.liaison.powers import reads_liaison
from tisu.loop.faults import NotAllowed, Unacceptable

router = Router(tags=["liaison"])


class ComplianceLine(Schema):
    """Of one post in the period: `due` is met, missed or still open; `excused` is none of them."""

    post: str
    unit: str
    enterprise: str
    due: int
    met: int
    missed: int
    open: int
    excused: int


class ComplianceAnswer(Schema):
    period: str
    due: int
    met: int
    missed: int
    open: int
    excused: int
    items: list[ComplianceLine]


@router.get("/liaison/compliance", response=ComplianceAnswer, summary="Which leaders kept in touch")
def read_compliance(request: HttpRequest, month: str = "", quarter: str = "") -> dict[str, Any]:
    """`month=2023-05` asks for contacts, `quarter=2023Q2` for on-site meetings: one of the two."""
    if not reads_liaison(request.user):
        raise NotAllowed(_("Who kept in touch is read by leaders, the office and supervision."))
    period = _period(month, quarter)
    found = compliance_of(Pairing.objects.visible_to(request.user), period.first, period.last)
    items = [_item(line, line.outcome(period, found.today)) for line in found.lines]
    return {"period": period.code, **_counts(found.tally([period])), "items": items}


def _period(month: str, quarter: str) -> Period:
    if bool(month) == bool(quarter):
        raise Unacceptable(_("Give a month, as month=2023-05, or a quarter, as quarter=2023Q2."))
    period = read_month(month) if month else read_quarter(quarter)
    if period is None:
        field = "month" if month else "quarter"
        raise Unacceptable.at(
            field, _("There is no such period: write 2023-05 for a month, 2023Q2 for a quarter.")
        )
    return period


def _item(line: Any, outcome: Any) -> dict[str, Any]:
    return {
        "post": line.post.title,
        "unit": line.post.unit.code,
        "enterprise": line.firm.credit_code,
        **_counts(Tally.of([outcome])),
    }


def _counts(tally: Tally) -> dict[str, int]:
    return {
        "due": tally.due,
        "met": tally.met,
        "missed": tally.missed,
        "open": tally.pending,
        "excused": tally.excused,
    }
