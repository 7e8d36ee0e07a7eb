import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import tisu.foundation.moves

STATES = [
    ("asked", "waits for a second person"),
    ("granted", "agreed to"),
    ("declined", "declined"),
    ("used", "opened"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("voice", "0002_firms_behind_reports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("state", tisu.foundation.moves.StateField(choices=STATES, max_length=24)),
                ("version", models.PositiveIntegerField(default=1)),
                ("signed", models.CharField(max_length=120)),
                ("reason", models.CharField(max_length=400)),
                ("asked_at", models.DateTimeField()),
                ("decided_signed", models.CharField(blank=True, max_length=120)),
                ("decided_at", models.DateTimeField(null=True)),
                ("good_until", models.DateTimeField(null=True)),
                ("asked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("decided_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("report", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="openings", to="voice.report")),
            ],
            options={
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                        name="nobody_agrees_to_their_own_opening",
                    ),
                    models.CheckConstraint(
                        condition=~Q(state__in=["granted", "used"])
                        | Q(decided_by__isnull=False, good_until__isnull=False),
                        name="opened_only_when_agreed_to",
                    ),
                    models.UniqueConstraint(
                        condition=Q(state="asked"),
                        fields=("report", "asked_by"),
                        name="asked_once_while_it_waits",
                    ),
                ],
            },
        ),
    ]
