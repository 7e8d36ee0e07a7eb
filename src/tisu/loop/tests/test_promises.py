"""Promises of the loop (loop.md §3): no silent change, ledgers that stay, two people at once."""

import threading
from itertools import pairwise

import pytest
from django.db import connection

from tisu.foundation.appendonly import LedgerIsAppendOnly
from tisu.foundation.sealed import salted_digest
from tisu.loop.actor import person
from tisu.loop.erasing import erase_content
from tisu.loop.faults import Conflict
from tisu.loop.models import Event, EventContent, Matter
from tisu.loop.models.event import canonical
from tisu.loop.perform import perform


def test_writes_exactly_one_event_with_every_change_of_stage_or_version(act, at_stage):
    matter = at_stage("closed")
    events = list(Event.objects.filter(matter=matter))
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert events[-1].version == matter.version == len(events)
    for before, after in pairwise(events):
        assert after.from_stage == before.to_stage


def test_writes_nothing_when_an_act_is_refused(act, at_stage):
    matter = at_stage("in_progress")
    before = (Event.objects.count(), Matter.objects.get(pk=matter.pk).version)
    with pytest.raises(Conflict):
        act("zhujian", matter, "accept")
    assert (Event.objects.count(), Matter.objects.get(pk=matter.pk).version) == before


def test_rolls_everything_back_when_the_room_fails_in_the_middle(act, task, monkeypatch):
    from tisu.loop.kinds import kind_of

    def fail(*args):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(type(kind_of(task)), "on_move", fail)
    with pytest.raises(RuntimeError):
        act("office", task, "assign", lead_unit="zhujian")
    fresh = Matter.objects.get(pk=task.pk)
    assert (fresh.stage, fresh.version, fresh.assignments.count(), fresh.clocks.count()) == (
        "registered",
        1,
        0,
        0,
    )


@pytest.mark.parametrize("change", ["update", "delete", "save", "remove"])
def test_refuses_to_change_or_remove_an_event(task, change):
    event = Event.objects.get(matter=task)
    attempts = {
        "update": lambda: Event.objects.filter(pk=event.pk).update(signed="别人"),
        "delete": lambda: Event.objects.all().delete(),
        "save": event.save,
        "remove": event.delete,
    }
    with pytest.raises(LedgerIsAppendOnly):
        attempts[change]()
    assert Event.objects.filter(pk=event.pk, signed=event.signed).exists()


def test_keeps_a_digest_that_fits_the_content_and_tells_of_it_after_erasure(act, task):
    act("office", task, "assign", lead_unit="zhujian", requirement="三日内完成")
    event = Event.objects.get(matter=task, action="assign")
    assert event.digest == salted_digest(event.content.salt.encode(), canonical(event.content.body))
    erase_content(task, rule="lawful-erasure/1")
    content = EventContent.objects.get(event=event)
    assert (content.body, content.erased_under) == (None, "lawful-erasure/1")
    assert Event.objects.get(pk=event.pk).digest == event.digest


@pytest.mark.django_db(transaction=True)
def test_lets_one_of_two_who_click_at_once_win_and_tells_the_other(county, task):
    user, outcomes, together = county.people["office"], [], threading.Barrier(2)

    def click(unit: str) -> None:
        together.wait()
        try:
            perform(task.pk, "assign", actor=person(user), data={"lead_unit": unit}, expected_version=1)
            outcomes.append("done")
        except Conflict as refusal:
            outcomes.append(str(refusal.status))
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=(unit,)) for unit in ("zhujian", "fagai")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["409", "done"]
    assert Matter.objects.get(pk=task.pk).assignments.filter(is_lead=True).count() == 1
