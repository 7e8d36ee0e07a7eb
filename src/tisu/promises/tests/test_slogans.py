"""A slogan is recorded and counts nowhere, until somebody makes of it what can be measured."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cast import MONDAY
from tisu.promises import endings
from tisu.promises.breaking_down import Part, add_deliverable, break_down
from tisu.promises.links import issue_link
from tisu.promises.models import Promise
from tisu.promises.rates import rate_of
from tisu.promises.states import State

pytestmark = pytest.mark.django_db
WORDS = "咸丰县在交通、资金等硬件设施上无法与其他城市比肩，那么我们就打造最优营商环境。"


@pytest.fixture
def slogan(promised) -> Promise:
    return promised(WORDS, due_on=None, is_slogan=True, enterprise=None, unit=None)


def test_is_in_no_rate_on_any_day(slogan):
    assert rate_of(Promise.objects.all(), date(2099, 1, 1)).due == 0
    assert (slogan.is_slogan, slogan.light, slogan.is_overdue) == (True, "", False)


def test_is_found_among_the_slogans(sign_in, slogan, promised):
    promised()
    page = sign_in("office").get("/promises?state=slogan").content.decode()
    assert "最优营商环境" in page and "污水管网" not in page


def test_is_due_once_it_is_broken_down(county, slogan, reviewed):
    reviewed(slogan)
    parts = [
        Part("发布简化流程图10张", date(2023, 5, 1), county.units["zhujian"]),
        Part("压减材料30项", date(2023, 5, 10), county.units["fagai"]),
    ]
    with pytest.raises(ValidationError, match="早于作出承诺的日期"):
        break_down(actor=county.people["office"], promise=slogan, parts=parts, enterprise=county.firms[0])
    Promise.objects.filter(pk=slogan.pk).update(given_on=date(2023, 4, 1))
    slogan.refresh_from_db()
    with pytest.raises(ValidationError, match="由哪家企业确认"):
        break_down(actor=county.people["office"], promise=slogan, parts=parts)
    break_down(actor=county.people["office"], promise=slogan, parts=parts, enterprise=county.firms[0])
    slogan.refresh_from_db()
    assert (slogan.due_on, slogan.enterprise, slogan.unit.code) == (
        date(2023, 5, 10),
        county.firms[0],
        "zhujian",
    )
    assert rate_of(Promise.objects.all(), MONDAY.date()).fraction == "0/1"


def test_needs_deliverables_to_be_broken_down(county, slogan, reviewed):
    reviewed(slogan)
    with pytest.raises(ValidationError, match="至少写一项"):
        break_down(actor=county.people["office"], promise=slogan, parts=[], enterprise=county.firms[0])


def test_is_neither_confirmed_nor_changed_but_put_away(county, slogan, reviewed):
    for end in (endings.give_up, endings.change):
        more = {"procedure": "a", "compensation": "b"} if end is endings.change else {}
        with pytest.raises(ValidationError, match="口号"):
            end(actor=county.people["office-lead"], promise=slogan, reason="无", **more)
    with pytest.raises(ValidationError, match="口号"):
        issue_link(actor=county.people["office"], promise=slogan, number_end="1234")
    endings.archive(actor=county.people["office"], promise=slogan)
    slogan.refresh_from_db()
    assert slogan.state == State.ARCHIVED


# --- deliverables of any promise ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "sentence"), [("2023-05-01", "早于"), ("2023-09-01", "晚于"), ("2026-01-01", "晚于")]
)
def test_each_deliverable_lies_within_the_promise(county, promised, broken_down, day, sentence):
    promise = promised()
    with pytest.raises(ValidationError, match=sentence):
        broken_down(promise, ("接通管网", day, "zhujian"))


def test_what_takes_years_is_split(county, promised, broken_down):
    promise = promised(due_on="2030-12-31")
    with pytest.raises(ValidationError, match="按年拆"):
        broken_down(promise, ("年度兑现", "2030-12-31", "zhujian"))


def test_what_was_due_before_today_is_due_at_once(promised, broken_down):
    promise = broken_down(
        promised(given_on="2023-03-01", due_on="2023-04-30"), ("修好路", "2023-04-28", "zhujian")
    )
    row = promise.deliverables.get()
    assert row.due_on == date(2023, 4, 28)
    assert row.matter.due_at.date() == MONDAY.date()


def test_is_added_once(county, promised, broken_down):
    promise = broken_down(promised())
    part = Part("出具验收单", date(2023, 8, 10), county.units["fagai"])
    add_deliverable(actor=county.people["office"], promise=promise, part=part)
    with pytest.raises(ValidationError, match="已经有了"):
        add_deliverable(actor=county.people["office"], promise=promise, part=part)
    assert promise.deliverables.count() == 2


@pytest.mark.parametrize("unit", ["duchashi", "jiwei", "xianzhengfu", "xitong"])
def test_goes_to_a_unit_that_handles(county, promised, broken_down, unit):
    with pytest.raises(ValidationError, match="本县现有的单位"):
        broken_down(promised(), ("接通管网", "2023-08-01", unit))
