"""Regions, units with their former names and heirs, posts."""

import django.core.validators
import django.db.models.deletion
import re
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("orgs", "0001_units_and_posts"), ("orgs", "0002_former_names_and_heirs")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=12,
                        primary_key=True,
                        serialize=False,
                        validators=[django.core.validators.RegexValidator("^\\d{2,12}$")],
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=60, verbose_name="English name")),
            ],
            options={
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Unit",
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
                    "code",
                    models.CharField(
                        max_length=31,
                        validators=[
                            django.core.validators.RegexValidator(
                                re.compile("^[a-z][a-z0-9-]{1,30}$"),
                                "Use 2 to 31 lower-case Latin letters, digits or hyphens.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="orgs.region",
                        verbose_name="region",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="full name")),
                ("short_name", models.CharField(max_length=20, verbose_name="short name")),
                (
                    "heir",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="goes on with its work",
                    ),
                ),
                ("took_over", models.JSONField(default=list, editable=False)),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("handling", "handling unit"),
                            ("office", "business-environment office"),
                            ("supervision", "supervision"),
                            ("discipline", "discipline commission"),
                            ("leadership", "county leadership"),
                            ("administration", "system administration"),
                        ],
                        default="handling",
                        max_length=16,
                        verbose_name="duty",
                    ),
                ),
            ],
            options={
                "ordering": ["region_id", "duty", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("region", "code"),
                        name="unit_code_unique_in_region",
                        violation_error_message="This region has a unit with this code already: choose another code.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("duty", "office"), ("until__isnull", True)),
                        fields=("region",),
                        name="one_office_per_region",
                        violation_error_message="This region has an office already: end that one first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="unit_ends_after_it_begins",
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
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_names",
                        to="orgs.unit",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="full name")),
                ("short_name", models.CharField(max_length=20, verbose_name="short name")),
            ],
            options={
                "ordering": ["-until", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("since"))), name="former_name_was_used"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="orgs.unit"
                    ),
                ),
                (
                    "heir",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inheritances",
                        to="orgs.unit",
                    ),
                ),
                ("day", models.DateField(verbose_name="from this day on")),
                ("moves_people", models.BooleanField(verbose_name="clerks go along")),
                ("planned_at", models.DateTimeField()),
                ("called_off_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("successors", models.ManyToManyField(related_name="+", to="orgs.unit")),
            ],
            options={
                "ordering": ["-day", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("called_off_at__isnull", True), ("done_at__isnull", True)),
                        fields=("unit",),
                        name="one_change_of_a_unit_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="orgs.unit",
                        verbose_name="unit",
                    ),
                ),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("office_lead", "office lead"),
                            ("office_staff", "office staff"),
                            ("supervision", "supervisor"),
                            ("county_leader", "county leader"),
                            ("dept_lead", "head of unit"),
                            ("dept_clerk", "clerk of unit"),
                            ("discipline", "discipline officer"),
                            ("custodian", "survey custodian"),
                            ("system_admin", "system administrator"),
                            ("security_admin", "security administrator"),
                            ("auditor", "audit administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "in_charge_of",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Only for a county leader: whose matters the leader sees.",
                        related_name="leaders_in_charge",
                        to="orgs.unit",
                        verbose_name="units in charge of",
                    ),
                ),
            ],
            options={
                "ordering": ["unit_id", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="post_ends_after_it_begins",
                    )
                ],
            },
        ),
    ]
