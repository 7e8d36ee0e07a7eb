"""More time (延期): asked for before the due day, decided by someone else, added to the original due day."""

import pytest

from tisu.foundation.workdays import add_workdays, official
from tisu.loop.faults import Conflict, NotAllowed, Unacceptable
from tisu.loop.models import RequestState

DONE = {"result": "resolved", "summary": "场地已于当日清理完毕并移交，有验收单。"}


@pytest.fixture
def handled(opened, take):
    """A task in progress, due on Monday 29 May."""
    return take(opened(), "in_progress", working_days=5)


def test_counts_from_the_original_due_day_and_not_from_the_day_of_the_decision(
    on, opened, take, ask, act, due
):
    """Loop case 31: +5 on what was due on 14 February 2026, decided on the 25th, comes to 28 February.

    From the day of the decision it would have been 3 March: whoever decides late does not give more by it.
    """
    with on("2026-02-13"):
        matter = take(opened(), "in_progress", working_days=1)
    assert due(matter) == "2026-02-14"
    with on("2026-02-14 17:59"):
        number = ask("zhujian", matter, "extension", working_days=5)
    with on("2026-02-25") as decided:
        act("office", matter, "grant", request=number)
    assert due(matter) == "2026-02-28"
    assert add_workdays(decided.date(), 5, official()).isoformat() == "2026-03-03"


def test_adds_its_days_once_to_a_suspended_matter(handled, ask, act, on, due, by_rule):
    """Loop case 33: five working days are paused, three are added, and resuming adds nothing more."""
    with on("2023-05-23"):
        number = ask("zhujian", handled, "suspension", reason="supplement", until="2023-05-30")
        act("supervisor", handled, "grant", request=number)
        assert due(handled) == "2023-06-05"
        number = ask("zhujian", handled, "extension", working_days=3)
        act("office", handled, "grant", request=number)
        assert due(handled) == "2023-06-08"
    with on("2023-05-30"):
        by_rule(handled, "resume")
    assert due(handled) == "2023-06-08"


def test_is_given_as_often_as_the_type_allows(opened, take, ask, act, due):
    matter = take(opened(extensions=2), "in_progress", working_days=5)
    for expected in ("2023-06-01", "2023-06-06"):
        act("office", matter, "grant", request=ask("zhujian", matter, "extension", working_days=3))
        assert due(matter) == expected
    with pytest.raises(Conflict):
        ask("zhujian", matter, "extension", working_days=3)


def test_is_at_most_as_long_as_the_type_allows(handled, ask, act, due):
    with pytest.raises(Unacceptable) as refusal:
        ask("zhujian", handled, "extension", working_days=16)
    assert list(refusal.value.errors) == ["working_days"]
    act("office", handled, "grant", request=ask("zhujian", handled, "extension", working_days=15))
    assert due(handled) == "2023-06-19"


@pytest.mark.parametrize(("moment", "asked"), [("2023-05-29 18:00", True), ("2023-05-29 18:01", False)])
def test_is_asked_for_until_the_due_moment_and_no_later(handled, ask, on, moment, asked):
    with on(moment):
        if asked:
            assert ask("zhujian", handled, "extension", working_days=2) == 1
        else:
            with pytest.raises(Conflict):
                ask("zhujian", handled, "extension", working_days=2)


def test_asked_for_in_time_and_granted_late_clears_the_red_light(handled, ask, act, on):
    with on("2023-05-29"):
        number = ask("zhujian", handled, "extension", working_days=3)
    with on("2023-05-30"):
        handled.refresh_from_db()
        assert handled.light == "red"
        assert act("office", handled, "grant", request=number).light == "green"


def test_asked_for_in_time_stays_red_when_it_would_not_reach_today(handled, ask, act, on):
    with on("2023-05-29"):
        number = ask("zhujian", handled, "extension", working_days=1)
    with on("2023-06-02"):
        assert act("office", handled, "grant", request=number).light == "red"


def test_is_not_granted_by_whoever_asked(opened, take, act, ask):
    """Four eyes: the office handles this one itself, so nobody of the office decides."""
    matter = opened("supervisor")
    act("supervisor", matter, "assign", lead_unit="yingshangban", working_days=5)
    act("office", matter, "accept")
    number = ask("office", matter, "extension", working_days=3)
    with pytest.raises(NotAllowed):
        act("office", matter, "grant", request=number)
    with pytest.raises(NotAllowed):
        act("office", matter, "decline", request=number, reason="示例")
    with pytest.raises(NotAllowed):
        act("office2", matter, "grant", request=number)
    act("supervisor", matter, "grant", request=number)
    assert matter.requests.get().state == RequestState.APPROVED


def test_is_granted_by_the_leader_in_charge_too(handled, ask, act, due):
    act("leader", handled, "grant", request=ask("zhujian", handled, "extension", working_days=2))
    assert due(handled) == "2023-05-31"


def test_waits_once_at_a_time_and_may_be_asked_for_again_once_withdrawn(handled, ask, act, due):
    number = ask("zhujian", handled, "extension", working_days=3)
    with pytest.raises(Conflict):
        ask("zhujian-head", handled, "extension", working_days=2)
    act("zhujian-head", handled, "withdraw_request", request=number)
    assert (handled.requests.get().state, due(handled)) == (RequestState.WITHDRAWN, "2023-05-29")
    assert ask("zhujian", handled, "extension", working_days=2) == number + 1
    with pytest.raises(Conflict):
        act("office", handled, "grant", request=number)


def test_is_withdrawn_by_the_unit_that_asked_alone(handled, ask, act):
    number = ask("zhujian", handled, "extension", working_days=3)
    for name in ("office", "office2"):
        with pytest.raises(NotAllowed):
            act(name, handled, "withdraw_request", request=number)


def test_declined_leaves_the_day_and_does_not_use_up_the_one_that_is_allowed(handled, ask, act, due):
    number = ask("zhujian", handled, "extension", working_days=3)
    act("office", handled, "decline", request=number, reason="材料已齐，无需顺延。")
    request = handled.requests.get()
    assert (request.state, request.opinion, due(handled)) == (
        RequestState.REFUSED,
        "材料已齐，无需顺延。",
        "2023-05-29",
    )
    act("office", handled, "grant", request=ask("zhujian", handled, "extension", working_days=3))
    assert due(handled) == "2023-06-01"


def test_lapses_when_the_matter_goes_to_another_unit(handled, ask, act, due):
    number = ask("zhujian", handled, "extension", working_days=3)
    act("office", handled, "grant", request=ask("zhujian", handled, "transfer", unit="gongdian"))
    assert handled.requests.get(number=number).state == RequestState.LAPSED
    with pytest.raises(Conflict):
        act("office", handled, "grant", request=number)
    assert due(handled) == "2023-05-29"


def test_leaves_the_work_and_the_clock_going_while_it_waits(handled, ask, act, on):
    ask("zhujian", handled, "extension", working_days=3)
    with on("2023-05-24"):
        assert act("zhujian", handled, "report", text="已进场两台机械。").light == "green"
    with pytest.raises(Unacceptable):
        act("zhujian-head", handled, "submit", **DONE)
    act("zhujian", handled, "withdraw_request", request=1)
    assert act("zhujian-head", handled, "submit", **DONE).stage == "submitted"


@pytest.mark.parametrize(("rules", "expected"), [({}, "2023-06-01"), ({"co_days": 4}, "2023-05-26")])
def test_moves_the_co_units_along_where_they_share_the_limit(opened, take, ask, act, due, rules, expected):
    matter = take(opened(**rules), "in_progress", working_days=5, co_units=["fagai"])
    act("office", matter, "grant", request=ask("zhujian", matter, "extension", working_days=3))
    assert (due(matter), due(matter, "co_operate")) == ("2023-06-01", expected)


def test_shows_what_the_day_was_who_granted_it_and_what_it_is_now(handled, ask, act, sign_in):
    act("office", handled, "grant", request=ask("zhujian", handled, "extension", working_days=3))
    answer = sign_in("zhujian").get(f"/api/v1/matters/{handled.number}").json()
    [solve] = [each for each in answer["clocks"] if each["kind"] == "solve"]
    assert (solve["original_due_on"], solve["due_at"][:10]) == ("2023-05-29", "2023-06-01")
    assert [(each["working_days"], each["by"]) for each in solve["extensions"]] == [(3, "营商办 工作人员")]
    assert answer["events"][-1]["data"]["due_was"] == "2023-05-29"


def test_tells_whoever_reported_the_new_day(county, act, ask, take, reported):
    report = reported("窗口来回跑了四趟。")
    matter = take(report.matter, "in_progress", working_days=5)
    act("office", matter, "grant", request=ask("zhujian", matter, "extension", working_days=3))
    assert "2023-06-01" in report.messages.last().text
