"""Where attempts to sign in are counted: Django's cache in the database, which here forgets and does not hide."""

from collections.abc import Callable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError, connections, router
from django.utils import timezone


class FrankDatabaseCache(DatabaseCache):
    """Rows go when their time is over, and a database that cannot write is said to be so.

    Django's own keeps expired rows until there are many, and answers a locked database like a key that is
    taken: a person would be told of too many attempts that were never made.
    """

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        connection, faults = connections[router.db_for_write(self.cache_model_class)], []

        def watch(execute: Callable, *call: Any) -> Any:
            try:
                return execute(*call)
            except OperationalError as fault:
                faults.append(fault)
                raise

        self._forget_expired(connection)
        with connection.execute_wrapper(watch):
            done = super()._base_set(mode, key, value, timeout)
        if faults:
            raise faults[0]
        return done

    def _forget_expired(self, connection: Any) -> None:
        table = connection.ops.quote_name(self._table)
        now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])
