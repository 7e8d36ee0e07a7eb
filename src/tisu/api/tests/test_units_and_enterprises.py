"""The register over HTTP: units for everyone signed in, firms for whom they concern."""

from datetime import date

import pytest

from cast import FIRM_CODES, PEOPLE
from tisu.enterprises.models import Enterprise, Mandate
from tisu.orgs.models import Unit

pytestmark = pytest.mark.django_db


def codes(answer) -> set[str]:
    return {item.get("code") or item["uscc"] for item in answer.body["items"]}


def test_lists_the_units_of_the_county(county, caller):
    answer = caller("firm").get("/units")
    assert codes(answer) == set(county.units) and answer.body["next"] is None
    [zhujian] = [item for item in answer.body["items"] if item["code"] == "zhujian"]
    assert zhujian == {
        "code": "zhujian",
        "name": "咸丰县住房和城乡建设局",
        "short_name": "住建局",
        "region": "422826",
        "duty": "handling",
    }


def test_leaves_out_units_that_have_ended(county, caller):
    Unit.objects.filter(code="fagai").update(until=date(2023, 5, 22))
    assert "fagai" not in codes(caller("firm").get("/units"))


def test_lists_another_region_when_asked(county, caller):
    assert codes(caller("firm").get("/units", region="422827")) == {"yingshangban"}


def test_gives_long_lists_in_pages(county, caller):
    program, seen, path = caller("firm"), [], "/units?limit=3"
    while path:
        page = program.get(path).body
        assert len(page["items"]) <= 3
        seen += [item["code"] for item in page["items"]]
        path = page["next"]
    assert sorted(seen) == sorted(county.units)


STAFF = sorted(set(PEOPLE) - {"admin", "security", "auditor"})


@pytest.mark.parametrize("name", [*STAFF, "secretary"])
def test_shows_the_countys_firms_to_its_staff(caller, name):
    assert codes(caller(name).get("/enterprises")) == set(FIRM_CODES)


def test_shows_a_firm_only_itself(caller):
    assert codes(caller("firm").get("/enterprises")) == {FIRM_CODES[0]}
    assert caller("firm").get(f"/enterprises/{FIRM_CODES[1]}").status == 404


@pytest.mark.parametrize("name", ["admin", "security", "auditor", "outsider", "nobody"])
def test_shows_no_firm_to_administrators_and_others(caller, name):
    assert codes(caller(name).get("/enterprises")) == set()
    assert caller(name).get(f"/enterprises/{FIRM_CODES[0]}").status == 404


def test_shows_no_firm_to_an_administrator_who_acts_for_one(county, caller):
    Mandate.objects.create(enterprise=county.firms[0], user=county.people["admin"], since=date(2022, 1, 1))
    assert codes(caller("admin").get("/enterprises")) == set()


def test_ends_with_the_mandate(county, caller):
    Mandate.objects.filter(user=county.people["firm"]).update(until=date(2023, 5, 22))
    assert codes(caller("firm").get("/enterprises")) == set()


@pytest.mark.parametrize(
    "typed", [FIRM_CODES[0], FIRM_CODES[0].lower(), "９１４２２８２６ＸＦＴＥＸＴ０１８２"]
)
def test_reads_a_credit_code_however_it_was_typed(caller, typed):
    answer = caller("office").get(f"/enterprises/{typed}")
    assert (answer.status, answer.body["uscc"]) == (200, FIRM_CODES[0])


@pytest.mark.parametrize("typed", ["91350100M000100Y4Z", "91422826XFTEXT018", "x", "91422826XFTEXT0I82"])
def test_does_not_know_a_code_that_is_none(caller, typed):
    assert caller("office").get(f"/enterprises/{typed}").status == 404


@pytest.mark.parametrize("words", ["示例甲", "sljyxgs", "shili", FIRM_CODES[0], FIRM_CODES[0].lower()])
def test_finds_a_firm_by_any_of_its_words(caller, words):
    assert FIRM_CODES[0] in codes(caller("office").get("/enterprises", q=words))


def test_finds_nothing_beyond_what_may_be_seen(caller):
    assert codes(caller("firm").get("/enterprises", q="示例乙")) == set()


def test_finds_a_renamed_firm_by_its_new_name_only(county, caller):
    firm = Enterprise.objects.get(pk=county.firms[0].pk)
    firm.name = "示例丙茶业有限公司"
    firm.save()
    assert codes(caller("office").get("/enterprises", q="丙茶")) == {FIRM_CODES[0]}
    assert codes(caller("office").get("/enterprises", q="示例甲")) == set()
