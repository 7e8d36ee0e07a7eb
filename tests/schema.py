"""What a database consists of, as text that two can be compared by: the order of columns and made-up names left out.

Nothing of the program is imported, so that the text of this file can be handed to another process.
"""

import re

# What SQLite keeps for itself, as the statistics that ANALYZE leaves, belongs to nobody's schema.
SQLITE = r"SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\'"
POSTGRESQL = """
    SELECT 'column', table_name, concat_ws(' ', column_name, data_type, character_maximum_length, is_nullable,
        column_default, is_identity)
    FROM information_schema.columns WHERE table_schema = current_schema()
    UNION ALL
    SELECT contype::text, conrelid::regclass::text, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
    UNION ALL
    SELECT 'index', tablename, regexp_replace(indexdef, 'INDEX \\S+_(uniq|key) ', 'INDEX ')
    FROM pg_indexes WHERE schemaname = current_schema()
    UNION ALL
    SELECT 'trigger', tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL
    SELECT 'function', proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
"""


def schema(connection):
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
        return sorted([kind, name, *_parts(kind, sql)] for kind, name, sql in cursor.fetchall())


def _parts(kind, sql):
    """SQLite keeps a table as the statement that made it: its columns and constraints, each for itself."""
    if kind != "table":
        return [sql]
    return sorted(re.split(r",\s*", sql[sql.index("(") + 1 : sql.rindex(")")]))
