"""Whatever is changed in a ledger past the door is named by `tisu audit verify` (loop.md §3, promises 2 to 3b).

Every column of every table that a chain covers is altered in turn, by raw SQL and with the database's own guards
off: what is claimed is that it shows, whoever did it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cast import MONDAY
from tisu.audit.anchors import keep_in_file, take_anchor
from tisu.audit.models import Anchor, AnchorLeaf, Entry
from tisu.audit.record import record
from tisu.audit.verifying import erasures, verify
from tisu.foundation.digests import salted_digest
from tisu.loop.erasing import erase_content
from tisu.loop.models import Event, EventContent, Matter
from tisu.loop.stages import Result

pytestmark = pytest.mark.django_db
PLACE = 3  # the event, the entry and the number of the matter's anchors that are tampered with
RULE = "lawful-erasure/1"
GUARDS = {
    "postgresql": ("SET session_replication_role = replica", "SET session_replication_role = origin"),
    "sqlite": ("PRAGMA ignore_check_constraints = ON", "PRAGMA ignore_check_constraints = OFF"),
}


@pytest.fixture(autouse=True)
def anchor_file(settings, tmp_path):
    settings.ANCHORS = tmp_path / "anchors.txt"
    return settings.ANCHORS


@contextmanager
def unguarded() -> Iterator[Any]:
    """A cursor that no trigger, no check and no foreign key stops."""
    off, on = GUARDS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(off)
        yield cursor
        cursor.execute(on)


@pytest.fixture
def tamper(db):
    """`tamper("UPDATE …", …)`: raw SQL past every guard."""

    def _tamper(sql: str, *params: Any) -> None:
        with unguarded() as cursor:
            cursor.execute(sql, params)
            assert cursor.rowcount

    yield _tamper
    transaction.set_rollback(True)  # what was broken is not looked at again


@pytest.fixture
def matter(at_stage, anchor_file) -> Matter:
    """A closed matter of five events, and four entries of the house, under three anchors."""
    for number in range(4):
        record(act="add-unit", about=f"示例{number}", reason="示例理由", duty="handling")
    at_stage("assigned")
    take_anchor()
    closed = at_stage("closed")
    take_anchor()
    take_anchor()
    keep_in_file(anchor_file)
    assert list(verify()) == []
    return closed


@pytest.fixture
def erased(matter) -> Matter:
    erase_content(matter, rule=RULE)
    assert list(verify()) == []
    return matter


def names(sentence: str, *words: object) -> bool:
    """Whether a sentence names all of these, each standing alone: not within a matter's number or a day."""
    return all(re.search(rf"(?<![0-9A-Z-]){re.escape(str(word))}(?![0-9A-Z-])", sentence) for word in words)


def named(*words: object) -> bool:
    return any(names(sentence, *words) for sentence in verify())


# --- One value -------------------------------------------------------------------------------------------


def columns(model: type[models.Model]) -> list:
    return [pytest.param(field, id=f"{model.__name__}.{field.name}") for field in model._meta.concrete_fields]


def another(value: Any) -> Any:
    """A value of the same kind, next to this one."""
    match value:
        case None:
            return None
        case int():
            return value + 1000
        case datetime():
            return value + timedelta(microseconds=1)
        case date():
            return value + timedelta(days=1)
    return chr(ord(value[0]) ^ 1) + value[1:] if value else "x"


def alter(tamper, field: models.Field, row: models.Model) -> None:
    value = another(getattr(row, field.attname))
    if value is None:
        value = MONDAY if isinstance(field, models.DateTimeField) else 1 if field.is_relation else "x"
    where, keys = zip(*key_of(row).items(), strict=True)
    tamper(
        f"UPDATE {row._meta.db_table} SET {field.column} = %s WHERE {' AND '.join(f'{key} = %s' for key in where)}",
        field.get_db_prep_value(value, connection),
        *keys,
    )


def key_of(row: models.Model) -> dict[str, Any]:
    if isinstance(row, AnchorLeaf):
        return {"anchor_id": row.anchor_id, "ledger": row.ledger, "chain": row.chain}
    return {row._meta.pk.column: row.pk}


@pytest.mark.parametrize("field", [*columns(Event), *columns(EventContent)])
def test_names_an_event_one_value_of_which_was_altered(matter, tamper, field):
    event = matter.events.get(seq=PLACE)
    alter(tamper, field, event if field.model is Event else event.content)
    assert named(matter.number, PLACE)


@pytest.mark.parametrize("field", columns(EventContent))
def test_names_an_event_whose_erasure_was_altered(erased, tamper, field):
    alter(tamper, field, EventContent.objects.get(event__matter=erased, event__seq=PLACE))
    assert named(erased.number, PLACE)


@pytest.mark.parametrize("field", columns(Entry))
def test_names_an_entry_of_the_house_one_value_of_which_was_altered(matter, tamper, field):
    alter(tamper, field, Entry.objects.get(seq=PLACE))
    assert named(PLACE)


@pytest.mark.parametrize("field", [*columns(Anchor), *columns(AnchorLeaf)])
def test_names_an_anchor_one_value_of_which_was_altered(matter, tamper, field):
    anchor = Anchor.objects.get(number=2)
    alter(tamper, field, anchor if field.model is Anchor else anchor.chains.get())
    assert named(2)


# --- Whole rows ------------------------------------------------------------------------------------------


def test_names_an_event_that_was_removed(matter, tamper):
    event = matter.events.get(seq=PLACE)
    tamper("DELETE FROM loop_eventcontent WHERE event_id = %s", event.pk)
    tamper("DELETE FROM loop_event WHERE id = %s", event.pk)
    assert named(matter.number, PLACE)


def test_names_an_event_that_was_removed_although_the_others_closed_up(matter, tamper):
    event = matter.events.get(seq=PLACE)
    tamper("DELETE FROM loop_eventcontent WHERE event_id = %s", event.pk)
    tamper("DELETE FROM loop_event WHERE id = %s", event.pk)
    for seq in (4, 5):
        tamper("UPDATE loop_event SET seq = %s WHERE matter_id = %s AND seq = %s", seq - 1, matter.pk, seq)
    assert named(matter.number, PLACE)


def test_names_events_that_changed_places(matter, tamper):
    for old, new in ((3, 99), (4, 3), (99, 4)):
        tamper("UPDATE loop_event SET seq = %s WHERE matter_id = %s AND seq = %s", new, matter.pk, old)
    assert named(matter.number, PLACE)


def copy_of(event: Event, tamper, **changed: Any) -> None:
    """Insert a copy of an event with its content, some columns changed."""
    for row, key in ((event, "id"), (event.content, "event_id")):
        own = {field.column: field.column for field in row._meta.concrete_fields}
        values = {"id": "%s"} | dict.fromkeys(changed, "%s") if key == "id" else {"event_id": "%s"}
        params = [event.pk + 1000, *changed.values()] if key == "id" else [event.pk + 1000]
        selected = ", ".join(values.get(column, column) for column in own)
        order = [name for name in own if name in values]
        given = dict(zip(values, params, strict=True))
        tamper(
            f"INSERT INTO {row._meta.db_table} ({', '.join(own)}) SELECT {selected} "
            f"FROM {row._meta.db_table} WHERE {key} = {event.pk}",
            *(given[name] for name in order),
        )


def test_names_an_event_that_was_put_in(matter, tamper):
    for seq in (5, 4, 3):
        tamper("UPDATE loop_event SET seq = %s WHERE matter_id = %s AND seq = %s", seq + 1, matter.pk, seq)
    copy_of(matter.events.get(seq=2), tamper, seq=3)
    assert named(matter.number, PLACE)


def test_names_an_event_that_was_put_at_the_end(matter, tamper):
    copy_of(matter.events.get(seq=5), tamper, seq=6)
    assert named(matter.number, 6)


def test_names_what_was_cut_off_the_end_although_the_matter_was_set_back(matter, tamper):
    cut = matter.events.filter(seq__gte=4)
    for pk in cut.values_list("pk", flat=True):
        tamper("DELETE FROM loop_eventcontent WHERE event_id = %s", pk)
        tamper("DELETE FROM loop_event WHERE id = %s", pk)
    assert named(matter.number, 4)
    last = matter.events.get(seq=3)
    tamper(
        "UPDATE loop_matter SET stage = %s, version = %s, result = '', closed_at = NULL WHERE id = %s",
        last.to_stage,
        last.version,
        matter.pk,
    )
    assert named(matter.number, 4)


def test_names_a_stage_that_no_event_tells_of(matter, tamper):
    tamper("UPDATE loop_matter SET version = version + 1 WHERE id = %s", matter.pk)
    assert named(matter.number, 6)


def test_names_a_matter_that_was_removed_with_all_its_events(matter, tamper):
    tamper("DELETE FROM loop_eventcontent WHERE event_id IN (SELECT id FROM loop_event)")
    tamper("DELETE FROM loop_event WHERE matter_id = %s", matter.pk)
    assert named(matter.number)
    tamper("DELETE FROM loop_matter WHERE id = %s", matter.pk)
    assert named(matter.number, 1)


def test_names_a_chain_that_was_written_anew(matter, tamper):
    """Whoever can write all of it can make it fit again; but not what an anchor holds of it."""
    from tisu.audit.chain import genesis, next_value
    from tisu.audit.facts import facts_of

    value = genesis(matter.number)
    tamper("UPDATE loop_event SET signed = '别人' WHERE matter_id = %s AND seq = 1", matter.pk)
    for event in matter.events.order_by("seq"):
        value = next_value(value, facts_of(event))
        tamper("UPDATE loop_event SET chain = %s WHERE id = %s", value, event.pk)
    sentences = list(verify())
    assert sentences and all(
        names(sentence, matter.number, number) for sentence, number in zip(sentences, (1, 2), strict=False)
    )


def test_names_entries_of_the_house_that_were_removed(matter, tamper):
    tamper("DELETE FROM audit_entry WHERE seq = 2")
    assert named(2)


def test_names_entries_that_were_cut_off_the_end_of_the_house(matter, tamper):
    tamper("DELETE FROM audit_entry WHERE seq = 4")
    assert named(4)


def test_names_an_anchor_that_was_removed(matter, tamper):
    tamper("DELETE FROM audit_anchorleaf WHERE anchor_id = 2")
    tamper("DELETE FROM audit_anchor WHERE number = 2")
    assert named(2)


def test_checks_one_matter_alone(matter, tamper):
    tamper("UPDATE audit_entry SET about = 'x' WHERE seq = 2")
    assert list(verify()) and list(verify(matter.number)) == []


# --- Erasure ---------------------------------------------------------------------------------------------


def test_says_who_erased_when_and_under_which_rule(erased):
    [(_words, erasure)] = erasures()
    assert (erasure.chain, erasure.rule, erasure.by, erasure.at) == (erased.number, RULE, RULE, MONDAY)
    assert erasure.places == [1, 2, 3, 4, 5]


def test_leaves_no_salt_to_guess_what_was_erased_with(erased):
    assert set(EventContent.objects.filter(said=None).values_list("salt", flat=True)) == {""}


def test_names_content_that_was_emptied_without_an_erasure(matter, tamper):
    event = matter.events.get(seq=PLACE)
    tamper(
        "UPDATE loop_eventcontent SET said = NULL, salt = '', erased_under = %s, erased_by = %s, erased_at = %s "
        "WHERE event_id = %s",
        *(
            RULE,
            "某人",
            EventContent._meta.get_field("erased_at").get_db_prep_value(MONDAY, connection),
            event.pk,
        ),
    )
    assert named(matter.number, PLACE)


def test_names_an_erasure_whose_own_words_were_taken_out(erased, tamper):
    """They are the proof: nothing accounts for their loss."""
    last = erased.events.get(action="erase")
    tamper("UPDATE loop_eventcontent SET said = NULL, salt = '' WHERE event_id = %s", last.pk)
    assert named(erased.number, last.seq) and not named(erased.number, 1)


@pytest.mark.parametrize("field", [*columns(Event), *columns(EventContent)])
def test_names_an_erasure_that_was_altered_and_not_what_it_emptied(erased, tamper, field):
    event = erased.events.get(action="erase")
    alter(tamper, field, event if field.model is Event else event.content)
    if field.column == "matter_id":  # the erasure is gone from this chain, and another one begins with it
        assert named(erased.number, 1)
    else:
        assert named(erased.number, event.seq) and not named(erased.number, 1)


def test_names_what_was_emptied_before_an_act_that_was_altered_too(matter, tamper):
    """Only an erasure could account for what is missing: another event that is altered hides nothing."""
    tamper(
        "UPDATE loop_eventcontent SET said = NULL, salt = '' WHERE event_id = %s", matter.events.get(seq=2).pk
    )
    tamper("UPDATE loop_event SET signed = 'x' WHERE id = %s", matter.events.get(seq=4).pk)
    assert named(matter.number, 2)


UNREADABLE = {
    "no JSON": "x",
    "no object": "[1]",
    "no rule": '{"events": [1]}',
    "no places": '{"rule": "x", "by": "x", "events": [{"a": 1}]}',
    "half a sign": '{"rule": "\\ud800", "by": "x", "events": [1]}',
    "no end": "[" * 100_000,
    "a long number": "7" * 5000,
}


@pytest.mark.parametrize("said", UNREADABLE.values(), ids=UNREADABLE)
def test_goes_on_when_what_an_erasure_says_cannot_be_read(erased, tamper, sign_in, capsys, said):
    """The tools of whoever checks meet exactly what was tampered with."""
    event = erased.events.get(action="erase")
    tamper("UPDATE loop_eventcontent SET said = %s WHERE event_id = %s", said, event.pk)
    with pytest.raises(CommandError) as end:
        call_command("audit", "verify")
    told = capsys.readouterr().out
    assert end.value.returncode == 1 and names(told, erased.number, event.seq)
    assert told.count("无法读取，见核对发现") == 1
    page = sign_in("auditor").get("/ledger/chains")
    assert page.status_code == 200 and "无法读取，见核对发现" in page.content.decode()
    assert sign_in("office").get(f"/matters/{erased.number}").status_code == 200


def test_goes_on_when_an_erasure_that_fits_its_digest_says_nothing(erased, tamper):
    """Whoever writes a chain anew can also write nonsense into it."""
    event = erased.events.get(action="erase")
    for said in UNREADABLE.values():
        digest = salted_digest(event.content.salt.encode(), said.encode())
        tamper("UPDATE loop_eventcontent SET said = %s WHERE event_id = %s", said, event.pk)
        tamper("UPDATE loop_event SET digest = %s WHERE id = %s", digest, event.pk)
        assert named(erased.number, event.seq)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite keeps such a value in the column")
@pytest.mark.parametrize(("column", "value"), [("at", "x"), ("seq", "x"), ("signed", b"\xff")])
def test_goes_on_when_a_fact_of_an_erasure_is_none(erased, tamper, sign_in, capsys, column, value):
    event = erased.events.get(action="erase")
    tamper(f"UPDATE loop_event SET {column} = %s WHERE id = %s", value, event.pk)
    with pytest.raises(CommandError):
        call_command("audit", "verify")
    assert names(capsys.readouterr().out, erased.number)
    assert sign_in("auditor").get("/ledger/chains").status_code == 200


@pytest.mark.parametrize(
    "said", [*UNREADABLE.values(), '{"a":' * 400 + "1" + "}" * 400], ids=[*UNREADABLE, "deep"]
)
def test_shows_the_ledger_when_the_details_of_an_entry_cannot_be_read(matter, tamper, sign_in, said):
    tamper("UPDATE audit_entry SET said = %s WHERE seq = %s", said, PLACE)
    page = sign_in("auditor").get("/ledger")
    assert page.status_code == 200 and named(PLACE)
    if not said.startswith("{"):
        assert page.content.decode().count("无法读取，见核对发现") == 1


# --- What the matter itself says of its end --------------------------------------------------------------


def test_names_a_result_that_its_events_do_not_tell_of(matter, tamper):
    tamper("UPDATE loop_matter SET result = 'unfounded' WHERE id = %s", matter.pk)
    [sentence] = verify()
    assert names(sentence, matter.number) and str(Result.UNFOUNDED.label) in sentence
    assert str(Result.RESOLVED.label) in sentence


def test_names_the_result_of_a_report_that_was_handed_over(reported, act, tamper):
    report = reported("示例：邻县的路").matter
    act("office", report, "hand_over", to="示例单位", reason="不属本县管辖")
    assert list(verify()) == []
    tamper("UPDATE loop_matter SET result = 'not_accepted' WHERE id = %s", report.pk)
    assert named(report.number)


def test_asks_no_result_of_events_that_were_erased(erased, tamper):
    tamper("UPDATE loop_matter SET result = 'unfounded' WHERE id = %s", erased.pk)
    assert list(verify()) == []


# --- Any byte --------------------------------------------------------------------------------------------


TABLES = (Event, EventContent, Entry, Anchor, AnchorLeaf)


@hypothesis_settings(
    max_examples=60, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(data=st.data())
def test_finds_any_byte_that_was_changed(matter, tamper, data):
    model = data.draw(st.sampled_from(TABLES))
    row = data.draw(st.sampled_from(list(model.objects.all())))
    texts = [field for field in model._meta.concrete_fields if raw(field, row)]
    field = data.draw(st.sampled_from(texts))
    text = raw(field, row)
    place = data.draw(st.integers(0, len(text) - 1))
    put = data.draw(st.integers(1, 255).filter(lambda byte: byte != text[place]))
    changed = text[:place] + bytes([put]) + text[place + 1 :]
    with transaction.atomic():
        force(tamper, field, row, changed)
        assert list(verify())
        transaction.set_rollback(True)


def raw(field: models.Field, row: models.Model) -> bytes:
    """The text of a column as bytes; nothing for what is no text in this database."""
    value = field.get_db_prep_value(getattr(row, field.attname), connection)
    return value.encode() if isinstance(value, str) else b""


def force(tamper, field: models.Field, row: models.Model, text: bytes) -> None:
    """Put these bytes there: as they are on SQLite, on PostgreSQL as the nearest text it takes."""
    where, keys = zip(*key_of(row).items(), strict=True)
    put = "CAST(%s AS TEXT)" if connection.vendor == "sqlite" else "%s"
    value = text if connection.vendor == "sqlite" else text.decode("latin-1")
    tamper(
        f"UPDATE {row._meta.db_table} SET {field.column} = {put} WHERE {' AND '.join(f'{key} = %s' for key in where)}",
        value,
        *keys,
    )
