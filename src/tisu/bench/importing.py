"""A workbook of firms brought in, beside django-import-export on the very same file; and what reading a large one holds.

The peer is a development dependency: where it is not installed, only our own figures are told. Each row that it takes
is saved, so both leave firms that can be found by their words. What came in is taken out again before the other begins.
"""

import resource
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import islice
from typing import IO, Any

import xlsxwriter
from django.db.models import Q
from stdnum.cn import uscc

from tisu.accounts.models import User
from tisu.bench.figures import at_least, at_most, figure
from tisu.bench.originals import OFFICER
from tisu.bench.timing import timed
from tisu.enterprises.findable import SUBJECT
from tisu.enterprises.models import Enterprise, LikelyPair, ScaleMonths
from tisu.exchange.at_once import bring_in
from tisu.exchange.kinds import kind_of
from tisu.exchange.models import ImportRun
from tisu.foundation.models import SearchEntry
from tisu.foundation.sheets.opening import opened

MB = 1024  # ru_maxrss counts KB
COLUMNS = ("统一社会信用代码", "企业名称", "地址", "主营业务")
TIMES_AS_FAST = at_least(5)
HELD = at_most(600)
SIGNS = "青禾唐崖白水云峰清江杉岭茶坪石桥金洞晨光宏达兴盛华丰瑞祥永泰安康福临海天"


def importing(count: int) -> dict[str, Any]:
    """Firms from one workbook, then how much memory the reading of large files takes."""
    with workbook(count) as file:
        own = timed(lambda: _bring_in(file))
        arrived = _ours().count()
        _take_out()
        told = {
            "rows": count,
            "arrived": arrived,
            "rows_per_second": figure(count / own, "/s"),
            "seconds": figure(own, "s"),
        } | _peer(file, own)
    return told | _held(count)


def _bring_in(file: IO[bytes]) -> None:
    officer = User.objects.get(username=OFFICER)
    bring_in(file, name="firms.xlsx", kind=kind_of("enterprises"), by=officer)


def _peer(file: IO[bytes], own: float) -> dict[str, Any]:
    if find_spec("import_export") is None:
        return {"peer": "django-import-export is not installed"}
    from import_export import resources
    from tablib import Dataset

    class Firms(resources.ModelResource):
        class Meta:
            model = Enterprise
            import_id_fields = ("credit_code",)
            fields = ("credit_code", "name", "address", "business", "region")

    def take() -> None:
        file.seek(0)
        rows = Dataset().load(file.read(), format="xlsx")
        rows.headers = ["credit_code", "name", "address", "business"]
        rows.append_col(lambda row: "422826", header="region")
        result = Firms().import_data(rows, raise_errors=True)
        assert result.totals["new"] == len(rows)

    other = timed(take)
    _take_out()
    return {
        "peer_seconds": figure(other, "s"),
        "times_as_fast_as_the_peer": figure(other / own, "×", TIMES_AS_FAST),
    }


def _held(count: int) -> dict[str, Any]:
    """The most that any child of this process ever held, and this process itself while the rows went by."""
    with workbook(count) as file, opened(file) as book:
        read = sum(1 for _row in book.rows(0))
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MB
    return {"read_rows": read, "reader_mb": figure(children, "MB", HELD)}


def workbook(count: int) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115  whoever asks for it closes it
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        for number, row in enumerate(islice(_rows(), count), start=1):
            sheet.write_row(number, 0, row)
    file.seek(0)
    return file


def _rows() -> Iterator[tuple[str, ...]]:
    n, side = 0, len(SIGNS)
    while True:
        body = f"91422826C{n:08d}"
        brand = SIGNS[n % side] + SIGNS[n // side % side] + SIGNS[n // side // side % side]
        yield (
            body + uscc.calc_check_digit(body),
            f"咸丰县{brand}示例{n}有限公司",
            f"示例路{n}号",
            "农产品加工",
        )
        n += 1


def _ours():
    return Enterprise.objects.filter(credit_code__startswith="91422826C")


def _take_out() -> None:
    keys = _ours().values("pk")
    SearchEntry.objects.filter(subject=SUBJECT, object_id__in=keys).delete()
    LikelyPair.objects.filter(Q(first__in=keys) | Q(second__in=keys)).delete()
    ScaleMonths.objects.filter(enterprise__in=keys).delete()
    ImportRun.objects.all().delete()
    _ours()._raw_delete("default")
