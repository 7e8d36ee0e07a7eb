"""The main job, as its users do it: a report goes all the way round through the pages, with and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from tisu.loop.models import Matter

FACTS = "施工许可超过承诺时限，材料反复补正三次。"
RESULT = "施工许可证已于5月22日核发，编号示例2023-041。"


def hand_in(page: Page) -> str:
    """A stranger reports anonymously, keeps the receipt and shows that it was kept. Gives the receipt."""
    page.goto("/")
    page.fill("textarea[name=text]", FACTS)
    page.select_option("select[name=accused_unit]", "fagai")
    page.select_option("select[name=responsible_unit]", "zhujian")
    page.locator("input[name=name]").first.check()
    page.click("main form button.btn-primary")
    receipt = page.input_value("input[name=receipt]")
    assert re.fullmatch(r"(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}", receipt)
    page.fill("input[name=last_group]", "0000" if not receipt.endswith("0000") else "1111")
    page.click(".receipt-saved button.btn-primary")
    assert page.input_value("input[name=receipt]") == receipt
    page.fill("input[name=last_group]", receipt[-4:].lower())
    page.click(".receipt-saved button.btn-primary")
    assert receipt not in page.content()
    return receipt


def on_card(page: Page, desk_list: str, action: str, fill: dict[str, str] | None = None) -> None:
    """Open a list of the desk and do one action on its only card."""
    page.goto(f"/desk?list={desk_list}")
    page.locator(f"a.act[href*='/{action}?']").first.click()
    form = page.locator(f"form[action$='/{action}']").first
    expect(form).to_be_visible()
    for name, value in (fill or {}).items():
        field = form.locator(f"[name={name}]").first
        tag = field.evaluate("element => element.tagName")
        field.select_option(value) if tag == "SELECT" else field.fill(value)
    form.locator("button.btn-primary, button").first.click()
    expect(page.locator(f"form[action$='/{action}']")).to_have_count(0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_goes_round_through_the_hands_of_five(open_browser, sign_in_by_form, scripts, complaints):
    complaints.expect("422")  # the last group of the receipt is mistyped once
    stranger = open_browser(scripts=scripts)
    receipt = hand_in(stranger)

    office = sign_in_by_form("office", scripts=scripts)
    on_card(office, "to-screen", "screen", {"kind": "A", "facts": "请核实施工许可办理情况。"})
    on_card(office, "to-assign", "assign", {"lead_unit": "zhujian", "working_days": "５"})
    clerk = sign_in_by_form("zhujian", scripts=scripts, width=390)
    on_card(clerk, "to-accept", "accept")
    head = sign_in_by_form("zhujian-head", scripts=scripts, width=390)
    on_card(head, "to-handle", "submit", {"result": "resolved", "summary": RESULT})
    supervisor = sign_in_by_form("supervisor", scripts=scripts)
    on_card(supervisor, "to-verify", "pass", {"opinion": "已回访。", "method": "电话核实"})

    matter = Matter.objects.get()
    assert (matter.stage, matter.result, matter.verdict) == ("closed", "resolved", "on_time")
    _accused_and_strangers_see_nothing(open_browser, matter, complaints)

    stranger.goto("/track")
    stranger.fill("input[name=receipt]", receipt)
    stranger.click("main form button.btn-primary")
    expect(stranger.locator("main")).to_contain_text(RESULT)
    stranger.check("input[name=solved][value=yes]")
    satisfaction = stranger.locator("[name=satisfaction]")
    satisfaction.first.fill("5") if satisfaction.count() == 1 else stranger.check(
        "[name=satisfaction][value='5']"
    )
    stranger.locator("form[action$='/rating'] button.btn-primary").click()
    assert list(matter.ratings.values_list("solved", "satisfaction")) == [("yes", 5)]


def _accused_and_strangers_see_nothing(open_browser, matter: Matter, complaints) -> None:
    complaints.expect("404")
    for name in (
        "fagai",
        "fagai-head",
        "leader",
        "secretary",
        "gongdian",
        "outsider",
        "admin",
        "security",
        "auditor",
    ):
        page = open_browser(name)
        assert page.goto(f"/matters/{matter.number}").status == 404, name
        page.goto(f"/search?q={matter.number}")
        assert "请核实施工许可" not in page.content(), name
