"""One firm: for staff of its region with what they may do there, for the firm itself as it sees itself."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tisu.accounts.acts import acting_page
from tisu.enterprises.acts import acts_on_facts
from tisu.enterprises.contacts import sees_contacts
from tisu.enterprises.credit_code import doubt_about
from tisu.enterprises.facts import facts_of, months_of_firm, months_strip
from tisu.enterprises.figure_tables import benefits_table, standing_figures, urls_of
from tisu.enterprises.figure_words import pictures_of
from tisu.enterprises.models import Enterprise, ScaleMonths, compact_credit_code
from tisu.enterprises.panels import STAFF, lanes_of, newest, panels_on, picture
from tisu.enterprises.services import keeps_register
from tisu.web.tables import BLANK, Column, Table

NEWEST, MOST_FIGURES, MOST_BENEFITS = 8, 200, 10


def firm_at(request: HttpRequest, code: str) -> Enterprise:
    """The firm that answers to a code, if this person may see it."""
    rows = Enterprise.objects.visible_to(request.user).for_rows().select_related("parent__survivor", "park")
    firm = rows.answering_to(compact_credit_code(code)).first()
    if firm is None:
        raise Http404
    return firm


def detail(request: HttpRequest, code: str) -> HttpResponse:
    """A code in lower case, in full width or of a merged row leads to the address that the register keeps."""
    firm = firm_at(request, code)
    if code != firm.credit_code:
        return redirect("enterprises:detail", code=firm.credit_code)
    acts = acts_on_facts(firm, request.user) if keeps_register(request.user, firm.region_id) else []
    return acting_page(request, acts, "enterprises/firm.html", lambda: _context(request, firm))


def tabs(request: HttpRequest, firm: Enterprise) -> list[dict[str, Any]]:
    """The pages of a firm that this person has."""
    pages = [
        ("detail", _("Overview"), True),
        ("figures", _("Figures and policies"), True),
        ("line", _("Time line"), True),
        ("calendar", pgettext("firm", "Calendar"), True),
        ("people", _("People"), sees_contacts(request.user, firm)),
    ]
    return [
        {
            "label": label,
            "url": (url := reverse(f"enterprises:{name}", args=[firm.credit_code])),
            "active": request.path.startswith(url) if name != "detail" else request.path == url,
        }
        for name, label, is_open in pages
        if is_open
    ]


def _context(request: HttpRequest, firm: Enterprise) -> dict[str, Any]:
    keeps = keeps_register(request.user, firm.region_id)
    months = months_of_firm(firm)
    lanes = lanes_of(request, firm)
    entries, has_more = newest(lanes, NEWEST)
    figures = list(standing_figures(request, firm)[:MOST_FIGURES])
    return {
        "firm": firm,
        "tabs": tabs(request, firm),
        "facts": facts_of(firm),
        "doubt": doubt_about(firm.credit_code),
        "strip": months_strip(months),
        "months": _months(months),
        "branches": _branches(firm),
        "edit_url": reverse("enterprises:edit", args=[firm.credit_code]) if keeps else "",
        "pictures": pictures_of(firm, figures, urls_of(firm, figures)),
        "benefits": benefits_table(firm, MOST_BENEFITS),
        "picture": picture(lanes),
        "entries": entries,
        "has_more": has_more,
        "panels": panels_on(STAFF, request, firm),
    }


def _months(rows: Iterable[ScaleMonths]) -> Table:
    columns = [
        Column(_("Category"), "title"), Column(_("From month"), "date"), Column(_("To month"), "date"),
        Column(_("Source")), Column(_("Remark")),
    ]  # fmt: skip
    return Table(
        columns,
        [
            [
                row.get_category_display() or pgettext("category", "not said"),
                f"{row.first:%Y-%m}",
                f"{row.last:%Y-%m}" if row.last else _("goes on"),
                row.source or BLANK,
                row.note or BLANK,
            ]
            for row in rows
        ],
    )


def _branches(firm: Enterprise) -> list[dict[str, Any]]:
    rows = Enterprise.objects.filter(parent__in=firm.kin, survivor=None)
    return [
        {"name": row.name, "url": reverse("enterprises:detail", args=[row.credit_code])}
        for row in rows.order_by("credit_code")
    ]
