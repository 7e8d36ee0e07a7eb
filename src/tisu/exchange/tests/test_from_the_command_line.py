"""`tisu import` and `tisu export`: the same files without a browser; every refusal names row, column and mend."""

import zipfile
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command

from tisu.audit.models import Entry
from tisu.exchange.models import ImportRun, StagedRow
from tisu.foundation.sheets.opening import opened
from tisu.orgs.models import Unit
from ugly_files import FILES, csv_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def tisu(county):
    def _tisu(*words: str) -> tuple[int, str, str]:
        out, err = StringIO(), StringIO()
        try:
            call_command(*words, stdout=out, stderr=err)
        except SystemExit as ended:
            return ended.code, out.getvalue(), err.getvalue()
        except CommandError as fault:
            return fault.returncode, out.getvalue(), str(fault)
        return 0, out.getvalue(), err.getvalue()

    return _tisu


@pytest.fixture
def units(tmp_path):
    place = tmp_path / "单位.xlsx"
    place.write_bytes(FILES["单位-标题备注合计.xlsx"]())
    return place


def test_it_brings_a_file_in_once(tisu, units):
    assert tisu("import", "units", str(units)) == (0, "新增 4 · 非数据行 2\n", "")
    assert tisu("import", "units", str(units)) == (0, "已有且相同 4 · 非数据行 2\n", "")
    assert Unit.objects.filter(short_name__startswith="示例").count() == 4


def test_a_dry_run_says_what_it_would_do_and_leaves_nothing(tisu, units):
    assert tisu("import", "units", str(units), "--dry-run") == (0, "新增 4 · 非数据行 2\n", "")
    assert not Unit.objects.filter(short_name__startswith="示例").exists()
    assert (ImportRun.objects.count(), StagedRow.objects.count()) == (0, 0)


def test_good_rows_come_in_and_each_refused_one_is_named(tisu, tmp_path):
    rows = [
        ["单位名称", "类别", "成立时间"],
        ["示例甲局", "部门", "2021-01-01"],
        ["示例乙局", "街道", "2月30日"],
    ]
    place = tmp_path / "单位.csv"
    place.write_bytes(csv_file(rows))
    code, out, err = tisu("import", "units", str(place))
    assert (code, out) == (2, "新增 1 · 未通过 1\n")
    first, second = err.strip().splitlines()
    assert first.startswith("第3行，B 职能列（街道）：请写其中之一：")
    assert second == "第3行，C 起始日期列（2月30日）：日历上没有这一天：请核对月和日。"


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "空的"), (b"%PDF-1.7", "没有认得的列"), (csv_file([["简称"], ["示例"]]), "没有找到“全称”这一列"),
     (csv_file([["甲", "乙"], ["1", "2"]]), "没有认得的列")],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(tisu, tmp_path, content, says):
    place = tmp_path / "x.csv"
    place.write_bytes(content)
    code, _out, err = tisu("import", "units", str(place))
    assert code == 2
    assert says in err
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize(
    "words",
    [("import", "unknown", "x.csv"), ("import", "units", "/no/such.xlsx"), ("export", "unknown", "x.csv"),
     ("export", "units", "x.pdf"), ("export", "units", "/no/such/folder/x.csv")],
)  # fmt: skip
def test_bad_usage_is_a_sentence(tisu, words):
    code, _out, err = tisu(*words)
    assert code == 2
    assert err.startswith(("没有", "无法", "文件名请"))


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_is_taken_along_can_be_brought_in_again(tisu, tmp_path, ending):
    place = tmp_path / f"units.{ending}"
    code, out, _err = tisu("export", "units", str(place))
    assert (code, out) == (0, f"共{Unit.objects.on().filter(region_id='422826').count()}行。\n")
    counts = tisu("import", "units", str(place), "--dry-run")
    assert counts == (0, out.replace("共", "已有且相同 ").replace("行。", ""), "")
    assert Entry.objects.filter(act="export").count() == 1


def test_no_cell_of_what_is_taken_along_can_run(tisu, county, tmp_path):
    Unit.objects.filter(pk=county.units["fagai"].pk).update(name="=HYPERLINK(1)", short_name="@cmd")
    for ending in ("xlsx", "csv"):
        tisu("export", "units", str(tmp_path / f"units.{ending}"))
    written = (tmp_path / "units.csv").read_text("utf-8-sig")
    assert "'=HYPERLINK(1),'@cmd" in written
    with zipfile.ZipFile(tmp_path / "units.xlsx") as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    with opened(BytesIO((tmp_path / "units.csv").read_bytes())) as book:
        assert any(row[:2] == ["=HYPERLINK(1)", "@cmd"] for row in book.rows(0))
