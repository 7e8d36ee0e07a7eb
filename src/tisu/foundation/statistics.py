"""What a database knows of its own tables, from which it chooses by which index to go."""

from django.db import connection

ROWS = 1000  # of each index that are looked at: enough to choose by, a moment's work at any size


def refresh_statistics() -> None:
    """PostgreSQL keeps its own. SQLite has none until it is told to look, and then goes by guesses: at 100,000 matters a
    list took twice as long by them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {ROWS}")
            cursor.execute("ANALYZE")
