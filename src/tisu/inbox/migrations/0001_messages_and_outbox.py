"""Messages, where they go, and the outbox."""

import django.db.models.deletion
import tisu.foundation.sealed
import tisu.inbox.realtime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("inbox", "0001_messages"),
        ("inbox", "0002_destinations_and_outbox"),
        ("inbox", "0003_status_of_a_delivery"),
        ("inbox", "0004_keepers_of_anchors"),
    ]

    initial = True

    dependencies = [
        ("audit", "0002_room_for_the_chain"),
        ("orgs", "0001_units_and_posts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Destination",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="destinations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="robots",
                        to="orgs.unit",
                    ),
                ),
                ("channel", models.CharField(max_length=20)),
                ("address", tisu.foundation.sealed.SealedTextField()),
                ("secret", tisu.foundation.sealed.SealedTextField(blank=True, null=True)),
                ("masked", models.CharField(max_length=80)),
                ("address_digest", models.CharField(max_length=64)),
                ("takes_digest", models.BooleanField(default=True)),
                ("takes_anchors", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField(default=tisu.inbox.realtime.real_now)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("code", tisu.foundation.sealed.SealedTextField(blank=True, null=True)),
                ("code_until", models.DateTimeField(blank=True, null=True)),
                ("code_tries", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["added_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit__isnull", True), ("user__isnull", False)),
                            models.Q(("unit__isnull", False), ("user__isnull", True)),
                            _connector="OR",
                        ),
                        name="destination_of_a_person_or_a_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("takes_anchors", False), ("unit__isnull", False), _connector="OR"
                        ),
                        name="no_person_takes_anchors",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("user__isnull", False)),
                        fields=("user", "channel", "address_digest"),
                        name="a_person_has_an_address_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("unit__isnull", False)),
                        fields=("unit", "channel", "address_digest"),
                        name="a_unit_has_a_robot_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("day", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("recipient", "day"), name="one_digest_a_day")
                ],
            },
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
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("rule", models.CharField(max_length=80)),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("period", models.CharField(max_length=120)),
                ("about_kind", models.CharField(blank=True, max_length=40)),
                ("about_key", models.BigIntegerField(default=0)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("url", models.CharField(blank=True, max_length=300)),
                ("urgent", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "digest",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="messages",
                        to="inbox.digest",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["recipient", "-id"], name="inbox_of_recipient"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["recipient"],
                        name="inbox_unread_of_recipient",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rule", "recipient", "period", "about_kind", "about_key"), name="told_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "destination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="inbox.destination",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="inbox.message",
                    ),
                ),
                (
                    "digest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="inbox.digest",
                    ),
                ),
                (
                    "anchor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="audit.anchor",
                    ),
                ),
                ("topic", models.CharField(max_length=80)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sent", "sent"),
                            ("stuck", "stuck"),
                            ("dropped", "no longer needed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField(default=tisu.inbox.realtime.real_now)),
                ("due_at", models.DateTimeField(default=tisu.inbox.realtime.real_now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("tried_first_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("fault", models.CharField(blank=True, max_length=40)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "waiting")),
                        fields=["due_at"],
                        name="deliveries_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("destination", "topic"), name="a_destination_gets_it_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("message__isnull", False)),
                        fields=("destination", "message"),
                        name="one_delivery_of_a_message",
                    ),
                ],
            },
        ),
    ]
