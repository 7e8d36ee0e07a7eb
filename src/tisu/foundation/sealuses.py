"""Which keys are in use, and where: read from the heads of what is sealed and of keyed digests.

Every column is found by its field, in the models of every app: nobody lists them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models.functions import Substr

from tisu.foundation.appendonly import AppendOnlyModel, ErasableModel
from tisu.foundation.digests import MARK, KeyedDigestField
from tisu.foundation.keyring import ID, Key
from tisu.foundation.sealed import (
    HEAD,
    UNDER_RING,
    DerivedSealField,
    SealBroken,
    SealedTextField,
    key_of,
    open_sealed,
)


@dataclass(frozen=True)
class Column:
    """A column that holds something made with a key of the ring."""

    model: type[models.Model]
    field: models.Field

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}.{self.field.column}"

    @property
    def is_ledger(self) -> bool:
        """Whether its rows stay as they were written, or may at most be emptied."""
        return issubclass(self.model, (AppendOnlyModel, ErasableModel))

    @property
    def is_sealed_text(self) -> bool:
        return isinstance(self.field, SealedTextField)

    def rows(self) -> models.QuerySet:
        """All rows, whatever the model's own manager shows of them."""
        return models.QuerySet(self.model).exclude(**{f"{self.field.attname}__isnull": True})

    def with_head(self) -> models.QuerySet:
        """Rows with the `head` of what they hold: of a seal, or of a keyed digest with its mark."""
        length = 2 * ID + len(MARK) if isinstance(self.field, KeyedDigestField) else HEAD
        kind = models.CharField() if isinstance(self.field, KeyedDigestField) else models.BinaryField()
        return self.rows().annotate(head=Substr(self.field.attname, 1, length, output_field=kind))


@dataclass(frozen=True)
class Use:
    """So many rows of a column under one key; `key_id` None: a digest from before digests named their pepper."""

    column: Column
    key_id: bytes | None
    rows: int

    def is_of(self, key: Key) -> bool:
        return self.key_id == key.id or (self.key_id is None and key.purpose == "pepper" and key.made is None)


def columns() -> list[Column]:
    """Every column of the house that depends on the key ring."""
    kinds = (SealedTextField, DerivedSealField, KeyedDigestField)
    return [
        Column(model, field)
        for model in apps.get_models()
        if not model._meta.proxy
        for field in model._meta.local_fields
        if isinstance(field, kinds)
    ]


def uses() -> Iterator[Use]:
    """How many rows of each column stand under which key. Reads every such column once."""
    for column in columns():
        counted = column.with_head().order_by().values("head").annotate(rows=models.Count("pk"))
        for row in counted.values_list("head", "rows"):
            yield Use(column, _key_id(row[0]), row[1])


def uses_of(key: Key) -> list[Use]:
    return [use for use in uses() if use.is_of(key)]


def opens(use: Use) -> bool:
    """Whether the first row of this use opens under its key. What it says is told to nobody.

    A key in the ring with the right id and other bytes opens nothing. Only sealed texts can be tried: a digest
    opens nowhere, and a derived seal under its caller's secret alone.
    """
    column, head = use.column, UNDER_RING + (use.key_id or b"")
    name = column.field.attname
    row = column.with_head().filter(head=head).order_by("pk").values_list("pk", name).first()
    try:
        if row:
            open_sealed(row[1], context=column.field.context_at(column.model._meta.db_table, row[0]))
    except (SealBroken, UnicodeDecodeError):
        return False
    return True


def _key_id(head: str | bytes | memoryview) -> bytes | None:
    """None for a digest without the mark."""
    if not isinstance(head, str):
        return key_of(head)
    return bytes.fromhex(head[: -len(MARK)]) if head.endswith(MARK) else None
