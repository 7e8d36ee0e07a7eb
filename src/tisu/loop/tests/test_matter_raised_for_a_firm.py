"""What a firm raised belongs to whoever acts for it today, not to the one of its people who wrote it."""

from datetime import date, timedelta

import pytest

from cast import COUNTY, LONG_AGO, MONDAY, afresh
from tisu.accounts.models import User
from tisu.enterprises.merging import merge_firms
from tisu.enterprises.models import Mandate
from tisu.inbox.models import Message
from tisu.loop.actor import person
from tisu.loop.faults import NotVisible
from tisu.loop.register import register_matter

TODAY = MONDAY.date()


@pytest.fixture
def colleague(county) -> User:
    user = User.objects.create(username="colleague", name="示例·colleague")
    county.people["colleague"] = user
    Mandate.objects.create(enterprise=county.firms[0], user=user, since=LONG_AGO)
    return user


@pytest.fixture
def raised(county, colleague):
    firm = county.firms[0]
    return register_matter(
        kind="task", title="厂区门口道路积水", text="请尽快疏通排水。", region=COUNTY,
        actor=person(county.people["firm"]), enterprise=firm, requester=county.people["firm"], for_firm=firm,
    )  # fmt: skip


def end(user: User, until: date = TODAY) -> None:
    Mandate.objects.filter(user=user).update(until=until)


def test_it_is_seen_by_every_person_of_the_firm(raised, sees):
    assert [sees(name, raised) for name in ("firm", "colleague")] == [[True], [True]]


def test_it_is_not_seen_by_another_firm(raised, sees):
    assert sees("firm2", raised) == [False]


def test_it_stays_with_the_firm_when_the_one_who_raised_it_leaves(county, raised, sees):
    end(county.people["firm"])
    assert [sees(name, raised) for name in ("firm", "colleague")] == [[False], [True]]


def test_it_is_still_theirs_on_the_last_day_of_their_mandate(county, raised, sees):
    end(county.people["firm"], TODAY + timedelta(days=1))
    assert sees("firm", raised) == [True]


def test_it_goes_along_when_the_firm_is_merged_into_another_row(county, raised, sees):
    merge_firms(
        actor=county.people["office"], gone=county.firms[0], kept=county.firms[1], reason="同一家企业。"
    )
    assert [sees(name, raised) for name in ("colleague", "firm2")] == [[True], [True]]


def closed(act, matter):
    act("office", matter, "assign", lead_unit="zhujian")
    act("zhujian", matter, "accept")
    act("zhujian-head", matter, "submit", result="resolved", summary="排水沟已疏通。")
    return act("office", matter, "pass", opinion="现场已看。", method="visit")


def test_it_is_rated_by_a_colleague(act, raised):
    closed(act, raised)
    act("colleague", raised, "rate", solved="yes", satisfaction=5)
    assert raised.ratings.get().satisfaction == 5


def test_it_is_rated_no_more_by_whoever_left(county, act, raised):
    closed(act, raised)
    end(county.people["firm"])
    with pytest.raises(NotVisible):
        act("firm", raised, "rate", solved="yes", satisfaction=5)


def test_it_is_closed_and_everyone_who_acts_for_the_firm_is_told(county, act, raised):
    end(county.people["firm"])
    closed(act, raised)
    told = set(Message.objects.values_list("recipient__username", flat=True))
    assert "colleague" in told
    assert "firm" not in told


def test_it_is_read_by_the_firm_without_what_offices_write_to_each_other(browse, act, raised):
    act("office", raised, "assign", lead_unit="zhujian", requirement="先看现场再报。")
    page = browse("colleague", f"/matters/{raised.number}")
    assert page.status_code == 200
    assert "先看现场再报" not in page.content.decode()


@pytest.fixture
def browse(county, client):
    def _browse(name: str, address: str):
        client.force_login(afresh(county.people[name]))
        return client.get(address)

    return _browse
