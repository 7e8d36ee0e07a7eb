"""Reports of the direct line, their dialogue and openings, work orders of the hotline."""

import django.db.models.deletion
import tisu.foundation.moves
import tisu.foundation.sealed
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("voice", "0001_direct_line"),
        ("voice", "0002_firms_behind_reports"),
        ("voice", "0003_openings_by_two"),
        ("voice", "0004_kept_for_the_few"),
        ("voice", "0005_work_orders_of_the_hotline"),
    ]

    initial = True

    dependencies = [
        ("enterprises", "0001_register"),
        ("loop", "0009_kept_for_the_few"),
        ("orgs", "0001_units_and_posts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.region"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="category of the hotline")),
                (
                    "screening",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A business-environment complaint"),
                            ("B", "B discipline report"),
                            ("C", "C petition"),
                            ("D", "D in litigation, arbitration or reconsideration"),
                            ("E", "E civil dispute"),
                            ("F", "F payment owed to a small firm"),
                            ("G", "G labour rights"),
                            ("H", "H policy question or suggestion"),
                        ],
                        max_length=1,
                        verbose_name="probably",
                    ),
                ),
                ("topic", models.CharField(blank=True, max_length=60, verbose_name="topic")),
                (
                    "responsible_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="unit that could solve it",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("region", "name"), name="one_meaning_per_category")
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="report", to="loop.matter"
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="voice.report",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "website"),
                            ("api", "connected system"),
                            ("phone", "phone"),
                            ("window", "service window"),
                            ("press", "press or web"),
                            ("firm", "firm, signed in"),
                            ("observer", "observer, signed in"),
                            ("hotline", "hotline 12345"),
                        ],
                        max_length=8,
                        verbose_name="channel",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                ("text", models.TextField(blank=True, verbose_name="what happened")),
                ("topic", models.CharField(blank=True, max_length=60, verbose_name="topic")),
                ("anonymous", models.BooleanField(verbose_name="anonymous")),
                (
                    "accused_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="accused unit",
                    ),
                ),
                (
                    "responsible_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="unit that could solve it",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                        verbose_name="firm",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("origin__isnull", False)),
                        fields=["origin"],
                        name="report_by_its_origin",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accused_unit__isnull", True),
                            ("responsible_unit__isnull", True),
                            models.Q(("accused_unit", models.F("responsible_unit")), _negated=True),
                            _connector="OR",
                        ),
                        name="the_accused_does_not_answer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_order",
                        to="voice.report",
                    ),
                ),
                ("number_digest", models.CharField(max_length=64, unique=True)),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="work order")),
                (
                    "category",
                    models.CharField(blank=True, max_length=80, verbose_name="category of the hotline"),
                ),
                (
                    "received_on",
                    models.DateField(blank=True, null=True, verbose_name="received by the hotline on"),
                ),
                (
                    "due_on",
                    models.DateField(blank=True, null=True, verbose_name="the hotline expects an answer by"),
                ),
                ("text_digest", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identity",
                        to="voice.report",
                    ),
                ),
                ("contact", tisu.foundation.sealed.SealedTextField(verbose_name="contact")),
            ],
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="voice.report",
                    ),
                ),
                (
                    "state",
                    tisu.foundation.moves.StateField(
                        choices=[
                            ("asked", "waits for a second person"),
                            ("granted", "agreed to"),
                            ("declined", "declined"),
                            ("used", "opened"),
                        ],
                        max_length=24,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("signed", models.CharField(max_length=120)),
                ("reason", models.CharField(max_length=400)),
                ("asked_at", models.DateTimeField()),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_signed", models.CharField(blank=True, max_length=120)),
                ("decided_at", models.DateTimeField(null=True)),
                ("good_until", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_agrees_to_their_own_opening",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["granted", "used"]), _negated=True),
                            models.Q(("decided_by__isnull", False), ("good_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="opened_only_when_agreed_to",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("report", "asked_by"),
                        name="asked_once_while_it_waits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipt", to="voice.report"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("rotates", models.BooleanField(default=False)),
                ("next_digest", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("next_sealed", models.BinaryField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="voice.report",
                    ),
                ),
                ("from_reporter", models.BooleanField()),
                ("signed", models.CharField(max_length=120)),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="StoredAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_digest", models.CharField(max_length=64, unique=True)),
                ("body_digest", models.CharField(max_length=64)),
                ("answer", models.BinaryField(null=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="ObserverLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observer_letters",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="letter number")),
            ],
            options={
                "ordering": ["-since", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="letter_ends_after_it_begins",
                    )
                ],
            },
        ),
    ]
