"""Sheets as offices really keep them: titles, merged cells, headers of two lines, notes, full-width digits.

    python tests/ugly_files.py FOLDER

writes them all into a folder, to be handed in by hand. Everybody in them is made up.
"""

import csv
import sys
from collections.abc import Callable, Sequence
from io import BytesIO, StringIO
from pathlib import Path

import xlsxwriter
import xlwt
from odf.element import Element
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

Rows = Sequence[Sequence[object]]
Merged = Sequence[tuple[int, int, int, int]]


def xlsx(rows: Rows, *, merged: Merged = (), sheets: dict[str, Rows] | None = None) -> bytes:
    """`merged` are (first row, first column, last row, last column), counted from 0; the first sheet is `rows`."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, content in {"Sheet1": rows, **(sheets or {})}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(content):
                for place, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, place, value)
            if name == "Sheet1":
                for first, left, last, right in merged:
                    sheet.merge_range(first, left, last, right, rows[first][left])
    return out.getvalue()


def xls(rows: Rows, *, merged: Merged = ()) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    inside = {
        (row, column)
        for first, left, last, right in merged
        for row in range(first, last + 1)
        for column in range(left, right + 1)
    }
    for first, left, last, right in merged:
        sheet.write_merge(first, last, left, right, rows[first][left])
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if value is not None and (number, place) not in inside:
                sheet.write(number, place, value)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows: Rows, *, merged: Merged = ()) -> bytes:
    document = OpenDocumentSpreadsheet()
    table = Table(name="Sheet1")
    for number, row in enumerate(rows):
        line = TableRow()
        for place, value in enumerate(row):
            line.addElement(_ods_cell(number, place, value, merged))
        table.addElement(line)
    document.spreadsheet.addElement(table)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _ods_cell(row: int, column: int, value: object, merged: Merged) -> Element:
    """A cell that spans others, one that is covered by it, or an ordinary one."""
    spans = {}
    for first, left, last, right in merged:
        if (row, column) == (first, left):
            spans = {"numberrowsspanned": last - first + 1, "numbercolumnsspanned": right - left + 1}
        elif first <= row <= last and left <= column <= right:
            return CoveredTableCell()
    cell = TableCell(valuetype="string", **spans)
    cell.addElement(P(text="" if value is None else str(value)))
    return cell


def csv_file(rows: Rows, *, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=delimiter).writerows(
        [["" if value is None else value for value in row] for row in rows]
    )
    return text.getvalue().encode(encoding)


UNITS: Rows = [
    ["咸丰县优化营商环境责任单位一览表"],
    ["填报单位：示例办公室", None, None, "2023年5月"],
    ["序号", "单位名称*", "简称", "单位类别", "备注"],
    [1, "咸丰县示例一局", "示例一局", "部门", None],
    [2, "咸丰县　示例二局", "示例二局", "部门", "　"],
    [3, "咸丰縣示例三局", "示例三局", "部門", None],
    [4, "示例镇人民政府", "示例镇", "乡镇", "无"],
    ["合计", 4, None, None, None],
    ["注：本表由各单位办公室核对后报送。"],
]
PEOPLE: Rows = [
    ["全县营商环境工作联络员名单"],
    ["序号", "单位", "联络员", None, "职务", "角色"],
    [None, None, "姓名", "用户名", None, None],
    [1, "示例一局", "示例甲", "ｓｈｉｌｉｊｉａ", "局长", "负责人"],
    [2, None, "示例乙", "shiliyi", "办公室主任", "经办人"],
    [3, "示例二局", "示例丙", None, "局长", "负责人"],
    [4, "没有这个局", "示例丁", None, "局长", "负责人"],
    ["填表人：示例戊", None, None, None, None, None],
]
# 示例一局 stands beside two people; 单位 spans both lines of the header, 联络员 stands over 姓名 and 用户名.
PEOPLE_MERGED: Merged = [
    (0, 0, 0, 5), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4), (1, 5, 2, 5), (3, 1, 4, 1),
]  # fmt: skip

FILES: dict[str, Callable[[], bytes]] = {
    "单位-标题备注合计.xlsx": lambda: xlsx(UNITS, merged=[(0, 0, 0, 4), (8, 0, 8, 4)]),
    "单位-老格式.xls": lambda: xls(UNITS, merged=[(0, 0, 0, 4)]),
    "单位-GB18030.csv": lambda: csv_file(UNITS, encoding="gb18030"),
    "单位-制表符.txt": lambda: csv_file(UNITS, encoding="utf-16", delimiter="\t"),
    "单位.ods": lambda: ods(UNITS),
    "人员-两行表头合并单元格.xlsx": lambda: xlsx(PEOPLE, merged=PEOPLE_MERGED),
    "人员-两行表头合并单元格.ods": lambda: ods(PEOPLE, merged=PEOPLE_MERGED),
}


def write_all(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in FILES.items():
        (folder / name).write_bytes(make())


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
