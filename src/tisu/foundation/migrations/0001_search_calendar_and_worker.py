"""What is searched for with what finds it quickly (a full-text table on SQLite, an index on PostgreSQL), notices of
the calendar, and the worker's slots and beats."""

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
    replaces = [
        ("foundation", "0001_search_entries"),
        ("foundation", "0002_notices_of_the_calendar"),
        ("foundation", "0003_slots_and_worker_beats"),
    ]

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
        migrations.CreateModel(
            name="Slot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("slot", models.CharField(max_length=80)),
                ("claimed_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("name", "slot"), name="slot_claimed_once")],
            },
        ),
        migrations.CreateModel(
            name="WorkerBeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("host", models.CharField(max_length=120)),
                ("pid", models.PositiveIntegerField()),
                ("started_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("last_job", models.CharField(blank=True, max_length=60)),
                ("rows_done", models.PositiveBigIntegerField(default=0)),
                ("errors", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["-seen_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="CalendarNotice",
            fields=[
                (
                    "number",
                    models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name="version"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("year", "arrangement of a year"),
                            ("overlay", "days beside the year's arrangement"),
                            ("hours", "office hours"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                ("region", models.CharField(blank=True, max_length=12, verbose_name="region")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
                ("content", models.JSONField(verbose_name="content")),
                ("loaded_at", models.DateTimeField(verbose_name="loaded at")),
                ("loaded_by", models.CharField(max_length=120, verbose_name="loaded by")),
                ("order", models.CharField(blank=True, max_length=400, verbose_name="leader's order")),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["number"],
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "year"), ("year__isnull", False)),
                            models.Q(("kind__in", ["overlay", "hours"]), ("year__isnull", True)),
                            _connector="OR",
                        ),
                        name="calendar_notice_of_a_year_names_it",
                    )
                ],
            },
        ),
        migrations.RunPython(make, unmake),
    ]
