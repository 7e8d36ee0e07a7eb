"""What the database is asked while a report is taken in: each statement costs about as much as a row that is written."""

from collections import Counter

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tisu.foundation import search
from tisu.loop.findable import SEARCH_SUBJECT
from tisu.loop.models import Clock, Matter, write_event


def hand_in():
    body = {"text": "施工许可超过承诺时限，材料反复补正三次。", "anonymous": True}
    return Client().post("/api/v1/reports", body, content_type="application/json")


def test_writes_each_row_once_and_reads_only_type_and_calendar(county):
    hand_in()
    with CaptureQueriesContext(connection) as asked:
        assert hand_in().status_code == 201
    statements = [query["sql"].replace('"', "").split() for query in asked]
    assert Counter(words[0] for words in statements) == {
        "SAVEPOINT": 1,  # the transaction itself, within that of the test
        "SELECT": 2,
        "INSERT": 7,
        "RELEASE": 1,
    }
    assert [words[2] for words in statements if words[0] == "INSERT"] == [
        "loop_matter",
        "loop_clock",
        "loop_event",
        "loop_eventcontent",
        "foundation_searchentry",
        "voice_report",
        "voice_receipt",
    ]


def test_writes_the_dates_of_the_clock_with_the_matter(county):
    hand_in()
    matter, row = Matter.objects.get(), Clock.objects.get()
    kept = (matter.due_at, matter.warn_at, matter.stopped_at, matter.provisional)
    assert kept == (row.due_at, row.warn_at, row.stopped_at, row.provisional)
    assert row.first_due_at == row.due_at > row.started_at == matter.registered_at


def test_refuses_a_second_first_event_and_a_second_entry_in_the_index(county):
    """Nothing is looked for before either is written; that there is none yet is seen to by the database."""
    hand_in()
    matter = Matter.objects.get()
    event = matter.events.get()
    facts = {"action": "register", "signed": event.signed, "at": event.at, "to_stage": event.to_stage}
    with pytest.raises(IntegrityError), transaction.atomic():
        write_event(matter=matter, body={}, is_first=True, version=1, cycle=1, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        search.index(SEARCH_SUBJECT, matter.pk, matter.text, is_new=True)
