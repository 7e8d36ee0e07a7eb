"""Who sees which promise: a query, the same for the list, the page, the sheet and the API."""

from datetime import date

import pytest

from cast import LONG_AGO, afresh
from tisu.documents.specimens import a_sheet
from tisu.documents.taking import take_in
from tisu.enterprises.contacts import sees_contacts
from tisu.loop.conflicts import add_conflict
from tisu.loop.walling import build_wall
from tisu.promises.models import Promise

pytestmark = pytest.mark.django_db
EVERYONE = (
    "office", "office2", "office-lead", "supervisor", "leader", "secretary", "zhujian", "zhujian-head", "fagai",
    "fagai-head", "gongdian", "discipline", "custodian", "admin", "security", "auditor", "nobody", "firm", "firm2",
    "outsider",
)  # fmt: skip
OVERSIGHT = {"office", "office2", "office-lead", "supervisor"}


@pytest.fixture
def seen_by(county):
    def _seen_by(promise) -> set[str]:
        return {
            name
            for name in EVERYONE
            if Promise.objects.visible_to(afresh(county.people[name])).filter(pk=promise.pk).exists()
        }

    return _seen_by


def test_the_office_the_maker_the_unit_and_the_firm(promised, seen_by):
    assert seen_by(promised()) == OVERSIGHT | {"leader", "secretary", "zhujian", "zhujian-head", "firm"}


def test_every_unit_that_a_deliverable_is_with(promised, broken_down, seen_by):
    promise = broken_down(promised(), ("送电", "2023-08-01", "gongdian"))
    assert "gongdian" in seen_by(promise) and "fagai" not in seen_by(promise)


def test_follows_a_deliverable_that_went_to_another_unit(promised, broken_down, seen_by, act):
    promise = broken_down(promised(), ("送电", "2023-08-01", "gongdian"))
    matter = promise.deliverables.get().matter
    act("gongdian", matter, "accept")
    act("gongdian", matter, "request_transfer", unit="fagai", reason="不归我单位。")
    act("office", matter, "grant", request=1, opinion="同意。")
    assert {"fagai", "fagai-head"} <= seen_by(promise) and "gongdian" not in seen_by(promise)


def test_a_leader_sees_what_a_unit_in_charge_answers_for(county, promised, seen_by):
    by_fagai = promised(maker=county.units["fagai"].posts.get(role="dept_lead"), unit=county.units["fagai"])
    by_gongdian = promised(
        "送电。", maker=county.units["gongdian"].posts.get(role="dept_lead"), unit=county.units["gongdian"]
    )
    assert "leader" in seen_by(by_fagai) and "leader" not in seen_by(by_gongdian)


def test_an_interest_in_the_firm_keeps_out(county, promised, seen_by):
    promise = promised()
    add_conflict(
        actor=county.people["security"], user=county.people["office2"], credit_code=county.firms[0].credit_code,
        since=LONG_AGO, until=None, reason="配偶持股",
    )  # fmt: skip
    assert "office2" not in seen_by(promise) and "office" in seen_by(promise)


def test_a_wall_hides_how_far_a_deliverable_is(county, sign_in, promised, broken_down):
    promise = broken_down(promised(), ("送电", "2023-08-01", "gongdian"))
    matter = promise.deliverables.get().matter
    before = sign_in("zhujian").get(f"/promises/{promise.number}").content.decode()
    assert "供电公司" in before and matter.number not in before
    build_wall(
        actor=county.people["security"], number=matter.number, unit=county.units["zhujian"], reason="一方当事"
    )
    assert "stations" in before
    for name, status in (("zhujian", 404), ("zhujian-head", 404), ("office", 200), ("firm", 200)):
        assert sign_in(name).get(f"/promises/{promise.number}").status_code == status, name
    assert promise.number not in sign_in("zhujian").get("/promises").content.decode()


def test_a_stranger_and_the_one_next_door_see_nothing(client, sign_in, promised):
    promise = promised()
    assert client.get(f"/promises/{promise.number}").status_code == 302
    assert sign_in("outsider").get(f"/promises/{promise.number}").status_code == 404
    assert promise.number not in sign_in("outsider").get("/promises").content.decode()


def test_who_keeps_a_promise_may_see_whom_to_speak_to(county, promised):
    assert not sees_contacts(afresh(county.people["zhujian"]), county.firms[0])
    promised()
    assert sees_contacts(afresh(county.people["zhujian"]), county.firms[0])
    assert not sees_contacts(afresh(county.people["fagai"]), county.firms[0])


def test_papers_are_read_by_whoever_sees_the_promise(county, sign_in, promised, a_paper):
    promise = promised(documents=[a_paper("office")])
    for name, status in (("zhujian", 200), ("firm", 200), ("fagai", 404), ("firm2", 404)):
        page = sign_in(name).get(f"/promises/{promise.number}")
        assert page.status_code == status
        assert ("会议纪要.pdf" in page.content.decode()) == (status == 200)


@pytest.fixture
def a_paper(county):
    """`a_paper("office")`: the id of an upload of that person."""

    def _a_paper(name: str) -> str:
        return str(take_in(a_sheet("会议纪要.pdf", ("会议纪要",)), user=county.people[name]).pk)

    return _a_paper


def test_days_are_no_part_of_it(promised, seen_by):
    assert seen_by(promised(given_on="2022-01-01", due_on="2022-02-01")) == seen_by(
        promised(due_on=date(2099, 1, 1))
    )
