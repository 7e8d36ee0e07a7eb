"""What the tests of the direct line share: reports at a stage, a receipt over HTTP, a look into every table."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from tisu.voice.models import Report
from tisu.voice.services import Taken, take_report

TEXT = "施工许可超过承诺时限，材料反复补正三次。"


@pytest.fixture
def take(county) -> Callable[..., Taken]:
    """`take(accused_unit="zhujian")`: an anonymous report, unless told otherwise."""

    def _take(**given) -> Taken:
        return take_report(**{"text": TEXT, "anonymous": True} | given)

    return _take


@pytest.fixture
def handle(act) -> Callable[[Report], None]:
    """Take a report's matter from assigning to closing by the people whose part it is."""

    def _handle(report: Report, *, until: str = "closed") -> None:
        steps = (
            ("assigned", "office", "assign", {"lead_unit": "fagai", "working_days": 15}),
            ("in_progress", "fagai", "accept", {}),
            ("submitted", "fagai-head", "submit", {"result": "resolved", "summary": "许可证已于5月22日送达。"}),
            ("closed", "office2", "pass", {"opinion": "已电话核实。", "method": "phone"}),
        )  # fmt: skip
        for reached, name, action, data in steps:
            act(name, report.matter, action, **data)
            if reached == until:
                break
        report.refresh_from_db()

    return _handle


@pytest.fixture
def call() -> Callable:
    """`call("lookup", receipt=…)`: one call of the public API by a stranger."""

    def _call(what: str, **body):
        return Client().post(f"/api/v1/reports/{what}", body, content_type="application/json")

    return _call


@pytest.fixture
def tables_with(db) -> Callable[[str], set[str]]:
    """The names of all tables of the database in which a text stands, however the columns are called."""

    def _tables(text: str) -> set[str]:
        return {table for table in connection.introspection.table_names() if text in _content(table)}

    return _tables


def _content(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return "\n".join(_plain(value) for row in cursor for value in row)


def _plain(value) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, (bytes, memoryview)) else str(value)
