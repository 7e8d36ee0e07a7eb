"""Liaison as the office, a leader, the secretary and a firm meet it."""

from datetime import date

import pytest
from django.test import Client

from tisu.accounts.models import PostHolding, User
from tisu.liaison.entering import Said, enter_contact
from tisu.liaison.models import Contact, Pairing
from tisu.liaison.pairing import pair
from tisu.orgs.models import Post, Role

JANUARY = date(2023, 1, 1)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def leader_post(county) -> Post:
    return Post.objects.get(role=Role.COUNTY_LEADER)


@pytest.fixture
def second_post(county) -> Post:
    """Another leader of the county, whose account is `leader2`."""
    post = Post.objects.create(
        unit=county.units["xianzhengfu"], title="县委常委", role=Role.COUNTY_LEADER, since=date(2021, 1, 1)
    )
    county.people["leader2"] = User.objects.create(username="leader2", name="示例·leader2")
    PostHolding.objects.create(post=post, user=county.people["leader2"], since=date(2021, 1, 1))
    return post


@pytest.fixture
def paired(county, leader_post):
    """`paired(since="2023-01-01")`: the leader's post and the first firm, as the office pairs them."""

    def _paired(*, post: Post | None = None, firm: int = 0, since: str = "2023-01-01", **said) -> Pairing:
        given = {"declared_on": JANUARY, "enterprise": county.firms[firm], "post": post or leader_post} | said
        return pair(actor=county.people["office"], since=day(since), **given)

    return _paired


@pytest.fixture
def in_touch(county):
    """`in_touch(pairing, "2023-05-08")`: a call of that day, as the secretary enters it."""

    def _in_touch(
        pairing: Pairing, on: str, mode: str = "phone", *, by: str = "secretary", **said
    ) -> Contact:
        words = {"text": f"{on} 通话，了解生产情况。"} | said
        if mode == "on_site":
            words = {"place": "企业会议室", "departments": [county.units["zhujian"]]} | words
        return enter_contact(
            actor=county.people[by], pairing=pairing, said=Said(on=day(on), mode=mode, **words)
        ).contact

    return _in_touch


@pytest.fixture
def browser(county):
    """`browser("secretary")`: signed in."""

    def _browser(name: str) -> Client:
        client = Client()
        client.force_login(county.people[name])
        return client

    return _browser
