"""The register of firms: who acts for them, months, figures, benefits, duplicates, contacts and visits."""

import datetime
import django.db.models.deletion
import tisu.enterprises.credit_code
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("enterprises", "0001_register"),
        ("enterprises", "0002_facts_of_a_firm"),
        ("enterprises", "0003_months_taken_over"),
        ("enterprises", "0004_size_is_read_from_months"),
        ("enterprises", "0005_duplicates_contacts_and_visits"),
        ("enterprises", "0006_firms_are_compared"),
        ("enterprises", "0007_figures_and_benefits"),
    ]

    initial = True

    dependencies = [
        ("orgs", "0002_former_names_and_heirs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Industry",
            fields=[
                (
                    "code",
                    models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name="code"),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="divisions",
                        to="enterprises.industry",
                    ),
                ),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Park",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parks",
                        to="orgs.region",
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "ordering": ["region_id", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("region", "name"),
                        name="park_named_once_in_its_region",
                        violation_error_message="This township has a park of this name already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Enterprise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "credit_code",
                    models.CharField(
                        error_messages={
                            "unique": "A firm with this credit code is in the register already: look for it by its code."
                        },
                        max_length=18,
                        unique=True,
                        validators=[tisu.enterprises.credit_code.validate_credit_code],
                        verbose_name="unified social credit code",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enterprises",
                        to="orgs.region",
                        verbose_name="region",
                    ),
                ),
                (
                    "park",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enterprises",
                        to="enterprises.park",
                        verbose_name="park",
                    ),
                ),
                ("address", models.CharField(blank=True, max_length=160, verbose_name="address")),
                (
                    "legal_kind",
                    models.CharField(
                        choices=[
                            ("company", "enterprise"),
                            ("individual", "individual business"),
                            ("cooperative", "cooperative"),
                            ("branch", "branch"),
                        ],
                        default="company",
                        max_length=12,
                        verbose_name="legal kind",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="branches",
                        to="enterprises.enterprise",
                        verbose_name="parent firm",
                    ),
                ),
                (
                    "industry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.industry",
                        verbose_name="industry",
                    ),
                ),
                ("business", models.CharField(blank=True, max_length=400, verbose_name="main business")),
                (
                    "registered_capital",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="registered capital in yuan"
                    ),
                ),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="established on")),
                ("deregistered_on", models.DateField(blank=True, null=True, verbose_name="deregistered on")),
                ("source", models.CharField(blank=True, max_length=80, verbose_name="source")),
                ("name_key", models.CharField(db_index=True, default="", editable=False, max_length=80)),
                ("address_key", models.CharField(db_index=True, default="", editable=False, max_length=160)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_directly",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "survivor",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "ordering": ["credit_code"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="firms_by_merged_into",
                    ),
                    models.Index(
                        condition=models.Q(("survivor__isnull", False)),
                        fields=["survivor"],
                        name="firms_by_survivor",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deregistered_on__isnull", True),
                            ("started_on__isnull", True),
                            ("deregistered_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="firm_ends_after_it_begins",
                        violation_error_message="It cannot be deregistered before it was established.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into__isnull", True), ("survivor__isnull", True)),
                            models.Q(("merged_into__isnull", False), ("survivor__isnull", False)),
                            _connector="OR",
                        ),
                        name="merged_firm_knows_its_survivor",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_names",
                        to="enterprises.enterprise",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
            ],
            options={
                "ordering": ["-until", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Benefit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefits",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rent", "rent let off"),
                            ("tax", "tax or fee relief"),
                            ("subsidy", "subsidy or reward"),
                            ("factor", "land, energy or labour on better terms"),
                            ("guidance", "technical guidance"),
                            ("event", "brand event"),
                            ("listed", "standing on a national list"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="what was granted")),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="granted by",
                    ),
                ),
                ("first", models.DateField(verbose_name="first day")),
                ("last", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("whole_years", models.BooleanField(default=False, verbose_name="only the years are known")),
                ("value", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="value")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="basis")),
                (
                    "review",
                    models.CharField(blank=True, max_length=120, verbose_name="fair-competition review"),
                ),
                ("source", models.CharField(max_length=120, verbose_name="source")),
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
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-first", "-pk"],
                "indexes": [models.Index(fields=["enterprise", "-first"], name="benefits_of_a_firm")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last__isnull", True), ("last__gte", models.F("first")), _connector="OR"
                        ),
                        name="a_benefit_ends_after_it_begins",
                        violation_error_message="The last day lies before the first one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first__lt", datetime.date(2024, 8, 1)),
                            models.Q(("kind__in", ["factor", "rent", "subsidy", "tax"]), _negated=True),
                            models.Q(("review", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="selective_benefits_are_reviewed",
                        violation_error_message="Since 1 August 2024 what one firm gets and others do not passes the fair-competition review first: give its number and day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FirmContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="enterprises.enterprise",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="name")),
                ("post_title", models.CharField(blank=True, max_length=40, verbose_name="post")),
                ("phone", models.CharField(blank=True, db_index=True, max_length=20, verbose_name="phone")),
                ("email", models.EmailField(blank=True, max_length=120, verbose_name="e-mail")),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("idle_on", models.DateField(blank=True, null=True)),
                ("emptied_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("emptied_at__isnull", True),
                            models.Q(("email", ""), ("name", ""), ("phone", ""), ("post_title", "")),
                            _connector="OR",
                        ),
                        name="nothing_is_left_of_an_emptied_contact",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="enterprises.firmcontact",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("visits", "visits and on-site work"),
                            ("surveys", "satisfaction surveys"),
                            ("policies", "news of policies"),
                        ],
                        max_length=10,
                        verbose_name="purpose",
                    ),
                ),
                ("given_on", models.DateField(verbose_name="given on")),
                ("how", models.CharField(max_length=100, verbose_name="how it was given")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_on__isnull", True)),
                        fields=("contact", "purpose"),
                        name="a_purpose_is_consented_to_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LikelyPair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("open", "waits for a person"), ("apart", "told apart")],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="a_pair_is_suggested_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="older_row_of_a_pair_first",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merger",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "gone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mergers_away",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mergers_here",
                        to="enterprises.enterprise",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("merged_at", models.DateTimeField()),
                (
                    "merged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("kept_then", models.JSONField(blank=True, default=dict)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "undone_by",
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("gone",),
                        name="a_row_is_merged_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gone", models.F("kept")), _negated=True),
                        name="no_row_is_merged_into_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("output", "output value"),
                            ("revenue", "operating revenue"),
                            ("sales", "sales"),
                            ("tax", "tax paid"),
                            ("staff", "people employed"),
                            ("power", "electricity used"),
                        ],
                        max_length=8,
                        verbose_name="measure",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("actual", "actual"), ("forecast", "forecast"), ("target", "target")],
                        max_length=8,
                        verbose_name="statement",
                    ),
                ),
                (
                    "grain",
                    models.CharField(
                        choices=[
                            ("month", "month"),
                            ("quarter", "quarter"),
                            ("year", "year"),
                            ("so_far", "year up to a day"),
                        ],
                        max_length=8,
                        verbose_name="period",
                    ),
                ),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("value", models.PositiveBigIntegerField(verbose_name="value")),
                (
                    "bound",
                    models.CharField(
                        choices=[
                            ("exact", "exactly"),
                            ("over", "more than"),
                            ("nearly", "nearly"),
                            ("about", "about"),
                        ],
                        default="exact",
                        max_length=6,
                        verbose_name="how exactly",
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("firm", "told by the firm"),
                            ("published", "published report"),
                            ("unit", "record of a unit, used for its own duty"),
                        ],
                        max_length=10,
                        verbose_name="from whom",
                    ),
                ),
                ("source", models.CharField(max_length=120, verbose_name="source")),
                ("consent", models.CharField(blank=True, max_length=120, verbose_name="how the firm agreed")),
                ("said_on", models.DateField(verbose_name="said on")),
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
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="enterprises.figure",
                    ),
                ),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["enterprise", "measure", "last"], name="figures_of_a_firm")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=("enterprise", "measure", "status", "grain", "last"),
                        name="one_figure_stands_for_each_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="a_figure_is_of_some_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "actual"), _negated=True),
                            ("said_on__gt", models.F("last")),
                            models.Q(("grain", "so_far"), ("said_on__gte", models.F("last"))),
                            _connector="OR",
                        ),
                        name="what_has_not_ended_is_not_actual",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "forecast"), _negated=True),
                            ("said_on__lte", models.F("last")),
                            _connector="OR",
                        ),
                        name="what_has_ended_is_not_forecast",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin", "firm"), _negated=True),
                            models.Q(("consent", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_firm_agreed_to_what_it_told",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
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
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mandates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("is_principal", models.BooleanField(default=False, verbose_name="principal person")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="mandate_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScaleMonths",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scale_months",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("industry", "industry above scale"),
                            ("construction", "construction with qualification"),
                            ("wholesale", "wholesale above scale"),
                            ("retail", "retail above scale"),
                            ("lodging", "lodging above scale"),
                            ("catering", "catering above scale"),
                            ("services", "services above scale"),
                            ("real_estate", "real estate development"),
                        ],
                        max_length=12,
                        verbose_name="category",
                    ),
                ),
                ("first", models.DateField(verbose_name="from month")),
                ("last", models.DateField(blank=True, null=True, verbose_name="to month")),
                ("source", models.CharField(blank=True, max_length=80, verbose_name="source")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
            ],
            options={
                "ordering": ["first", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last__isnull", True), ("last__gte", models.F("first")), _connector="OR"
                        ),
                        name="months_end_after_they_begin",
                        violation_error_message="The last month lies before the first one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first__day", 1),
                            models.Q(("last__isnull", True), ("last__day", 1), _connector="OR"),
                        ),
                        name="months_are_written_as_their_first_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="orgs.unit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("visit", "visit"),
                            ("on_site", "on-site work"),
                            ("survey", "survey"),
                            ("invitation", "invitation"),
                            ("call", "phone call"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("purpose", models.CharField(max_length=200, verbose_name="purpose")),
                ("first", models.DateField(verbose_name="first day")),
                ("last", models.DateField(verbose_name="last day")),
                ("despite", models.CharField(blank=True, max_length=200)),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
                (
                    "called_off",
                    models.CharField(blank=True, max_length=200, verbose_name="why it was called off"),
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
            ],
            options={
                "ordering": ["first", "pk"],
                "indexes": [
                    models.Index(fields=["enterprise", "first"], name="enterprises_enterpr_523b4a_idx"),
                    models.Index(fields=["first", "last"], name="enterprises_first_d030e0_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))),
                        name="a_visit_ends_after_it_begins",
                        violation_error_message="The last day lies before the first one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("held_at__isnull", True), ("called_off_at__isnull", True), _connector="OR"
                        ),
                        name="a_visit_is_held_or_called_off",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuietDays",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quiet_days",
                        to="enterprises.enterprise",
                    ),
                ),
                ("first", models.DateField(verbose_name="first day")),
                ("last", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("weekday", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="why")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("signed", models.CharField(max_length=120)),
            ],
            options={
                "ordering": ["first", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last__isnull", True), ("last__gte", models.F("first")), _connector="OR"
                        ),
                        name="quiet_days_end_after_they_begin",
                        violation_error_message="The last day lies before the first one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weekday__isnull", False), ("last__isnull", False), _connector="OR"
                        ),
                        name="quiet_days_have_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__isnull", True), ("weekday__lte", 6), _connector="OR"),
                        name="quiet_weekday_is_one_of_seven",
                    ),
                ],
            },
        ),
    ]
