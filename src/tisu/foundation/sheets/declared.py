"""What a room declares of its tables: columns, what can be imported, what can be exported.

A column has one name in both directions, so that what was exported can be imported again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Model, ProtectedError, RestrictedError
from django.http import QueryDict
from django.utils.translation import gettext as _

from tisu.foundation.sheets.values import Reader, text

USUAL_BATCH = 500


@dataclass(frozen=True)
class Column:
    """`label` heads it on export; `names` are what offices write instead. `said(thing)` is the cell on export.

    What a sheet leaves empty, or has no column for, stays as it is registered. A `required` column must be there, and
    each of its cells filled unless it `may_be_empty`: then `take` judges.
    """

    code: str
    label: Any
    names: tuple[str, ...] = ()
    read: Reader = field(default_factory=lambda: text(200))
    required: bool = False
    may_be_empty: bool = False
    said: Callable[[Any], Any] | None = None
    example: str = ""


@dataclass(frozen=True)
class Sitting:
    """Who imports, where, when and from what. `trial` is true for a preview: all of it is rolled back."""

    actor: Any
    region: str
    today: date
    source: str
    trial: bool = False


@dataclass(frozen=True)
class Taken:
    """What became of a row: the key of its thing, whether that is new, and what stood there before."""

    pk: int | None
    is_new: bool = False
    before: dict[str, Any] | None = None

    @property
    def is_unchanged(self) -> bool:
        return not self.is_new and not self.before


@dataclass(frozen=True)
class Refused:
    """A row that cannot be taken: for each fault the column's code ("" for the row) and a sentence."""

    faults: tuple[tuple[str, str], ...]


Outcome = Taken | Refused
Row = dict[str, Any]


@dataclass(frozen=True)
class Import:
    """`take` takes a batch of rows and says of each what became of it; it runs in a transaction of its caller.

    Taking a row twice changes nothing the second time. `undo` takes back what one file brought, newest first: for
    each a sentence that says why it stays, or "". `key` names the columns that say which thing a row is about.
    What is `private` is shown to nobody but whoever hands it in, and no cell of it is kept once it is in.
    """

    code: str
    label: Any
    columns: Sequence[Column]
    allowed: Callable[[Any], bool]
    take: Callable[[Sequence[Row], Sitting], Sequence[Outcome]]
    undo: Callable[[Sequence[Taken], Sitting], Sequence[str]]
    key: tuple[str, ...]
    note: Any = ""
    batch: int = USUAL_BATCH
    order: int = 50
    private: bool = False

    @cached_property
    def by_code(self) -> dict[str, Column]:
        return {column.code: column for column in self.columns}


@dataclass(frozen=True)
class Export:
    """A list that can be taken along. `rows(user, query)` are the things the user sees under these filters.

    Without a user it is whoever has the machine, who takes all of it; what is `by_persons_only` is not for them.
    """

    code: str
    label: Any
    columns: Sequence[Column]
    allowed: Callable[[Any], bool]
    rows: Callable[[Any, QueryDict], Iterable[Any]]
    by_persons_only: bool = False


def one_by_one(
    take_row: Callable[[Row, Sitting], Taken],
) -> Callable[[Sequence[Row], Sitting], list[Outcome]]:
    """A batch whose rows are taken each on its own: what one refuses with a ValidationError leaves the others alone."""

    def take(rows: Sequence[Row], sitting: Sitting) -> list[Outcome]:
        return [_taken(row, sitting) for row in rows]

    def _taken(row: Row, sitting: Sitting) -> Outcome:
        try:
            with transaction.atomic():
                return take_row(row, sitting)
        except ValidationError as fault:
            return Refused(faults_of(fault))

    return take


def faults_of(fault: ValidationError) -> tuple[tuple[str, str], ...]:
    if not hasattr(fault, "error_dict"):
        return tuple(("", message) for message in fault.messages)
    return tuple(
        ("" if name == NON_FIELD_ERRORS else name, message)
        for name, messages in fault.message_dict.items()
        for message in messages
    )


def undone_one_by_one(
    undo_row: Callable[[Taken, Sitting], str],
) -> Callable[[Sequence[Taken], Sitting], list[str]]:
    """Each row taken back on its own: what refuses with a ValidationError stays, and says why."""

    def undo(batch: Sequence[Taken], sitting: Sitting) -> list[str]:
        return [_undone(taken, sitting) for taken in batch]

    def _undone(taken: Taken, sitting: Sitting) -> str:
        try:
            with transaction.atomic():
                return undo_row(taken, sitting)
        except ValidationError as fault:
            return " ".join(fault.messages)

    return undo


def take_away(model: type[Model], pk: int | None) -> str:
    """Delete what an import made, where nothing hangs on it yet; otherwise the sentence that says why it stays."""
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=pk).delete()
    except (ProtectedError, RestrictedError):
        return _("It is in use already and stays: end it where it is kept.")
    return ""


def called(*names: str, like: str = "") -> dict[str, Any]:
    """The Han part of a column: what offices write above it, and an example. For `Column(…, **called(…))`."""
    return {"names": names, "example": like}
