"""What the pages of an import show."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.exchange.forms import ColumnsForm, HeaderForm, letters
from tisu.exchange.kinds import find_kind, kind_of
from tisu.exchange.models import Finding, ImportRun, RunState
from tisu.exchange.receiving import same_file_before
from tisu.exchange.staging import top_rows
from tisu.foundation.heartbeat import somebody_works
from tisu.foundation.signatures import as_read
from tisu.web.tables import Cell, Column, Table
from tisu.web.templatetags.web import han_moment

RECENT = 50
ON_A_PAGE = 50
COUNTS = (
    ("new", gettext_lazy("new"), gettext_lazy("new")),
    ("changed", gettext_lazy("to be changed"), gettext_lazy("changed")),
    ("same", gettext_lazy("already so"), gettext_lazy("already so")),
    ("refused", gettext_lazy("refused"), gettext_lazy("refused")),
    ("skipped", gettext_lazy("not rows of the table"), gettext_lazy("not rows of the table")),
    ("taken_back", "", gettext_lazy("taken back")),
    ("kept", "", gettext_lazy("could not be taken back")),
)  # fmt: skip
WORDS = {
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("to be changed"),
    "same": gettext_lazy("already so"),
}


def listed(request: HttpRequest) -> dict[str, Any]:
    runs = ImportRun.objects.visible_to(request.user).exclude(state=RunState.DROPPED)
    rows = [
        (
            Cell(run.file_name, reverse("exchange:run", args=[run.pk])),
            kind_of(run.kind).label,
            run.get_state_display(),
            brief(run),
            as_read(run.signed) or "—",
            han_moment(run.began_at),
        )
        for run in runs[:RECENT]
    ]
    columns = [Column(_("File"), "title"), Column(_("Table")), Column(_("State"), "word"), Column(_("Rows")),
               Column(_("By")), Column(_("Handed in"), "date")]  # fmt: skip
    return {"table": Table(columns, rows)}


def brief(run: ImportRun) -> str:
    counts = [f"{said} {run.counts[code]}" for code, _before, said in COUNTS if run.counts.get(code)]
    return " · ".join(counts) or "—"


def context_of(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    """Everything that the page of a file may show, by its state."""
    context: dict[str, Any] = {
        "run": run,
        "kind": find_kind(run.kind),
        "counts": counts_of(run),
        "before": same_file_before(run) if run.state in (RunState.READ, RunState.CHECKED) else None,
        "is_worked_on": not run.is_working or somebody_works(),
    }
    if run.state == RunState.READ:
        rows = top_rows(run)
        context |= {"columns": ColumnsForm(run=run, rows=rows), "header": _header_form(run)}
    if run.state in (RunState.CHECKED, RunState.DONE, RunState.UNDONE):
        context |= findings(request, run) | {"understood": understood(run)}
    return context


def _header_form(run: ImportRun) -> HeaderForm:
    rows = f"{run.first + 1}" if run.first == run.last else f"{run.first + 1}-{run.last + 1}"
    return HeaderForm(initial={"rows": rows})


def counts_of(run: ImportRun) -> list[dict[str, Any]]:
    """The figures of the preview, or of what has come in."""
    is_over = run.state not in (RunState.CHECKED, RunState.CHECKING)
    return [
        {"label": after if is_over else before, "value": run.counts[code], "code": code}
        for code, before, after in COUNTS
        if run.counts.get(code)
    ]


def findings(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    page = Paginator(run.findings.all(), ON_A_PAGE).get_page(request.GET.get("page"))
    labels = {column.code: column.label for column in kind_of(run.kind).columns}
    places = {code: letters(place) for place, code in enumerate(run.mapping) if code}
    rows = [
        (
            row_words(found.number),
            f"{places.get(found.column, '')} {labels.get(found.column, '')}".strip() or "—",
            found.value or "—",
            in_words(found),
        )
        for found in page
    ]
    columns = [Column(_("Row"), "word"), Column(_("Column")), Column(_("Written there")),
               Column(_("What is wrong, and what to do"))]  # fmt: skip
    return {
        "findings": Table(columns, rows),
        "page": page,
        "refused": run.counts.get("refused", 0) if run.staged.exists() else 0,
    }


def row_words(number: int) -> str:
    """The row as the spreadsheet counts it."""
    return _("row %(n)s") % {"n": number + 1}


def in_words(found: Finding) -> str:
    if found.what == Finding.What.REFUSED:
        return found.sentence
    return _("%(what)s: %(sentence)s") % {"what": found.get_what_display(), "sentence": found.sentence}


def understood(run: ImportRun) -> Table | None:
    """The first rows as they were understood."""
    kind = kind_of(run.kind)
    codes = [code for code in run.mapping if code]
    if not run.sample:
        return None
    columns = [
        Column(_("Row"), "word"),
        *(Column(kind.by_code[code].label) for code in codes),
        Column(_("Outcome")),
    ]
    rows = [
        (
            row_words(row["number"]),
            *(row["values"].get(code) or "—" for code in codes),
            WORDS.get(row["what"], ""),
        )
        for row in run.sample
    ]
    return Table(columns, rows)
