"""Taking a closed matter up again (重启): the next cycle, with a clock of its own; what was judged stays judged."""

from datetime import date, timedelta

import pytest

from tisu.foundation import clock
from tisu.loop.faults import Conflict, NotAllowed
from tisu.loop.models import Judgement, Matter, RequestState
from tisu.loop.walls import wall_off

DONE = {"result": "resolved", "summary": "场地已于当日清理完毕并移交，有验收单。"}
PASSED = {"opinion": "已看。", "method": "visit"}


@pytest.fixture
def closed(opened, take):
    """Closed on Monday 22 May, five working days having been given."""
    return take(opened(requester="firm"), "closed", working_days=5)


def test_begins_a_second_cycle_with_a_limit_of_its_own(closed, act, on, due, told, caches_agree):
    with on("2023-06-12"):
        matter = act("supervisor", closed, "reopen", reason="企业反映仍有弃土。")
    facts = (matter.stage, matter.cycle, matter.result, matter.verdict, matter.closed_at, matter.retain_until)
    assert facts == ("in_progress", 2, "", "", None, None)
    assert (due(matter), matter.light, matter.lead.unit.code) == ("2023-07-04", "green", "zhujian")
    assert told("zhujian")[-1] == told("firm")[-1] == "reopen/1"
    assert caches_agree()


def test_leaves_the_first_judgement_as_it_was(closed, act, on, take):
    with on("2023-06-12"):
        act("supervisor", closed, "reopen", reason="企业反映仍有弃土。")
    with on("2023-07-10"):
        matter = take(closed, "closed")
    assert (matter.cycle, matter.verdict) == (2, "late")
    judged = [
        (row.cycle, row.verdict, row.closed_at.date()) for row in Judgement.objects.filter(matter=matter)
    ]
    assert judged == [(1, "on_time", date(2023, 5, 22)), (2, "late", date(2023, 7, 10))]


@pytest.mark.parametrize(("days", "still"), [(180, True), (181, False)])
def test_is_possible_for_180_days(closed, act, days, still):
    with clock.at(clock.now() + timedelta(days=days)):
        if still:
            assert act("leader", closed, "reopen", reason="示例").cycle == 2
        else:
            with pytest.raises(Conflict):
                act("leader", closed, "reopen", reason="示例")


def test_is_for_supervision_office_and_leaders(closed, act):
    for name in ("zhujian-head", "firm"):
        with pytest.raises(NotAllowed):
            act(name, closed, "reopen", reason="示例")


def test_is_not_possible_for_what_was_never_handled_here(county, act, reported):
    matter = reported("窗口来回跑了四趟。").matter
    act("office", matter, "refuse_acceptance", reason="已进入诉讼程序")
    with pytest.raises(Conflict):
        act("supervisor", matter, "reopen", reason="示例")


def test_is_not_possible_for_a_unit_that_is_no_more(closed, act, county):
    county.units["zhujian"].until = clock.today()
    county.units["zhujian"].save()
    with pytest.raises(Conflict):
        act("supervisor", closed, "reopen", reason="示例")


def test_lapses_what_was_asked_for_about_the_first_rating(closed, act):
    act("firm", closed, "rate", solved="no", satisfaction=1)
    act("supervisor", closed, "reopen", reason="企业反映仍有弃土。")
    assert closed.requests.get().state == RequestState.LAPSED


def test_may_be_rated_extended_and_suspended_again(closed, act, ask, on, take):
    """What a type allows, it allows in each cycle."""
    act("firm", closed, "rate", solved="partly", satisfaction=3)
    with on("2023-06-12"):
        matter = act("supervisor", closed, "reopen", reason="示例")
        act("office", matter, "grant", request=ask("zhujian", matter, "extension", working_days=3))
        number = ask("zhujian", matter, "suspension", reason="supplement", until="2023-06-14")
        act("supervisor", matter, "grant", request=number)
    with on("2023-06-14"):
        act("zhujian", matter, "resume")
        matter = take(matter, "closed")
        act("firm", matter, "rate", solved="yes", satisfaction=5)
    assert [(row.cycle, row.satisfaction) for row in matter.ratings.all()] == [(1, 3), (2, 5)]


def test_asks_for_progress_again(opened, take, act, on, due):
    matter = take(opened(report_days=3), "closed")
    with on("2023-06-12"):
        act("supervisor", matter, "reopen", reason="示例")
    assert due(matter, "report") == "2023-06-15"


def test_keeps_the_co_units_part_settled(opened, take, act, on):
    matter = take(opened(), "in_progress", co_units=["fagai"])
    act("fagai", matter, "co_done", text="立项已办。")
    matter = take(matter, "closed")
    with on("2023-06-12"):
        act("supervisor", matter, "reopen", reason="示例")
        assert act("zhujian-head", matter, "submit", **DONE).stage == "submitted"


def test_tells_whoever_reported(act, take, reported):
    report = reported("窗口来回跑了四趟。")
    matter = take(report.matter, "closed")
    said = report.messages.count()
    act("supervisor", matter, "reopen", reason="经办人称企业无理取闹。")
    words = [message.text for message in report.messages.all()][said:]
    assert len(words) == 1
    assert "无理取闹" not in words[0]


def test_counts_both_cycles_in_its_history(closed, act, on, take):
    with on("2023-06-12"):
        act("supervisor", closed, "reopen", reason="示例")
        matter = take(closed, "closed")
    cycles = [(event.action, event.cycle) for event in matter.events.order_by("seq")]
    assert cycles[-4:] == [("pass", 1), ("reopen", 2), ("submit", 2), ("pass", 2)]
    assert Matter.objects.get(pk=matter.pk).version == len(cycles)


def test_is_possible_on_the_last_day_of_the_window(closed, act, on):
    with on("2023-11-18"):
        assert act("supervisor", closed, "reopen", reason="示例").cycle == 2


def test_goes_on_in_a_new_matter_when_the_window_is_over(closed, act, on, sign_in, county):
    """180 days after 22 May 2023 end on 18 November."""
    wall_off(closed, county.units["gongdian"], reason="示例")
    with on("2023-11-19"):
        with pytest.raises(Conflict):
            act("supervisor", closed, "reopen", reason="示例")
        page = sign_in("supervisor").get(f"/matters/{closed.number}").content.decode()
        assert f"/matters/new?after={closed.number}" in page
        form = {"kind": "task", "text": "第三车间仍未接入。", "after": closed.number}
        assert sign_in("supervisor").post("/matters/new", form).status_code == 302
        new = Matter.objects.get(parent=closed)
        assert (new.stage, new.walled_units) == ("registered", {county.units["gongdian"].pk})
        told = sign_in("supervisor").get(f"/matters/{new.number}").content.decode()
    assert "接续自" in told and closed.number in told


@pytest.mark.parametrize("named", ["open", "unseen", "none"])
def test_goes_on_only_from_what_has_ended_and_is_seen(opened, task, sign_in, county, named):
    matter = opened()
    if named == "unseen":
        Matter.objects.filter(pk=matter.pk).update(region="422827")
    number = "00000-00000" if named == "none" else matter.number
    answer = sign_in("office").post("/matters/new", {"kind": "task", "text": "示例", "after": number})
    assert answer.status_code == 422 and "after" in answer.context["form"].errors
    assert not Matter.objects.filter(parent__isnull=False).exists()
