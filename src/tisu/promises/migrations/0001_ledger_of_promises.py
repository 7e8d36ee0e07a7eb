"""What was promised to firms, its steps and reviews."""

import django.db.models.deletion
import tisu.foundation.moves
import tisu.foundation.numbering
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("promises", "0001_promises_and_their_steps"), ("promises", "0002_keys_of_forms_by_person")]

    initial = True

    dependencies = [
        ("enterprises", "0006_firms_are_compared"),
        ("loop", "0009_kept_for_the_few"),
        ("orgs", "0002_former_names_and_heirs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        default=tisu.foundation.numbering.new_number,
                        editable=False,
                        max_length=16,
                        unique=True,
                        verbose_name="number",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="orgs.region",
                        verbose_name="region",
                    ),
                ),
                ("text", models.TextField(verbose_name="text as given")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("contract", "contract"),
                            ("minutes", "minutes of a meeting"),
                            ("letter", "official letter"),
                            ("spoken", "by word of mouth"),
                        ],
                        max_length=12,
                        verbose_name="form",
                    ),
                ),
                (
                    "maker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="orgs.post",
                        verbose_name="promised by",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="enterprises.enterprise",
                        verbose_name="promised to",
                    ),
                ),
                ("given_on", models.DateField(verbose_name="promised on")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be kept by")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="where it was made")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="who wrote it down")),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="orgs.unit",
                        verbose_name="responsible unit",
                    ),
                ),
                (
                    "amount",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="money in yuan"),
                ),
                (
                    "benefit",
                    models.CharField(
                        choices=[
                            ("none", "no: open to every firm alike, or a service"),
                            ("tax", "a tax benefit"),
                            ("reward", "a selective fiscal reward or subsidy"),
                            ("factors", "land, premises, power or another factor on better terms"),
                            ("fees", "fees or government funds reduced"),
                            ("insurance", "social insurance contributions reduced"),
                        ],
                        default="none",
                        max_length=12,
                        verbose_name="benefit for this firm alone",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("national", "national"),
                            ("provincial", "provincial"),
                            ("prefecture", "prefecture"),
                            ("county", "county"),
                            ("none", "none named"),
                        ],
                        default="none",
                        max_length=12,
                        verbose_name="legal basis",
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=400, verbose_name="document and article")),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="promises.promise",
                        verbose_name="in place of",
                    ),
                ),
                (
                    "state",
                    tisu.foundation.moves.StateField(
                        choices=[
                            ("recorded", "recorded"),
                            ("under_review", "under review"),
                            ("to_break_down", "to be broken down"),
                            ("in_progress", "being kept"),
                            ("awaiting_firm", "waits for the firm"),
                            ("kept", "kept"),
                            ("partly_kept", "partly kept"),
                            ("changed", "changed"),
                            ("impossible", "cannot be kept"),
                            ("archived", "archived"),
                        ],
                        max_length=24,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kept", "kept"),
                            ("partly", "partly kept"),
                            ("not_kept", "not kept"),
                            ("changed", "changed"),
                            ("impossible", "cannot be kept"),
                        ],
                        max_length=12,
                        verbose_name="what became of it",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("signed", models.CharField(max_length=120)),
                ("entered_at", models.DateTimeField()),
                ("entry_key", models.CharField(editable=False, max_length=60, null=True, unique=True)),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["region", "state", "-id"], name="promise_by_region_state"),
                    models.Index(fields=["due_on"], name="promise_by_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__isnull", True), ("due_on__gte", models.F("given_on")), _connector="OR"
                        ),
                        name="promise_is_due_after_it_is_given",
                        violation_error_message="It would be due before it was given: look at the two days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__isnull", True), ("enterprise__isnull", False), _connector="OR"
                        ),
                        name="who_can_confirm_is_known_where_it_is_due",
                        violation_error_message="Name the firm: what is due has somebody who can confirm it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="promises.promise",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("kept", "kept"), ("partly", "partly kept"), ("not_kept", "not kept")],
                        max_length=12,
                        verbose_name="answer",
                    ),
                ),
                ("words", models.TextField(blank=True, null=True, verbose_name="in the firm's words")),
                (
                    "way",
                    models.CharField(
                        choices=[("account", "in its own account"), ("link", "by a one-time link")],
                        max_length=8,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "pk"],
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ConfirmationLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="promises.promise",
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("number_digest", models.CharField(max_length=64)),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("issued_at", models.DateTimeField()),
                ("good_until", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Deliverable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliverables",
                        to="promises.promise",
                    ),
                ),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliverable",
                        to="loop.matter",
                    ),
                ),
                ("text", models.CharField(max_length=400, verbose_name="what is to be there")),
                ("due_on", models.DateField(verbose_name="to be there by")),
            ],
            options={
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Ending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "promise",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ending",
                        to="promises.promise",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("procedure", models.CharField(blank=True, max_length=400, verbose_name="procedure")),
                ("compensation", models.CharField(blank=True, max_length=400, verbose_name="compensation")),
                (
                    "amount",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="money in yuan"),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ReviewRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("code", models.SlugField(max_length=24, unique=True)),
                ("title", models.CharField(max_length=60, verbose_name="review")),
                ("law", models.CharField(max_length=200, verbose_name="rests on")),
                (
                    "reach",
                    models.CharField(
                        choices=[("every", "every promise"), ("selective", "a benefit for one firm alone")],
                        max_length=12,
                    ),
                ),
                ("wants_national_basis", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["since", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="review_rule_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="promises.promise",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="promises.reviewrule",
                        verbose_name="review",
                    ),
                ),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("passes", "in order"),
                            ("exception", "an exception that the law allows"),
                            ("fails", "not in order"),
                        ],
                        max_length=12,
                        verbose_name="finding",
                    ),
                ),
                ("opinion", models.TextField(verbose_name="opinion")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("national", "national"),
                            ("provincial", "provincial"),
                            ("prefecture", "prefecture"),
                            ("county", "county"),
                            ("none", "none named"),
                        ],
                        default="none",
                        max_length=12,
                        verbose_name="whose rule",
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=400, verbose_name="document and article")),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("signed", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "pk"],
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="promises.promise",
                    ),
                ),
                ("code", models.CharField(max_length=24)),
                ("at", models.DateTimeField()),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("signed", models.CharField(max_length=120)),
                ("words", models.TextField(blank=True)),
                ("from_state", models.CharField(blank=True, max_length=24)),
                ("to_state", models.CharField(max_length=24)),
                ("version", models.PositiveIntegerField()),
                ("for_firm", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["promise_id", "version"],
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("promise", "version"), name="one_step_for_each_version_of_a_promise"
                    )
                ],
            },
        ),
    ]
