"""The firm's own side is composed of what rooms declare, one firm at a time, and for nobody but its people."""

import pytest

from cast import MONDAY, afresh
from tisu.accounts.standing import standing_of
from tisu.enterprises.amounts import read_amount
from tisu.enterprises.benefits import grant_benefit
from tisu.enterprises.figures import record_figure
from tisu.enterprises.models import Enterprise, Mandate
from tisu.enterprises.periods import read_period
from tisu.firms.services import raise_ask
from tisu.foundation.rooms import declared

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


def side(firm) -> str:
    return f"/our-firm/{firm.credit_code}"


def test_who_acts_for_one_firm_goes_straight_there(sign_in, firm):
    assert sign_in("firm").get("/our-firm")["Location"] == side(firm)


def test_who_acts_for_several_chooses(county, sign_in, agent):
    page = sign_in("agent").get("/our-firm").content.decode()
    assert all(side(firm) in page and firm.name in page for firm in county.firms)
    assert '/our-firm"' in sign_in("agent").get(side(county.firms[0])).content.decode()


def test_each_firm_shows_its_own_alone(county, sign_in, agent):
    first, second = county.firms
    raise_ask(user=afresh(agent), firm=first, text="甲公司要通路。")
    raise_ask(user=afresh(agent), firm=second, text="乙公司要用电。")
    page = sign_in("agent").get(side(first)).content.decode()
    assert "甲公司要通路" in page and "乙公司要用电" not in page


@pytest.mark.parametrize(
    "name", ["firm2", "office", "zhujian", "leader", "supervisor", "admin", "nobody", "outsider"]
)
@pytest.mark.parametrize("page", ["", "/ask", "/correct", "/held"])
def test_it_is_not_there_for_anybody_else(sign_in, firm, name, page):
    assert sign_in(name).get(side(firm) + page).status_code == 404


def test_a_stranger_signs_in_first(client, firm):
    assert client.get(side(firm)).status_code == 302


@pytest.mark.parametrize(
    "code", ["91422826XFTEXT0000", "x", "9" * 400, "９１４２２８２６ＸＦＴＥＸＴ０１８３"]
)
def test_a_code_that_is_none_is_not_found(sign_in, code):
    assert sign_in("firm").get(f"/our-firm/{code}").status_code == 404


def test_a_code_in_full_width_and_small_letters_is_read(sign_in, firm):
    assert sign_in("firm").get("/our-firm/９１４２２８２６xftext0182").status_code == 200


def test_it_shows_what_was_granted_who_comes_and_the_figures(county, sign_in, firm):
    office = county.people["office"]
    grant_benefit(actor=office, firm=firm, kind="rent", title="厂房免租", first=TODAY, source="示例")
    record_figure(
        actor=office, firm=firm, measure="output", status="forecast", period=read_period("2023年"),
        amount=read_amount("output", "超过5亿元"), origin="published", source="示例日报",
    )  # fmt: skip
    page = sign_in("firm").get(side(firm)).content.decode()
    assert (
        "厂房免租" in page
        and "没有单位预约上门" in page
        and "2023年预计超过5亿元" in page
        and "直通车" in page
    )


def test_it_shows_one_door_and_opens_on_it(sign_in):
    page = sign_in("firm").get("/our-firm", follow=True).content.decode()
    assert "我的企业" in page


def test_every_panel_and_lane_says_something_or_nothing_for_a_new_firm(county, rf, firm):
    request = rf.get("/")
    request.user = afresh(county.people["firm"])
    request.LANGUAGE_CODE = "zh-hans"
    for panel in declared("firm_panels"):
        assert panel.place in ("staff", "own")
        assert panel.context(request, Enterprise.objects.for_rows().get(pk=firm.pk)) is None or panel.template
    for lane in declared("firm_lanes"):
        assert list(lane.events(request, firm)) == list(lane.events(request, firm))


# --- People come and go ---


@pytest.fixture
def principal(county) -> None:
    Mandate.objects.filter(user=county.people["firm"]).update(is_principal=True)


def people(firm) -> str:
    return f"/enterprises/{firm.credit_code}/people"


def test_who_left_is_ended_by_the_principal_person_at_once(county, sign_in, firm, colleague, principal):
    left = sign_in("colleague")
    assert left.get(side(firm)).status_code == 200
    mandate = Mandate.objects.get(user=colleague)
    said = {"act": "colleague_left", "row": mandate.pk}
    assert sign_in("firm").post(people(firm), said).status_code == 302
    assert [left.get(page).status_code for page in ("/our-firm", side(firm), people(firm))] == [404, 404, 404]
    assert standing_of(afresh(colleague)).enterprises == frozenset()


def test_who_is_not_the_principal_person_ends_nobody(county, sign_in, firm, colleague):
    mandate = Mandate.objects.get(user=county.people["firm"])
    assert (
        sign_in("colleague").post(people(firm), {"act": "colleague_left", "row": mandate.pk}).status_code
        == 404
    )
    assert Mandate.objects.get(pk=mandate.pk).until is None


def test_nobody_ends_their_own_nor_another_firms(county, sign_in, firm, colleague, principal):
    for name in ("firm", "firm2"):
        mandate = Mandate.objects.get(user=county.people[name])
        answer = sign_in("firm").post(people(firm), {"act": "colleague_left", "row": mandate.pk})
        assert answer.status_code == 422
        assert Mandate.objects.get(pk=mandate.pk).until is None


def test_the_office_names_the_principal_person(county, sign_in, firm):
    mandate = Mandate.objects.get(user=county.people["firm"])
    assert sign_in("office").post(people(firm), {"act": "principal", "row": mandate.pk}).status_code == 302
    assert Mandate.objects.get(pk=mandate.pk).is_principal


def test_who_left_sent_the_form_too_late(county, sign_in, firm, colleague, principal):
    """The page was open when the mandate ended."""
    left = sign_in("colleague")
    form = left.get(f"{side(firm)}/ask")
    Mandate.objects.filter(user=colleague).update(until=TODAY)
    assert form.status_code == 200
    assert left.post(f"{side(firm)}/ask", {"key": "k", "text": "示例"}).status_code == 404
