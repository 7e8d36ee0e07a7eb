"""The notices that were loaded after the calendar that came with the program."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_search_entries")]

    operations = [
        migrations.CreateModel(
            name="CalendarNotice",
            fields=[
                (
                    "number",
                    models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name="version"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("year", "arrangement of a year"),
                            ("overlay", "days beside the year's arrangement"),
                            ("hours", "office hours"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                ("region", models.CharField(blank=True, max_length=12, verbose_name="region")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
                ("content", models.JSONField(verbose_name="content")),
                ("loaded_at", models.DateTimeField(verbose_name="loaded at")),
                ("loaded_by", models.CharField(max_length=120, verbose_name="loaded by")),
                ("order", models.CharField(blank=True, max_length=400, verbose_name="leader's order")),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["number"],
                "base_manager_name": "objects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "year"), ("year__isnull", False)),
                            models.Q(("kind__in", ["overlay", "hours"]), ("year__isnull", True)),
                            _connector="OR",
                        ),
                        name="calendar_notice_of_a_year_names_it",
                    )
                ],
            },
        ),
    ]
