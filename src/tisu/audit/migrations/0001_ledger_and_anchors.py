"""The ledger as one chain, its anchors and verifications."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


HOUSE = "house"


def open_chain(apps, schema_editor):
    """Whoever writes an entry locks this row; it is there before the first two do so at once."""
    apps.get_model("audit", "Head").objects.using(schema_editor.connection.alias).create(name=HOUSE)


class Migration(migrations.Migration):
    replaces = [
        ("audit", "0001_ledger"),
        ("audit", "0002_room_for_the_chain"),
        ("audit", "0003_chain_what_was_written"),
        ("audit", "0004_every_entry_has_its_place"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[
                ("name", models.CharField(max_length=24, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveBigIntegerField(unique=True)),
                ("at", models.DateTimeField(verbose_name="time")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("signed", models.CharField(max_length=120, verbose_name="by")),
                ("act", models.CharField(max_length=40, verbose_name="act")),
                ("about", models.CharField(max_length=160, verbose_name="about")),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="reason")),
                ("said", models.TextField(default="{}", verbose_name="details")),
                ("salt", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64)),
                ("chain", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["-pk"],
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["act", "-id"], name="audit_entry_by_act")],
            },
        ),
        migrations.CreateModel(
            name="Anchor",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("day", models.DateField(verbose_name="day")),
                ("at", models.DateTimeField()),
                ("marks", models.TextField()),
                ("leaves", models.PositiveIntegerField(verbose_name="chains")),
                ("digest", models.CharField(max_length=64)),
                ("previous", models.CharField(max_length=64)),
                ("root", models.CharField(max_length=64, verbose_name="root")),
            ],
            options={
                "ordering": ["-number"],
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="AnchorLeaf",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "anchor_id",
                        "ledger",
                        "chain",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "anchor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="chains", to="audit.anchor"
                    ),
                ),
                ("ledger", models.CharField(max_length=24)),
                ("chain", models.CharField(max_length=24)),
                ("seq", models.PositiveBigIntegerField()),
                ("value", models.CharField(max_length=64)),
            ],
            options={
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("begun_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("checked", models.PositiveBigIntegerField(default=0, verbose_name="entries checked")),
                ("due", models.PositiveBigIntegerField(default=0, verbose_name="entries")),
                ("findings", models.JSONField(default=list, verbose_name="findings")),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.RunPython(open_chain, migrations.RunPython.noop),
    ]
