"""The form behind a button on the desk that cannot be fetched in place is asked for as a page."""

import pytest
from playwright.sync_api import expect


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", ["the network is gone", "the server fails"])
def test_is_asked_for_as_a_page_with_the_form_open(at_stage, open_browser, complaints, how):
    complaints.expect("ERR_FAILED|htmx:|500")
    matter = at_stage("assigned")
    page = open_browser("zhujian")
    page.goto("/desk")

    def fails(route) -> None:
        if "hx-request" not in route.request.headers:
            route.continue_()
        elif how == "the network is gone":
            route.abort()
        else:
            route.fulfill(status=500)

    page.route("**/accept?*", fails)
    page.locator("a.act[href*='/accept?']").click()
    page.wait_for_url(f"**/matters/{matter.number}?act=accept*")
    expect(page.locator("form[action$='/accept']")).to_be_visible()
