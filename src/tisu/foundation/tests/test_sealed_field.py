"""A sealed field: the database holds seals, an instance holds `Sealed`, and only `.open()` tells the text."""

import uuid
from types import SimpleNamespace

import pytest
from django.db import connection, models, transaction
from django.test.utils import isolate_apps

from tisu.foundation.sealed import SealBroken, SealedTextField, create_key_ring, open_sealed

SECRET = "举报人的电话"


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    settings.KEY_RING = tmp_path / "ring.json"
    create_key_ring(settings.KEY_RING)


@pytest.fixture
def diary(db):
    """A model of its own, outside the house's, with a table that goes with the test."""
    with isolate_apps("tisu.foundation"):

        class Diary(models.Model):
            page = SealedTextField(null=True)
            id = models.UUIDField(primary_key=True, default=uuid.uuid4)
            title = models.CharField(max_length=20, blank=True)

            class Meta:
                app_label = "foundation"

        columns = ", ".join(
            f"{field.column} {field.db_type(connection)} {'PRIMARY KEY' if field.primary_key else ''}"
            for field in Diary._meta.fields
        )
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {Diary._meta.db_table} ({columns})")
        yield Diary


def stored(row):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT page FROM {row._meta.db_table}")
        return bytes(cursor.fetchone()[0])


def test_holds_text_sealed_in_its_row(diary):
    row = diary.objects.create(page=SECRET)
    assert SECRET.encode() not in stored(row)
    assert open_sealed(stored(row), context=f"foundation_diary.page:{row.pk}") == SECRET
    assert diary.objects.get().page.open() == row.page.open() == SECRET


@pytest.mark.parametrize("saved", [False, True])
def test_shows_nothing_when_printed(diary, saved):
    row = diary(page=SECRET)
    if saved:
        row.save()
    shown = f"{row.page} {row.page!r} {[row.page]} {row.__dict__}"
    assert SECRET not in shown
    assert not isinstance(row.page, (str, bytes))


def test_keeps_its_bytes_until_text_is_assigned(diary):
    row = diary.objects.create(page=SECRET)
    first = stored(row)
    row = diary.objects.get()
    row.title = "改"
    row.save()
    row.refresh_from_db()
    assert stored(row) == first
    row.page = "第二页"
    row.save(update_fields=["page"])
    assert stored(row) != first
    assert diary.objects.get().page.open() == "第二页"


def test_may_be_empty_or_deferred_or_made_in_bulk(diary):
    diary.objects.bulk_create([diary(page=""), diary(page=None)])
    pages = [row.page and row.page.open() for row in diary.objects.defer("page")]
    assert sorted(pages, key=str) == ["", None]
    assert diary.objects.filter(page=None).count() == 1


def test_moved_to_another_row_does_not_open(diary):
    row = diary.objects.create(page=SECRET)
    diary.objects.update(id=uuid.uuid4())
    with pytest.raises(SealBroken):
        diary.objects.get().page.open()
    with pytest.raises(SealBroken):
        diary.objects.create(page=row.page)
    row.pk = uuid.uuid4()
    with pytest.raises(SealBroken):
        row.save(force_insert=True)


def test_is_neither_queried_nor_updated_in_bulk(diary):
    for attempt in (
        lambda: diary.objects.update(page=SECRET),
        lambda: diary.objects.filter(page=SECRET).exists(),
    ):
        with pytest.raises(TypeError), transaction.atomic():
            attempt()


def test_is_validated_without_being_opened(diary):
    row = diary(page=SECRET)
    row.clean_fields()
    row.save()
    assert diary.objects.get().page.open() == SECRET


@isolate_apps("tisu.foundation")
def test_asks_for_a_uuid_as_primary_key():
    class Numbered(models.Model):
        page = SealedTextField()

        class Meta:
            app_label = "foundation"

    assert [error.id for error in Numbered._meta.get_field("page").check()] == ["foundation.E001"]


def test_a_seal_names_table_column_and_row():
    field = SealedTextField()
    field.column = "page"
    row = SimpleNamespace(_meta=SimpleNamespace(db_table="diary"), pk="1")
    assert field.context_of(row) == "diary.page:1"
