"""Cancelling (撤销): a county leader decides, whoever asks; it ends without a result and stays on record."""

import pytest

from tisu.loop.faults import Conflict, NotAllowed, NotVisible
from tisu.loop.models import Event, Matter, RequestState
from tisu.loop.stages import Stage


@pytest.fixture
def handled(opened, take):
    return take(opened(), "in_progress", working_days=5)


@pytest.mark.parametrize("stage", ["registered", "assigned", "in_progress", "submitted"])
def test_ends_a_matter_at_any_open_stage(opened, take, ask, act, stage, caches_agree):
    matter = take(opened(), stage)
    matter = act("leader", matter, "grant", request=ask("office", matter, "cancellation"))
    assert (matter.stage, matter.result, matter.verdict, matter.closed_at) == (Stage.CANCELLED, "", "", None)
    assert not [row for row in matter.clocks.all() if row.is_running]
    assert caches_agree()


def test_has_a_leader_watch_what_no_leader_sees_yet(opened, ask, act, county, told):
    """Where nobody handles it, nobody above would see the request: the next superior is made to watch it."""
    matter = opened()
    with pytest.raises(NotVisible):
        act("leader", matter, "instruct", text="示例")
    ask("office", matter, "cancellation")
    assert [watch.post.title for watch in matter.watches.all()] == ["副县长"]
    assert told("leader") == ["request_cancellation/1"]


def test_has_one_watch_too_where_nobody_is_in_charge_of_the_unit(opened, take, ask, act, told):
    """No leader is in charge of the power company: without a watch the request would wait for nobody."""
    matter = take(opened(), "assigned", lead_unit="gongdian", working_days=5)
    act("gongdian", matter, "accept")
    ask("gongdian", matter, "cancellation")
    assert told("leader") == ["request_cancellation/1"]
    assert act("leader", matter, "grant", request=1).stage == Stage.CANCELLED


def test_is_told_to_the_leader_in_charge(handled, ask, told):
    ask("zhujian", handled, "cancellation")
    assert told("leader") == ["request_cancellation/1"]
    assert not handled.watches.exists()


def test_is_decided_by_the_secretary_for_the_leader(handled, ask, act):
    matter = act(
        "secretary", handled, "grant", request=ask("zhujian", handled, "cancellation"), opinion="同意。"
    )
    event = Event.objects.filter(matter=matter).last()
    assert (event.action, event.to_stage, event.signed) == ("grant", "cancelled", "县政府 副县长（秘书代）")


@pytest.mark.parametrize("name", ["office", "office2", "office-lead", "supervisor"])
def test_is_decided_by_nobody_else(handled, ask, act, name):
    number = ask("zhujian", handled, "cancellation")
    with pytest.raises(NotAllowed):
        act(name, handled, "grant", request=number)


def test_declined_leaves_everything_as_it_was(handled, ask, act, due):
    act("leader", handled, "decline", request=ask("zhujian", handled, "cancellation"), reason="继续办。")
    handled.refresh_from_db()
    assert (handled.stage, handled.light, due(handled)) == ("in_progress", "green", "2023-05-29")


def test_lapses_what_else_waits(handled, ask, act):
    ask("zhujian", handled, "extension", working_days=3)
    act("leader", handled, "grant", request=ask("office", handled, "cancellation"))
    assert [row.state for row in handled.requests.all()] == [RequestState.LAPSED, RequestState.APPROVED]


def test_leaves_nothing_to_do(handled, ask, act):
    matter = act("leader", handled, "grant", request=ask("office", handled, "cancellation"))
    for name, action, data in (
        ("zhujian", "report", {"text": "示例"}),
        ("supervisor", "reopen", {"reason": "示例"}),
        ("leader", "instruct", {"text": "示例"}),
    ):
        with pytest.raises(Conflict):
            act(name, matter, action, **data)


def test_of_what_is_being_verified_ends_the_verification(opened, take, ask, act):
    matter = act("office", take(opened(), "submitted"), "begin_verification")
    matter = act("leader", matter, "grant", request=ask("office", matter, "cancellation"))
    assert (matter.stage, matter.verifying, matter.proposed_result) == ("cancelled", False, "")


def test_of_what_is_suspended_ends_the_suspension(handled, ask, act, work, on):
    number = ask("zhujian", handled, "suspension", reason="court", until="2023-06-05")
    act("supervisor", handled, "grant", request=number)
    matter = act("leader", handled, "grant", request=ask("office", handled, "cancellation"))
    assert (matter.stage, matter.suspended_until, matter.light) == ("cancelled", None, None)
    with on("2023-06-05"):
        assert work()["resumptions"] == 0


def test_tells_whoever_reported_the_reason(act, ask, take, reported):
    report = reported("窗口来回跑了四趟。")
    matter = take(report.matter, "in_progress")
    act("leader", matter, "grant", request=ask("office", matter, "cancellation", reason="企业已书面撤回。"))
    assert "企业已书面撤回。" in report.messages.last().text


def test_of_a_draft_is_a_way_out_of_what_was_not_approved(opened, ask, act, second_leader):
    matter = opened(needs_approval=True)
    act("office", matter, "request_approval")
    [watch] = matter.watches.all()
    name = "leader2" if watch.post == second_leader else "leader"
    act(name, matter, "refuse", reason="不在职责范围内。")
    matter = act(name, matter, "grant", request=ask("office", matter, "cancellation"))
    assert Matter.objects.get(pk=matter.pk).stage == "cancelled"
