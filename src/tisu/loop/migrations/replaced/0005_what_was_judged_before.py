"""Clocks say under which calendar they were reckoned; what has closed has its judgement."""

from django.db import migrations
from django.db.models import F

CHUNK = 500


def fill(apps, schema_editor):
    Clock, Matter = apps.get_model("loop", "Clock"), apps.get_model("loop", "Matter")
    Judgement = apps.get_model("loop", "Judgement")
    Clock.objects.filter(reckoned_under="").update(reckoned_under=F("calendar"))
    judged = Matter.objects.filter(stage="closed").exclude(
        result__in=["handed_over", "not_accepted", "split"]
    )
    batch = []
    for matter in judged.order_by("pk").iterator(chunk_size=CHUNK):
        batch.append(_judgement(Clock, Judgement, matter))
        if len(batch) == CHUNK:
            Judgement.objects.bulk_create(batch)
            batch = []
    Judgement.objects.bulk_create(batch)


def _judgement(Clock, Judgement, matter):
    clock = Clock.objects.filter(matter=matter, kind="solve", is_void=False).order_by("pk").last()
    return Judgement(
        matter_id=matter.pk,
        cycle=matter.cycle,
        result=matter.result,
        verdict=matter.verdict,
        due_at=matter.due_at,
        stopped_at=matter.stopped_at,
        closed_at=matter.closed_at,
        calendar=clock.calendar if clock else "",
    )


class Migration(migrations.Migration):
    dependencies = [("loop", "0004_requests_and_every_clock")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
