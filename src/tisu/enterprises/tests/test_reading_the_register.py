"""Staff read the register of their region; a firm reads itself; nobody else anything."""

import pytest
from django.core.exceptions import ValidationError

from cast import FIRM_CODES
from tisu.accounts.standing import standing_of
from tisu.enterprises.models import Enterprise, compact_credit_code, validate_credit_code

pytestmark = pytest.mark.django_db
FIRST, SECOND = FIRM_CODES


def test_lists_the_firms_of_the_region(sign_in):
    page = sign_in("zhujian").get("/enterprises").content.decode()
    assert FIRST in page and SECOND in page


@pytest.mark.parametrize(
    "words", ["示例甲", "shilijia", "sljyxgs", FIRST, FIRST.lower(), "9142 2826".replace(" ", "")]
)
def test_finds_by_name_code_and_pinyin(sign_in, words):
    assert FIRST in sign_in("office").get("/enterprises", {"q": words}).content.decode()


def test_says_what_to_try_when_nothing_fits(sign_in):
    page = sign_in("office").get("/enterprises", {"q": "没有这家"}).content.decode()
    assert FIRST not in page and "拼音" in page


def test_shows_the_facts_of_one_firm(sign_in):
    page = sign_in("office").get(f"/enterprises/{FIRST}").content.decode()
    assert "示例甲有限公司" in page and FIRST in page


def test_leads_a_code_however_typed_to_the_one_address(sign_in):
    answer = sign_in("office").get(f"/enterprises/{FIRST.lower()}")
    assert (answer.status_code, answer["Location"]) == (302, f"/enterprises/{FIRST}")


def test_shows_a_firm_itself_and_no_other(sign_in):
    assert sign_in("firm").get(f"/enterprises/{FIRST}").status_code == 200
    assert sign_in("firm").get(f"/enterprises/{SECOND}").status_code == 404


@pytest.mark.parametrize("name", ["admin", "security", "auditor", "outsider", "nobody"])
def test_does_not_know_the_firm_for_others(sign_in, name):
    assert sign_in(name).get(f"/enterprises/{FIRST}").status_code == 404


def test_grants_a_firms_voice_and_nothing_else(county):
    [role] = standing_of(county.people["firm"]).roles
    assert (role.code, role.label, role.unit_id) == ("enterprise", "示例甲有限公司", None)
    assert standing_of(county.people["firm"]).enterprises == {county.firms[0].pk}


@pytest.mark.parametrize(
    "code", ["91350100M000100Y43", "91422826XFTEXT0182", "91422826XFTEXT026W", "91422826XFTEXT050D"]
)
def test_accepts_a_code_with_the_right_check_character(code):
    validate_credit_code(code)


@pytest.mark.parametrize(
    "code", ["91350100M000100Y4Z", "91422826XFTEXT0I82", "91422826XFTEXT018", "", "91422826XFTEXT01820"]
)
def test_refuses_a_code_that_cannot_be(code):
    with pytest.raises(ValidationError):
        validate_credit_code(code)


def test_folds_a_code_as_it_was_typed():
    assert compact_credit_code(" ９１４２２８２６xftext0182 ") == FIRST


def test_costs_the_same_for_two_firms_and_for_twenty(county, sign_in, django_assert_max_num_queries):
    for number in range(18):
        Enterprise.objects.create(credit_code=f"X{number:017}", name=f"示例{number}厂", region_id="422826")
    page = sign_in("office")
    with django_assert_max_num_queries(13):
        page.get("/enterprises")
