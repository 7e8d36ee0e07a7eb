"""After a rating: a low one has the facts checked, the unit may object once, and someone else decides either."""

import pytest

from tisu.accounts.standing import standing_of
from tisu.loop.actor import reporter
from tisu.loop.faults import Conflict, NotAllowed
from tisu.loop.models import Matter, RequestState
from tisu.loop.perform import perform
from tisu.loop.waiting import to_decide


@pytest.fixture
def closed(opened, take):
    """A firm's task, passed by supervision."""
    return take(opened(requester="firm"), "closed")


@pytest.mark.parametrize(
    ("solved", "satisfaction", "checked"),
    [
        ("yes", 5, False),
        ("yes", 3, False),
        ("yes", 2, True),
        ("partly", 3, False),
        ("no", 5, True),
        ("no", 1, True),
    ],
)
def test_has_the_facts_checked_when_it_is_low(closed, act, solved, satisfaction, checked):
    matter = act("firm", closed, "rate", solved=solved, satisfaction=satisfaction)
    assert (matter.stage, matter.requests.exists()) == ("closed", checked)


def test_asks_in_the_rules_name_and_in_nobodys_person(closed, act):
    act("firm", closed, "rate", solved="no", satisfaction=1)
    request = closed.requests.get()
    assert (request.kind, request.filed_by, request.signed) == ("fact_check", None, "low-rating/1")


def test_asks_once_however_often_it_is_rated(closed, act):
    act("firm", closed, "rate", solved="no", satisfaction=1)
    act("firm", closed, "rate", solved="no", satisfaction=2)
    assert closed.requests.count() == 1


def test_given_by_receipt_is_checked_too(county, take, reported):
    report = reported("窗口来回跑了四趟。")
    matter = take(report.matter, "closed")
    data = {"solved": "no", "satisfaction": 1}
    perform(matter.pk, "rate", actor=reporter(matter.pk), data=data, expected_version=None)
    assert matter.requests.get().filed_by is None


def test_is_checked_by_someone_who_did_not_pass_it(closed, act):
    act("firm", closed, "rate", solved="no", satisfaction=1)
    for name in ("supervisor", "zhujian-head", "leader", "firm"):
        with pytest.raises(NotAllowed):
            act(name, closed, "grant", request=1)
    act("office", closed, "grant", request=1, opinion="现场仍有弃土，评价属实。")
    assert closed.requests.get().state == RequestState.APPROVED


def test_waits_on_the_desk_of_those_who_may_check_it(closed, act, county):
    act("firm", closed, "rate", solved="no", satisfaction=1)
    people = county.people
    waiting = {
        name: to_decide(standing_of(people[name]), Matter.objects.visible_to(people[name])).exists()
        for name in ("office", "office2", "supervisor", "leader", "zhujian-head")
    }
    assert waiting == {
        "office": True,
        "office2": True,
        "supervisor": False,
        "leader": False,
        "zhujian-head": False,
    }


def test_is_not_overturned_by_the_check(closed, act):
    """Nothing is reopened by itself, and no rating is taken away: the decision stands beside it."""
    act("firm", closed, "rate", solved="no", satisfaction=1)
    matter = act("office", closed, "decline", request=1, reason="已办结，企业评错了对象。")
    assert (matter.stage, matter.cycle, matter.ratings.count()) == ("closed", 1, 1)


def test_may_be_objected_to_by_the_lead_unit_once(closed, act, told):
    with pytest.raises(Conflict):
        act("zhujian", closed, "appeal_rating", reason="尚无评价")
    act("firm", closed, "rate", solved="yes", satisfaction=3)
    act("zhujian", closed, "appeal_rating", reason="企业评错了对象。")
    assert (closed.requests.get().data, told("office2")[-1]) == (
        {"solved": "yes", "satisfaction": 3},
        "appeal_rating/1",
    )
    act("office", closed, "decline", request=1, reason="评价属实。")
    with pytest.raises(Conflict):
        act("zhujian", closed, "appeal_rating", reason="再申诉")


def test_objection_may_be_withdrawn_by_the_unit_alone(closed, act):
    act("firm", closed, "rate", solved="yes", satisfaction=3)
    act("zhujian", closed, "appeal_rating", reason="企业评错了对象。")
    with pytest.raises(NotAllowed):
        act("office", closed, "withdraw_request", request=1)
    act("zhujian-head", closed, "withdraw_request", request=1)
    assert closed.requests.get().state == RequestState.WITHDRAWN


def test_objection_waits_for_the_dispatcher_of_what_accuses_the_office(county, act, take, told, reported):
    """The office must not even hear of it; supervision is told and finds its part on the desk."""
    report = reported("营商办推诿。", accused_unit="yingshangban")
    matter = report.matter
    act("supervisor", matter, "assign", lead_unit="zhujian")
    act("zhujian", matter, "request_transfer", unit="fagai", reason="属发改局职责")
    assert (told("supervisor")[-1], told("office")) == ("request_transfer/1", [])
    people = county.people
    waiting = {
        name: to_decide(standing_of(people[name]), Matter.objects.visible_to(people[name])).exists()
        for name in ("office", "supervisor")
    }
    assert waiting == {"office": False, "supervisor": True}
    act("supervisor", matter, "grant", request=1)
    assert Matter.objects.get(pk=matter.pk).lead.unit.code == "fagai"
