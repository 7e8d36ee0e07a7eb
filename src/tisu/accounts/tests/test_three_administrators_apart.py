"""三员分立: three administrators, three doors, and no business data behind any of them."""

import pytest
from django.test import Client

from tisu.accounts.standing import standing_of
from tisu.foundation.rooms import declared

pytestmark = pytest.mark.django_db
ADMINISTRATORS = ("admin", "security", "auditor")
PAGES = {
    "admin": ["/org", "/org/people", "/org/units/{unit}", "/org/posts/{post}", "/org/people/{person}"],
    "security": ["/security", "/security/{person}", "/security/walls", "/security/conflicts"],
    "auditor": ["/ledger", "/ledger/chains"],
}


@pytest.fixture
def address(county):
    unit = county.units["zhujian"]
    names = {"unit": unit.pk, "post": unit.posts.first().pk, "person": county.people["zhujian"].pk}
    return lambda path: path.format(**names)


@pytest.mark.parametrize("owner", ADMINISTRATORS)
def test_opens_each_page_for_its_administrator_only(county, sign_in, address, owner):
    for path in PAGES[owner]:
        assert sign_in(owner).get(address(path)).status_code == 200
        for other in set(county.people) - {owner}:
            assert sign_in(other).get(address(path)).status_code == 404, (other, path)
        assert Client().get(address(path)).status_code == 302


@pytest.mark.parametrize("owner", ADMINISTRATORS)
def test_takes_no_form_from_anyone_else(county, sign_in, address, owner):
    for path in PAGES[owner]:
        for other in ("office-lead", *(set(ADMINISTRATORS) - {owner})):
            assert sign_in(other).post(address(path), {"act": "lock"}).status_code == 404


@pytest.mark.parametrize("name", ADMINISTRATORS)
def test_sees_no_business_data(county, task, name):
    user = county.people[name]
    for business in (task, county.firms[0]):
        assert not type(business).objects.visible_to(user).exists()


@pytest.mark.parametrize("name", ADMINISTRATORS)
def test_shows_no_door_but_its_own(county, name):
    user = county.people[name]
    shown = {door.url_name for door in declared("doors") if door.shown_to(user)}
    own = {
        "admin": {
            "accounts:units",
            "accounts:people",
            "outbox:letters",
            "outbox:workers",
            "exchange:imports",
        },
        "security": {"accounts:security", "loop:walls", "loop:conflicts"},
        "auditor": {"accounts:ledger", "accounts:chains"},
    }
    assert shown == own[name]


@pytest.mark.parametrize("name", ADMINISTRATORS)
def test_walks_through_every_door_and_meets_nothing_of_a_matter(county, task, sign_in, name):
    page = sign_in(name)
    for path in [path for paths in PAGES.values() for path in paths if "{" not in path] + [
        "/desk", "/matters", "/enterprises", f"/matters/{task.number}", "/api/v1/matters", "/api/v1/enterprises",
    ]:  # fmt: skip
        told = page.get(path).content.decode()
        assert task.title not in told and county.firms[0].name not in told, path


def test_gives_an_administrator_one_role(county):
    for name in ADMINISTRATORS:
        assert len(standing_of(county.people[name]).roles) == 1
