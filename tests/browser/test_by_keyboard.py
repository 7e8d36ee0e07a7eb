"""Everything on the desk is within reach of the keyboard, in the order in which it is read."""

import pytest
from playwright.sync_api import expect

from tisu.loop.models import Matter

FOCUSED = "() => document.activeElement.innerText || document.activeElement.name || ''"


def tab_to(page, words: str, most: int = 40) -> None:
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).strip() == words:
            return
    raise AssertionError(f"“{words}” is not reached by {most} tabs")


@pytest.mark.django_db(transaction=True)
def test_accepts_a_matter_without_a_pointer(at_stage, open_browser):
    matter = at_stage("assigned")
    page = open_browser("zhujian")
    page.goto("/desk")
    tab_to(page, "跳到正文", most=1)
    page.keyboard.press("Enter")
    tab_to(page, "签收")
    page.keyboard.press("Enter")
    expect(page.locator("form[action$='/accept']")).to_be_focused()
    tab_to(page, "handler", most=1)
    page.keyboard.type("示例经办")
    tab_to(page, "签收")
    page.keyboard.press("Enter")
    expect(page.locator("form[action$='/accept']")).to_have_count(0)
    assert Matter.objects.get(pk=matter.pk).stage == "in_progress"


@pytest.mark.django_db(transaction=True)
def test_slash_leads_to_the_search(at_stage, open_browser):
    matter = at_stage("assigned")
    page = open_browser("zhujian")
    page.goto("/desk")
    page.keyboard.press("/")
    page.keyboard.type("清理场地")
    page.keyboard.press("Enter")
    page.wait_for_url("**/matters**")
    assert matter.number in page.content()


@pytest.mark.django_db(transaction=True)
def test_a_refused_form_keeps_nobody_out(at_stage, open_browser, faults_of, complaints):
    complaints.expect("422")
    matter = at_stage("in_progress")
    page = open_browser("zhujian-head", width=390)
    page.goto(f"/matters/{matter.number}")
    form = page.locator("form[action$='/submit']")
    form.locator("[name=result]").first.select_option("resolved")
    form.locator("[name=summary]").fill("高度重视，已安排部署。")
    form.locator("button.btn-primary").click()
    assert page.locator("[name=summary]").input_value() == "高度重视，已安排部署。"
    assert page.locator(".field-error").count() == 1
    assert faults_of(page) == []
