"""Chain the entries that were written before there was a chain, in the order in which they stand."""

import json
import secrets

from django.db import migrations

from tisu.audit.chain import genesis, next_value
from tisu.audit.facts import plain
from tisu.foundation.digests import salted_digest

HOUSE = "house"
# As the columns stood when this was written.
FACTS = ("seq", "id", "at", "actor_id", "signed", "act", "about", "digest")
CHANGED = ["seq", "said", "salt", "digest", "chain"]
BATCH = 1000


def lay_chain(apps, schema_editor):
    alias = schema_editor.connection.alias
    entries = apps.get_model("audit", "Entry").objects.using(alias)
    apps.get_model("audit", "Head").objects.using(alias).get_or_create(name=HOUSE)
    value, changed = genesis(HOUSE), []
    for seq, entry in enumerate(entries.order_by("id").iterator(BATCH), 1):
        entry.seq, entry.salt = seq, secrets.token_hex(16)
        details = json.loads(entry.said)
        entry.said = json.dumps(details or {}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        content = json.dumps([entry.reason, entry.said], ensure_ascii=False).encode()
        entry.digest = salted_digest(entry.salt.encode(), content)
        value = entry.chain = next_value(value, [plain(getattr(entry, name)) for name in FACTS])
        changed.append(entry)
        if len(changed) == BATCH:
            entries.bulk_update(changed, CHANGED)
            changed = []
    entries.bulk_update(changed, CHANGED)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_room_for_the_chain")]

    operations = [migrations.RunPython(lay_chain, migrations.RunPython.noop)]
