"""What the worker forgets of signing in: sessions that have ended, codes and resets that nobody used in time."""

from django.db.models import QuerySet

from tisu.accounts.models import OpenSession
from tisu.accounts.resets import spent_resets
from tisu.accounts.text_codes import spent_codes


def _spent() -> tuple[QuerySet, ...]:
    return OpenSession.objects.expired(), spent_resets(), spent_codes()


def count_spent() -> int:
    return sum(rows.count() for rows in _spent())


def forget_spent() -> bool:
    """One round. False when there was nothing."""
    return any(rows.exists() and rows.delete()[0] for rows in _spent())
