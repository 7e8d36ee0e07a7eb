"""What the tests of the direct line share: reports at a stage, a receipt over HTTP, a look into every table."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from tisu.accounts.models import PostHolding, User
from tisu.foundation import calendars
from tisu.loop.room import ROOM as LOOP
from tisu.orgs.models import Post, Role
from tisu.voice.identity import ask_for_identity, grant_identity
from tisu.voice.models import Opening, Report
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
def second_supervisor(county) -> User:
    """`supervisor2`: with this one, supervision too is two people."""
    county.people["supervisor2"] = User.objects.create(username="supervisor2", name="示例·supervisor2")
    post = Post.objects.get(role=Role.SUPERVISION)
    PostHolding.objects.create(post=post, user=county.people["supervisor2"], since=post.since)
    return county.people["supervisor2"]


@pytest.fixture
def agree(county) -> Callable[..., Opening]:
    """`agree(report, "office", "supervisor")`: the one asks to open the contact, the other agrees."""

    def _agree(
        report: Report, asker: str = "office", second: str = "office2", reason: str = "核实细节"
    ) -> Opening:
        asked = ask_for_identity(user=county.people[asker], report=report, reason=reason)
        return grant_identity(user=county.people[second], opening=asked)

    return _agree


@pytest.fixture
def work() -> Callable[[], None]:
    """Let the loop's jobs run until nothing is due, as the worker does."""

    def _work() -> None:
        calendars.forget()
        for job in LOOP.jobs:
            while job.take():
                pass

    return _work


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
