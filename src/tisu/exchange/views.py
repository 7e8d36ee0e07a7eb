"""Importing: one page for all files, one for each kind, one for each file on its way."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tisu.exchange import steps
from tisu.exchange.exporting import FORMATS, as_download
from tisu.exchange.forms import ColumnsForm, FileForm, HeaderForm
from tisu.exchange.kinds import find_kind, kinds_for
from tisu.exchange.models import ImportRun, RunState
from tisu.exchange.papers import empty_sheet, sheet_of_refused
from tisu.exchange.receiving import receive
from tisu.exchange.running import AT_ONCE_BYTES, drive
from tisu.exchange.showing import context_of, listed
from tisu.exchange.staging import top_rows
from tisu.foundation.sheets.declared import Import
from tisu.foundation.sheets.opening import NoSheet


@never_cache
def imports(request: HttpRequest) -> HttpResponse:
    """The kinds that a person may import, and the files of these kinds, the newest first."""
    kinds = kinds_for(request.user)
    if not kinds:
        raise Http404
    return render(request, "exchange/imports.html", {"kinds": kinds} | listed(request))


@never_cache
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """What such a table holds, and the place to hand one in."""
    found = _kind(request, kind)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = _received(request, found, form.cleaned_data["file"])
        except NoSheet as fault:
            form.add_error("file", str(fault))
        else:
            return redirect("exchange:run", pk=run.pk)
    status = 422 if form.errors else 200
    return render(request, "exchange/new.html", {"kind": found, "form": form}, status=status)


def _received(request: HttpRequest, kind: Import, file) -> ImportRun:
    run = receive(file, name=file.name, kind=kind, by=request.user)
    return drive(run) if file.size <= AT_ONCE_BYTES else run


def _kind(request: HttpRequest, code: str) -> Import:
    kind = find_kind(code)
    if kind is None or not kind.allowed(request.user):
        raise Http404
    return kind


@never_cache
def empty(request: HttpRequest, kind: str) -> HttpResponse:
    """A sheet to fill in: the columns, and one line that shows how."""
    found = _kind(request, kind)
    return as_download(empty_sheet(found), f"{found.label}.xlsx", FORMATS["xlsx"])


@never_cache
def run(request: HttpRequest, pk: str) -> HttpResponse:
    """A file on its way: what it asks for now, and what is done with it."""
    row = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)
    if request.method != "POST":
        return _page(request, row)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    try:
        if refused := act(request, row):
            return refused
    except ValidationError as fault:
        return _page(request, ImportRun.objects.get(pk=pk), fault=fault.messages[0], status=409)
    row = ImportRun.objects.get(pk=pk)
    if row.rows <= FEW_ROWS:
        drive(row)
    return redirect("exchange:imports" if row.state == RunState.DROPPED else "exchange:run", **_where(row))


FEW_ROWS = 2_000  # a file of so many rows is dealt with while the person waits


def _where(row: ImportRun) -> dict:
    return {} if row.state == RunState.DROPPED else {"pk": row.pk}


def _page(request: HttpRequest, row: ImportRun, *, status: int = 200, **more) -> HttpResponse:
    return render(request, "exchange/run.html", context_of(request, row) | more, status=status)


def _columns(request: HttpRequest, row: ImportRun) -> HttpResponse | None:
    if row.state != RunState.READ:
        raise ValidationError(_("This file has moved on since you looked: look at it again."))
    form = ColumnsForm(request.POST, run=row, rows=top_rows(row))
    if form.is_valid():
        try:
            steps.say_columns(row, form.mapping())
        except ValidationError as fault:
            form.add_error(None, fault)
    return _page(request, row, columns=form, status=422) if form.errors else None


def _header(request: HttpRequest, row: ImportRun) -> HttpResponse | None:
    form = HeaderForm(request.POST)
    if form.is_valid():
        try:
            steps.point_at_header(row, *form.cleaned_data["rows"])
        except ValidationError as fault:
            form.add_error("rows", fault)
    return _page(request, row, header=form, status=422) if form.errors else None


def _sheet(request: HttpRequest, row: ImportRun) -> None:
    place = request.POST.get("sheet", "")
    steps.choose_sheet(row, int(place) if place.isascii() and place.isdigit() and len(place) < 6 else -1)


ACTS: dict[str, Callable[[HttpRequest, ImportRun], HttpResponse | None]] = {
    "columns": _columns,
    "header": _header,
    "sheet": _sheet,
    "map_anew": lambda request, row: steps.map_anew(row),
    "let_in": lambda request, row: steps.let_in(row, request.user),
    "take_back": lambda request, row: steps.take_back(row, request.user),
    "drop": lambda request, row: steps.drop(row),
}


@never_cache
def progress(request: HttpRequest, pk: str) -> HttpResponse:
    """What htmx asks for while the file is worked on; when it is no longer, the page is loaded anew."""
    row = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)
    if not request.htmx:
        return redirect("exchange:run", pk=row.pk)
    if not row.is_working:
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    return render(request, "exchange/parts/progress.html", context_of(request, row))


@require_POST
def refused(request: HttpRequest, pk: str) -> HttpResponse:
    """The refused rows as a sheet, each with what is wrong: to be mended there and handed in again."""
    row = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)
    return as_download(sheet_of_refused(row), _("refused") + ".xlsx", FORMATS["xlsx"])
