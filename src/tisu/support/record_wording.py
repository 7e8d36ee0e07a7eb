"""What was written down beside the steps, in the reader's words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tisu.foundation.money import yuan_words
from tisu.support.factors import Case, Factor
from tisu.support.models import FactorRequest, Introduction, PowerGuarantee, Transport
from tisu.support.units import MEASURES
from tisu.web.templatetags.web import han_date

Facts = list[dict[str, Any]]


def sections_of(request: FactorRequest) -> list[dict[str, Any]]:
    """Each with a heading and facts for web/components/facts.html; nothing for an ordinary request."""
    return list(_sections(request))


def _sections(request: FactorRequest) -> Iterator[dict[str, Any]]:
    if request.case == Case.POWER_GUARANTEE and (
        row := PowerGuarantee.objects.filter(request=request).first()
    ):
        yield {"label": _("Power guarantee"), "facts": _known(_guarantee(row))}
    if request.case == Case.OVERSIZE_TRANSPORT and (row := Transport.objects.filter(request=request).first()):
        yield {"label": _("Oversize transport"), "facts": _known(_transport(row))}
    if request.factor == Factor.MARKET:
        for row in request.introductions.prefetch_related("orders"):
            yield {
                "label": _("Introduced: %(buyer)s") % {"buyer": row.buyer},
                "facts": _known(_introduction(row)),
            }
    if request.factor == Factor.GUIDANCE:
        for row in request.guidances.all():
            yield {
                "label": _("Guidance on %(topic)s") % {"topic": row.topic},
                "facts": _known([(_("Day"), han_date(row.on)), (_("Expert"), row.expert), (_("What came of it"), row.result)]),
            }  # fmt: skip


def _known(rows: list[tuple[Any, Any]]) -> Facts:
    return [{"label": label, "value": value} for label, value in rows if value not in (None, "")]


def _span(row: PowerGuarantee | Transport) -> str:
    return f"{han_date(row.first)} – {han_date(row.last)}"


def _guarantee(row: PowerGuarantee) -> list[tuple[Any, Any]]:
    return [
        (_("Days"), _span(row)),
        (_("Hours a day that are promised"), str(row.hours)),
        (_("Feeder"), row.feeder),
        (_("Interruptions"), _interruptions(row)),
        (_("Loss avoided"), _declared(row.loss_avoided)),
    ]


def _interruptions(row: PowerGuarantee) -> str:
    if row.interruptions is None:
        return ""
    if not row.minutes_lost:
        return str(row.interruptions)
    return _("%(times)d, %(minutes)d minutes in all") % {
        "times": row.interruptions,
        "minutes": row.minutes_lost,
    }


def _declared(amount: int | None) -> str:
    return "" if amount is None else _("%(amount)s (declared by the firm)") % {"amount": yuan_words(amount)}


def _transport(row: Transport) -> list[tuple[Any, Any]]:
    return [
        (_("Days"), _span(row)),
        (_("Pieces"), str(row.pieces)),
        (_("Longest piece"), MEASURES["length"].said(row.longest_cm)),
        (_("Split"), _parts(row.parts)),
        (_("Insured value"), "" if row.value is None else yuan_words(row.value)),
        (_("Route"), row.route),
    ]


def _parts(parts: int) -> str:
    if parts == 1:
        return _("carried whole")
    return ngettext("in %(n)d part", "in %(n)d parts", parts) % {"n": parts}


def _introduction(row: Introduction) -> list[tuple[Any, Any]]:
    orders = list(row.orders.all())
    return [
        (_("Channel"), row.channel),
        (_("Introduced on"), han_date(row.on)),
        (_("First order"), " · ".join(_order(orders[0])) if orders else _("none yet")),
        (_("Repeated"), ngettext("%(n)d time", "%(n)d times", len(orders) - 1) % {"n": len(orders) - 1} if len(orders) > 1 else ""),
        (_("Last order"), " · ".join(_order(orders[-1])) if len(orders) > 1 else ""),
    ]  # fmt: skip


def _order(order: Any) -> list[str]:
    return [han_date(order.on), *([_declared(order.amount)] if order.amount is not None else [])]
