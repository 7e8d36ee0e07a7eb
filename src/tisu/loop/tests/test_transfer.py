"""Another lead unit (移交): asked for by the unit or the office, decided by another person of the office."""

import pytest

from tisu.loop.faults import Conflict, NotAllowed, Unacceptable
from tisu.loop.models import ClockKind, Matter, RequestState
from tisu.loop.shares import shares_of
from tisu.loop.stages import AssignmentState
from tisu.loop.walls import wall_off

DONE = {"result": "resolved", "summary": "场地已于当日清理完毕并移交，有验收单。"}


@pytest.fixture
def handled(opened, take):
    """A task in progress, due on Monday 29 May."""
    return take(opened(), "in_progress", working_days=5)


@pytest.fixture
def pass_on(ask, act):
    """`pass_on(matter, "gongdian")`: asked for by the lead unit and granted by the office."""

    def _pass_on(matter: Matter, unit: str, asking: str = "zhujian") -> Matter:
        return act("office", matter, "grant", request=ask(asking, matter, "transfer", unit=unit))

    return _pass_on


def test_on_the_last_day_leaves_the_day_and_tells_each_share(handled, pass_on, act, on, due):
    """Loop case 37: the limit of the whole runs on, and what each unit had of it is told."""
    with on("2023-05-29"):
        matter = pass_on(handled, "gongdian")
        assert (matter.stage, matter.lead.unit.code, due(matter)) == ("assigned", "gongdian", "2023-05-29")
        act("gongdian", matter, "accept")
    with on("2023-05-31"):
        matter = act("gongdian", matter, "submit", **DONE)
        shares = [(each["label"], each["value"].partition("（")[0]) for each in shares_of(matter)]
        assert shares == [("住建局", "5个工作日"), ("供电公司", "2个工作日")]
        assert act("office", matter, "pass", opinion="已看。", method="visit").verdict == "late"


def test_is_accepted_anew_and_out_of_sight_of_the_first_unit(handled, pass_on, county, clock_named, told):
    matter = pass_on(handled, "gongdian")
    assert clock_named(matter, ClockKind.ACCEPT).is_running
    assert not Matter.objects.visible_to(county.people["zhujian"]).filter(pk=matter.pk).exists()
    assert told("gongdian", urgent=True) == ["grant/1"]


def test_keeps_the_requirement_and_the_history(handled, opened, act, pass_on):
    matter = opened()
    act("office", matter, "assign", lead_unit="zhujian", requirement="每周报进度")
    act("zhujian", matter, "accept")
    matter = pass_on(matter, "fagai")
    rows = [(row.unit.code, row.state, row.requirement) for row in matter.assignments.all()]
    assert rows == [
        ("zhujian", AssignmentState.TRANSFERRED, "每周报进度"),
        ("fagai", AssignmentState.SENT, "每周报进度"),
    ]


def test_may_be_asked_for_before_the_unit_accepts(opened, take, pass_on):
    matter = pass_on(take(opened(), "assigned"), "fagai")
    assert (matter.stage, matter.lead.unit.code) == ("assigned", "fagai")


def test_makes_a_co_unit_the_lead(opened, take, pass_on, act, clock_named):
    """Its part is taken up by the whole; the other co-unit goes on with its own."""
    matter = take(opened(), "in_progress", co_units=["fagai", "gongdian"], working_days=5)
    matter = pass_on(matter, "fagai")
    assert (matter.lead.unit.code, [row.unit.code for row in matter.co_assignments]) == (
        "fagai",
        ["gongdian"],
    )
    running = [row.assignment.unit.code for row in matter.clocks.filter(kind="co_operate") if row.is_running]
    assert running == ["gongdian"]
    act("fagai", matter, "accept")
    act("gongdian", matter, "co_done", text="供电方案已出。")
    assert act("fagai-head", matter, "submit", **DONE).stage == "submitted"


def test_to_the_accused_unit_is_refused(act, ask, take, county, reported):
    report = reported("示例局刁难企业。", accused_unit="fagai")
    matter = take(report.matter, "in_progress", working_days=5)
    with pytest.raises(Unacceptable) as refusal:
        ask("zhujian", matter, "transfer", unit="fagai")
    assert list(refusal.value.errors) == ["unit"]


def test_to_a_unit_that_is_walled_off_meanwhile_is_not_granted(handled, ask, act, county):
    number = ask("zhujian", handled, "transfer", unit="fagai")
    wall_off(handled, county.units["fagai"], reason="回避")
    with pytest.raises(Conflict):
        act("office", handled, "grant", request=number)
    assert handled.requests.get().state == RequestState.FILED


def test_to_the_unit_that_has_it_or_one_that_leaves_nobody_to_verify_is_refused(handled, ask, county):
    with pytest.raises(Unacceptable):
        ask("zhujian", handled, "transfer", unit="zhujian")
    wall_off(handled, county.units["duchashi"], reason="回避")
    with pytest.raises(Unacceptable):
        ask("zhujian", handled, "transfer", unit="yingshangban")


def test_of_a_suspended_matter_waits_until_it_is_resumed(handled, ask, act, on, due):
    act(
        "supervisor",
        handled,
        "grant",
        request=ask("zhujian", handled, "suspension", reason="hearing", until="2023-06-05"),
    )
    number = ask("zhujian", handled, "transfer", unit="fagai")
    with pytest.raises(Conflict):
        act("office", handled, "grant", request=number)
    with on("2023-05-24"):
        act("zhujian", handled, "resume")
        assert act("office", handled, "grant", request=number).lead.unit.code == "fagai"
    assert due(handled) == "2023-05-30"


def test_asked_for_by_the_office_is_decided_by_another_of_its_people(handled, ask, act):
    number = ask("office", handled, "transfer", unit="fagai")
    for name in ("office", "supervisor", "leader"):
        with pytest.raises(NotAllowed):
            act(name, handled, "grant", request=number)
    assert act("office2", handled, "grant", request=number).lead.unit.code == "fagai"


def test_may_be_returned_by_the_new_unit_and_the_limit_of_the_whole_runs_on(
    handled, pass_on, act, on, due, caches_agree
):
    """Passing it round gains no time: overdue it stays, also at the third unit (case 37)."""
    with on("2023-05-31"):
        matter = act("fagai", pass_on(handled, "fagai"), "return", reason="属供电公司职责")
        assert (matter.stage, matter.lead, matter.light) == ("registered", None, "red")
        with pytest.raises(Unacceptable):
            act("office", matter, "assign", lead_unit="gongdian", working_days=15)
        matter = act("office", matter, "assign", lead_unit="gongdian")
        assert (due(matter), matter.light) == ("2023-05-29", "red")
        assert [row.kind for row in matter.clocks.all() if row.is_running] == ["solve", "accept"]
    assert caches_agree()


def test_of_what_was_reopened_may_be_returned_and_the_limit_runs_on_too(opened, take, pass_on, act, on, due):
    """The first lead unit's part began in the cycle before."""
    matter = take(opened(), "closed")
    with on("2023-05-23"):
        act("supervisor", matter, "reopen", reason="回头看发现仍有弃土")
        told = due(matter)
    with on("2023-05-25"):
        matter = act("fagai", pass_on(matter, "fagai"), "return", reason="属供电公司职责")
        act("office", matter, "assign", lead_unit="gongdian")
        assert due(matter) == told


def test_gains_no_second_extension(handled, ask, act, pass_on):
    act("office", handled, "grant", request=ask("zhujian", handled, "extension", working_days=3))
    act("fagai", pass_on(handled, "fagai"), "return", reason="属住建局职责")
    act("office", handled, "assign", lead_unit="zhujian")
    act("zhujian", handled, "accept")
    with pytest.raises(Conflict):
        ask("zhujian", handled, "extension", working_days=3)


def test_goes_round_in_a_circle_without_losing_a_share(handled, pass_on, act, on):
    with on("2023-05-23"):
        act("fagai", pass_on(handled, "fagai"), "accept")
    with on("2023-05-25"):
        matter = pass_on(handled, "zhujian", asking="fagai")
        assert [each["label"] for each in shares_of(matter)] == ["住建局", "发改局", "住建局"]
