"""Matters about the same (并案): one goes on, the other waits in it; taken apart again, each is where it was."""

import pytest

from cast import COUNTY
from tisu.foundation import clock
from tisu.loop.actor import person
from tisu.loop.faults import Conflict, NotAllowed, Unacceptable
from tisu.loop.models import Event, Matter, RequestState, publish_type
from tisu.loop.register import register_matter
from tisu.loop.walls import recuse, wall_off


@pytest.fixture
def pair(opened, take):
    """Two tasks in progress with the same unit: the one that goes on, and the one to be merged into it."""
    return tuple(take(opened(requester=firm), "in_progress", working_days=5) for firm in ("firm", "firm2"))


@pytest.fixture
def into(act):
    """`into(child, parent)`: merged by supervision."""

    def _into(child: Matter, parent: Matter, name: str = "supervisor") -> Matter:
        return act(name, child, "merge", parent=parent.number)

    return _into


@pytest.mark.parametrize("stage", ["registered", "assigned", "in_progress"])
def test_stops_every_clock_and_unmerging_goes_on_where_it_stood(
    opened, take, into, act, on, due, stage, caches_agree
):
    parent, child = opened(), take(opened(report_days=3), stage)
    before = {row.pk: row.due_at for row in child.clocks.all() if row.is_running}
    with on("2023-05-23"):
        merged = into(child, parent)
    assert (merged.stage, merged.merged_into, [row for row in child.clocks.all() if row.is_running]) == (
        "merged",
        parent,
        [],
    )
    with on("2023-05-25"):
        apart = act("office", child, "unmerge")
    assert (apart.stage, apart.merged_into) == (stage, None)
    running = {row.pk: row.due_at for row in child.clocks.all() if row.is_running}
    assert running.keys() == before.keys()
    assert all((running[key] - before[key]).days >= 2 for key in before)
    assert caches_agree()


def test_does_not_count_the_days_it_was_merged(pair, into, act, on, due):
    parent, child = pair
    with on("2023-05-23"):
        into(child, parent)
    with on("2023-05-25"):
        act("office", child, "unmerge")
    assert (due(child), due(parent)) == ("2023-05-31", "2023-05-29")


def test_into_a_draft_is_refused(pair, into, county):
    """It would wait for an approval that nobody may ever give."""
    publish_type(kind="task", valid_from=clock.today(), basis="试行", needs_approval=True)
    draft = register_matter(
        kind="task", title="示例", text="示例", region=COUNTY, actor=person(county.people["office"])
    )
    with pytest.raises(Unacceptable):
        into(pair[0], draft)


def test_of_what_is_overdue_keeps_that_it_was(pair, into, on, sign_in):
    parent, child = pair
    with on("2023-05-31"):
        into(child, parent)
        page = sign_in("supervisor").get(f"/matters/{child.number}").content.decode()
    assert Event.objects.filter(matter=child).last().content.body["was_late"] is True
    assert "并案时已逾期" in page


def test_into_itself_is_refused(pair, into):
    with pytest.raises(Unacceptable):
        into(pair[0], pair[0])


def test_in_a_circle_or_a_chain_is_refused(pair, into, opened):
    parent, child = pair
    into(child, parent)
    with pytest.raises(Unacceptable):
        into(parent, child)
    with pytest.raises(Conflict):
        into(parent, opened())
    with pytest.raises(Unacceptable):
        into(opened(), child)


def test_into_what_has_ended_or_cannot_be_seen_is_refused(pair, into, opened, take, county):
    parent, child = pair
    with pytest.raises(Unacceptable) as refusal:
        into(child, take(opened(), "closed"))
    assert list(refusal.value.errors) == ["parent"]
    recuse(parent, county.people["supervisor"], reason="回避")
    unseen, unknown = pytest.raises(Unacceptable), pytest.raises(Unacceptable)
    with unseen as first:
        into(child, parent)
    with unknown as second:
        into(child, Matter(number="ZZZZZ-ZZZZZ"))
    assert str(first.value) == str(second.value)


def test_into_a_report_of_which_nothing_is_kept_is_refused(pair, into, act, reported):
    report = reported("示例人员失职。").matter
    act("office", report, "screen", kind="B")
    with pytest.raises(Unacceptable):
        into(pair[1], report)


@pytest.mark.parametrize("stage", ["submitted", "closed"])
def test_is_not_possible_once_the_result_is_submitted(opened, take, into, stage):
    with pytest.raises(Conflict):
        into(take(opened(), stage), opened())


def test_is_for_office_and_supervision(pair, into):
    for name in ("zhujian-head", "leader"):
        with pytest.raises(NotAllowed):
            into(pair[1], pair[0], name)


def test_takes_its_walls_along_and_gives_them_back(pair, into, act, county):
    parent, child = pair
    recuse(child, county.people["office2"], reason="回避")

    def seen() -> bool:
        return Matter.objects.visible_to(county.people["office2"]).filter(pk=parent.pk).exists()

    assert seen()
    into(child, parent)
    assert not seen()
    act("supervisor", child, "unmerge")
    assert seen()


def test_keeps_a_wall_that_another_merged_matter_needs(pair, into, act, county, opened):
    parent, child = pair
    other = opened()
    for matter in (child, other):
        recuse(matter, county.people["office2"], reason="回避")
        into(matter, parent)
    act("supervisor", child, "unmerge")
    assert not Matter.objects.visible_to(county.people["office2"]).filter(pk=parent.pk).exists()


def test_into_what_a_walled_unit_handles_is_refused(pair, into, opened, county):
    child = opened()
    wall_off(child, county.units["zhujian"], reason="示例")
    with pytest.raises(Unacceptable):
        into(child, pair[0])


def test_that_would_leave_nobody_to_verify_is_refused(into, opened, act, county):
    """The office handles the one, and supervision must not see the other: then nobody could pass it."""
    parent, child = opened(), opened()
    act("office", parent, "assign", lead_unit="yingshangban")
    wall_off(child, county.units["duchashi"], reason="回避")
    with pytest.raises(Unacceptable) as refusal:
        into(child, parent, "office")
    assert list(refusal.value.errors) == ["parent"]
    assert not parent.walls.exists()


def test_lapses_what_waits_and_ends_a_suspension(pair, into, ask, act):
    parent, child = pair
    number = ask("zhujian", child, "suspension", reason="supplement", until="2023-06-05")
    act("supervisor", child, "grant", request=number)
    ask("zhujian", child, "extension", working_days=3)
    merged = into(child, parent)
    assert (merged.suspended_until, merged.requests.get(kind="extension").state) == (
        None,
        RequestState.LAPSED,
    )


def test_tells_the_requesters_of_both_when_the_one_ends(pair, into, take, told):
    """Whoever raised the merged one reads that it has ended, and not which other one that was."""
    parent, child = pair
    into(child, parent)
    assert told("firm2") == ["merge/1"]
    take(parent, "closed")
    assert (told("firm")[-1], told("firm2")[-1]) == ("pass/1", "parent-ended/1")


def test_tells_whoever_reported_in_the_dialogue(into, take, opened, reported):
    reports = [reported(f"窗口来回跑了{n}趟。") for n in "三四"]
    first, second = (report.matter for report in reports)
    take(first, "in_progress")
    into(second, first)
    take(first, "closed")
    words = reports[1].messages.last().text
    assert "已解决" in words
    assert first.number not in words


def test_stays_merged_when_the_one_has_ended(pair, into, take, act):
    parent, child = pair
    into(child, parent)
    take(parent, "closed")
    with pytest.raises(Conflict):
        act("supervisor", child, "unmerge")


def test_may_be_taken_apart_once_the_one_is_reopened(pair, into, take, act):
    parent, child = pair
    into(child, parent)
    take(parent, "closed")
    act("supervisor", parent, "reopen", reason="示例")
    assert act("supervisor", child, "unmerge").stage == "in_progress"


def test_tells_units_the_step_and_not_into_which(pair, into, sign_in):
    """Which other matter it is may be out of the unit's sight: the event's content is for the office."""
    parent, child = pair
    into(child, parent)
    event = sign_in("zhujian").get(f"/api/v1/matters/{child.number}").json()["events"][-1]
    assert (event["action"], event["data"]) == ("merge", {})
    event = sign_in("office").get(f"/api/v1/matters/{child.number}").json()["events"][-1]
    assert event["data"] == {"parent": parent.number}


def test_rings_no_more_and_leaves_nothing_to_do(pair, into, work, on, act):
    parent, child = pair
    into(child, parent)
    with on("2023-06-20"):
        work()
        for action in ("report", "urge"):
            with pytest.raises(Conflict):
                act("zhujian" if action == "report" else "supervisor", child, action, text="示例")
    assert Event.objects.filter(matter=child).last().action == "merge"
