"""Bringing what is sealed under the newest key, so that an older one can be retired.

Only sealed texts: a keyed digest cannot be made anew without what it was made of, and a derived seal not
without its secret. A ledger is never rewritten, not even to seal the same text anew: its seals keep their key,
and the key stays in the ring for as long as the ledger does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from tisu.foundation.ciphers import SealBroken
from tisu.foundation.ringfile import key_ring
from tisu.foundation.sealed import UNDER_RING, sealed_anew
from tisu.foundation.sealuses import Column, columns

BATCH = 200  # rows of a transaction: a writer never waits long


@dataclass(frozen=True)
class Progress:
    """So far in one column: rows sealed anew, and the keys of rows that do not open."""

    column: Column
    done: int
    left: int
    broken: tuple[Any, ...] = ()


def reseal(batch: int = BATCH) -> Iterator[Progress]:
    """Seal every sealed text outside the ledgers under the newest key; tells after each batch how far it is.

    What is under the newest key already is passed over, so an interrupted run is finished by the next one. A
    row that does not open is left as it is.
    """
    for column in columns():
        if column.is_sealed_text and not column.is_ledger:
            yield from _reseal(column, batch)


def kept_in_ledgers() -> Iterator[tuple[Column, int]]:
    """The sealed texts that stay under an older key because they stand in a ledger."""
    for column in columns():
        if column.is_sealed_text and column.is_ledger and (rows := _older(column).count()):
            yield column, rows


def _reseal(column: Column, batch: int) -> Iterator[Progress]:
    todo = _older(column).order_by("pk")
    left, done, last, broken = todo.count(), 0, None, []
    while rows := list(_after(todo, last)[:batch].values_list("pk", column.field.attname)):
        with transaction.atomic():
            for key, blob in rows:
                try:
                    done += _replace(column, key, bytes(blob))
                except SealBroken:
                    broken.append(key)
        last, left = rows[-1][0], max(left - len(rows), 0)
        yield Progress(column, done, left, tuple(broken))


def _older(column: Column) -> models.QuerySet:
    newest = UNDER_RING + key_ring().newest("field").id
    return column.with_head().exclude(head=newest)


def _after(rows: models.QuerySet, last: Any) -> models.QuerySet:
    return rows if last is None else rows.filter(pk__gt=last)


def _replace(column: Column, key: Any, blob: bytes) -> int:
    """Only while the row still holds what was read: whoever writes at the same time is not overwritten.

    The column alone is written, past `save()` and its `auto_now` fields: nothing about the row has changed.
    """
    name = column.field.attname
    anew = sealed_anew(blob, context=column.field.context_at(column.model._meta.db_table, key))
    return column.rows().filter(pk=key, **{name: blob}).update(**{name: anew})
