"""The files that came in so far, as a sheet."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tisu.exchange.kinds import kind_of, kinds_for
from tisu.exchange.models import ImportRun, RunState
from tisu.exchange.showing import brief
from tisu.foundation.sheets.declared import Column, Export
from tisu.foundation.signatures import as_read

AT_ONCE = 500


def _rows(user: Any, query: QueryDict) -> Iterator[ImportRun]:
    rows = ImportRun.objects.visible_to(user).exclude(state=RunState.DROPPED)
    yield from rows.iterator(chunk_size=AT_ONCE)


RUNS_OUT = Export(
    code="imports",
    label=_("Files so far"),
    columns=(
        Column("file", _("File"), said=lambda run: run.file_name),
        Column("kind", _("Table"), said=lambda run: str(kind_of(run.kind).label)),
        Column("state", _("State"), said=lambda run: str(run.get_state_display())),
        Column("rows", _("Rows"), said=lambda run: brief(run)),
        Column("by", _("By"), said=lambda run: str(as_read(run.signed))),
        Column(
            "began", _("Handed in"), said=lambda run: f"{timezone.localtime(run.began_at):%Y-%m-%d %H:%M}"
        ),
    ),
    allowed=lambda user: bool(kinds_for(user)),
    rows=_rows,
    by_persons_only=True,
)
