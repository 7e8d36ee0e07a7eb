"""Sealing anew brings every sealed text under the newest key, touches nothing else, and can be interrupted."""

import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test.utils import isolate_apps

from tisu.foundation import resealing, sealuses
from tisu.foundation.appendonly import AppendOnlyModel
from tisu.foundation.digests import KeyedDigestField, keyed_digest
from tisu.foundation.keyring import KeyRingError
from tisu.foundation.resealing import reseal
from tisu.foundation.ringfile import create_key_ring, key_ring
from tisu.foundation.rotation import retire, rotate
from tisu.foundation.sealed import DerivedSealField, SealedTextField, derived_seal

SECRET = "举报人的电话"


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    settings.KEY_RING = tmp_path / "ring.json"
    create_key_ring(settings.KEY_RING)
    return settings.KEY_RING


def table_of(model):
    columns = ", ".join(
        f"{field.column} {field.db_type(connection)} {'PRIMARY KEY' if field.primary_key else ''}"
        for field in model._meta.fields
    )
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {model._meta.db_table} ({columns})")


@pytest.fixture
def models_of_test(db, monkeypatch):
    """A diary, a ledger and a table of digests, in a house of their own."""
    with isolate_apps("tisu.foundation") as apps:

        class Diary(models.Model):
            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
            page = SealedTextField(null=True)
            title = models.CharField(max_length=20, blank=True)
            changed_at = models.DateTimeField(auto_now=True)

            class Meta:
                app_label = "foundation"

        class Ledger(AppendOnlyModel):
            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
            page = SealedTextField()

            class Meta:
                app_label = "foundation"
                base_manager_name = "objects"

        class Ticket(models.Model):
            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
            digest = KeyedDigestField(max_length=64, null=True)
            answer = DerivedSealField(null=True)

            class Meta:
                app_label = "foundation"

        for model in (Diary, Ledger, Ticket):
            table_of(model)
        monkeypatch.setattr(sealuses, "apps", apps)
        yield Diary, Ledger, Ticket


@pytest.fixture
def diary(models_of_test):
    return models_of_test[0]


@pytest.fixture
def ledger(models_of_test):
    return models_of_test[1]


@pytest.fixture
def ticket(models_of_test):
    return models_of_test[2]


def stored(model) -> dict:
    return {key: bytes(page) for key, page in model.objects.values_list("pk", "page") if page is not None}


def keys_in(model) -> set[bytes]:
    return {page[1:5] for page in stored(model).values()}


def keys(*words: str) -> str:
    told = StringIO()
    call_command("keys", *words, stdout=told)
    return told.getvalue()


def test_brings_every_text_under_the_newest_key_in_batches(diary, ring):
    rows = [diary.objects.create(page=f"{SECRET} {number}", title="题") for number in range(7)]
    diary.objects.create(page=None)
    before = {row.pk: row.changed_at for row in rows}
    rotate(ring)
    steps = list(reseal(batch=3))
    assert [(step.done, step.left) for step in steps] == [(3, 4), (6, 1), (7, 0)]
    assert keys_in(diary) == {key_ring().newest("field").id}
    assert [diary.objects.get(pk=row.pk).page.open() for row in rows] == [row.page.open() for row in rows]
    after = {row.pk: row.changed_at for row in diary.objects.exclude(page=None)}
    assert after == before  # nothing else about a row has changed
    assert list(reseal()) == []


def test_goes_on_where_it_was_interrupted(diary, ring):
    for number in range(5):
        diary.objects.create(page=f"{SECRET} {number}")
    rotate(ring)
    running = reseal(batch=2)
    next(running)
    running.close()
    half = stored(diary)
    assert len(keys_in(diary)) == 2
    [*_steps, last] = reseal(batch=2)
    assert (last.done, last.left) == (3, 0)
    newest = key_ring().newest("field").id
    done_before = {key: page for key, page in half.items() if page[1:5] == newest}
    assert len(done_before) == 2 and done_before.items() <= stored(diary).items()
    assert keys_in(diary) == {newest}


def test_does_not_overwrite_what_is_written_at_the_same_time(diary, ring, monkeypatch):
    row = diary.objects.create(page=SECRET)
    rotate(ring)
    real = resealing.sealed_anew

    def meanwhile(blob, *, context):
        mine = diary.objects.get(pk=row.pk)
        mine.page = "第二页"
        mine.save()
        return real(blob, context=context)

    monkeypatch.setattr(resealing, "sealed_anew", meanwhile)
    [step] = reseal()
    assert step.done == 0
    assert diary.objects.get().page.open() == "第二页"


def test_leaves_what_does_not_open_and_says_where_it_is(diary, ring):
    rows = [diary.objects.create(page=f"{SECRET} {number}") for number in range(3)]
    broken = stored(diary)[rows[0].pk][:-1] + b"\0\0"
    models.QuerySet(diary).filter(pk=rows[0].pk).update(page=broken)
    rotate(ring)
    with pytest.raises(CommandError, match=str(rows[0].pk)) as told:
        keys("reseal", "--batch", "1")
    assert told.value.returncode == 1
    assert stored(diary)[rows[0].pk] == broken
    assert [diary.objects.get(pk=row.pk).page.open() for row in rows[1:]] == [
        f"{SECRET} 1",
        f"{SECRET} 2",
    ]


def test_never_rewrites_a_ledger_and_says_so(ledger, ring):
    row = ledger.objects.create(page=SECRET)
    before = stored(ledger)
    rotate(ring)
    assert "foundation_ledger.page" in keys("reseal")
    assert stored(ledger) == before
    assert ledger.objects.get(pk=row.pk).page.open() == SECRET


# --- What keeps a key in the ring -------------------------------------------------------------------------


def refused(ring, key) -> str:
    before = ring.read_bytes()
    with pytest.raises(KeyRingError) as told:
        retire(ring, key.id.hex())
    assert ring.read_bytes() == before
    return str(told.value)


def test_keeps_a_key_under_which_a_text_is_sealed_until_it_is_sealed_anew(diary, ring):
    diary.objects.create(page=SECRET)
    old = key_ring().newest("field")
    rotate(ring)
    assert "tisu keys reseal" in refused(ring, old)
    list(reseal())
    retire(ring, old.id.hex())
    assert diary.objects.get().page.open() == SECRET


def test_keeps_a_key_that_a_ledger_needs(ledger, ring):
    ledger.objects.create(page=SECRET)
    old = key_ring().newest("field")
    rotate(ring)
    list(reseal())
    assert "foundation_ledger.page" in refused(ring, old)


@pytest.mark.parametrize("column", ["digest", "answer"])
def test_keeps_a_pepper_that_a_digest_or_a_derived_seal_needs(ticket, ring, column):
    made = {
        "digest": keyed_digest("receipt", "7K3M9"),
        "answer": derived_seal(b"secret", "text", context="x"),
    }
    old = key_ring().newest("pepper")
    row = ticket.objects.create(**{column: made[column]})
    rotate(ring)
    assert f"foundation_ticket.{column}" in refused(ring, old)
    row.delete()
    retire(ring, old.id.hex())


def test_counts_a_digest_without_a_mark_for_the_peppers_of_that_time(ticket, ring):
    ticket.objects.create(digest="0" * 64)
    ring.write_text(ring.read_text().replace('"made"', '"was"'))
    old = key_ring().newest("pepper")
    rotate(ring)
    assert "foundation_ticket.digest" in refused(ring, old)


def test_lists_what_each_key_is_in_use_for(diary, ticket, ring):
    for _time in range(3):
        diary.objects.create(page=SECRET)
    ticket.objects.create(digest=keyed_digest("receipt", "7K3M9"))
    rotate(ring)
    lines = {line.split()[0]: line for line in keys("list").splitlines() if line}
    field, pepper, *new = [lines[key.id.hex()] for key in key_ring().keys]
    assert "foundation_diary.page 3" in field and "foundation_ticket.digest 1" in pepper
    assert not any("foundation_" in line for line in new)
