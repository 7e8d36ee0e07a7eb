"""Taking one due row, so that two workers never hold the same one."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models, transaction


@contextmanager
def one_due(rows: models.QuerySet) -> Iterator[models.Model | None]:
    """The first of these rows, held in a transaction of its own until the block ends; None when none is free.

    On PostgreSQL the row is locked and others skip it; on SQLite the transaction is IMMEDIATE and nobody else
    writes meanwhile. Either way the block makes the row no longer due before it ends, in a few milliseconds:
    whoever needs longer (a letter to send) writes a time until when the row is taken, and comes back.
    """
    if (
        not rows.exists()
    ):  # an idle worker asks every second: without a lock, which on SQLite is the whole file
        yield None
        return
    with transaction.atomic():
        yield rows.select_for_update(skip_locked=True, of=("self",)).first()
