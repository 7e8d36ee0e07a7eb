"""Demonstration accounts where they must not be: everyone knows their password."""

from collections.abc import Iterable, Iterator
from contextlib import closing

from django.db import DatabaseError
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.foundation.occupant import is_without_file, reading

MOST_NAMED = 10


def strays_at_the_start() -> Iterator[str]:
    """The same, asked before anything runs: over a connection of its own that can only read.

    A database that does not answer is for others to report.
    """
    if is_without_file():
        return
    asked = f"SELECT username FROM {User._meta.db_table} WHERE is_demonstration AND is_active"
    try:
        with closing(reading()) as connection, connection.cursor() as cursor:
            cursor.execute(asked)
            names = [name for (name,) in cursor.fetchall()]
    except DatabaseError:
        return
    yield from strays(names)


def strays(names: Iterable[str]) -> Iterator[str]:
    """A sentence when demonstration accounts can sign in to a real installation."""
    if names := sorted(names):
        sentence = _("Demonstration accounts with a public password exist here: %(names)s. Lock them.")
        yield sentence % {"names": ", ".join(names[:MOST_NAMED])}


def demonstrators() -> Iterable[str]:
    return User.objects.filter(is_demonstration=True, is_active=True).values_list("username", flat=True)
