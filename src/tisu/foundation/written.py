"""A mark of the database that is another one whenever somebody else may have written since."""

from django.db import connection

MARKS = {
    # Counts what other connections committed.
    "sqlite": "PRAGMA data_version",
    # Names the transactions under way, and the next one: it changes as each that writes begins, and as it ends.
    "postgresql": "SELECT pg_current_snapshot()::text",
}


def written_mark() -> str:
    """Asked without a transaction; it costs next to nothing, and says nothing of what this connection wrote itself."""
    with connection.cursor() as cursor:
        cursor.execute(MARKS[connection.vendor])
        return str(cursor.fetchone()[0])
