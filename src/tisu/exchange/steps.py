"""What a person does with a file: says what its columns are, lets it in, takes it back, drops it."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.gates import signature_for
from tisu.exchange.forgetting import UNTIL_FORGOTTEN
from tisu.exchange.kinds import kind_of
from tisu.exchange.models import ImportRun, RunState
from tisu.exchange.moves import CARRY, CHECK, DROP, MAP_ANEW, READ_ANEW, UNDO, TooLate, take_along
from tisu.exchange.rows import missing_columns
from tisu.exchange.staging import header_of, keep_mapping
from tisu.foundation import clock

FROM_THE_CHECK = ("skipped", "refused")  # counts that stand whatever comes in


@transaction.atomic
def say_columns(run: ImportRun, mapping: Sequence[str]) -> None:
    """What each column is. Remembered for the next sheet with the same header."""
    kind = kind_of(run.kind)
    given = [code for code in mapping if code]
    for code in given:
        if given.count(code) > 1:
            raise ValidationError(
                _("“%(column)s” is chosen for two columns: choose it once.")
                % {"column": kind.by_code[code].label}
            )
    if missing := missing_columns(kind, mapping):
        raise ValidationError(
            _("One thing is missing: choose the column that holds “%(column)s”.") % {"column": missing[0]}
        )
    _along(run, CHECK, mapping=list(mapping))
    keep_mapping(run)


@transaction.atomic
def choose_sheet(run: ImportRun, place: int) -> None:
    """Another sheet of the same file is read."""
    if not 0 <= place < len(run.sheets):
        raise ValidationError(_("There is no such sheet in this file."))
    _along(run, READ_ANEW, sheet=place)


def point_at_header(run: ImportRun, first: int, last: int) -> None:
    """The header stands elsewhere than was guessed: rows counted from 0."""
    header = header_of(run, first, last) if 0 <= first <= last <= first + 1 else None
    if header is None:
        raise ValidationError(_("The header is one row of the sheet, or two rows that follow each other."))
    if run.state != RunState.READ:
        raise ValidationError(_too_late())
    run.first, run.last = header.first, header.last
    run.names, run.mapping = list(header.names), list(header.mapping)
    run.save(update_fields=["first", "last", "names", "mapping"])


@transaction.atomic
def map_anew(run: ImportRun) -> None:
    _along(run, MAP_ANEW)


@transaction.atomic
def let_in(run: ImportRun, by: Any) -> None:
    """Bring in every row that was not refused. Whoever says so answers for it."""
    counts = {what: n for what, n in run.counts.items() if what in FROM_THE_CHECK}
    _along(run, CARRY, counts=counts, **_signed(run, by))


@transaction.atomic
def take_back(run: ImportRun, by: Any) -> None:
    """Take back what the file brought, as far as nothing has been built on it since."""
    if run.ended_at and run.ended_at < clock.now() - UNTIL_FORGOTTEN:
        raise ValidationError(
            _("This file came in more than %(days)s days ago: what stood there before is no longer known.")
            % {"days": UNTIL_FORGOTTEN.days}
        )
    _along(run, UNDO, **_signed(run, by))


@transaction.atomic
def drop(run: ImportRun) -> None:
    """Forget the file and its rows: nothing of it has come in."""
    _along(run, DROP, ended_at=clock.now(), file="")
    run.staged.all().delete()
    storages["sheets"].delete(f"{run.pk}.sheet")


def _signed(run: ImportRun, by: Any) -> dict[str, Any]:
    return {"by": by, "signed": signature_for(kind_of(run.kind).allowed, by)[:120]} if by else {}


def _along(run: ImportRun, step: Any, **facts: Any) -> None:
    try:
        take_along(run, step, **facts)
    except TooLate:
        raise ValidationError(_too_late()) from None


def _too_late() -> str:
    return _("This file has moved on since you looked: look at it again.")
