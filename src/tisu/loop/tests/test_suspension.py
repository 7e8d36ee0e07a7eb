"""The clock stands (中止): asked for in time, for a listed reason, until a day that is named, decided by someone else."""

from datetime import date

import pytest

from tisu.foundation.workdays import add_workdays, official
from tisu.loop.faults import Conflict, NotAllowed, Unacceptable
from tisu.loop.models import Alarm, Matter, Pause, RequestState, publish_type

DONE = {"result": "resolved", "summary": "场地已于当日清理完毕并移交，有验收单。"}


@pytest.fixture
def handled(opened, take):
    """A task in progress, due on Monday 29 May."""
    return take(opened(), "in_progress", working_days=5)


@pytest.fixture
def suspend(ask, act):
    """`suspend(matter, until="2023-06-05")`: asked for by the lead unit and granted by supervision."""

    def _suspend(matter: Matter, until: str, reason: str = "supplement", **opinion) -> int:
        number = ask("zhujian", matter, "suspension", reason=reason, until=until)
        act("supervisor", matter, "grant", request=number, **opinion)
        return number

    return _suspend


def test_carries_what_was_left_over_to_the_day_of_resumption(on, opened, take, suspend, act, due):
    """Loop case 17: 9 February 2026 +10, paused on the 12th and resumed on the 28th, comes to 10 March.

    The day of resumption counts; without it it would be the 11th, and by the wall clock the 16th.
    """
    with on("2026-02-09"):
        matter = take(opened(), "in_progress", working_days=10)
    with on("2026-02-12"):
        suspend(matter, "2026-03-20")
    with on("2026-02-28"):
        act("zhujian", matter, "resume")
    assert due(matter) == "2026-03-10"
    not_counted = [(date(2026, 2, 12), date(2026, 3, 1))]
    assert add_workdays(date(2026, 2, 9), 10, official(), not_counted).isoformat() == "2026-03-11"


def test_costs_nothing_inside_a_holiday(on, opened, take, suspend, act, due):
    with on("2023-04-28"):
        matter = take(opened(), "in_progress", working_days=3)
    assert due(matter) == "2023-05-06"
    with on("2023-04-29"):
        suspend(matter, "2023-05-04")
    assert due(matter) == "2023-05-06"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("2023-05-23", "2023-05-25"), ("2023-05-29", "2023-05-31"), "2023-06-02"),
        (("2023-05-23", "2023-05-25"), ("2023-05-25", "2023-05-29"), "2023-06-02"),
    ],
    ids=["apart", "on the very day of resumption"],
)
def test_counts_two_of_them_once_each(on, handled, suspend, act, due, first, second, expected):
    """Loop case 19: two working days and two more, whether they stand apart or meet."""
    for begun, ended in (first, second):
        with on(begun):
            suspend(handled, "2023-06-20")
        with on(ended):
            act("zhujian", handled, "resume")
    assert due(handled) == expected


def test_goes_by_the_local_day_at_midnight(on, handled, suspend, act, due):
    """Loop case 21: begun a minute before midnight and ended a minute after it is one day, the one before."""
    with on("2023-05-23 23:59"):
        suspend(handled, "2023-06-20")
    with on("2023-05-24 00:01"):
        act("zhujian", handled, "resume")
    assert due(handled) == "2023-05-30"


@pytest.mark.parametrize(
    ("begins", "paused", "resumed", "expected"),
    [
        ("2023-05-29", "2023-05-31", "2023-06-02", "2023-06-07"),
        ("2025-12-29", "2025-12-31", "2026-01-05", "2026-01-08"),
    ],
    ids=["month's end", "year's end"],
)
def test_runs_over_the_end_of_a_month_and_of_a_year(
    on, opened, take, suspend, act, due, begins, paused, resumed, expected
):
    """Loop case 21: 4 January 2026 is a Sunday on which people work, so the second one leaves out two days."""
    with on(begins):
        matter = take(opened(), "in_progress", working_days=5)
    with on(paused):
        suspend(matter, "2026-01-30" if begins > "2025" else "2023-06-30")
    with on(resumed):
        act("zhujian", matter, "resume")
    assert due(matter) == expected


def test_is_grey_and_not_breached_when_the_day_passes_meanwhile(on, handled, suspend, work):
    """Loop case 23: nothing rings, nothing is red, and afterwards what was left is left."""
    with on("2023-05-26"):
        suspend(handled, "2023-06-12")
    for day in ("2023-05-30", "2023-06-09"):
        with on(day):
            assert (work()["alarms"], Matter.objects.get(pk=handled.pk).light) == (0, "grey")
    assert not Alarm.objects.filter(clock__kind="solve", level__gt=1).exists()
    with on("2023-06-12"):
        work()
        assert Matter.objects.get(pk=handled.pk).light == "yellow"


def test_is_refused_after_the_due_day(on, handled, ask, act):
    """Loop case 25: what is late is not undone by a pause, neither when asked nor when granted."""
    with on("2023-05-29"):
        number = ask("zhujian", handled, "suspension", reason="court", until="2023-06-12")
    with on("2023-05-30"):
        with pytest.raises(Conflict):
            act("supervisor", handled, "grant", request=number)
        act("supervisor", handled, "decline", request=number, reason="已逾期。")
        with pytest.raises(Conflict):
            ask("zhujian", handled, "suspension", reason="court", until="2023-06-12")
        assert Matter.objects.get(pk=handled.pk).light == "red"
    assert not Pause.objects.exists()


def test_outlives_a_new_version_of_the_type(on, handled, suspend, act, due, caches_agree):
    """Loop case 27: running matters stay on the version they were registered under, paused or not."""
    with on("2023-05-23"):
        suspend(handled, "2023-06-12")
        before = due(handled)
        publish_type(kind="task", valid_from=date(2023, 5, 23), basis="试行", suspensions=0, solve_days=1)
    with on("2023-05-25"):
        assert Matter.objects.get(pk=handled.pk).light == "grey"
        act("zhujian", handled, "resume")
    assert (before, due(handled)) == ("2023-06-16", "2023-05-31")
    assert caches_agree()


def test_for_a_reason_that_is_not_listed_needs_an_opinion(handled, ask, act):
    number = ask("zhujian", handled, "suspension", reason="经办人出差", until="2023-06-05")
    with pytest.raises(Unacceptable) as refusal:
        act("supervisor", handled, "grant", request=number)
    assert list(refusal.value.errors) == ["opinion"]
    act("supervisor", handled, "grant", request=number, opinion="确需现场核对。")
    assert Matter.objects.get(pk=handled.pk).light == "grey"


def test_keeps_a_listed_reason_by_its_code_in_whichever_words_it_was_chosen(handled, ask):
    number = ask("zhujian", handled, "suspension", reason="等待补正材料", until="2023-06-05")
    assert handled.requests.get(number=number).reason == "supplement"


@pytest.mark.parametrize("until", ["2023-05-22", "2023-05-21", "2023-08-21", ""])
def test_ends_on_a_later_day_that_is_not_too_far_away(handled, ask, until):
    """From tomorrow to ninety days ahead, 20 August."""
    with pytest.raises(Unacceptable) as refusal:
        ask("zhujian", handled, "suspension", reason="supplement", until=until)
    assert list(refusal.value.errors) == ["until"]
    assert ask("zhujian", handled, "suspension", reason="supplement", until="2023-08-20") == 1


def test_is_no_longer_granted_once_its_own_day_has_come(handled, ask, act, on):
    number = ask("zhujian", handled, "suspension", reason="supplement", until="2023-05-24")
    with on("2023-05-24"), pytest.raises(Conflict):
        act("supervisor", handled, "grant", request=number)


def test_is_given_twice_and_no_third_time(on, handled, suspend, act, ask):
    for begun, ended in (("2023-05-23", "2023-05-24"), ("2023-05-25", "2023-05-26")):
        with on(begun):
            suspend(handled, "2023-06-20")
        with on(ended):
            act("zhujian", handled, "resume")
    with on("2023-05-29"), pytest.raises(Conflict):
        ask("zhujian", handled, "suspension", reason="supplement", until="2023-06-20")


def test_is_not_asked_for_while_it_stands(handled, suspend, ask):
    suspend(handled, "2023-06-05")
    with pytest.raises(Conflict):
        ask("zhujian", handled, "suspension", reason="supplement", until="2023-06-12")


def test_lets_nobody_submit_or_transfer_but_everybody_report(handled, suspend, act, ask):
    suspend(handled, "2023-06-05")
    with pytest.raises(Conflict):
        act("zhujian-head", handled, "submit", **DONE)
    number = ask("zhujian", handled, "transfer", unit="gongdian")
    with pytest.raises(Conflict):
        act("office", handled, "grant", request=number)
    assert act("zhujian", handled, "report", text="仍在等专家意见。").light == "grey"


def test_is_decided_by_office_or_supervision_and_not_by_whoever_asked(opened, act, ask):
    matter = opened("supervisor")
    act("supervisor", matter, "assign", lead_unit="yingshangban", working_days=5)
    act("office", matter, "accept")
    number = ask("office", matter, "suspension", reason="hearing", until="2023-06-05")
    with pytest.raises(NotAllowed):
        act("office", matter, "grant", request=number)
    act("supervisor", matter, "grant", request=number)
    assert matter.requests.get().state == RequestState.APPROVED


def test_stops_every_clock_that_runs(on, opened, take, suspend, act, due, work):
    """Co-unit and progress report stand too: nobody is judged by days on which nothing could be done."""
    matter = take(opened(report_days=3), "in_progress", working_days=5, co_units=["fagai"])
    before = {kind: due(matter, kind) for kind in ("solve", "co_operate", "report")}
    with on("2023-05-23"):
        suspend(matter, "2023-06-12")
    with on("2023-05-25"):
        act("zhujian", matter, "resume")
    after = {kind: due(matter, kind) for kind in before}
    assert before == {"solve": "2023-05-29", "co_operate": "2023-05-29", "report": "2023-05-25"}
    assert after == {"solve": "2023-05-31", "co_operate": "2023-05-31", "report": "2023-05-29"}


def test_tells_whoever_reported_why_and_until_when(act, ask, take, reported):
    report = reported("窗口来回跑了四趟。")
    matter = take(report.matter, "in_progress", working_days=5)
    number = ask("zhujian", matter, "suspension", reason="supplement", until="2023-05-30")
    act("supervisor", matter, "grant", request=number)
    words = report.messages.last().text
    assert all(part in words for part in ("2023-05-30", "补正", "2023-06-05"))


def test_tells_a_firm_that_is_signed_in(handled, county, suspend, told):
    handled.requester = county.people["firm"]
    handled.save(update_fields=["requester"])
    suspend(handled, "2023-06-05")
    assert told("firm") == ["grant/1"]
