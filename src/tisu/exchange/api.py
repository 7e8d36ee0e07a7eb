"""Tables that come in over HTTP (architecture.md §2): what the page and the command line do, in one call."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from tisu.exchange.at_once import bring_in
from tisu.exchange.kinds import find_kind
from tisu.foundation.sheets.opening import NoSheet
from tisu.web.problem import problem

router = Router(tags=["tables"])


class RefusedItem(Schema):
    """`row` as the spreadsheet counts, from 1; `column` with its letter, "" where the row as a whole is at fault."""

    row: int
    column: str
    value: str
    mend: str


class BroughtIn(Schema):
    """`accepted` counts the rows that are in now, those that were the same before among them."""

    accepted: int
    refused: list[RefusedItem]


@router.post("/{table}/import", response=BroughtIn, summary="Bring in a sheet: XLSX, XLS, ODS or CSV")
def import_table(
    request: HttpRequest, table: str, file: File[UploadedFile], dry_run: bool = False
) -> Status | HttpResponse:
    """`table` is `enterprises` or another one that the caller may import. Good rows come in, and twice is once.

    With `dry_run` it says what would become of each row, and nothing is kept. 422 for a file that cannot be read, is
    empty or has none of the columns.
    """
    kind = find_kind(table)
    if kind is None or not kind.allowed(request.user):
        return problem(404, _("There is no such table, or it is not yours to import."))
    try:
        brought = bring_in(file, name=file.name, kind=kind, by=request.user, trial=dry_run)
    except NoSheet as fault:
        return problem(422, str(fault), errors={"file": [str(fault)]})
    return Status(200, {"accepted": brought.accepted, "refused": brought.refused})
