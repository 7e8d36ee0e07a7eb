"""Taking one due row, so that two workers never hold the same one."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, models, transaction


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


class Aside:
    """Rows that this process failed at: they rest for an hour, and the ones behind them get their turn.

    The fault itself is raised on, so that the worker counts and logs it. A busy database is nobody's fault.
    """

    REST = 3600.0  # seconds

    def __init__(self) -> None:
        self._until: dict[int, float] = {}

    @property
    def keys(self) -> list[int]:
        return [key for key, until in self._until.items() if until > time.monotonic()]

    @contextmanager
    def unless_it_fails(self, key: int) -> Iterator[None]:
        try:
            yield
        except OperationalError:
            raise
        except Exception:  # whatever is wrong with this row must not hold up the others
            self._until[key] = time.monotonic() + self.REST
            raise
