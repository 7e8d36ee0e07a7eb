"""A card on the desk carries its button; the form comes when it is opened, in place or on the matter's page."""

import re

import pytest

from tisu.loop.models import Matter

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def desk(sign_in):
    """`desk("office", "to-assign")`: the browser, and the address behind the first button of the only card."""

    def _desk(name: str, code: str):
        browser = sign_in(name)
        (card,) = browser.get(f"/desk?list={code}").context["cards"]
        return browser, card.offers[0].opens

    return _desk


def test_the_button_stands_where_its_form_will_and_works_as_a_link(desk, task):
    browser, opens = desk("office", "to-assign")
    page = browser.get("/desk?list=to-assign").content.decode()
    assert page.count('name="lead_unit"') == 0
    address = opens.replace("&", "&amp;")
    assert f'href="{address}" hx-get="{address}" hx-swap="outerHTML"' in page


def test_the_form_comes_open_and_stands_at_the_version_that_the_card_showed(desk, task):
    browser, opens = desk("office", "to-assign")
    form = browser.get(opens, **HTMX).content.decode()
    assert re.match(r'\s*<details class="act" open>\s*<summary class="btn btn-primary">', form)
    assert f'name="expected_version" value="{task.version}"' in form
    assert f'hx-target="#matter-{task.number}"' in form
    assert '<option value="zhujian">' in form


def test_an_accused_unit_is_not_offered_as_a_handler(desk, task, county):
    task.walls.create(unit=county.units["zhujian"], reason="accused", built_at=task.registered_at)
    browser, opens = desk("office", "to-assign")
    form = browser.get(opens, **HTMX).content.decode()
    assert '<option value="fagai">' in form
    assert '<option value="zhujian">' not in form


def test_whoever_was_late_gets_the_fresh_card_with_the_sentence_instead(desk, at_stage, act):
    matter = at_stage("in_progress")
    browser, opens = desk("zhujian", "to-handle")
    act("zhujian", matter, "report", text="别人先写了。")
    answer = browser.get(opens, **HTMX)
    words = answer.content.decode()
    assert answer.status_code == 409
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == (
        f"#matter-{matter.number}",
        "outerHTML",
    )
    assert "请看过新的状态再办" in words
    assert f"expected_version={matter.version + 1}" in words


def test_what_has_left_the_list_meanwhile_is_said(desk, task, act):
    browser, opens = desk("office", "to-assign")
    act("office", task, "assign", lead_unit="zhujian")
    answer = browser.get(opens, **HTMX)
    assert answer.status_code == 409
    assert "matter-card" not in answer.content.decode()
    assert f"/matters/{task.number}" in answer.content.decode()


@pytest.mark.parametrize("action", ["pass", "no-such-action"])
def test_no_form_comes_for_what_is_not_open_to_the_person(sign_in, task, action):
    address = f"/matters/{task.number}/{action}?card=to-assign&expected_version={task.version}"
    answer = sign_in("office").get(address, **HTMX)
    assert answer.status_code == 409
    assert "act-form" not in answer.content.decode()


def test_without_scripts_the_matters_page_opens_it_and_leads_back_to_the_desk(desk, task):
    browser, opens = desk("office", "to-assign")
    answer = browser.get(opens)
    assert answer.url == f"/matters/{task.number}?act=assign&back=%2Fdesk%3Flist%3Dto-assign#act-assign"
    page = browser.get(answer.url)
    assert [offer.code for offer in page.context["offers"] if offer.is_open] == ["assign"]
    assert '<details class="act" id="act-assign" open>' in page.content.decode()
    (offer,) = (offer for offer in page.context["offers"] if offer.is_open)
    done = browser.post(offer.url, offer.hidden | {"lead_unit": "zhujian"})
    assert done.url == "/desk?list=to-assign"
    assert Matter.objects.get(pk=task.pk).stage == "assigned"


def test_a_quiet_button_stays_quiet(sign_in, at_stage):
    at_stage("in_progress")
    browser = sign_in("zhujian-head")
    (card,) = browser.get("/desk?list=to-handle").context["cards"]
    assert [(offer.code, offer.style) for offer in card.offers] == [
        ("submit", "primary"),
        ("report", "quiet"),
    ]
    form = browser.get(card.offers[1].opens, **HTMX).content.decode()
    assert '<summary class="btn btn-quiet">' in form


def test_what_is_no_card_of_a_list_of_ones_own_is_asked_for_as_a_page(sign_in, task):
    answer = sign_in("office").get(f"/matters/{task.number}/assign?card=no-such-list", **HTMX)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["HX-Redirect"] == f"/matters/{task.number}?act=assign#act-assign"


def test_what_was_refused_on_the_matters_page_still_leads_back_to_the_desk(desk, task):
    browser, opens = desk("office", "to-assign")
    page = browser.get(browser.get(opens).url)
    (offer,) = (offer for offer in page.context["offers"] if offer.is_open)
    refused = browser.post(offer.url, offer.hidden | {"lead_unit": "no such unit"})
    (again,) = (offer for offer in refused.context["offers"] if offer.is_open)
    assert (refused.status_code, again.hidden["back"]) == (422, "/desk?list=to-assign")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_there_is_no_other_way_to_ask(sign_in, task, method):
    assert getattr(sign_in("office"), method)(f"/matters/{task.number}/assign").status_code == 405


def test_asking_for_a_form_changes_nothing(desk, task):
    browser, opens = desk("office", "to-assign")
    for headers in ({}, HTMX):
        browser.get(opens, **headers)
    assert Matter.objects.get(pk=task.pk).version == task.version


def test_a_stranger_learns_nothing_from_the_address(desk, sign_in, task):
    _browser, opens = desk("office", "to-assign")
    for headers in ({}, HTMX):
        assert sign_in("nobody").get(opens, **headers).status_code == 404
