"""Each party is judged on its own clock (loop.md §4, point 5): nobody is red for what another one does not do."""

import pytest

from tisu.loop.models import Event, Matter
from tisu.loop.stages import AssignmentState

DONE = {"result": "resolved", "summary": "场地已于当日清理完毕并移交，有验收单。"}
PASSED = {"opinion": "已看。", "method": "visit"}


def running(matter: Matter) -> dict[str, str]:
    return {row.kind: row.due_at.date().isoformat() for row in matter.clocks.all() if row.is_running}


# --- Accepting -------------------------------------------------------------------------------------------


def test_accepting_has_a_clock_of_its_own_that_stops_when_the_unit_accepts(opened, take, clock_named):
    matter = take(opened(), "assigned", working_days=5)
    assert running(matter) == {"accept": "2023-05-24", "solve": "2023-05-29"}
    take(matter, "in_progress")
    assert running(matter) == {"solve": "2023-05-29"}


def test_accepting_happens_by_rule_once_its_clock_has_run_out_and_says_so(opened, take, on, work, told, due):
    matter = take(opened(), "assigned", working_days=5)
    with on("2023-05-24 17:59"):
        assert work()["alarms"] == 0
    with on("2023-05-25 08:00"):
        assert work()["alarms"] == 1
    matter.refresh_from_db()
    event = Event.objects.filter(matter=matter).last()
    assert (matter.stage, event.action, event.signed, event.actor) == (
        "in_progress",
        "auto_accept",
        "auto-accept/1",
        None,
    )
    lead = matter.lead
    assert (lead.state, lead.accepted_by_rule, lead.handler) == (AssignmentState.ACCEPTED, True, "")
    assert told("zhujian")[-1] == told("office")[-1] == "auto_accept/1"
    assert due(matter) == "2023-05-29"


def test_accepting_by_rule_shows_on_the_page(opened, take, on, work, sign_in):
    matter = take(opened(), "assigned", working_days=5)
    with on("2023-05-25"):
        work()
        assert "逾期未签收" in sign_in("office").get(f"/matters/{matter.number}").content.decode()


def test_accepting_by_rule_lets_the_unit_go_on_as_if_it_had_accepted(opened, take, on, work, act):
    matter = take(opened(report_days=2), "assigned", working_days=5)
    with on("2023-05-25"):
        work()
        assert running(matter) == {"solve": "2023-05-29", "report": "2023-05-29"}
        act("zhujian", matter, "report", text="已进场。")
        assert act("zhujian-head", matter, "submit", **DONE).stage == "submitted"


def test_accepting_is_never_done_by_rule_where_the_type_gives_no_limit(opened, take, on, work):
    matter = take(opened(accept_days=0), "assigned", working_days=5)
    with on("2023-06-30"):
        work()
        assert Matter.objects.get(pk=matter.pk).stage == "assigned"


# --- Reporting -------------------------------------------------------------------------------------------


def test_reporting_has_a_clock_that_each_report_sets_anew(opened, take, on, act, work, told):
    matter = take(opened(report_days=3), "in_progress", working_days=15)
    assert running(matter)["report"] == "2023-05-25"
    with on("2023-05-24"):
        act("zhujian", matter, "report", text="已进场。")
        assert running(matter)["report"] == "2023-05-29"
    with on("2023-05-30 08:00"):
        work()
        assert told("zhujian", urgent=True)[-1] == "overdue/1"
        assert Matter.objects.get(pk=matter.pk).light == "green"


def test_reporting_stands_while_the_result_is_verified(opened, take, on, act):
    matter = take(opened(report_days=3), "submitted", working_days=15)
    assert "report" not in running(matter)
    with on("2023-05-24"):
        act("office", matter, "fail", reason="仍有弃土")
        assert running(matter)["report"] == "2023-05-26"


# --- Co-units --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("rules", "expected"), [({}, "2023-05-29"), ({"co_days": 2}, "2023-05-24")])
def test_co_operating_runs_by_the_leads_limit_or_the_types(opened, take, due, rules, expected):
    matter = take(opened(**rules), "in_progress", co_units=["fagai"], working_days=5)
    assert due(matter, "co_operate") == expected


def test_co_operating_late_reddens_the_co_unit_and_not_the_lead(
    opened, take, on, act, work, told, clock_named
):
    matter = take(opened(co_days=2), "in_progress", co_units=["fagai"], working_days=5)
    with on("2023-05-25"):
        work()
        assert (Matter.objects.get(pk=matter.pk).light, told("fagai", urgent=True)[-1]) == (
            "green",
            "overdue/1",
        )
        act("fagai", matter, "co_done", text="立项已办。")
    row = clock_named(matter, "co_operate")
    assert (row.stopped_at > row.due_at, clock_named(matter).is_running) == (True, True)


@pytest.mark.parametrize("how", ["co_done", "co_waive"])
def test_co_operating_ends_with_its_part_done_or_waived(opened, take, act, how):
    matter = take(opened(), "in_progress", co_units=["fagai", "gongdian"], working_days=5)
    if how == "co_done":
        act("fagai", matter, "co_done", text="立项已办。")
    else:
        act("zhujian", matter, "co_waive", unit="fagai", reason="无需立项")
    still = [row.assignment.unit.code for row in matter.clocks.filter(kind="co_operate") if row.is_running]
    assert still == ["gongdian"]


# --- Verifying -------------------------------------------------------------------------------------------


def test_verifying_slowly_reddens_the_verifier_and_not_the_unit(
    opened, take, on, act, work, told, clock_named, due
):
    """Loop case 35: submitted on the due day, verified four weeks later."""
    with on("2023-05-22"):
        matter = take(opened(), "in_progress", working_days=5)
    with on("2023-05-29"):
        matter = take(matter, "submitted")
        assert due(matter, "verify") == "2023-06-05"
    with on("2023-06-26"):
        work()
        assert Matter.objects.get(pk=matter.pk).light == "yellow"
        assert told("supervisor", urgent=True)[-1] == told("office", urgent=True)[-1] == "overdue/1"
        assert told("zhujian-head", urgent=True)[-1] != "overdue/1"
        matter = act("office", matter, "pass", **PASSED)
    row = clock_named(matter, "verify")
    assert (matter.verdict, row.stopped_at > row.due_at) == ("on_time", True)


def test_verifying_begins_anew_with_each_submission(opened, take, on, act, due, clock_named):
    matter = take(opened(), "submitted", working_days=5)
    with on("2023-05-23"):
        act("office", matter, "fail", reason="仍有弃土")
    with on("2023-05-24"):
        act("zhujian-head", matter, "submit", **DONE)
    assert due(matter, "verify") == "2023-05-31"
    assert matter.clocks.filter(kind="verify").count() == 2


def test_verifying_leaves_no_trace_on_what_was_withdrawn(opened, take, act, clock_named, due):
    matter = take(opened(), "submitted", working_days=5)
    act("zhujian-head", matter, "withdraw")
    row = clock_named(matter, "verify")
    assert (row.is_void, running(matter)) == (True, {"solve": "2023-05-29"})


# --- All of them together --------------------------------------------------------------------------------


def test_closing_leaves_no_clock_running(opened, take, act, caches_agree):
    matter = take(opened(report_days=3), "in_progress", co_units=["fagai"], working_days=5)
    act("fagai", matter, "co_done", text="立项已办。")
    matter = take(matter, "closed")
    assert running(matter) == {}
    assert caches_agree()


def test_returning_voids_what_was_begun(opened, take, act):
    matter = take(opened(), "assigned", co_units=["fagai"], working_days=5)
    act("zhujian", matter, "return", reason="属发改局职责")
    assert (running(matter), {row.is_void for row in matter.clocks.all()}) == ({}, {True})
