"""The search table, and beside it what finds quickly: a full-text table on SQLite, an index on PostgreSQL."""

from django.db import migrations, models

# The full-text table holds no text of its own (content=): it reads `tokens` of the entry. The triggers are
# those of the SQLite manual for such tables.
SQLITE = (
    """
    CREATE VIRTUAL TABLE foundation_search_fts USING fts5(
        tokens, content='foundation_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0', detail=none, columnsize=0
    )
    """,
    """
    CREATE TRIGGER foundation_search_insert AFTER INSERT ON foundation_searchentry BEGIN
        INSERT INTO foundation_search_fts(rowid, tokens) VALUES (new.id, new.tokens);
    END
    """,
    """
    CREATE TRIGGER foundation_search_delete AFTER DELETE ON foundation_searchentry BEGIN
        INSERT INTO foundation_search_fts(foundation_search_fts, rowid, tokens)
        VALUES ('delete', old.id, old.tokens);
    END
    """,
    """
    CREATE TRIGGER foundation_search_update AFTER UPDATE ON foundation_searchentry BEGIN
        INSERT INTO foundation_search_fts(foundation_search_fts, rowid, tokens)
        VALUES ('delete', old.id, old.tokens);
        INSERT INTO foundation_search_fts(rowid, tokens) VALUES (new.id, new.tokens);
    END
    """,
)
POSTGRESQL = (
    """
    CREATE INDEX foundation_search_tokens ON foundation_searchentry
    USING gin (array_to_tsvector(string_to_array(tokens, ' ')))
    """,
)
MADE = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
UNMADE = {
    "sqlite": (
        "DROP TRIGGER foundation_search_update",
        "DROP TRIGGER foundation_search_delete",
        "DROP TRIGGER foundation_search_insert",
        "DROP TABLE foundation_search_fts",
    ),
    "postgresql": ("DROP INDEX foundation_search_tokens",),
}


def make(apps, schema_editor):
    for statement in MADE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    for statement in UNMADE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=60)),
                ("object_id", models.BigIntegerField()),
                ("text", models.TextField()),
                ("tokens", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "object_id"), name="one_search_entry_per_object"
                    )
                ],
            },
        ),
        migrations.RunPython(make, unmake),
    ]
