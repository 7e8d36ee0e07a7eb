"""Firms that were marked as above designated size are so from the month of this migration on: since when they were,
nobody wrote down."""

from django.db import migrations
from django.utils import timezone


def take_over(apps, schema_editor):
    Enterprise = apps.get_model("enterprises", "Enterprise")
    ScaleMonths = apps.get_model("enterprises", "ScaleMonths")
    first = timezone.localdate().replace(day=1)
    marked = Enterprise.objects.filter(is_above_scale=True).values_list("pk", "source")
    ScaleMonths.objects.bulk_create(
        ScaleMonths(enterprise_id=key, first=first, source=source) for key, source in marked
    )


def give_back(apps, schema_editor):
    Enterprise = apps.get_model("enterprises", "Enterprise")
    ScaleMonths = apps.get_model("enterprises", "ScaleMonths")
    running = ScaleMonths.objects.filter(last=None).values("enterprise")
    Enterprise.objects.filter(pk__in=running).update(is_above_scale=True)


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0002_facts_of_a_firm")]

    operations = [migrations.RunPython(take_over, give_back)]
