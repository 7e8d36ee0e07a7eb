"""A firm says what it needs: in three taps it has a number, a unit and a date, and the firm rates the end."""

import pytest

from cast import MONDAY, afresh
from tisu.enterprises.merging import merge_firms
from tisu.enterprises.models import Enterprise, Mandate
from tisu.firms.models import Ask, Sort
from tisu.firms.services import raise_ask
from tisu.loop.faults import NotVisible
from tisu.loop.models import Matter

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def ask(firm) -> str:
    return f"/our-firm/{firm.credit_code}/ask"


def typed(**changed) -> dict:
    return {"key": "k" * 32, "text": "厂区门口道路积水，请帮忙疏通。", "title": ""} | changed


def test_it_is_three_taps_away(sign_in, firm):
    """Our firm, say what we need, send."""
    browser = sign_in("firm")
    side = browser.get("/our-firm", follow=True).content.decode()
    assert ask(firm) in side
    assert 'name="text"' in browser.get(ask(firm)).content.decode()
    assert browser.post(ask(firm), typed()).status_code == 302


def test_it_is_a_matter_of_the_firm(county, sign_in, firm):
    sign_in("firm").post(ask(firm), typed())
    matter = Matter.objects.get()
    assert (matter.kind, matter.enterprise, matter.for_firm, matter.requester) == (
        "firm_ask", firm, firm, county.people["firm"],
    )  # fmt: skip
    assert matter.events.get().signed == firm.name


def test_the_office_finds_it_to_assign(sign_in, firm):
    sign_in("firm").post(ask(firm), typed())
    assert "厂区门口道路积水" in sign_in("office").get("/desk").content.decode()


def test_it_stands_on_the_firms_side_with_stage_and_date(county, sign_in, act, firm, colleague):
    sign_in("firm").post(ask(firm), typed())
    act("office", Matter.objects.get(), "assign", lead_unit="zhujian")
    page = sign_in("colleague").get(f"/our-firm/{firm.credit_code}").content.decode()
    assert "厂区门口道路积水" in page and "待签收" in page and "6月12日" in page and "住建局" in page


def test_it_is_rated_on_the_firms_side_and_leads_back_there(sign_in, act, firm):
    sign_in("firm").post(ask(firm), typed())
    matter = Matter.objects.get()
    act("office", matter, "assign", lead_unit="zhujian")
    act("zhujian", matter, "accept")
    act("zhujian-head", matter, "submit", result="resolved", summary="已疏通。")
    matter = act("office", matter, "pass", opinion="现场已看。", method="visit")
    browser, side = sign_in("firm"), f"/our-firm/{firm.credit_code}"
    assert f"/matters/{matter.number}/rate" in browser.get(side).content.decode()
    said = {
        "solved": "yes",
        "satisfaction": "5",
        "text": "",
        "expected_version": matter.version,
        "back": side,
    }
    answer = browser.post(f"/matters/{matter.number}/rate", said)
    assert answer.status_code == 302 and answer["Location"].startswith(side)
    assert matter.ratings.get().satisfaction == 5


def test_sent_twice_it_is_one(sign_in, firm):
    browser = sign_in("firm")
    numbers = {browser.post(ask(firm), typed())["Location"] for _ in range(2)}
    assert len(numbers) == 1 and Ask.objects.count() == 1


def test_two_forms_are_two(sign_in, firm):
    browser = sign_in("firm")
    for key in ("a" * 32, "b" * 32):
        browser.post(ask(firm), typed(key=key))
    assert Ask.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": ""}, "还差一项"), ({"text": " \n "}, "还差一项"), ({"text": "长" * 20_001}, "字"),
        ({"title": "长" * 121}, "字"), ({"key": "k" * 33}, "字"), ({"documents": "no-such-upload"}, "field-error"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(sign_in, firm, changed, said):
    page = sign_in("firm").post(ask(firm), typed(**changed))
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Ask.objects.exists()


@pytest.mark.parametrize("name", ["firm2", "office", "zhujian", "leader", "admin", "nobody", "outsider"])
def test_nobody_asks_for_another_firm(county, sign_in, firm, name):
    assert sign_in(name).post(ask(firm), typed()).status_code == 404
    with pytest.raises(NotVisible):
        raise_ask(user=afresh(county.people[name]), firm=firm, text="示例")
    assert not Matter.objects.exists()


def test_an_ended_mandate_asks_for_nothing_more(county, sign_in, firm):
    browser = sign_in("firm")
    Mandate.objects.filter(user=county.people["firm"]).update(until=TODAY)
    assert browser.post(ask(firm), typed()).status_code == 404
    assert browser.get("/our-firm").status_code == 404


def test_a_closed_firm_asks_for_nothing_more_and_is_told_where_to_go(sign_in, firm):
    Enterprise.objects.filter(pk=firm.pk).update(deregistered_on=TODAY)
    page = sign_in("firm").post(ask(firm), typed())
    assert page.status_code == 422 and "直通车" in page.content.decode()
    assert ask(firm) not in sign_in("firm").get(f"/our-firm/{firm.credit_code}").content.decode()


def test_a_merged_firms_people_ask_for_what_it_is_now(county, sign_in, firm):
    kept = county.firms[1]
    merge_firms(actor=county.people["office"], gone=firm, kept=kept, reason="同一家。")
    browser = sign_in("firm")
    assert browser.get("/our-firm")["Location"] == f"/our-firm/{kept.credit_code}"
    assert browser.post(ask(firm), typed()).status_code == 302
    assert Matter.objects.get().for_firm == kept


def test_of_several_firms_the_one_that_asks_signs(county, sign_in, agent):
    browser = sign_in("agent")
    for number, firm in enumerate(county.firms):
        browser.post(ask(firm), typed(key=str(number) * 32))
    assert {matter.events.get().signed for matter in Matter.objects.all()} == {
        firm.name for firm in county.firms
    }


def test_the_rest_of_what_was_partly_solved_is_asked_for_by_the_same_firm(county, act, firm):
    matter = raise_ask(user=county.people["firm"], firm=firm, text="路和灯都坏了。").matter
    act("office", matter, "assign", lead_unit="zhujian")
    act("zhujian", matter, "accept")
    act(
        "zhujian-head",
        matter,
        "submit",
        result="partly_resolved",
        summary="路修好了。",
        rest="路灯还没有修。",
    )
    act("office", matter, "pass", opinion="现场已看。", method="visit")
    rest = Matter.objects.exclude(pk=matter.pk).get()
    assert (rest.for_firm, rest.ask.sort) == (firm, Sort.NEED)
