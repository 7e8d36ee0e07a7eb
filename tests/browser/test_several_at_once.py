"""Ticking several matters on a phone and at a desk, with and without scripts, with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from cast import COUNTY
from tisu.loop.actor import person
from tisu.loop.models import Matter
from tisu.loop.register import register_matter

BAR = ".tick-bar"


@pytest.fixture
def waiting(county) -> list[Matter]:
    return [
        register_matter(
            kind="task", title=f"Clear plot {place}", text="By Friday.", region=COUNTY,
            actor=person(county.people["office"]), opened_by_unit_id=county.units["yingshangban"].pk,
        )
        for place in range(3)
    ]  # fmt: skip


def stages() -> list[str]:
    return sorted(Matter.objects.values_list("stage", flat=True))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("address", ["/desk?list=to-assign", "/matters?stage=registered"])
@pytest.mark.parametrize("width", [390, 1440])
def test_two_of_three_are_assigned(waiting, open_browser, faults_of, scripts, address, width):
    page = open_browser("office", width=width, scripts=scripts)
    page.goto(address)
    expect(page.locator(BAR)).to_be_hidden()
    for matter in waiting[:2]:
        page.check(f"input.tick[value^='{matter.number}']")
    expect(page.locator(BAR)).to_be_in_viewport()
    if scripts:
        expect(page.locator(f"{BAR} strong")).to_have_text("2")
        assert faults_of(page) == []
    page.click(f"{BAR} .btn-primary")
    page.select_option("select[name=lead_unit]", "zhujian")
    if scripts:
        assert faults_of(page) == []
    page.click("main .btn-primary")
    expect(page.locator("tbody tr")).to_have_count(2)
    page.click("button[name=sure]")
    expect(page.locator(".notice-success")).to_have_count(1)
    if scripts:
        assert faults_of(page) == []
    assert stages() == ["assigned", "assigned", "registered"]


@pytest.mark.django_db(transaction=True)
def test_all_of_the_page_are_ticked_with_the_keyboard(waiting, open_browser):
    page = open_browser("office")
    page.goto("/desk?list=to-assign")
    page.focus("input[data-tick-all]")
    page.keyboard.press("Space")
    expect(page.locator(f"{BAR} strong")).to_have_text("3")
    page.focus(f"{BAR} .btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/matters/together/assign*")
    page.go_back()
    expect(page.locator(f"{BAR} strong")).to_have_text("3")


@pytest.mark.django_db(transaction=True)
def test_what_is_done_on_its_card_is_no_longer_counted(waiting, open_browser):
    page = open_browser("office", width=390)
    page.goto("/desk?list=to-assign")
    page.check("input[data-tick-all]")
    card = page.locator(f"#matter-{waiting[0].number}")
    card.locator(".btn-primary").first.click()
    card.locator("select[name=lead_unit]").select_option("zhujian")
    card.locator(".act-form .btn-primary").click()
    expect(page.locator(f"{BAR} strong")).to_have_text("2")
