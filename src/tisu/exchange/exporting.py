"""Taking a list along: what the person sees under these filters, in the columns of the import. It is logged."""

import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tisu.accounts.gates import signature_for
from tisu.audit.record import record
from tisu.exchange.kinds import find_export
from tisu.foundation import clock
from tisu.foundation.sheets.declared import Column, Export
from tisu.foundation.sheets.writing import Cut, write_csv, write_xlsx

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@require_POST
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The list as a file. Its filters are those of the page: they stand in the query of the address."""
    found = find_export(code)
    if found is None or not found.allowed(request.user):
        raise Http404
    kind = request.POST.get("format", "xlsx")
    if kind not in FORMATS:
        raise Http404
    file, rows = taken_along(found, user=request.user, query=request.GET, kind=kind)
    return as_download(file, _file_name(found, rows, kind), FORMATS[kind])


def as_download(file: IO[bytes], name: str, kind: str) -> HttpResponse:
    """The file, to be saved and not shown. It is a few megabytes at the most (writing.MOST_ROWS)."""
    with file:
        answer = HttpResponse(file.read(), content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "no-store"
    return answer


def taken_along(found: Export, *, user: Any, query: QueryDict, kind: str) -> tuple[IO[bytes], Cut]:
    """The file, and how much is in it; both stand in the ledger with the filters."""
    columns = [column for column in found.columns if column.said]
    rows = Cut(_cells(found, columns, user, query))
    headers = [str(column.label) for column in columns]
    file = (
        write_xlsx(headers, rows, str(found.label)) if kind == "xlsx" else _spooled(write_csv(headers, rows))
    )
    record(
        act="export",
        about=str(found.label),
        actor=user,
        signed=signature_for(found.allowed, user) if user else "",
        rows=rows.written,
        cut=rows.is_cut,
        filters=query.urlencode(),
        format=kind,
    )
    return file, rows


def _cells(found: Export, columns: list[Column], user: Any, query: QueryDict) -> Iterator[list[Any]]:
    for thing in found.rows(user, query):
        yield [column.said(thing) for column in columns]


def _spooled(lines: Iterator[bytes]) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    file.writelines(lines)
    file.seek(0)
    return file


def _file_name(found: Export, rows: Cut, kind: str) -> str:
    cut = _(" (cut)") if rows.is_cut else ""
    return f"{found.label}-{clock.today().isoformat()}{cut}.{kind}"
