"""`tisu deadlines rebuild` (case 50): every cached date follows from the facts, or is named and mended."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from tisu.loop.alarms import ASIDE, take_alarm
from tisu.loop.models import Clock, Event, Matter


@pytest.fixture
def county_at_work(opened, take, ask, act, on, publish, work):
    """One of each: paused, extended, closed, under a later calendar."""
    first, second, third = (
        take(opened(report_days=3) if n == 0 else opened(), "in_progress") for n in range(3)
    )
    act("office", first, "grant", request=ask("zhujian", first, "extension", working_days=3))
    pause = ask("zhujian", second, "suspension", reason="supplement", until="2023-06-05")
    act("supervisor", second, "grant", request=pause)
    take(third, "closed")
    publish(off="2023-05-25", title="防汛停工")
    work()
    return first


def test_case_50_finds_no_difference_in_a_county_at_work(county_at_work, capsys):
    call_command("deadlines", "rebuild", "--check")
    assert "0" in capsys.readouterr().out


def test_names_what_was_written_past_the_one_door_and_ends_with_1(county_at_work, capsys):
    row = county_at_work.clocks.get(kind="solve")
    Clock.objects.filter(pk=row.pk).update(due_at=row.due_at + timedelta(days=1))
    with pytest.raises(SystemExit) as end:
        call_command("deadlines", "rebuild", "--check")
    assert end.value.code == 1
    assert f"{county_at_work.number} solve clock.due_at" in capsys.readouterr().out


def test_mends_it_without_check(county_at_work, caches_agree):
    right = Clock.objects.get(matter=county_at_work, kind="solve").due_at
    Clock.objects.filter(matter=county_at_work).update(due_at=right + timedelta(days=9))
    Matter.objects.filter(pk=county_at_work.pk).update(due_at=None)
    call_command("deadlines", "rebuild")
    assert caches_agree()
    assert Matter.objects.get(pk=county_at_work.pk).due_at == right


@pytest.fixture
def damaged(opened, take):
    """Due earliest of all, and reckoned under a calendar that nobody knows here."""
    matter = take(opened(), "in_progress", working_days=1)
    Clock.objects.filter(matter=matter, kind="solve").update(calendar="cn-1999", reckoned_under="cn-1999")
    return matter


def test_names_a_clock_under_a_calendar_that_is_not_known(damaged, capsys):
    with pytest.raises(SystemExit):
        call_command("deadlines", "rebuild", "--check")
    assert f"{damaged.number} solve clock.calendar: cn-1999" in capsys.readouterr().out


def test_one_damaged_row_holds_up_no_other(damaged, opened, take, on, monkeypatch):
    monkeypatch.setattr(ASIDE, "_until", {})
    sound = take(opened(), "in_progress", working_days=2)
    with on("2023-05-25"):
        with pytest.raises(ValueError):
            while take_alarm():
                pass
        while take_alarm():
            pass
    assert Event.objects.filter(matter=sound, action="urge").count() == 1
