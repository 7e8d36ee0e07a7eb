"""One calendar of visits for a firm: what speaks against coming is said first, and the firm keeps days to itself."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from cast import MONDAY
from tisu.audit.models import Entry
from tisu.enterprises.merging import merge_firms
from tisu.enterprises.models import Enterprise, QuietDays, Visit
from tisu.enterprises.planning import add_quiet_days, call_off, mark_held, plan_visit
from tisu.foundation import clock

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@pytest.fixture
def firm(county) -> Enterprise:
    return county.firms[0]


@pytest.fixture
def plan(county, firm):
    """`plan("zhujian", "2023-05-24")`: a visit by that person's unit, planned by that person."""

    def _plan(name: str, first: str, *, on: Enterprise | None = None, kind: str = "visit", **more) -> Visit:
        unit = county.units[{"office": "yingshangban"}.get(name, name)]
        return plan_visit(
            actor=county.people[name], firm=on or firm, unit=unit, kind=kind, purpose="了解用工情况",
            first=date.fromisoformat(first), **more,
        )  # fmt: skip

    return _plan


def calendar(firm) -> str:
    return f"/enterprises/{firm.credit_code}/calendar"


def typed(county, **changed) -> dict:
    return {
        "act": "plan", "unit": county.units["zhujian"].pk, "kind": "visit", "purpose": "了解用工情况",
        "first": "2023-05-24", "last": "", "reason": "",
    } | changed  # fmt: skip


def test_is_planned_by_a_unit_and_read_by_the_firm(county, sign_in, firm):
    assert sign_in("zhujian").post(calendar(firm), typed(county)).status_code == 302
    page = sign_in("firm").get(calendar(firm)).content.decode()
    assert "住建局" in page and "了解用工情况" in page and "2023-05-24" in page and "day-called" in page
    assert "检查" not in page


def test_is_not_another_units_to_plan(county, sign_in, firm):
    said = typed(county, unit=county.units["fagai"].pk)
    assert sign_in("zhujian").post(calendar(firm), said).status_code == 422
    assert sign_in("office").post(calendar(firm), said).status_code == 302
    assert sign_in("discipline").post(calendar(firm), said).status_code == 404
    assert sign_in("firm").post(calendar(firm), said).status_code == 404


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"first": "2023-05-19"}, "已经过去"),
        ({"last": "2023-05-23"}, "早于"),
        ({"last": "2023-08-01"}, "一个月"),
        ({"purpose": ""}, "必"),
        ({"purpose": "了" * 201}, "200"),
        ({"kind": "inspection"}, "选"),
        ({"first": "soon"}, "日期"),
    ],
)
def test_refuses_with_a_sentence(county, sign_in, firm, changed, sentence):
    answer = sign_in("zhujian").post(calendar(firm), typed(county, **changed))
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not Visit.objects.exists()


def test_warns_of_the_third_visit_in_a_month(county, sign_in, firm, plan):
    plan("zhujian", "2023-05-23")
    plan("fagai", "2023-05-29")
    page = sign_in("zhujian")
    answer = page.post(calendar(firm), typed(county))
    assert answer.status_code == 422 and "已有2次" in answer.content.decode()
    assert page.post(calendar(firm), typed(county, despite="on")).status_code == 302
    assert page.post(calendar(firm), typed(county, first="2023-06-01")).status_code == 302


def test_counts_no_phone_calls_and_nothing_called_off(county, firm, plan):
    plan("zhujian", "2023-05-23", kind="call")
    plan("zhujian", "2023-05-24", kind="call")
    off = plan("zhujian", "2023-05-25")
    call_off(actor=county.people["zhujian"], visit=off, reason="企业停电")
    plan("zhujian", "2023-05-26")
    plan("zhujian", "2023-05-29")
    with pytest.raises(ValidationError, match="2次"):
        plan("zhujian", "2023-05-30")


def test_suggests_going_together(firm, plan):
    plan("fagai", "2023-05-23", last=date(2023, 5, 25))
    with pytest.raises(ValidationError, match="一起去"):
        plan("zhujian", "2023-05-24")


def test_asks_for_a_reason_on_a_day_that_the_firm_keeps(county, sign_in, firm, plan):
    said = {"act": "quiet", "first": "2023-05-24", "last": "2023-05-26", "weekday": "", "note": "赶订单"}
    assert sign_in("firm").post(calendar(firm), said).status_code == 302
    page = sign_in("zhujian")
    answer = page.post(calendar(firm), typed(county))
    assert answer.status_code == 422 and "不希望被打扰" in answer.content.decode()
    assert page.post(calendar(firm), typed(county, despite="on")).status_code == 422
    assert page.post(calendar(firm), typed(county, reason="供电抢修，当天必须到场")).status_code == 302
    assert "供电抢修" in sign_in("firm").get(calendar(firm)).content.decode()
    assert Entry.objects.get(act="disturb-firm").reason == "供电抢修，当天必须到场"


@pytest.mark.parametrize(
    ("day", "is_quiet"), [("2023-05-26", True), ("2023-06-02", True), ("2023-05-25", False)]
)
def test_keeps_a_day_of_every_week(county, firm, plan, day, is_quiet):
    add_quiet_days(actor=county.people["firm"], firm=firm, first=TODAY, weekday=4)
    if is_quiet:
        with pytest.raises(ValidationError, match="不希望"):
            plan("zhujian", day)
    else:
        assert plan("zhujian", day).pk


def test_keeps_no_reason_that_was_not_needed(plan):
    assert plan("zhujian", "2023-05-24", reason="顺路").despite == ""


def test_surveys_a_firm_no_sooner_than_in_thirty_days(firm, plan):
    plan("office", "2023-05-24", kind="survey")
    with pytest.raises(ValidationError, match="30天"):
        plan("office", "2023-06-20", kind="survey")
    assert plan("office", "2023-06-20", kind="survey", reason="上级统一部署").despite
    assert plan("zhujian", "2023-06-21").pk


@pytest.mark.parametrize("name", ["zhujian", "office2", "supervisor", "firm2"])
def test_sets_quiet_days_only_for_the_firm_and_on_its_word(county, firm, name):
    said = {"actor": county.people[name], "firm": firm, "first": TODAY}
    if name == "office2":
        assert add_quiet_days(**said).last == TODAY
    else:
        with pytest.raises(ValidationError, match="企业自己"):
            add_quiet_days(**said)


def test_takes_quiet_days_back(county, sign_in, firm):
    row = add_quiet_days(actor=county.people["firm"], firm=firm, first=TODAY)
    other = add_quiet_days(actor=county.people["firm2"], firm=county.firms[1], first=TODAY)
    page = sign_in("firm")
    assert page.post(calendar(firm), {"act": "loud", "days": other.pk}).status_code == 422
    assert page.post(calendar(firm), {"act": "loud", "days": row.pk}).status_code == 302
    assert list(QuietDays.objects.all()) == [other]


def test_tells_other_units_no_more_than_that_one_comes(sign_in, firm, plan):
    plan("zhujian", "2023-05-24")
    for path in (calendar(firm), "/enterprises/calendar"):
        fagai = sign_in("fagai").get(path).content.decode()
        assert "另一单位" in fagai and "了解用工情况" not in fagai and "2023-05-24" in fagai
        for name in ("zhujian", "office", "supervisor", "leader"):
            page = sign_in(name).get(path).content.decode()
            assert "住建局" in page and "了解用工情况" in page


def test_shows_all_firms_month_by_month(county, sign_in, firm, plan):
    plan("zhujian", "2023-05-24")
    plan("fagai", "2023-06-02", on=county.firms[1])
    page = sign_in("office")
    may = page.get("/enterprises/calendar").content.decode()
    june = page.get("/enterprises/calendar", {"month": "2023-06"}).content.decode()
    assert firm.name in may and county.firms[1].name not in may
    assert county.firms[1].name in june and firm.name not in june
    assert page.get("/enterprises/calendar", {"month": "soon"}).status_code == 200
    assert sign_in("firm").get("/enterprises/calendar").status_code == 403
    assert firm.name not in sign_in("outsider").get("/enterprises/calendar").content.decode()


def test_is_held_or_called_off_once(county, sign_in, firm, plan):
    visit = plan("zhujian", "2023-05-24")
    with pytest.raises(ValidationError, match="还没有开始"):
        mark_held(actor=county.people["zhujian"], visit=visit)
    with pytest.raises(ValidationError, match="其他单位"):
        call_off(actor=county.people["fagai"], visit=visit, reason="x")
    with clock.at(MONDAY + timedelta(days=2)):
        page = sign_in("zhujian")
        assert page.post(calendar(firm), {"act": "held", "visit": visit.pk}).status_code == 302
        with pytest.raises(ValidationError, match="已经"):
            call_off(actor=county.people["zhujian"], visit=visit, reason="x")


def test_counts_what_a_merged_row_has(county, firm, plan):
    other = county.firms[1]
    plan("zhujian", "2023-05-23", on=other)
    plan("zhujian", "2023-05-24")
    add_quiet_days(actor=county.people["firm2"], firm=other, first=date(2023, 6, 1))
    merge_firms(actor=county.people["office"], gone=other, kept=firm, reason="同一家企业")
    with pytest.raises(ValidationError, match="2次"):
        plan("zhujian", "2023-05-30")
    with pytest.raises(ValidationError, match="不希望"):
        plan("zhujian", "2023-06-01")


def test_costs_the_same_for_two_visits_and_for_twenty(county, sign_in, plan, django_assert_max_num_queries):
    for day in range(20):
        plan("zhujian", f"2023-05-{22 + day % 10}", on=county.firms[day % 2], kind="call")
    page = sign_in("office")
    with django_assert_max_num_queries(11):
        page.get("/enterprises/calendar")
