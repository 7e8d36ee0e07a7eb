"""Figures of a firm: who enters them from where, what is refused, and that nothing expected passes for what happened."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cast import MONDAY, afresh
from tisu.audit.models import Entry
from tisu.enterprises.amounts import Measure, read_amount
from tisu.enterprises.figures import record_figure, withdraw_figure
from tisu.enterprises.merging import merge_firms
from tisu.enterprises.models import Enterprise, Figure, Mandate, Origin, Statement
from tisu.enterprises.periods import read_period

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
OFFICE = {"origin": Origin.PUBLISHED, "source": "示例日报2023年5月20日"}


@pytest.fixture
def firm(county) -> Enterprise:
    return county.firms[0]


@pytest.fixture
def enter_figure(county, firm):
    """`enter_figure("2022年", "2.54亿元")`: an actual output value that the office found in the paper."""

    def _enter(
        period: str, amount: str, *, by: str = "office", on: Enterprise | None = None, **said
    ) -> Figure:
        said = (
            {"measure": Measure.OUTPUT, "status": Statement.ACTUAL}
            | (OFFICE if by == "office" else {})
            | said
        )
        return record_figure(
            actor=afresh(county.people[by]), firm=on or firm, period=read_period(period),
            amount=read_amount(said["measure"], amount), **said,
        )  # fmt: skip

    return _enter


def faults(refused) -> dict:
    return refused.value.message_dict


def at(firm: Enterprise, pk: int | None = None) -> str:
    return f"/enterprises/{firm.credit_code}/figures" + (f"/{pk}" if pk else "")


def typed(**changed) -> dict:
    return {
        "act": "record", "measure": "output", "status": "actual", "period": "2022年四季度", "amount": "近4000万元",
        "origin": "published", "source": "示例日报", "consent": "", "said_on": "2023-05-20",
    } | changed  # fmt: skip


# --- Forecasts and what happened ---


@pytest.mark.parametrize("period", ["2023年", "2023年二季度", "2023年5月", "2024-01", "截至2023年5月23日"])
def test_what_has_not_ended_is_not_entered_as_actual(enter_figure, period):
    with pytest.raises(ValidationError) as refused:
        enter_figure(period, "5亿元")
    assert "预计" in faults(refused)["status"][0]


@pytest.mark.parametrize("status", [Statement.FORECAST, Statement.TARGET])
def test_what_has_not_ended_is_entered_as_forecast_or_target(enter_figure, status):
    assert enter_figure("2023年", "超过5亿元", status=status).status == status


def test_a_year_so_far_is_actual_on_its_day(enter_figure):
    assert (
        enter_figure("截至2023年5月22日", "突破400万元", measure=Measure.SALES).amount.words("sales")
        == "超过400万元"
    )


def test_what_is_over_is_no_forecast(enter_figure):
    with pytest.raises(ValidationError) as refused:
        enter_figure("2022年", "1亿元", status=Statement.FORECAST)
    assert "实际" in faults(refused)["status"][0]


def test_a_forecast_that_was_made_in_time_is_kept_as_one(enter_figure):
    figure = enter_figure("2022年", "1亿元", status=Statement.FORECAST, said_on=date(2022, 9, 1))
    assert figure.status == Statement.FORECAST


def test_an_actual_said_before_its_period_was_over_is_refused(enter_figure):
    with pytest.raises(ValidationError) as refused:
        enter_figure("2022年", "1亿元", said_on=date(2022, 12, 31))
    assert "status" in faults(refused)


def test_the_database_itself_takes_no_forecast_as_actual(enter_figure):
    figure = enter_figure("2023年", "5亿元", status=Statement.FORECAST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.filter(pk=figure.pk).update(status=Statement.ACTUAL)


def test_what_was_said_tomorrow_is_refused(enter_figure):
    with pytest.raises(ValidationError) as refused:
        enter_figure("2022年", "1亿元", said_on=TODAY + timedelta(days=1))
    assert "said_on" in faults(refused)


def test_forecast_and_actual_of_one_period_stand_side_by_side_each_with_its_word(enter_figure, sign_in, firm):
    enter_figure("2022年", "1亿元", status=Statement.TARGET)
    enter_figure("2022年", "9800万元")
    page = sign_in("office").get(at(firm)).content.decode()
    assert "statement-target" in page and "statement-actual" in page
    assert "2022年实际9800万元" in page


# --- Parts and wholes ---


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("2022年", "1亿元"), ("2022年四季度", "4亿元")),
        (("2022年四季度", "4亿元"), ("2022年", "1亿元")),
        (("2022年四季度", "4000万元"), ("2022年12月", "5000万元")),
        (("截至2023年5月22日", "400万元"), ("2023年一季度", "401万元")),
        (("2022年", "1亿元"), ("2022年11月", "10001万元")),
    ],
)
def test_no_part_is_above_its_whole_in_whichever_order(enter_figure, first, second):
    enter_figure(*first)
    with pytest.raises(ValidationError) as refused:
        enter_figure(*second)
    assert "单位" in faults(refused)["amount"][0]


def test_all_quarters_together_are_not_above_the_year(enter_figure):
    enter_figure("2022年", "1亿元")
    for quarter in "一二三":
        enter_figure(f"2022年{quarter}季度", "3000万元")
    with pytest.raises(ValidationError) as refused:
        enter_figure("2022年四季度", "3000万元")
    assert "1.2亿元" in faults(refused)["amount"][0]
    assert enter_figure("2022年四季度", "1000万元").pk


def test_parts_of_another_statement_do_not_count(enter_figure):
    enter_figure("2022年", "1亿元", status=Statement.TARGET)
    assert enter_figure("2022年四季度", "4亿元").pk


def test_more_than_five_has_no_upper_end(enter_figure):
    enter_figure("2022年", "超过5亿元")
    assert enter_figure("2022年四季度", "6亿元").pk


def test_people_of_four_quarters_do_not_add_up(enter_figure):
    enter_figure("2022年", "300人", measure=Measure.STAFF)
    for quarter in "一二三四":
        enter_figure(f"2022年{quarter}季度", "310人", measure=Measure.STAFF)
    assert Figure.objects.count() == 5


def test_parts_of_a_merged_row_count(county, enter_figure, firm):
    enter_figure("2022年四季度", "4亿元", on=county.firms[1])
    merge_firms(actor=county.people["office"], gone=county.firms[1], kept=firm, reason="同一家。")
    with pytest.raises(ValidationError):
        enter_figure("2022年", "1亿元")


# --- Sources ---


@pytest.mark.parametrize(
    "source", ["县统计局联网直报", "統計局報表", "一 套 表", "企业统计报表", "统计直报平台2023年4月"]
)
def test_what_firms_report_to_the_statistics_bureau_is_no_source(enter_figure, source):
    with pytest.raises(ValidationError) as refused:
        enter_figure("2022年", "1亿元", source=source)
    assert "第二十八条" in faults(refused)["source"][0]


def test_it_is_no_way_of_consent_either(enter_figure):
    with pytest.raises(ValidationError):
        enter_figure("2022年", "1亿元", origin=Origin.FIRM, source="企业", consent="统计局直报时同意")


def test_what_the_firm_told_the_office_says_how_it_agreed(enter_figure):
    with pytest.raises(ValidationError) as refused:
        enter_figure("2022年", "1亿元", origin=Origin.FIRM, source="企业填报表")
    assert "consent" in faults(refused)


def test_a_figure_without_a_source_is_refused(enter_figure):
    with pytest.raises(ValidationError) as refused:
        enter_figure("2022年", "1亿元", source="  ")
    assert "source" in faults(refused)


def test_what_the_firm_enters_comes_from_the_firm_whatever_it_says(enter_figure):
    figure = enter_figure("2022年", "1亿元", by="firm", origin=Origin.UNIT, source="税务局")
    assert (figure.origin, figure.source, figure.consent) == (Origin.FIRM, "企业自报", "企业填报即同意")


def test_it_is_signed_by_who_entered_it_and_stands_in_the_ledger(enter_figure, firm):
    assert enter_figure("2022年", "1亿元", by="firm").signed == firm.name
    assert Entry.objects.filter(act="record-figure", about=firm.credit_code).count() == 1


# --- Who ---


@pytest.mark.parametrize("name", ["firm2", "zhujian", "leader", "supervisor", "outsider", "admin", "nobody"])
def test_nobody_else_enters_them(enter_figure, name):
    with pytest.raises(ValidationError):
        enter_figure("2022年", "1亿元", by=name)


def test_an_ended_mandate_enters_nothing(county, enter_figure):
    Mandate.objects.filter(user=county.people["firm"]).update(until=TODAY)
    with pytest.raises(ValidationError):
        enter_figure("2022年", "1亿元", by="firm")


def test_another_firms_figures_are_not_there(sign_in, enter_figure, firm):
    figure = enter_figure("2022年", "1亿元")
    assert sign_in("firm2").get(at(firm)).status_code == 404
    assert sign_in("firm2").get(at(firm, figure.pk)).status_code == 404
    assert sign_in("firm").get(at(firm, figure.pk)).status_code == 200


def test_a_figure_of_another_firm_is_not_found_under_ones_own(county, sign_in, enter_figure, firm):
    figure = enter_figure("2022年", "1亿元", on=county.firms[1])
    assert sign_in("firm").get(at(firm, figure.pk)).status_code == 404


# --- Corrected, taken back, sent twice ---


def test_sent_twice_it_is_one(sign_in, firm):
    office = sign_in("office")
    assert [office.post(at(firm), typed()).status_code for _ in range(2)] == [302, 302]
    assert Figure.objects.count() == 1


def test_another_amount_for_the_same_is_a_correction_and_says_so(enter_figure):
    enter_figure("2022年", "1亿元")
    with pytest.raises(ValidationError) as refused:
        enter_figure("2022年", "2亿元")
    assert "1亿元" in faults(refused)["amount"][0]


def test_a_correction_keeps_what_stood_before(sign_in, enter_figure, firm):
    old = enter_figure("2022年", "254元")
    office = sign_in("office")
    said = {"act": "correct", "amount": "2.54亿元", "origin": "published", "source": "示例日报", "consent": "",
            "said_on": "2023-05-20", "reason": "单位填错。"}  # fmt: skip
    assert office.post(at(firm, old.pk), said).status_code == 302
    new = Figure.objects.standing().get()
    assert (new.value, new.replaces_id) == (254_000_000, old.pk)
    assert "254元" in office.get(at(firm, new.pk)).content.decode()
    assert Entry.objects.get(act="correct-figure").reason == "单位填错。"


def test_a_correction_of_what_was_corrected_meanwhile_is_refused(county, enter_figure, firm):
    old = enter_figure("2022年", "1亿元")
    enter_figure("2022年", "2亿元", replacing=old, reason="更正。")
    with pytest.raises(ValidationError, match="刚刚被更正"):
        enter_figure("2022年", "3亿元", replacing=old, reason="更正。")


def test_a_correction_does_not_count_against_itself(enter_figure):
    enter_figure("2022年", "1亿元")
    quarter = enter_figure("2022年四季度", "9000万元")
    assert enter_figure("2022年四季度", "9500万元", replacing=quarter, reason="更正。").pk


def test_the_firm_corrects_its_own_and_not_what_the_paper_said(sign_in, enter_figure, firm):
    own, papers = enter_figure("2021年", "1亿元", by="firm"), enter_figure("2022年", "1亿元")
    said = {"act": "correct", "amount": "9000万元", "agreed": "on", "reason": "填错。"}
    browser = sign_in("firm")
    assert browser.post(at(firm, own.pk), said).status_code == 302
    assert browser.post(at(firm, papers.pk), said).status_code == 404
    assert Figure.objects.standing().filter(value=90_000_000).count() == 1


def test_taken_back_it_is_seen_by_the_firm_alone(sign_in, enter_figure, firm):
    figure = enter_figure("2022年", "1亿元", by="firm")
    firm_side, office = sign_in("firm"), sign_in("office")
    assert firm_side.post(at(firm, figure.pk), {"act": "withdraw", "reason": "不再同意。"}).status_code == 302
    assert office.get(at(firm, figure.pk)).status_code == 404
    assert "1亿元" not in office.get(at(firm)).content.decode()
    assert "已收回" in firm_side.get(at(firm, figure.pk)).content.decode()


def test_taken_back_twice_is_refused(county, enter_figure):
    figure = enter_figure("2022年", "1亿元", by="firm")
    withdraw_figure(actor=county.people["firm"], figure=figure, reason="不再同意。")
    with pytest.raises(ValidationError):
        withdraw_figure(actor=county.people["firm"], figure=figure, reason="不再同意。")


# --- A firm's life ---


def test_nothing_is_entered_of_a_firm_before_it_was_there_or_after_it_ended(enter_figure, firm):
    Enterprise.objects.filter(pk=firm.pk).update(
        started_on=date(2022, 4, 1), deregistered_on=date(2022, 12, 31)
    )
    for period in ("2021年", "2022年一季度", "2023年一季度"):
        with pytest.raises(ValidationError) as refused:
            enter_figure(period, "1亿元")
        assert "period" in faults(refused)
    assert enter_figure("2022年", "1亿元").pk


def test_nothing_is_entered_on_a_merged_row(county, enter_figure, firm):
    merge_firms(actor=county.people["office"], gone=firm, kept=county.firms[1], reason="同一家。")
    with pytest.raises(ValidationError, match=county.firms[1].credit_code):
        enter_figure("2022年", "1亿元")


def test_figures_of_a_merged_row_are_read_with_the_firm(county, sign_in, enter_figure, firm):
    enter_figure("2022年", "1亿元", on=county.firms[1])
    merge_firms(actor=county.people["office"], gone=county.firms[1], kept=firm, reason="同一家。")
    assert "1亿元" in sign_in("office").get(at(firm)).content.decode()


# --- The page ---


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount": "4000"}, "单位"), ({"period": "去年"}, "看不出是哪一期"), ({"status": "guess"}, "选项"),
        ({"measure": ""}, "field-error"), ({"source": ""}, "field-error"), ({"said_on": "昨天"}, "日期"),
        ({"amount": "9" * 5000}, "字"), ({"source": "长" * 121}, "字"), ({"period": "2023年"}, "预计"),
        ({"origin": "firm"}, "同意"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(sign_in, firm, changed, said):
    page = sign_in("office").post(at(firm), typed(**changed))
    assert page.status_code == 422
    text = page.content.decode()
    assert said in text
    assert "示例日报" in text or "source" in changed
    assert not Figure.objects.exists()


def test_full_width_and_traditional_words_are_read(sign_in, firm):
    said = typed(period="２０２２年第４季度", amount="近４０００萬元", source="示例日報")
    assert sign_in("office").post(at(firm), said).status_code == 302
    figure = Figure.objects.get()
    assert (figure.period.code, figure.value) == ("2022Q4", 40_000_000)


def test_the_firm_is_asked_for_its_consent(sign_in, firm):
    browser = sign_in("firm")
    assert browser.post(at(firm), typed()).status_code == 422
    assert browser.post(at(firm), typed(agreed="on")).status_code == 302
    assert Figure.objects.get().origin == Origin.FIRM


def test_units_read_them_and_have_no_button(sign_in, enter_figure, firm):
    enter_figure("2022年", "1亿元")
    page = sign_in("zhujian").get(at(firm)).content.decode()
    assert "1亿元" in page and 'value="record"' not in page


def test_every_amount_on_the_page_has_its_word_before_it(sign_in, enter_figure, firm):
    """In each row of bars and of the table the statement stands right before the amount."""
    enter_figure("2022年", "1亿元")
    enter_figure("2023年", "超过5亿元", status=Statement.FORECAST)
    page = sign_in("office").get(f"/enterprises/{firm.credit_code}").content.decode()
    for amount, word in (("超过5亿元", "预计"), ("1亿元", "实际")):
        for part in page.split(f">{amount}<")[:-1]:
            assert word in part[-150:]
        for part in page.split(f"年{word}{amount}")[:-1]:
            assert part
    assert page.count("超过5亿元") == page.count(">超过5亿元<") + page.count("预计超过5亿元")
