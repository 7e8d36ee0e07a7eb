"""Production factors that are asked for, lists of risks, records and task forces."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("support", "0001_factor_requests"), ("support", "0002_risks_records_and_task_forces")]

    initial = True

    dependencies = [
        ("loop", "0010_matters_raised_for_a_firm"),
        ("orgs", "0002_former_names_and_heirs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RiskList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to="support.risklist",
                    ),
                ),
                ("risk", models.CharField(max_length=120, verbose_name="risk")),
                ("measure", models.CharField(max_length=200, verbose_name="measure")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="whose it is",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("signed", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("list", "risk"),
                        name="a_risk_once_in_its_list",
                        violation_error_message="This risk stands in the list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on", None), ("signed", "")),
                            models.Q(
                                models.Q(("done_on", None), _negated=True),
                                models.Q(("signed", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="done_is_signed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FactorRequest",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="factor_request",
                        to="loop.matter",
                    ),
                ),
                (
                    "factor",
                    models.CharField(
                        choices=[
                            ("land", "land"),
                            ("energy", "energy quota"),
                            ("power", "electricity"),
                            ("water", "water"),
                            ("gas", "gas"),
                            ("labour", "labour"),
                            ("finance", "finance"),
                            ("logistics", "logistics and transport"),
                            ("environment", "environmental capacity"),
                            ("market", "market access"),
                            ("guidance", "technical guidance"),
                        ],
                        max_length=12,
                        verbose_name="factor",
                    ),
                ),
                (
                    "case",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("site_clearing", "clearing of a site"),
                            ("power_guarantee", "power guarantee"),
                            ("oversize_transport", "oversize transport"),
                        ],
                        max_length=20,
                        verbose_name="case",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("firm", "firm, signed in"),
                            ("staff", "entered by staff"),
                            ("liaison", "liaison visit"),
                            ("project", "project"),
                        ],
                        max_length=8,
                        verbose_name="came in by",
                    ),
                ),
                ("measure", models.CharField(blank=True, max_length=12)),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        choices=[("calorific", "calorific value"), ("equivalent", "equivalent value")],
                        max_length=12,
                        verbose_name="basis",
                    ),
                ),
                ("asked", models.BigIntegerField(blank=True, null=True)),
                ("granted", models.BigIntegerField(blank=True, null=True)),
                ("used", models.BigIntegerField(blank=True, null=True)),
                ("asked_on", models.DateField(verbose_name="asked on")),
                ("needed_by", models.DateField(verbose_name="needed by")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("county", "county"),
                            ("prefecture", "prefecture"),
                            ("province", "province"),
                        ],
                        max_length=12,
                        verbose_name="deciding level",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "risk_list",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="request",
                        to="support.risklist",
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=40, null=True, unique=True)),
                (
                    "entered_by",
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
                "indexes": [models.Index(fields=["factor", "-id"], name="request_by_factor")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked", None), ("granted", None), ("measure", ""), ("used", None)),
                            models.Q(models.Q(("measure", ""), _negated=True), ("asked__gt", 0)),
                            _connector="OR",
                        ),
                        name="an_amount_where_there_is_a_measure",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("granted", None),
                            models.Q(("granted__gte", 0), ("granted__lte", models.F("asked"))),
                            _connector="OR",
                        ),
                        name="granted_within_what_was_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used", None),
                            models.Q(("used__gte", 0), ("used__lte", models.F("granted"))),
                            _connector="OR",
                        ),
                        name="used_within_what_was_granted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("factor", "energy"), models.Q(("basis", ""), _negated=True)),
                            models.Q(models.Q(("factor", "energy"), _negated=True), ("basis", "")),
                            _connector="OR",
                        ),
                        name="a_basis_for_energy_alone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskForce",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("purpose", models.TextField(verbose_name="purpose")),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="task_forces",
                        to="orgs.post",
                        verbose_name="led by",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.region"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="task_forces",
                        to="support.factorrequest",
                    ),
                ),
                (
                    "risk_list",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="task_forces",
                        to="support.risklist",
                    ),
                ),
                ("since", models.DateField(verbose_name="begins on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                ("review_on", models.DateField(blank=True, null=True, verbose_name="reviewed on")),
                ("dissolved_on", models.DateField(blank=True, null=True, verbose_name="dissolved on")),
                ("result", models.TextField(blank=True, verbose_name="result")),
                ("dissolved_by", models.CharField(blank=True, max_length=120)),
                ("signed", models.CharField(max_length=120)),
                ("set_up_at", models.DateTimeField()),
                (
                    "set_up_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=40, null=True, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "members",
                    models.ManyToManyField(
                        related_name="task_forces", to="orgs.unit", verbose_name="member units"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("review_on", None), _negated=True),
                        name="a_task_force_ends_or_is_reviewed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_on", None), ("ends_on__gte", models.F("since")), _connector="OR"),
                            models.Q(
                                ("review_on", None), ("review_on__gte", models.F("since")), _connector="OR"
                            ),
                            models.Q(
                                ("dissolved_on", None),
                                ("dissolved_on__gte", models.F("since")),
                                _connector="OR",
                            ),
                        ),
                        name="a_task_force_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dissolved_by", ""), ("dissolved_on", None), ("result", "")),
                            models.Q(
                                models.Q(("dissolved_on", None), _negated=True),
                                models.Q(("result", ""), _negated=True),
                                models.Q(("dissolved_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dissolved_with_a_result",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Continuation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "task_force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="continuations",
                        to="support.taskforce",
                    ),
                ),
                ("on", models.DateField()),
                ("due_before", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("reason", models.TextField(verbose_name="reason")),
                ("signed", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="ForceTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "task_force",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="support.taskforce",
                    ),
                ),
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="force_task",
                        to="loop.matter",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PowerGuarantee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guarantee",
                        to="support.factorrequest",
                    ),
                ),
                ("first", models.DateField(verbose_name="from")),
                ("last", models.DateField(verbose_name="to")),
                ("feeder", models.CharField(blank=True, max_length=60, verbose_name="feeder")),
                (
                    "hours",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(24)],
                        verbose_name="hours a day that are promised",
                    ),
                ),
                (
                    "interruptions",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="interruptions"),
                ),
                (
                    "minutes_lost",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="minutes without power"),
                ),
                (
                    "loss_avoided",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="loss avoided, as declared"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))),
                        name="guarantee_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__gte", 1), ("hours__lte", 24)), name="hours_of_a_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transport",
                        to="support.factorrequest",
                    ),
                ),
                ("first", models.DateField(verbose_name="from")),
                ("last", models.DateField(verbose_name="to")),
                ("pieces", models.PositiveSmallIntegerField(verbose_name="pieces")),
                ("longest_cm", models.PositiveIntegerField(verbose_name="longest piece, in centimetres")),
                (
                    "parts",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="parts that the longest one is split into"
                    ),
                ),
                (
                    "value",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="insured value"),
                ),
                ("route", models.CharField(blank=True, max_length=200, verbose_name="route")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))),
                        name="transport_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("longest_cm__gte", 1), ("parts__gte", 1), ("pieces__gte", 1)),
                        name="something_is_carried",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Introduction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="introductions",
                        to="support.factorrequest",
                    ),
                ),
                ("buyer", models.CharField(max_length=80, verbose_name="buyer")),
                ("channel", models.CharField(max_length=80, verbose_name="channel")),
                ("on", models.DateField(verbose_name="introduced on")),
            ],
            options={
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "buyer"),
                        name="a_buyer_is_introduced_once",
                        violation_error_message="This buyer has been introduced already: enter the order there.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Order",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "introduction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="support.introduction",
                    ),
                ),
                ("on", models.DateField(verbose_name="ordered on")),
                (
                    "amount",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="amount, as declared"),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("introduction", "on"),
                        name="one_order_of_a_buyer_in_a_day",
                        violation_error_message="An order of this day stands here already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Guidance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidances",
                        to="support.factorrequest",
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                ("expert", models.CharField(max_length=80, verbose_name="from where the expert came")),
                ("topic", models.CharField(max_length=120, verbose_name="on what")),
                ("result", models.CharField(blank=True, max_length=400, verbose_name="what came of it")),
            ],
            options={
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("request", "on", "topic"),
                        name="one_guidance_on_a_topic_in_a_day",
                        violation_error_message="This guidance stands here already.",
                    )
                ],
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
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="support.factorrequest",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("referred", "referred to a higher level"),
                            ("decided", "decided"),
                            ("delivered", "delivered"),
                            ("used", "use reported"),
                            ("confirmed", "confirmed by the firm"),
                            ("unmet", "cannot be met"),
                            ("taken_back", "taken back"),
                        ],
                        max_length=12,
                        verbose_name="step",
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("county", "county"),
                            ("prefecture", "prefecture"),
                            ("province", "province"),
                        ],
                        max_length=12,
                        verbose_name="level",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="document number")),
                ("amount", models.BigIntegerField(blank=True, null=True)),
                ("text", models.TextField(blank=True, verbose_name="remark")),
                ("alternative", models.TextField(blank=True, verbose_name="what is offered instead")),
                (
                    "takes_back",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back",
                        to="support.step",
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
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "taken_back"), ("takes_back__isnull", False)),
                            models.Q(
                                models.Q(("kind", "taken_back"), _negated=True), ("takes_back__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="takes_back_a_step_and_only_then",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "unmet"), _negated=True),
                            models.Q(
                                models.Q(("text", ""), _negated=True),
                                models.Q(("alternative", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="unmet_is_explained_with_an_alternative",
                    ),
                ],
            },
        ),
    ]
