"""Broken, protected, boundless and hostile files get a sentence. Nothing crashes, hangs, or takes memory without end."""

import resource
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tisu.foundation.bounded import MB
from tisu.foundation.sheets import opening
from tisu.foundation.sheets.opening import NoSheet, opened
from ugly_files import csv_file, ods, xls, xlsx

ROWS = [["企业名称", "信用代码"], ["示例甲有限公司", "91422826XFTEXT0182"]]


def rows_of(content: bytes, place: int = 0) -> list[list[str]]:
    with opened(BytesIO(content)) as book:
        return list(book.rows(place))


def fault_of(content: bytes) -> str:
    with pytest.raises(NoSheet) as refusal, opened(BytesIO(content)) as book:
        list(book.rows(0))
    return str(refusal.value)


def repacked(content: bytes, /, **parts: bytes) -> bytes:
    """The workbook with some of its parts put in the place of others; `sheet1` is the first sheet."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            stem = entry.filename.rsplit("/", 1)[-1].removesuffix(".xml")
            new.writestr(entry.filename, parts.get(stem, old.read(entry)))
    return out.getvalue()


def sheet1(content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as book:
        return book.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "content",
    [xlsx(ROWS), xls(ROWS), ods(ROWS), csv_file(ROWS), csv_file(ROWS, encoding="gb18030"), csv_file(ROWS, encoding="utf-16"),
     csv_file(ROWS, delimiter=";"), csv_file(ROWS, encoding="utf-8")],
    ids=["xlsx", "xls", "ods", "utf-8 with mark", "gb18030", "utf-16", "semicolons", "utf-8"],
)  # fmt: skip
def test_the_same_rows_come_from_every_format(content):
    assert rows_of(content) == ROWS


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空的"), (b"   \n\n", "空的"), (xlsx([]), "空的"), (xlsx([[None]]), "空的"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"), (b"\xef\xbb\xbf<!DOCTYPE html><p>", "网页"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>", "网页"),
        (b"%PDF-1.7 \x00\x01", "不是能读取的表格"), (b"\x89PNG\r\n\x1a\n\x00\x00", "不是能读取的表格"),
        (b"\xff\xff\xff\xfe\x81", "编码"), (xlsx(ROWS)[:700], "不是能读取的表格"), (xls(ROWS)[:900], ""),
        (b"PK\x03\x04" + b"\x00" * 500, "不是能读取的表格"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600, "密码"),
        (csv_file([["a"] * 300, ["b"] * 300]), "列"), (csv_file([["长" * 40_000, "b"]]), "不是能读取的表格"),
        (xlsx([[None] * 16_383 + ["远"]]), "列"),
    ],
)  # fmt: skip
def test_it_says_in_a_sentence_why_it_cannot_be_read(content, says):
    sentence = fault_of(content)
    assert says in sentence
    assert sentence.endswith("。")


def test_an_entry_far_below_is_refused_or_read_but_never_held_in_memory_without_end():
    far = [["企业名称"] + [None] * 255, *[[]] * 400_000, [None] * 255 + ["远"]]
    with pytest.raises(NoSheet, match="占用空间过大"):
        rows_of(xlsx(far))


def test_a_bomb_is_refused_before_it_unfolds():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        with bomb.open("xl/worksheets/sheet1.xml", "w") as page:
            page.write(b"<worksheet>")
            for _block in range(1100):
                page.write(b" " * MB)
        bomb.writestr("xl/workbook.xml", "<workbook/>")
    assert len(out.getvalue()) < 5 * MB
    assert "展开后过大" in fault_of(out.getvalue())
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1024 * 1024  # KB


def test_entities_from_outside_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密内容")
    entity = f'<!DOCTYPE worksheet [<!ENTITY e SYSTEM "file://{secret}">]>'.encode()
    hostile = sheet1(xlsx(ROWS)).replace(b"<worksheet", entity + b"<worksheet", 1)
    hostile = hostile.replace(
        b"</sheetData>", b'<row r="9"><c r="A9" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData>'
    )
    try:
        read = str(rows_of(repacked(xlsx(ROWS), sheet1=hostile)))
    except NoSheet as fault:
        read = str(fault)
    assert "机密内容" not in read


def test_a_formula_without_its_result_is_seen_and_one_with_it_is_its_result():
    page = sheet1(xlsx([["数量", "合计"], [1, 2]]))
    page = page.replace(b'<c r="A2"><v>1</v></c>', b'<c r="A2"><f>1+1</f></c>')
    page = page.replace(b'<c r="B2"><v>2</v></c>', b'<c r="B2"><f>1+1</f><v>2</v></c>')
    assert rows_of(repacked(xlsx([["数量", "合计"], [1, 2]]), sheet1=page))[1] == ["=1+1", "2"]


@pytest.mark.parametrize("write", [xlsx, xls, ods])
def test_a_merged_text_stands_in_every_cell_and_a_merged_figure_in_one(write):
    rows = [["单位", "人数"], ["示例局", 3], [None, None], ["示例办", 4]]
    assert rows_of(write(rows, merged=[(1, 0, 2, 0), (1, 1, 2, 1)])) == [
        ["单位", "人数"], ["示例局", "3"], ["示例局"], ["示例办", "4"],
    ]  # fmt: skip


def ods_of(table: bytes) -> bytes:
    """An ODS whose tables are these, as an office program may write them."""
    with zipfile.ZipFile(BytesIO(ods(ROWS))) as book:
        page = book.read("content.xml")
    start, end = page.index(b"<table:table "), page.index(b"</office:spreadsheet>")
    return repacked(ods(ROWS), content=page[:start] + table + page[end:])


def test_repeated_rows_and_cells_of_an_open_document_are_counted_before_what_is_merged():
    row = b"<table:table-row%s>%s</table:table-row>"
    text = b'<table:table-cell office:value-type="string"%s><text:p>%s</text:p></table:table-cell>'
    blank = b'<table:table-cell table:number-columns-repeated="2"/>'
    wide = b' table:number-columns-spanned="2" table:number-rows-spanned="2"'
    covered = b'<table:covered-table-cell table:number-columns-repeated="2"/>'
    second = [
        row % (b' table:number-rows-repeated="2"', blank),
        row
        % (b"", blank + text % (wide, "甲".encode()) + b"<table:covered-table-cell/>" + text % (b"", b"x")),
        row % (b"", blank + covered + text % (b"", b"y")),
    ]
    first = row % (b"", text % (b"", b"a"))
    tables = b"".join(
        b'<table:table table:name="%s">%s</table:table>' % pair
        for pair in ((b"1", first), (b"2", b"".join(second)))
    )
    with opened(BytesIO(ods_of(tables))) as book:
        assert list(book.rows(1)) == [[], [], ["", "", "甲", "甲", "x"], ["", "", "甲", "甲", "y"]]


@pytest.mark.parametrize("span", [b"0", b"-1", b"x", b"99999999999999999999", b"1048576", b""])
def test_a_senseless_span_is_read_without_harm(span):
    cell = (
        b'<table:table-cell office:value-type="string" table:number-columns-spanned="%s"><text:p>a</text:p>'
    )
    table = (
        b'<table:table table:name="1"><table:table-row>%s</table:table-cell></table:table-row></table:table>'
    )
    assert rows_of(ods_of(table % (cell % span)))[0][0] == "a"


def test_entities_of_an_open_document_are_refused_before_they_unfold():
    with zipfile.ZipFile(BytesIO(ods(ROWS, merged=[(0, 0, 0, 1)]))) as book:
        page = book.read("content.xml")
    declared = b'<!DOCTYPE d [<!ENTITY e "10">]><office:document-content '
    hostile = repacked(ods(ROWS), content=page.replace(b"<office:document-content ", declared, 1))
    assert "不是能读取的表格" in fault_of(hostile)


@pytest.mark.parametrize("write", [xlsx, xls, ods])
def test_blank_rows_above_the_table_are_counted_once(write):
    rows = [[None, None], [None, None], ["示例局", None], [None, "乙"]]
    assert rows_of(write(rows, merged=[(2, 0, 3, 0)])) == [[], [], ["示例局"], ["示例局", "乙"]]


def test_what_the_screen_shows_is_what_is_read():
    content = csv_file([["'=1+1", "'-客户", "'正常", "+86 1", "-5"]])
    assert rows_of(content) == [["=1+1", "-客户", "'正常", "+86 1", "-5"]]


def test_a_file_beyond_the_largest_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(opening, "LARGEST_FILE", 10)
    assert "MB" in fault_of(csv_file(ROWS))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(
    st.binary(min_size=1, max_size=400),
    st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail),
    st.binary(max_size=200).map(lambda tail: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + tail),
    st.tuples(st.integers(0, 5000), st.integers(0, 255)).map(lambda at: _bent(xlsx(ROWS), *at)),
    st.tuples(st.integers(0, 5000), st.integers(0, 255)).map(lambda at: _bent(xls(ROWS), *at)),
))  # fmt: skip
def test_no_bytes_at_all_make_it_fall(content):
    try:
        rows_of(content)
    except NoSheet as fault:
        assert str(fault)


def _bent(content: bytes, place: int, value: int) -> bytes:
    place %= len(content)
    return content[:place] + bytes([value]) + content[place + 1 :]
