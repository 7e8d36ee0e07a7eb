"""Which reviews a promise needs follows from the law on the day on which it was given, never from today's."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from cast import SHANGHAI
from tisu.foundation import clock
from tisu.promises import reviewing
from tisu.promises.models import Promise, ReviewRule
from tisu.promises.reviewing import reviews_asked_of
from tisu.promises.states import Benefit, Finding, Level, State

pytestmark = pytest.mark.django_db
LATER = datetime(2025, 3, 3, 9, 0, tzinfo=SHANGHAI)
RENT = "三年厂房免租。"


def asked(promise) -> list[str]:
    return [each.rule.code for each in reviews_asked_of(promise)]


@pytest.fixture
def later():
    with clock.at(LATER):
        yield LATER


@pytest.fixture
def rent(promised):
    """`rent("2024-08-01")`: rent waived for one firm, promised on a day and kept until the year after."""

    def _rent(day: str, **said) -> Promise:
        given = date.fromisoformat(day)
        return promised(
            RENT, given_on=given, due_on=given.replace(year=given.year + 1), benefit=Benefit.FACTORS, **said
        )

    return _rent


@pytest.mark.parametrize(
    ("day", "benefit", "codes"),
    [
        ("2019-12-31", "factors", []),
        ("2020-01-01", "factors", ["legality"]),
        ("2024-07-31", "factors", ["legality"]),
        ("2024-08-01", "factors", ["legality", "fair-competition"]),
        ("2024-08-01", "none", ["legality"]),
        ("2025-03-03", "tax", ["legality", "fair-competition"]),
        ("2025-03-03", "reward", ["legality", "fair-competition"]),
        ("2025-03-03", "fees", ["legality", "fair-competition"]),
        ("2025-03-03", "insurance", ["legality", "fair-competition"]),
    ],
)
def test_asks_for_what_was_in_force(later, promised, day, benefit, codes):
    assert asked(promised(RENT, given_on=day, due_on="2026-12-31", benefit=benefit)) == codes


def test_a_rule_that_ended_is_asked_no_more(later, promised):
    ReviewRule.objects.filter(code="fair-competition").update(until=date(2025, 1, 1))
    assert asked(promised(given_on="2025-03-03", due_on="2025-12-31", benefit="tax")) == ["legality"]
    assert asked(promised(given_on="2024-12-31", due_on="2025-12-31", benefit="tax")) == [
        "legality",
        "fair-competition",
    ]


@pytest.fixture
def look(county):
    """`look(promise, "legality", "passes")`: a colleague's review."""

    def _look(promise, code: str, finding: str = "passes", *, by: str = "office2", **more):
        rule = ReviewRule.objects.get(code=code)
        return reviewing.review(
            actor=county.people[by], promise=promise, rule=rule, finding=finding, opinion="意见。", **more
        )

    return _look


@pytest.fixture
def up(county):
    def _up(promise: Promise) -> Promise:
        return reviewing.ask_for_review(actor=county.people["office"], promise=promise)

    return _up


@pytest.fixture
def passed(county):
    def _passed(promise: Promise) -> Promise:
        return reviewing.pass_review(actor=county.people["office2"], promise=promise)

    return _passed


def test_rent_promised_in_2019_passes_as_history(later, rent, up, passed):
    promise = up(rent("2019-06-01"))
    assert passed(promise).state == State.TO_BREAK_DOWN


def test_the_same_promised_today_does_not_pass_without_its_review(later, rent, up, look, passed):
    promise = up(rent("2025-03-03"))
    look(promise, "legality")
    with pytest.raises(ValidationError, match="公平竞争审查"):
        passed(promise)
    promise.refresh_from_db()
    assert promise.state == State.UNDER_REVIEW


@pytest.mark.parametrize(
    "more", [{}, {"level": Level.COUNTY, "basis": "县招商办法第五条"}, {"level": Level.PROVINCIAL, "basis": "省条例"},
             {"level": Level.NATIONAL}]
)  # fmt: skip
def test_a_rule_of_the_county_is_no_basis_for_a_benefit_of_one_firm(later, rent, up, look, more):
    with pytest.raises(ValidationError, match="法律、行政法规依据或经国务院批准"):
        look(up(rent("2025-03-03")), "fair-competition", **more)


def test_passes_with_a_national_basis_or_an_exception_that_is_named(later, rent, up, look, passed):
    promise = up(rent("2025-03-03"))
    look(promise, "legality")
    look(promise, "fair-competition", level=Level.NATIONAL, basis="《企业所得税法》第三十五条")
    assert passed(promise).state == State.TO_BREAK_DOWN
    other = up(rent("2025-03-02"))
    look(other, "legality")
    with pytest.raises(ValidationError, match="例外"):
        look(other, "fair-competition", Finding.EXCEPTION)
    look(other, "fair-competition", Finding.EXCEPTION, basis="《公平竞争审查条例》第十二条")
    assert passed(other).state == State.TO_BREAK_DOWN


def test_the_latest_finding_counts(promised, up, look, passed):
    promise = up(promised())
    look(promise, "legality")
    look(promise, "legality", Finding.FAILS)
    with pytest.raises(ValidationError, match="合法性审查"):
        passed(promise)
    look(promise, "legality")
    assert passed(promise).state == State.TO_BREAK_DOWN


def test_is_not_reviewed_by_whoever_wrote_it_down(promised, up, look):
    with pytest.raises(ValidationError, match="请由同事审查"):
        look(up(promised()), "legality", by="office")


def test_no_review_that_the_law_of_its_day_did_not_ask_for(promised, up, look):
    with pytest.raises(ValidationError, match="不需要此项审查"):
        look(up(promised()), "fair-competition", level=Level.NATIONAL, basis="法")


@pytest.mark.parametrize(
    "name", ["zhujian", "zhujian-head", "leader", "supervisor", "firm", "outsider", "security"]
)
def test_is_for_the_office_alone(county, promised, name):
    with pytest.raises(ValidationError, match="营商办"):
        reviewing.ask_for_review(actor=county.people[name], promise=promised())


def test_goes_back_to_be_written_anew(county, promised, up):
    promise = up(promised())
    reviewing.send_back(actor=county.people["office2"], promise=promise, reason="责任单位不明。")
    promise.refresh_from_db()
    assert promise.state == State.RECORDED


def test_says_what_is_beyond_the_makers_charge(county, sign_in, promised):
    own, other = promised(unit=county.units["zhujian"]), promised("送电。", unit=county.units["gongdian"])
    browser = sign_in("office")
    assert "不归" not in browser.get(f"/promises/{own.number}").content.decode()
    assert "不归" in browser.get(f"/promises/{other.number}").content.decode()


def test_what_offices_say_to_each_other_is_not_the_firms_to_read(sign_in, promised, up, look):
    promise = up(promised())
    look(promise, "legality", basis="内部依据一号")
    page = f"/promises/{promise.number}"
    assert "内部依据一号" in sign_in("zhujian").get(page).content.decode()
    firm = sign_in("firm").get(page).content.decode()
    assert "内部依据一号" not in firm and "意见。" not in firm and "提交审查" not in firm
