"""Matters that go back: returned by the unit, withdrawn by the submitter, failed by the verifier."""

from datetime import datetime

import pytest

from cast import SHANGHAI
from tisu.foundation import clock
from tisu.loop.faults import Conflict, NotAllowed, NotVisible, Unacceptable
from tisu.loop.models import Matter


def on(day: int, hour: int = 10):
    return clock.at(datetime(2023, 5, day, hour, 0, tzinfo=SHANGHAI))


def test_goes_back_to_the_office_when_the_unit_returns_it(act, at_stage):
    matter = act("zhujian", at_stage("assigned"), "return", reason="属发改局职责", suggested_unit="fagai")
    assert (matter.stage, matter.lead) == ("registered", None)


def test_is_out_of_sight_of_the_unit_that_returned_it(act, at_stage, county):
    matter = act("zhujian", at_stage("assigned"), "return", reason="属发改局职责")
    assert not Matter.objects.visible_to(county.people["zhujian"]).filter(pk=matter.pk).exists()


def test_counts_from_the_new_assignment_after_a_return(act, at_stage):
    matter = act("zhujian", at_stage("assigned", working_days=5), "return", reason="属发改局职责")
    assert matter.due_at is None
    with on(24):
        matter = act("office", matter, "assign", lead_unit="fagai", working_days=5)
    assert clock.local_day(matter.due_at).isoformat() == "2023-05-31"


def test_is_decided_by_the_office_after_two_returns(act, at_stage):
    matter = at_stage("assigned")
    for _time in range(2):
        matter = act("zhujian", matter, "return", reason="不属本局职责")
        matter = act("office", matter, "assign", lead_unit="zhujian")
    with pytest.raises(Conflict):
        act("zhujian", matter, "return", reason="仍不属本局职责")


def test_may_be_returned_within_two_working_days_and_no_later(act, at_stage):
    matter = at_stage("assigned", working_days=10)
    with on(25), pytest.raises(Conflict):
        act("zhujian", matter, "return", reason="属发改局职责")
    with on(24):
        assert act("zhujian", matter, "return", reason="属发改局职责").stage == "registered"


def test_is_withdrawn_by_whoever_submitted_as_if_never_submitted(act, at_stage):
    before = at_stage("in_progress").due_at
    matter = act("zhujian-head", at_stage("submitted"), "withdraw")
    assert (matter.stage, matter.stopped_at, matter.due_at) == ("in_progress", None, before)


def test_is_not_withdrawn_once_verification_has_begun(act, at_stage):
    matter = act("office", at_stage("submitted"), "begin_verification")
    with pytest.raises(Conflict):
        act("zhujian-head", matter, "withdraw")


def test_does_not_count_the_days_of_a_verification_that_failed(act, at_stage):
    """Loop case 17 with a verification as the pause: submitted on the 24th, failed on the 29th of May.

    Five working days from the 22nd end on the 29th; the 24th, 25th and 26th do not count: due 1 June.
    """
    matter = at_stage("in_progress", working_days=5)
    with on(24):
        matter = act("zhujian-head", matter, "submit", result="resolved", summary="场地已清理，待验收。")
    with on(29):
        matter = act("office", matter, "fail", reason="仍有两堆弃土")
    assert (matter.stage, matter.reworks) == ("in_progress", 1)
    assert clock.local_day(matter.due_at).isoformat() == "2023-06-01"


def test_leaves_the_unit_on_time_when_the_verifier_is_slow(act, at_stage):
    matter = at_stage("submitted", working_days=5)
    with clock.at(datetime(2023, 6, 20, 9, 0, tzinfo=SHANGHAI)):
        assert Matter.objects.get(pk=matter.pk).light == "green"
        matter = act("supervisor", matter, "pass", opinion="现场已看。", method="visit")
    assert matter.verdict == "on_time"


def test_is_late_when_submitted_after_the_due_moment(act, at_stage):
    matter = at_stage("in_progress", working_days=5)
    with clock.at(datetime(2023, 5, 29, 18, 1, tzinfo=SHANGHAI)):
        matter = act("zhujian-head", matter, "submit", result="resolved", summary="场地已清理完毕并移交。")
        assert act("office", matter, "pass", opinion="已看。", method="visit").verdict == "late"


def test_waits_for_its_co_units(act, at_stage):
    matter = at_stage("in_progress", co_units=["fagai"])
    submit = {"result": "resolved", "summary": "场地已清理完毕并移交。"}
    with pytest.raises(Unacceptable):
        act("zhujian-head", matter, "submit", **submit)
    act("zhujian", matter, "co_waive", unit="fagai", reason="无需立项")
    assert act("zhujian-head", matter, "submit", **submit).stage == "submitted"


def test_is_not_verified_by_a_handler_who_has_since_joined_the_office(act, at_stage, county):
    from cast import LONG_AGO
    from tisu.accounts.models import PostHolding
    from tisu.orgs.models import Post

    matter = at_stage("submitted")
    head = county.people["zhujian-head"]
    PostHolding.objects.filter(user=head).update(until=clock.today())
    PostHolding.objects.create(
        user=head, post=Post.objects.get(role="office_lead", unit__region_id="422826"), since=LONG_AGO
    )
    del head._standing
    with pytest.raises(NotAllowed):
        act("zhujian-head", matter, "pass", opinion="很好", method="visit")


def test_is_urged_once_a_working_day_on_each_level(act, at_stage):
    """Supervision and the office are one level; Saturday and Sunday count with the Monday after them."""
    matter = at_stage("in_progress")
    act("supervisor", matter, "urge", text="请抓紧")
    for name in ("supervisor", "office"):
        with pytest.raises(Conflict):
            act(name, matter, "urge", text="请再抓紧")
    act("leader", matter, "urge", text="请抓紧")
    with clock.at(datetime(2023, 5, 27, 10, tzinfo=SHANGHAI)):
        act("office", matter, "urge", text="请抓紧")
    with clock.at(datetime(2023, 5, 29, 10, tzinfo=SHANGHAI)), pytest.raises(Conflict):
        act("office", matter, "urge", text="请抓紧")
    with clock.at(datetime(2023, 5, 30, 10, tzinfo=SHANGHAI)):
        act("office", matter, "urge", text="请抓紧")


def test_is_rated_by_its_requester_alone_and_changed_once(act, at_stage, county):
    matter = at_stage("closed")
    with pytest.raises(NotVisible):
        act("firm", matter, "rate", solved="yes", satisfaction=5)
    matter.requester = county.people["firm"]
    matter.save(update_fields=["requester"])
    for satisfaction in (2, 4):
        act("firm", matter, "rate", solved="partly", satisfaction=satisfaction)
    with pytest.raises(Conflict):
        act("firm", matter, "rate", solved="yes", satisfaction=5)
    assert [rating.satisfaction for rating in matter.ratings.all()] == [2, 4]
