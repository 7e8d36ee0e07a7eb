"""A calendar notice (调休通知): every date that it moves is moved by an act of its own, none is ever brought forward."""

from datetime import date

import pytest

from cast import COUNTY
from tisu.accounts.models import Delegation, PostHolding
from tisu.foundation import calendars, clock
from tisu.foundation.drafts import Draft
from tisu.inbox.models import Message
from tisu.loop import redating
from tisu.loop.alarms import take_alarm
from tisu.loop.faults import Conflict, Unacceptable
from tisu.loop.models import Clock, Event, Judgement, Matter, MatterType
from tisu.loop.redating import behind
from tisu.orgs.models import Post, Unit

DONE = {"result": "resolved", "summary": "场地已于当日清理完毕并移交，有验收单。"}


@pytest.fixture
def handled(opened, take):
    """A task in progress, due on Monday 29 May 2023."""
    return take(opened(), "in_progress", working_days=5)


def moved(matter: Matter) -> list[tuple[str, str, str, bool]]:
    """What the calendar's acts told of this matter, oldest first."""
    events = Event.objects.filter(matter=matter, action="redate").order_by("seq")
    return [
        (each["kind"], each["due_was"], each["due_now"], each["provisional"])
        for event in events
        for each in event.content.body["moved"]
    ]


# --- Years that are not announced yet (cases 9 and 11) ---------------------------------------------------


def test_is_provisional_until_the_year_is_announced(opened, take, on, due, publish, work, told, caches_agree):
    """Loop case 11: 28 December 2026 +5 comes to 4 January 2027 as long as nobody knows better."""
    with on("2026-12-28"):
        matter = take(opened(), "in_progress", working_days=5)
        assert (due(matter), matter.provisional) == ("2027-01-04", True)
    with on("2026-12-30"):
        publish(
            year=2027, off="2027-01-01 2027-10-01", title="2027年放假安排", source="国办发明电〔2026〕9号"
        )
        assert work()["calendar"] == 1
    matter.refresh_from_db()
    assert (due(matter), matter.provisional) == ("2027-01-05", False)
    assert moved(matter) == [("solve", "2027-01-04", "2027-01-05", False)]
    event = Event.objects.filter(matter=matter).last()
    assert (event.actor, event.signed, event.content.body["calendar"]) == (None, "calendar/1", "cn-2026+1")
    assert told("zhujian-head")[-1] == "redate/1"
    assert caches_agree()


def test_is_told_when_a_provisional_day_becomes_firm_where_it_is(opened, take, on, due, publish, work):
    with on("2027-01-04"):
        matter = take(opened(), "in_progress", working_days=5)
        assert (due(matter), matter.provisional) == ("2027-01-11", True)
        publish(year=2027, off="2027-01-01 2027-10-01", title="2027年放假安排")
        work()
    assert moved(matter) == [("solve", "2027-01-11", "2027-01-11", False)]


# --- Never forward, unless a leader orders it (case 13) --------------------------------------------------


@pytest.fixture
def in_2019(county, publish):
    """The county as it might have been then: posts held, a type in force, May Day announced as a single day."""
    for model in (Post, PostHolding, Unit, Delegation):
        model.objects.update(since=date(2018, 1, 1))
    MatterType.objects.create(kind="task", number=99, valid_from=date(2018, 1, 1), basis="试行")
    publish(year=2019, off="2019-01-01 2019-05-01 2019-10-01", title="2019年放假安排")


MAY_2019 = {
    "year": 2019,
    "off": "2019-01-01 2019-05-01 2019-05-02 2019-05-03 2019-10-01",
    "working": "2019-04-28 2019-05-05",
    "title": "2019年劳动节放假调休",
}


@pytest.fixture
def told_early(in_2019, on, opened, take):
    with on("2019-04-26"):
        return take(opened(), "in_progress", working_days=3)


def test_keeps_a_day_that_was_told(told_early, on, due, publish, work, caches_agree, sign_in):
    """Loop case 13: 26 April 2019 +3; by the late notice it would be 30 April, but 2 May was told and is kept."""
    assert due(told_early) == "2019-05-02"
    with on("2019-04-27"):
        publish(**MAY_2019)
        work()
        assert (due(told_early), moved(told_early)) == ("2019-05-02", [])
        assert caches_agree()
        [solve] = [
            each
            for each in sign_in("zhujian").get(f"/api/v1/matters/{told_early.number}").json()["clocks"]
            if each["kind"] == "solve"
        ]
        assert (solve["kept"], solve["calendar"]) == (True, "cn-2026+2")


def test_brings_it_forward_when_a_leader_orders_so(told_early, on, due, publish, work, caches_agree):
    with on("2019-04-27"):
        publish(**MAY_2019, order="县长批示〔2019〕1号")
        work()
    assert (due(told_early), moved(told_early)) == (
        "2019-04-30",
        [("solve", "2019-05-02", "2019-04-30", False)],
    )
    assert caches_agree()


def test_goes_as_far_forward_as_was_ordered_when_a_notice_without_an_order_follows_at_once(
    opened, take, on, due, publish, work, caches_agree
):
    """Both reach the matter in one go: what the order moved is told, what the later notice would add is not."""
    with on("2023-05-22"):
        matter = take(opened(), "in_progress", working_days=10)
        assert due(matter) == "2023-06-05"
        publish(working="2023-06-03", title="周六办公", order="县长批示〔2023〕3号")
        publish(working="2023-05-27", title="周六办公")
        work()
        assert (due(matter), moved(matter)) == ("2023-06-03", [("solve", "2023-06-05", "2023-06-03", False)])
        assert caches_agree()


@pytest.mark.parametrize("worker", ["quick", "slow"])
def test_an_order_that_was_undone_before_anyone_was_told_lets_nothing_come_forward_later(
    opened, take, on, due, publish, work, caches_agree, worker
):
    """However fast the worker is: an order counts for what it moved, and is spent."""
    with on("2023-05-22"):
        matter = take(opened(), "in_progress", working_days=10)
        publish(working="2023-06-03", title="周六办公", order="县长批示〔2023〕3号")
        if worker == "quick":
            work()
        publish(off="2023-05-31", title="放假一天")
        work()
        assert due(matter) == "2023-06-05"
        publish(working="2023-05-27", title="周六办公")
        work()
        assert due(matter) == "2023-06-05"
        assert caches_agree()


def test_keeps_it_again_after_the_order(told_early, on, due, publish, work):
    """What was told by the order counts from then on: the next notice only ever moves it on."""
    with on("2019-04-27"):
        publish(**MAY_2019, order="县长批示〔2019〕1号")
        work()
        publish(off="2019-04-29", title="防汛停工")
        work()
        assert due(told_early) == "2019-05-05"
        publish(working="2019-04-29", title="恢复办公")
        work()
    assert due(told_early) == "2019-05-05"


def test_a_kept_day_is_what_judges(told_early, on, act, publish, work, caches_agree):
    """Submitted on 2 May it is on time, and reckoning everything anew afterwards does not say otherwise."""
    with on("2019-04-27"):
        publish(**MAY_2019)
        work()
    with on("2019-05-02"):
        act("zhujian-head", told_early, "submit", **DONE)
    with on("2019-05-06"):
        matter = act("office", told_early, "pass", opinion="已看。", method="visit")
    assert matter.verdict == "on_time"
    assert caches_agree()
    assert clock.local_day(Judgement.objects.get().due_at).isoformat() == "2019-05-02"


def test_moves_a_day_on_and_does_not_move_it_back(handled, on, due, publish, work):
    with on("2023-05-23"):
        publish(off="2023-05-25", title="防汛停工")
        work()
        assert due(handled) == "2023-05-30"
        publish(working="2023-05-25", title="恢复办公")
        work()
    assert (due(handled), moved(handled)) == ("2023-05-30", [("solve", "2023-05-29", "2023-05-30", False)])


# --- What a notice leaves alone --------------------------------------------------------------------------


def test_leaves_what_is_closed_as_it_was_judged(opened, take, on, publish, work, caches_agree):
    """Loop case 15: a day off that is announced after the close changes nothing."""
    matter = take(opened(), "closed", working_days=5)
    before = (matter.due_at, matter.verdict, Judgement.objects.get().calendar)
    with on("2023-05-24"):
        publish(off="2023-05-25 2023-05-26", title="防汛停工")
        assert work()["calendar"] == 0
    matter.refresh_from_db()
    assert (matter.due_at, matter.verdict, Judgement.objects.get().calendar) == before
    assert caches_agree()


def test_leaves_what_lies_with_the_verifier_until_it_is_sent_back(
    opened, take, on, act, publish, work, due, caches_agree
):
    matter = take(opened(), "submitted", working_days=5)
    with on("2023-05-22 10:00"):
        publish(off="2023-05-25", title="防汛停工")
        work()
        assert (due(matter), [kind for kind, *_rest in moved(matter)]) == ("2023-05-29", ["verify"])
        act("office", matter, "fail", reason="仍有弃土")
        work()
    assert due(matter) == "2023-05-30"
    assert caches_agree()


def test_of_the_neighbour_county_touches_nothing_here(handled, on, due, publish, work):
    with on("2023-05-23"):
        publish(off="2023-05-25", title="来凤放假", region="422827")
        work()
    assert (due(handled), behind().count()) == ("2023-05-29", 0)


def test_of_a_discipline_report_moves_its_day_and_tells_it(
    county, act, on, publish, work, due, caches_agree, reported
):
    """Nothing of it is kept but number, time and officer; its limit is reckoned like any other, and not in silence."""
    matter = reported("示例人员失职。").matter
    act("office", matter, "screen", kind="B")
    publish(off="2023-05-24", title="防汛停工")
    work()
    assert (due(matter, "screen"), moved(matter)) == (
        "2023-05-26",
        [("screen", "2023-05-25", "2023-05-26", False)],
    )
    assert caches_agree()


def test_is_foreseen_for_a_county_with_days_of_its_own_as_it_then_happens(handled, on, publish, work, county):
    """The prefecture takes a day off beside the one that the county took off itself."""
    with on("2023-05-23"):
        publish(off="2023-05-25", region=COUNTY, title="防汛停工")
        work()
        further = Draft(
            "overlay",
            region="4228",
            off=frozenset({date(2023, 5, 26)}),
            title="州庆",
            source="州政办〔2023〕9号",
            loaded_by="示例",
        )
        foreseen = [each.due_now for each in redating.moved_by(further, "4228", county.people["office"])]
        calendars.publish(further)
        work()
    assert foreseen == [Clock.objects.get(matter=handled, kind="solve").due_at]


# --- Between the notice and the job ----------------------------------------------------------------------


def test_comes_before_any_other_act_as_an_act_of_its_own(
    handled, on, ask, act, due, publish, work, caches_agree
):
    """The worker has not come to it: what the notice adds is told first, then the extension adds its days to that."""
    with on("2023-05-23"):
        publish(off="2023-05-25", title="防汛停工")
        act("office", handled, "grant", request=ask("zhujian", handled, "extension", working_days=2))
        assert (due(handled), moved(handled)) == (
            "2023-06-01",
            [("solve", "2023-05-29", "2023-05-30", False)],
        )
        assert caches_agree()
        assert work()["calendar"] == 0


def test_judges_nobody_by_the_delay_of_the_worker(handled, on, act, publish):
    """Due on the 29th, by the notice on the 31st; submitted on the 30th, before any worker came to it."""
    with on("2023-05-24"):
        publish(off="2023-05-26 2023-05-29", title="防汛停工")
    seen = handled.version
    with on("2023-05-30"):
        act("zhujian-head", handled, "submit", version=seen, result="resolved", summary="5月30日已清理移交。")
        closed = act("supervisor", handled, "pass", opinion="已到现场核实。", method="visit")
    assert (closed.verdict, closed.light) == ("on_time", "on_time")


def test_lets_more_time_be_asked_for_up_to_the_new_day(handled, on, ask, publish):
    with on("2023-05-24"):
        publish(off="2023-05-26 2023-05-29", title="防汛停工")
    with on("2023-05-30"):
        assert ask("zhujian", handled, "extension", working_days=2) == 1
    with on("2023-06-01"), pytest.raises(Conflict):
        ask("zhujian", handled, "extension", working_days=2)


def test_caught_up_with_is_undone_with_the_act_that_is_refused(handled, on, act, publish, due):
    with on("2023-05-23"):
        publish(off="2023-05-25", title="防汛停工")
        with pytest.raises(Unacceptable):
            act("zhujian", handled, "report", text="")
    assert (due(handled), moved(handled)) == ("2023-05-29", [])


def test_comes_before_an_alarm_that_would_ring_by_the_old_day(handled, on, publish, told):
    with on("2023-05-29"):
        publish(off="2023-05-29 2023-05-30", title="防汛停工")
    with on("2023-05-31"):
        while take_alarm():
            pass
        assert Matter.objects.get(pk=handled.pk).light == "yellow"
        assert not {"urge/1", "overdue/1"} & set(told("zhujian-head"))
    assert moved(handled) == [("solve", "2023-05-29", "2023-05-31", False)]


# --- Many at once (case 49) ------------------------------------------------------------------------------


def test_takes_many_in_batches_that_can_be_broken_off(
    opened, take, on, publish, work, monkeypatch, caches_agree
):
    """Loop case 49 in small: broken off after the first batch, it goes on where it stopped; one act for each matter
    that moves, none for the others, and nobody is told at once."""
    monkeypatch.setattr(redating, "BATCH", 5)
    near = [take(opened(), "in_progress", working_days=1) for _n in range(4)]
    far = [take(opened(), "in_progress", working_days=9) for _n in range(6)]
    with on("2023-05-22 10:00"):
        publish(off="2023-05-26", title="防汛停工")
        assert redating.take_batch()
        assert 0 < behind().count() < Clock.objects.filter(stopped_at=None).count()
        assert work()["calendar"] > 0
        assert (behind().count(), work()["calendar"]) == (0, 0)
    assert [len(moved(matter)) for matter in (*near, *far)] == [0] * 4 + [1] * 6
    said = Message.objects.filter(rule="redate/1", recipient__username="zhujian-head")
    assert (said.count(), said.waiting_for_a_digest().count()) == (6, 6)
    assert caches_agree()
