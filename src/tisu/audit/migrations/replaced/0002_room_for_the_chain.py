"""Columns of the chain, details as the text that a digest is taken over, anchors, verifications."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_ledger"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Head",
            fields=[("name", models.CharField(max_length=24, primary_key=True, serialize=False))],
        ),
        migrations.AddField("entry", "seq", models.PositiveBigIntegerField(null=True)),
        migrations.AddField("entry", "salt", models.CharField(default="", max_length=32), preserve_default=False),
        migrations.AddField("entry", "digest", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.AddField("entry", "chain", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.RenameField("entry", "details", "said"),
        migrations.AlterField("entry", "said", models.TextField(default="{}", verbose_name="details")),
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
            options={"ordering": ["-number"], "base_manager_name": "objects"},
        ),
        migrations.CreateModel(
            name="AnchorLeaf",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "anchor_id", "ledger", "chain", blank=True, editable=False, primary_key=True, serialize=False
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
            options={"base_manager_name": "objects"},
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField()),
                ("begun_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                ("checked", models.PositiveBigIntegerField(default=0, verbose_name="entries checked")),
                ("due", models.PositiveBigIntegerField(default=0, verbose_name="entries")),
                ("findings", models.JSONField(default=list, verbose_name="findings")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-pk"]},
        ),
    ]
