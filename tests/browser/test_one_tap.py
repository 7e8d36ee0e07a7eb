"""Approving by one tap on a phone, and publishing a calendar notice after a look, with and without scripts."""

import pytest
from playwright.sync_api import expect

from tisu.foundation.models import CalendarNotice
from tisu.loop.models import Matter, Request

DAYS = "date,kind,name\n2023-05-26,off,flood"
EVERY_WAY = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.mark.django_db(transaction=True)
@EVERY_WAY
def test_an_extension_is_granted_by_one_tap(at_stage, act, open_browser, faults_of, scripts):
    matter = at_stage("in_progress")
    act("zhujian", matter, "request_extension", working_days=5, reason="Experts meet next week.")
    page = open_browser("office", width=390, scripts=scripts)
    page.goto("/desk?list=to-approve")
    if scripts:
        assert faults_of(page) == []
    page.locator("form[action$='/grant'] > button").click()
    expect(page.locator("form[action$='/grant']")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("6月5日 周一")
    assert Request.objects.get().state == "approved"


@pytest.mark.django_db(transaction=True)
@EVERY_WAY
def test_a_suspension_without_a_listed_reason_asks_for_a_word_in_place(
    at_stage, act, open_browser, faults_of, complaints, scripts
):
    complaints.expect("422")
    matter = at_stage("in_progress")
    act("zhujian", matter, "request_suspension", reason="Nobody answers.", until="2023-05-30")
    page = open_browser("supervisor", width=390, scripts=scripts)
    page.goto("/desk?list=to-approve")
    page.locator("form[action$='/grant'] > button").click()
    expect(page.locator(".field-error")).to_have_count(1)
    if scripts:
        assert faults_of(page) == []
    page.locator("form[action$='/grant'] textarea").fill("Agreed.")
    page.locator("form[action$='/grant'] > button").click()
    expect(page.locator("form[action$='/grant']")).to_have_count(0)
    assert Matter.objects.get(pk=matter.pk).suspended_until is not None


@pytest.mark.django_db(transaction=True)
@EVERY_WAY
@pytest.mark.parametrize("width", [390, 1440])
def test_a_notice_is_looked_at_and_published(at_stage, open_browser, faults_of, scripts, width):
    matter = at_stage("in_progress")
    page = open_browser("office-lead", width=width, scripts=scripts)
    page.goto("/calendar/new")
    page.check("input[name=kind][value=overlay]")
    page.fill("textarea[name=text]", DAYS)
    page.fill("input[name=source]", "No. 12")
    page.click("button[value=preview]")
    expect(page.locator("main")).to_contain_text(matter.number)
    if scripts:
        assert faults_of(page) == []
    page.click("button[value=publish]")
    expect(page.locator("#redating")).to_contain_text("cn-2026+1")
    if scripts:
        assert faults_of(page) == []
    assert CalendarNotice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [390, 1440])
def test_a_matter_with_all_that_was_asked_keeps_nobody_out(at_stage, act, open_browser, faults_of, width):
    matter = at_stage("in_progress")
    asked = {"reason": "Experts meet next week."}
    act("zhujian", matter, "request_extension", working_days=5, **asked)
    act("office", matter, "grant", request=1)
    act("zhujian", matter, "request_suspension", reason="court", until="2023-05-30")
    act("supervisor", matter, "grant", request=2)
    act("zhujian", matter, "request_cancellation", **asked)
    for name in ("leader", "zhujian", "office"):
        page = open_browser(name, width=width)
        page.goto(f"/matters/{matter.number}")
        page.evaluate("document.querySelectorAll('main details').forEach((fold) => (fold.open = true))")
        assert faults_of(page) == []
