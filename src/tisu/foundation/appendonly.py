"""Ledgers: rows that are written once. Their query sets refuse update and delete, and so do the rows.

On PostgreSQL the database refuses too (foundation/triggers.py), whoever asks.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, NoReturn

from django.db import models


class LedgerIsAppendOnly(Exception):
    """Someone tried to change or remove what a ledger recorded."""


class AppendOnlyQuerySet(models.QuerySet):
    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerIsAppendOnly(f"{self.model.__name__} is a ledger: add a new entry instead.")

    update = delete = bulk_update = update_or_create = _refuse


class WrittenOnce(models.Model):
    """A row that is never saved a second time and never deleted."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LedgerIsAppendOnly(
                f"{type(self).__name__} {self.pk} is a ledger entry and stays as written."
            )
        super().save(*args, **(kwargs | {"force_insert": True}))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerIsAppendOnly(f"{type(self).__name__} {self.pk} is a ledger entry and stays as written.")


class AppendOnlyModel(WrittenOnce):
    """Base of every ledger. Foreign keys from a ledger protect what they name."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"


class ErasableModel(WrittenOnce):
    """Base of what is written once and may be emptied once, under a rule, and never changed.

    What ledger entries say, apart from them; and words that stand beside facts which stay.
    `EMPTIED` names the column that becomes null, then the others that change with it.
    """

    EMPTIED: ClassVar[tuple[str, ...]]

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Witness:
    """What a ledger's rows bear out of another table: `of` is the key to it, `state` and `version` the columns
    that repeat its state and its version. No row there takes a state that no row here tells of."""

    of: str
    state: str
    version: str
