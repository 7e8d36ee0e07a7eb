"""Reports concern the firm they name and the reporter's own; where the same words stand, so do the others.

Merged before there were such rows, matters of any kind get what a merge gives them now.
"""

from django.db import migrations
from django.db.models import Q
from django.utils.timezone import localtime

CHUNK = 500


def fill(apps, schema_editor):
    Report, Concerned = apps.get_model("voice", "Report"), apps.get_model("loop", "ConcernedFirm")
    Mandate = apps.get_model("enterprises", "Mandate")
    for report in Report.objects.select_related("matter").order_by("pk").iterator(CHUNK):
        firms = {report.enterprise_id, *_own(Mandate, report)} - {None}
        rows = [Concerned(matter_id=report.matter_id, enterprise_id=firm) for firm in sorted(firms)]
        Concerned.objects.bulk_create(rows, ignore_conflicts=True)
    _spread(apps.get_model("loop", "Matter"), Concerned)


def _own(Mandate, report):
    """The firms that the reporter acted for on the day; of who was not named nothing is known."""
    day, user = localtime(report.matter.registered_at).date(), report.matter.requester_id
    if user is None:
        return []
    acting = Mandate.objects.filter(Q(until=None) | Q(until__gt=day), user_id=user, since__lte=day)
    return acting.values_list("enterprise_id", flat=True)


def _spread(Matter, Concerned):
    """From each matter with a firm to all of its kin, as tisu.loop.kin counted it when this was written."""
    shown = Matter.objects.exclude(enterprise=None).values_list("pk", "enterprise_id")
    own = {*shown, *Concerned.objects.filter(inherited_from=None).values_list("matter_id", "enterprise_id")}
    joined = set(Matter.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
    parted = set(Matter.objects.exclude(parent=None).values_list("pk", "parent_id"))
    up, down, across = _steps(parted), _steps({(b, a) for a, b in parted}), _steps(joined | {(b, a) for a, b in joined})
    for matter, firm in sorted(own):
        kin = (_reached(matter, up, across) | _reached(matter, down, across)) - {matter}
        Concerned.objects.bulk_create(
            [Concerned(matter_id=key, enterprise_id=firm, inherited_from_id=matter) for key in sorted(kin)],
            ignore_conflicts=True,
        )
    Concerned.objects.filter(matter__title="", matter__text="").delete()  # of an erased one nothing is known


def _steps(pairs):
    found = {}
    for a, b in pairs:
        found.setdefault(a, set()).add(b)
    return found


def _reached(matter, *ways):
    found, fresh = {matter}, {matter}
    while fresh:
        fresh = {each for key in fresh for way in ways for each in way.get(key, ())} - found
        found |= fresh
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("voice", "0001_direct_line"),
        ("loop", "0008_firms_behind_walls"),
        ("enterprises", "0001_register"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
