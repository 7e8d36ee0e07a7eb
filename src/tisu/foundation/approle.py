"""The application's own role on PostgreSQL: it reads and writes what pages need, and changes no ledger.

Migrations run as the owner of the tables. The rights are given anew after each of them when TISU_APP_ROLE names
the role, and at any time by `tisu approle`.
"""

from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from tisu.foundation.triggers import erasables, ledgers

READ_ONLY = frozenset({"django_migrations"})


class NoSuchRole(Exception):
    """PostgreSQL does not know the role."""


def keep(using: str, **signal: Any) -> None:
    """After a migration: new tables are within the role's reach at once."""
    connection = connections[using]
    if settings.APP_ROLE and connection.vendor == "postgresql" and "plan" in signal:
        grant(settings.APP_ROLE, connection)


def grant(role: str, connection: BaseDatabaseWrapper) -> None:
    """Give the role exactly what the application needs. Raises NoSuchRole."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema(), EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
        schema, exists = cursor.fetchone()
        if not exists:
            raise NoSuchRole(role)
        cursor.execute(" ".join(_statements(role, schema, connection)))


def _statements(role: str, schema: str, connection: BaseDatabaseWrapper) -> list[str]:
    quote = connection.ops.quote_name
    role, schema = quote(role), quote(schema)
    tables = sorted(connection.introspection.table_names())
    return [
        f"GRANT USAGE ON SCHEMA {schema} TO {role};",
        *(f"REVOKE ALL ON {quote(table)} FROM {role};" for table in tables),
        *(f"GRANT {rights} ON {quote(table)} TO {role};" for table, rights in _rights(tables, quote).items()),
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role};",
        f"GRANT EXECUTE ON FUNCTION tisu_settled_key(text, text) TO {role};",
    ]


def _rights(tables: list[str], quote: Any) -> dict[str, str]:
    rights = dict.fromkeys(tables, "SELECT, INSERT, UPDATE, DELETE")
    special = dict.fromkeys(READ_ONLY, "SELECT")
    special |= {model._meta.db_table: "SELECT, INSERT" for model in ledgers()}
    for model in erasables():
        emptied = ", ".join(quote(model._meta.get_field(name).column) for name in model.EMPTIED)
        special[model._meta.db_table] = f"SELECT, INSERT, UPDATE ({emptied})"
    return {table: special.get(table, standard) for table, standard in rights.items()}
