"""Chain the events that were written before there was a chain.

What an event says becomes the canonical text that its digest was taken over. What was emptied before erasures were
events gets its event now, at the end of its matter's chain and dated as the last act there: emptying was part of
that act. A digest that does not fit is left as it is, so that `tisu audit verify` names it.
"""

import json
import secrets
from itertools import groupby

from django.db import migrations

from tisu.audit.chain import genesis, next_value
from tisu.audit.facts import plain
from tisu.foundation.digests import salted_digest

# As the columns stood when this was written.
FACTS = ("seq", "action", "actor_id", "signed", "at", "from_stage", "to_stage", "version", "cycle", "audience", "digest")
BATCH = 2000


def canonical(body):
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def write_as_text(apps, schema_editor):
    contents = apps.get_model("loop", "EventContent").objects.using(schema_editor.connection.alias)
    changed = []
    for content in contents.exclude(said=None).order_by("pk").iterator(BATCH):
        body = json.loads(content.said)
        content.said = None if body is None else canonical(body)
        changed.append(content)
        if len(changed) == BATCH:
            contents.bulk_update(changed, ["said"])
            changed = []
    contents.bulk_update(changed, ["said"])


def name_erasures(apps, schema_editor):
    alias = schema_editor.connection.alias
    contents = apps.get_model("loop", "EventContent").objects.using(alias)
    emptied = contents.filter(said=None).order_by("event__matter", "erased_under", "event__seq").select_related("event")
    for (matter_id, rule), rows in groupby(list(emptied), key=lambda row: (row.event.matter_id, row.erased_under)):
        write_erasure(apps, alias, matter_id, rule, list(rows))


def write_erasure(apps, alias, matter_id, rule, emptied):
    Event, Content = apps.get_model("loop", "Event"), apps.get_model("loop", "EventContent")
    last = Event.objects.using(alias).filter(matter_id=matter_id).order_by("-seq").first()
    salt = secrets.token_hex(16)
    said = canonical({"rule": rule, "events": [row.event.seq for row in emptied], "by": rule})
    event = Event.objects.using(alias).create(
        matter_id=matter_id, seq=last.seq + 1, action="erase", actor=None, signed=rule, at=last.at,
        from_stage=last.to_stage, to_stage=last.to_stage, version=last.version, cycle=last.cycle, audience="office",
        digest=salted_digest(salt.encode(), said.encode()), chain="",
    )
    Content.objects.using(alias).create(event=event, salt=salt, said=said)
    for row in emptied:
        row.salt, row.erased_by, row.erased_at = "", rule, last.at
    Content.objects.using(alias).bulk_update(emptied, ["salt", "erased_by", "erased_at"])


def lay_chain(apps, schema_editor):
    alias = schema_editor.connection.alias
    events = apps.get_model("loop", "Event").objects.using(alias)
    rows = events.order_by("matter_id", "seq").select_related("matter").iterator(BATCH)
    changed = []
    for _matter, chain in groupby(rows, key=lambda row: row.matter_id):
        value = ""
        for event in chain:
            facts = [plain(getattr(event, name)) for name in FACTS]
            value = event.chain = next_value(value or genesis(event.matter.number), facts)
            changed.append(event)
        if len(changed) >= BATCH:
            events.bulk_update(changed, ["chain"], BATCH)
            changed = []
    events.bulk_update(changed, ["chain"], BATCH)


class Migration(migrations.Migration):
    dependencies = [("loop", "0002_room_for_the_chain")]

    operations = [
        migrations.RunPython(write_as_text, migrations.RunPython.noop),
        migrations.RunPython(name_erasures, migrations.RunPython.noop),
        migrations.RunPython(lay_chain, migrations.RunPython.noop),
    ]
