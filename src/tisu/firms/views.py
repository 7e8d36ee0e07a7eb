"""The firm's own side. Whoever acts for one firm goes straight there; who acts for several chooses.

A firm that one does not act for is not there, for staff too: they have a page of their own.
"""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tisu.documents.fields import papers_sent
from tisu.enterprises.models import Enterprise, compact_credit_code
from tisu.enterprises.noted import write_down
from tisu.enterprises.panels import OWN, lanes_of, newest, panels_on, picture
from tisu.firms.forms import AskForm, CorrectionForm
from tisu.firms.held import held_about, workbook
from tisu.firms.models import Sort
from tisu.firms.services import firms_of, raise_ask
from tisu.loop.faults import NotVisible, Refusal
from tisu.web.tables import BLANK, Column, Table
from tisu.web.templatetags.web import iso_date

NEWEST, SHOWN = 5, 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Straight to the firm, or a choice of several."""
    firms = list(firms_of(request.user).order_by("name", "pk"))
    if not firms:
        raise Http404
    if len(firms) == 1:
        return redirect("firms:side", code=firms[0].credit_code)
    return render(request, "firms/choose.html", {"firms": firms})


@never_cache
@require_safe
def side(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that rooms show a firm of itself: what waits for its word first."""
    firm = own_firm(request, code)
    lanes = lanes_of(request, firm)
    entries, has_more = newest(lanes, NEWEST)
    context = {
        "firm": firm,
        "acts_for_several": firms_of(request.user).count() > 1,
        "panels": panels_on(OWN, request, firm),
        "picture": picture(lanes),
        "entries": entries,
        "has_more": has_more,
    }
    return render(request, "firms/side.html", context)


@never_cache
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the firm needs: one question, and it has a number and a way."""
    return _asking(request, own_firm(request, code), AskForm, Sort.NEED, "firms/ask.html")


@never_cache
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Ask that what is kept about the firm be corrected: a matter like any other, with a date."""
    return _asking(request, own_firm(request, code), CorrectionForm, Sort.CORRECTION, "firms/correct.html")


def _asking(
    request: HttpRequest, firm: Enterprise, form_class: type, sort: str, template: str
) -> HttpResponse:
    form = form_class(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        for fault in papers_sent(request).faults:
            form.add_error("documents", fault)
        if form.is_valid() and (answer := _raised(request, firm, form, sort)):
            return answer
    status = 422 if form.errors else 200
    return render(request, template, {"firm": firm, "form": form}, status=status)


def _raised(request: HttpRequest, firm: Enterprise, form: AskForm, sort: str) -> HttpResponse | None:
    try:
        raised = raise_ask(user=request.user, firm=firm, sort=sort, **form.cleaned_data)
    except NotVisible as gone:
        raise Http404 from gone
    except Refusal as refusal:
        form.tell(refusal)
        return None
    messages.success(request, _("It is registered as %(number)s.") % {"number": raised.matter.number})
    return redirect("loop:matter", number=raised.matter.number)


@never_cache
@require_safe
def held(request: HttpRequest, code: str) -> HttpResponse:
    """What is held about the firm, table by table; all rows are in the workbook."""
    firm = own_firm(request, code)
    tables = [
        {
            "label": each.record.label,
            "table": Table(
                [Column(label) for label in each.record.columns], [_row(row) for row in each.rows[:SHOWN]]
            ),
            "more": max(len(each.rows) - SHOWN, 0),
        }
        for each in held_about(request, firm)
    ]
    return render(request, "firms/held.html", {"firm": firm, "tables": tables})


@never_cache
@require_POST
@transaction.atomic
def take_along(request: HttpRequest, code: str) -> HttpResponse:
    """The same as a file; that it was taken along stands in the ledger."""
    firm = own_firm(request, code)
    with workbook(request, firm) as file:
        answer = HttpResponse(file.read(), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{firm.credit_code}.xlsx"'
    write_down(request.user, "take-along-own", firm.credit_code)
    return answer


def own_firm(request: HttpRequest, code: str) -> Enterprise:
    """The firm that answers to this code, for whoever acts for it today."""
    rows = firms_of(request.user).for_rows().select_related("parent__survivor", "park")
    firm = rows.answering_to(compact_credit_code(code)).first()
    if firm is None:
        raise Http404
    return firm


def _row(row: tuple[Any, ...]) -> list[Any]:
    return [
        BLANK if value in (None, "") else iso_date(value) if hasattr(value, "isoformat") else value
        for value in row
    ]
