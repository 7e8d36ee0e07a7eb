"""Matters with their events, clocks, assignments, requests and walls."""

import django.db.models.deletion
import tisu.foundation.moves
import tisu.foundation.numbering
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("loop", "0001_spine"),
        ("loop", "0002_room_for_the_chain"),
        ("loop", "0003_chain_what_was_written"),
        ("loop", "0004_requests_and_every_clock"),
        ("loop", "0005_what_was_judged_before"),
        ("loop", "0006_what_was_told_first"),
        ("loop", "0007_words_of_ratings_can_be_emptied"),
        ("loop", "0008_firms_behind_walls"),
        ("loop", "0009_kept_for_the_few"),
        ("loop", "0010_matters_raised_for_a_firm"),
    ]

    initial = True

    dependencies = [
        ("enterprises", "0006_firms_are_compared"),
        ("orgs", "0002_former_names_and_heirs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MatterType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=24, verbose_name="kind")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("settings", models.JSONField(default=dict, verbose_name="rules")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="basis")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "number"), name="type_version_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Matter",
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
                ("kind", models.CharField(max_length=24, verbose_name="kind")),
                (
                    "matter_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="loop.mattertype",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="orgs.region",
                        verbose_name="region",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                ("text", models.TextField(blank=True, verbose_name="facts")),
                (
                    "enterprise",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                (
                    "stage",
                    tisu.foundation.moves.StateField(
                        choices=[
                            ("draft", "draft"),
                            ("pending_approval", "pending approval"),
                            ("registered", "to be assigned"),
                            ("assigned", "to be accepted"),
                            ("in_progress", "in progress"),
                            ("submitted", "to be verified"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                            ("merged", "merged"),
                        ],
                        max_length=24,
                        verbose_name="stage",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("cycle", models.PositiveSmallIntegerField(default=1, verbose_name="time handled")),
                (
                    "reworks",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="times sent back by verification"
                    ),
                ),
                (
                    "screened_as",
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
                        verbose_name="screened as",
                    ),
                ),
                (
                    "proposed_result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("resolved", "resolved"),
                            ("partly_resolved", "partly resolved"),
                            ("explained", "explained"),
                            ("not_supported", "not supported by policy"),
                            ("unfounded", "unfounded"),
                            ("withdrawn", "withdrawn by the requester"),
                            ("handed_over", "handed over"),
                            ("not_accepted", "not accepted"),
                            ("split", "split"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("resolved", "resolved"),
                            ("partly_resolved", "partly resolved"),
                            ("explained", "explained"),
                            ("not_supported", "not supported by policy"),
                            ("unfounded", "unfounded"),
                            ("withdrawn", "withdrawn by the requester"),
                            ("handed_over", "handed over"),
                            ("not_accepted", "not accepted"),
                            ("split", "split"),
                        ],
                        max_length=16,
                        verbose_name="result",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("on_time", "closed on time"), ("late", "closed late")],
                        max_length=8,
                        verbose_name="verdict",
                    ),
                ),
                ("verifying", models.BooleanField(default=False, verbose_name="verification has begun")),
                (
                    "opened_by_unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opened_matters",
                        to="orgs.unit",
                    ),
                ),
                (
                    "handed_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handed_matters",
                        to="orgs.unit",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requested_matters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "for_firm",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="raised_matters",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="loop.matter",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_matters",
                        to="loop.matter",
                    ),
                ),
                ("registered_at", models.DateTimeField(verbose_name="registered")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("retain_until", models.DateField(blank=True, null=True, verbose_name="kept until")),
                (
                    "suspended_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="suspended until"),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                ("warn_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("provisional", models.BooleanField(default=False, verbose_name="provisional")),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["stage", "due_at"], name="matter_by_stage_due"),
                    models.Index(fields=["region", "stage", "-id"], name="matter_by_region_stage"),
                    models.Index(fields=["kind", "stage"], name="matter_by_kind_stage"),
                    models.Index(fields=["due_at"], name="matter_by_due"),
                    models.Index(fields=["closed_at"], name="matter_by_closed"),
                    models.Index(
                        condition=models.Q(("parent__isnull", False)),
                        fields=["parent"],
                        name="matter_by_its_parent",
                    ),
                    models.Index(
                        condition=models.Q(("for_firm__isnull", False)),
                        fields=["for_firm"],
                        name="matter_by_raising_firm",
                    ),
                    models.Index(
                        condition=models.Q(("merged_into__isnull", False)),
                        fields=["merged_into"],
                        name="matter_by_merged_into",
                    ),
                    models.Index(
                        condition=models.Q(("suspended_until__isnull", False)),
                        fields=["suspended_until"],
                        name="matter_by_suspension",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("stage", "closed"),
                                models.Q(("result", ""), _negated=True),
                            ),
                            models.Q(models.Q(("stage", "closed"), _negated=True), ("result", "")),
                            _connector="OR",
                        ),
                        name="a_result_when_closed_and_only_then",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into__isnull", False), ("stage", "merged")),
                            models.Q(
                                models.Q(("stage", "merged"), _negated=True), ("merged_into__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="merged_into_another_and_only_then",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("suspended_until__isnull", True), ("stage", "in_progress"), _connector="OR"
                        ),
                        name="suspended_only_while_in_progress",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="loop.matter",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="orgs.unit",
                    ),
                ),
                ("is_lead", models.BooleanField(verbose_name="lead unit")),
                (
                    "state",
                    tisu.foundation.moves.StateField(
                        choices=[
                            ("sent", "sent"),
                            ("accepted", "accepted"),
                            ("returned", "returned"),
                            ("transferred", "transferred to another unit"),
                            ("done", "part done"),
                            ("confirmed_by_lead", "confirmed by the lead unit"),
                            ("waived", "waived by the lead unit"),
                        ],
                        max_length=24,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("cycle", models.PositiveSmallIntegerField(default=1)),
                ("requirement", models.TextField(blank=True, verbose_name="requirement")),
                ("sent_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("accepted_by_rule", models.BooleanField(default=False, verbose_name="not accepted in time")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("handler", models.CharField(blank=True, max_length=40, verbose_name="handler")),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["unit", "matter"], name="assignment_by_unit")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("is_lead", True),
                            models.Q(("state__in", ["returned", "transferred"]), _negated=True),
                        ),
                        fields=("matter",),
                        name="one_lead_unit_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["returned", "transferred"]), _negated=True),
                        fields=("matter", "unit"),
                        name="a_unit_once_in_a_matter",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="loop.matter"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("extension", "extension"),
                            ("suspension", "suspension"),
                            ("transfer", "transfer"),
                            ("cancellation", "cancellation"),
                            ("content_change", "change of the text"),
                            ("rating_appeal", "objection to a rating"),
                            ("fact_check", "fact check after a low rating"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "state",
                    tisu.foundation.moves.StateField(
                        choices=[
                            ("filed", "waiting for a decision"),
                            ("approved", "granted"),
                            ("refused", "declined"),
                            ("withdrawn", "withdrawn"),
                            ("lapsed", "lapsed"),
                        ],
                        max_length=24,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("cycle", models.PositiveSmallIntegerField()),
                ("reason", models.TextField(blank=True)),
                ("data", models.JSONField(blank=True, default=dict)),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("signed", models.CharField(max_length=120)),
                ("filed_at", models.DateTimeField()),
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
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("opinion", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["matter_id", "number"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "filed")),
                        fields=["kind"],
                        name="request_waiting_by_kind",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "number"), name="request_number_in_matter"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "filed")),
                        fields=("matter", "kind"),
                        name="one_request_of_a_kind_waits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clocks", to="loop.matter"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("screen", "decide whether to accept"),
                            ("accept", "accept the assignment"),
                            ("solve", "handle"),
                            ("co_operate", "do the co-unit's part"),
                            ("report", "report progress"),
                            ("verify", "verify the result"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose part.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clocks",
                        to="loop.assignment",
                    ),
                ),
                ("cycle", models.PositiveSmallIntegerField(default=1)),
                ("started_at", models.DateTimeField()),
                ("amount", models.PositiveIntegerField(default=0)),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("working_hour", "working hours"),
                            ("working_day", "working days"),
                            ("calendar_day", "calendar days"),
                            ("month", "months"),
                            ("date", "a fixed day"),
                        ],
                        max_length=12,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("first_due_at", models.DateTimeField(null=True)),
                ("calendar", models.CharField(max_length=40)),
                (
                    "is_void",
                    models.BooleanField(
                        default=False, help_text="The unit returned the matter: this limit judges no one."
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("warn_at", models.DateTimeField(blank=True, null=True)),
                ("provisional", models.BooleanField(default=False)),
                ("reckoned_under", models.CharField(blank=True, max_length=40)),
                ("alarm_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("alarm_at__isnull", False)),
                        fields=["alarm_at"],
                        name="clock_by_alarm",
                    ),
                    models.Index(
                        condition=models.Q(("is_void", False), ("stopped_at__isnull", True)),
                        fields=["reckoned_under", "id"],
                        name="clock_running_by_calendar",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="loop.clock"
                    ),
                ),
                ("reason", models.CharField(max_length=400)),
                ("paused_at", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("resumed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="loop.request",
                    ),
                ),
            ],
            options={
                "ordering": ["paused_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("resumed_at__isnull", True),
                            ("resumed_at__gte", models.F("paused_at")),
                            _connector="OR",
                        ),
                        name="pause_resumed_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("resumed_at__isnull", False),
                            ("until__gt", models.F("paused_at")),
                            _connector="OR",
                        ),
                        name="pause_has_an_end",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="loop.clock",
                    ),
                ),
                ("amount", models.PositiveIntegerField(verbose_name="working days")),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="loop.request",
                    ),
                ),
                ("approved_by", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="alarms", to="loop.clock"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField()),
                ("due_at", models.DateTimeField()),
                ("sent", models.BooleanField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["pk"],
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("clock", "level", "due_at"), name="alarm_once_per_level")
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="loop.matter"
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("action", models.CharField(max_length=32)),
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
                ("at", models.DateTimeField()),
                ("from_stage", models.CharField(blank=True, max_length=24)),
                ("to_stage", models.CharField(max_length=24)),
                ("version", models.PositiveIntegerField()),
                ("cycle", models.PositiveSmallIntegerField()),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "everyone who sees the matter"),
                            ("office", "office and supervision"),
                        ],
                        default="everyone",
                        max_length=8,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("chain", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["matter_id", "seq"],
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["at"], name="event_by_time")],
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "seq"), name="event_seq_unique_in_matter")
                ],
            },
        ),
        migrations.CreateModel(
            name="EventContent",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="loop.event",
                    ),
                ),
                ("salt", models.CharField(max_length=32)),
                ("said", models.TextField(null=True)),
                ("erased_under", models.CharField(blank=True, max_length=60)),
                ("erased_by", models.CharField(blank=True, max_length=120)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to="loop.matter",
                    ),
                ),
                ("cycle", models.PositiveSmallIntegerField()),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("resolved", "resolved"),
                            ("partly_resolved", "partly resolved"),
                            ("explained", "explained"),
                            ("not_supported", "not supported by policy"),
                            ("unfounded", "unfounded"),
                            ("withdrawn", "withdrawn by the requester"),
                            ("handed_over", "handed over"),
                            ("not_accepted", "not accepted"),
                            ("split", "split"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("on_time", "closed on time"), ("late", "closed late")],
                        max_length=8,
                    ),
                ),
                ("due_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField()),
                ("calendar", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "ordering": ["matter_id", "cycle"],
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "cycle"), name="judged_once_a_cycle")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="loop.matter"
                    ),
                ),
                ("cycle", models.PositiveSmallIntegerField()),
                (
                    "solved",
                    models.CharField(
                        choices=[("yes", "solved"), ("partly", "partly solved"), ("no", "not solved")],
                        max_length=8,
                        verbose_name="solved",
                    ),
                ),
                ("satisfaction", models.PositiveSmallIntegerField(verbose_name="satisfaction")),
                ("text", models.TextField(blank=True, null=True, verbose_name="in your words")),
                ("at", models.DateTimeField()),
            ],
            options={
                "ordering": ["at", "pk"],
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("satisfaction__gte", 1), ("satisfaction__lte", 5)),
                        name="satisfaction_from_1_to_5",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StandingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("rule", models.CharField(max_length=32, verbose_name="rule")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
            ],
            options={
                "ordering": ["rule", "-since"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="rule_off_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("rule",),
                        name="a_rule_is_off_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="walls", to="loop.matter"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="walls",
                        to="orgs.unit",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="walls",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("built_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "inherited_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loop.matter",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit__isnull", False), ("user__isnull", False), _connector="XOR"
                        ),
                        name="a_wall_against_a_unit_or_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("matter", "unit"),
                        name="one_wall_per_unit",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("matter", "user"),
                        name="one_wall_per_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictOfInterest",
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
                        related_name="conflicts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="enterprises.enterprise",
                        verbose_name="enterprise",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
            ],
            options={
                "ordering": ["-since", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="conflict_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConcernedFirm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerned_firms",
                        to="loop.matter",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "inherited_from",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="loop.matter",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("inherited_from__isnull", True)),
                        fields=("matter", "enterprise"),
                        name="a_firm_of_its_own_once",
                    ),
                    models.UniqueConstraint(
                        fields=("matter", "enterprise", "inherited_from"), name="a_firm_once_from_each_matter"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="watches", to="loop.matter"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="watches", to="orgs.post"
                    ),
                ),
                ("level", models.PositiveSmallIntegerField()),
                ("since", models.DateTimeField()),
            ],
            options={
                "ordering": ["level", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "post"), name="a_post_watches_once")
                ],
            },
        ),
    ]
