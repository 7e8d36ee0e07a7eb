"""What is held about a firm: it reads all of it, takes it along as a file, and has wrong things corrected."""

import io

import pytest
from python_calamine import CalamineWorkbook

from tisu.audit.models import Entry
from tisu.enterprises.amounts import read_amount
from tisu.enterprises.figures import record_figure, withdraw_figure
from tisu.enterprises.periods import read_period
from tisu.firms.models import Ask, Sort
from tisu.foundation.rooms import declared
from tisu.loop.models import Matter

pytestmark = pytest.mark.django_db


def held(firm) -> str:
    return f"/our-firm/{firm.credit_code}/held"


@pytest.fixture
def figure(county, firm):
    return record_figure(
        actor=county.people["firm"], firm=firm, measure="output", status="actual", period=read_period("2022年"),
        amount=read_amount("output", "2.54亿元"),
    )  # fmt: skip


def workbook(answer) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content))


def test_the_page_shows_every_table(sign_in, firm, figure):
    page = sign_in("firm").get(held(firm)).content.decode()
    assert all(str(record.label) in page for record in declared("firm_records"))
    assert "2.54亿元" in page and firm.credit_code in page


def test_the_file_has_a_sheet_for_each_and_says_where_nothing_is_held(sign_in, firm, figure):
    answer = sign_in("firm").post(held(firm) + "/file")
    book = workbook(answer)
    assert book.sheet_names == [
        str(record.label) for record in sorted(declared("firm_records"), key=lambda record: record.order)
    ]
    rows = book.get_sheet_by_name("经营数据").to_python()
    assert rows[1][:4] == ["产值", "实际", "2022年", "2.54亿元"]
    assert len(book.get_sheet_by_name("不打扰日").to_python()) == 1


def test_what_was_taken_back_is_still_told_to_the_firm(county, sign_in, firm, figure):
    withdraw_figure(actor=county.people["firm"], figure=figure, reason="不再同意。")
    rows = workbook(sign_in("firm").post(held(firm) + "/file")).get_sheet_by_name("经营数据").to_python()
    assert rows[1][-1] != ""


def test_that_it_was_taken_along_stands_in_the_ledger_and_reading_writes_nothing(sign_in, firm):
    browser = sign_in("firm")
    browser.get(held(firm))
    assert not Entry.objects.filter(act="take-along-own").exists()
    browser.post(held(firm) + "/file")
    assert Entry.objects.get(act="take-along-own").about == firm.credit_code


def test_a_file_is_not_had_by_a_link(sign_in, firm):
    assert sign_in("firm").get(held(firm) + "/file").status_code == 405


@pytest.mark.parametrize("name", ["firm2", "office", "admin", "nobody"])
def test_nobody_else_takes_it_along(sign_in, firm, name):
    assert sign_in(name).post(held(firm) + "/file").status_code == 404


def test_another_firms_rows_are_in_no_table(county, sign_in, firm):
    record_figure(
        actor=county.people["firm2"], firm=county.firms[1], measure="output", status="actual",
        period=read_period("2022年"), amount=read_amount("output", "7777万元"),
    )  # fmt: skip
    assert "7777万元" not in sign_in("firm").get(held(firm)).content.decode()


def test_a_correction_is_a_matter_that_says_where(sign_in, firm):
    said = {"key": "k" * 32, "about": "facts", "text": "地址应为忠堡镇示例路2号。"}
    assert sign_in("firm").post(f"/our-firm/{firm.credit_code}/correct", said).status_code == 302
    ask = Ask.objects.get()
    assert (ask.sort, ask.about) == (Sort.CORRECTION, "基本情况")
    page = sign_in("office").get(f"/matters/{Matter.objects.get().number}").content.decode()
    assert "基本情况" in page and "待更正" in page


@pytest.mark.parametrize("about", ["", "nonsense", "x" * 500])
def test_a_correction_of_nothing_that_is_held_is_refused(sign_in, firm, about):
    said = {"key": "k", "about": about, "text": "示例"}
    assert sign_in("firm").post(f"/our-firm/{firm.credit_code}/correct", said).status_code == 422
