"""Several posts in one person: as which of them one acts is chosen, and shown on every page."""

import re

import pytest

from cast import PASSWORD, afresh
from tisu.accounts.models import PostHolding
from tisu.accounts.standing import standing_of
from tisu.orgs.models import Role

pytestmark = pytest.mark.django_db


def roles_of(county, name):
    return {role.code: role for role in standing_of(afresh(county.people[name])).bound}


def choose(browser, key, **more):
    return browser.post("/me/acting-as", {"role": key, **more})


def test_who_has_one_post_chooses_nothing(county, sign_in):
    assert "acting-as" not in sign_in("zhujian").get("/desk").content.decode()


def test_who_has_two_is_offered_each_and_all(county, sign_in):
    page = sign_in("gongdian").get("/desk").content.decode()
    form = re.search(r'<form class="acting-as".*?</form>', page, re.S)[0]
    assert form.count("<button") == 3
    assert re.search(r'value="" aria-current="true"', form)


def test_a_choice_is_shown_on_every_page_and_lasts(county, sign_in):
    browser, head = sign_in("gongdian"), roles_of(county, "gongdian")[Role.DEPT_LEAD]
    assert choose(browser, head.key, next="/desk").headers["Location"] == "/desk"
    for page in ("/desk", "/matters"):
        assert f'menu-acting">{head.label}' in browser.get(page).content.decode()
    choose(browser, "")
    assert "menu-acting" not in browser.get("/desk").content.decode()


@pytest.mark.parametrize("key", ["office_staff-1-own", "system_admin-1-own", "x", "0"])
def test_chooses_nothing_that_one_is_not(county, sign_in, key):
    browser = sign_in("gongdian")
    assert choose(browser, key).status_code == 404
    assert "menu-acting" not in browser.get("/desk").content.decode()


def test_goes_back_to_no_other_house(county, sign_in):
    browser = sign_in("gongdian")
    for there in ("https://example.com/", "//example.com/", "javascript:alert(1)", "desk"):
        assert choose(browser, "", next=there).headers["Location"] == "/"


def test_is_forgotten_with_the_post(county, sign_in):
    browser, head = sign_in("gongdian"), roles_of(county, "gongdian")[Role.DEPT_LEAD]
    choose(browser, head.key)
    PostHolding.objects.filter(post=head.post_id).delete()
    page = browser.get("/desk")
    assert (page.status_code, "menu-acting" in page.content.decode()) == (200, False)


def test_is_chosen_by_a_form_alone(county, sign_in):
    assert sign_in("gongdian").get("/me/acting-as").status_code == 405


def test_another_session_acts_as_before(county, sign_in):
    choose(sign_in("gongdian"), roles_of(county, "gongdian")[Role.DEPT_LEAD].key)
    assert "menu-acting" not in sign_in("gongdian").get("/desk").content.decode()


def test_the_api_with_a_token_acts_by_all_posts(county, client):
    asked = client.post(
        "/api/v1/tokens", {"username": "gongdian", "password": PASSWORD}, content_type="application/json"
    )
    bearer = {"Authorization": f"Bearer {asked.json()['token']}"}
    assert client.get("/api/v1/matters", headers=bearer).status_code == 200
