"""What was taken along and is handed in again changes nothing, row for row: for every table that goes both ways."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cast import enter
from tisu.audit.models import Entry
from tisu.enterprises.contacts import add_contact
from tisu.enterprises.models import Consent, FirmContact, Purpose
from tisu.exchange.models import ImportRun
from tisu.foundation.rooms import declared
from tisu.liaison.pairing import pair
from tisu.loop.models import Event
from tisu.orgs.models import Post, Role
from tisu.voice.models import Message
from ugly_files import xlsx

pytestmark = pytest.mark.django_db
BOTH_WAYS = sorted({each.code for each in declared("exports")} & {each.code for each in declared("imports")})
KEEPERS = {
    "units": "admin", "posts": "admin", "people": "admin", "enterprises": "office", "contacts": "office",
    "figures": "office", "hotline": "office", "pairings": "office",
}  # fmt: skip
ORDERS = [
    ["工单编号", "标题", "诉求内容", "诉求类别", "受理时间", "办结时限", "承办单位", "被反映单位", "来电人", "联系电话"],
    ["示例0001", "许可超时", "施工许可超过承诺时限，\n材料反复补正。", "工程建设/施工许可", "2023-05-19", "2023-06-05",
     "发改局", "住建局", "示例", "13800000000"],
    ["示例0002", None, "企业门口道路坑洼。", None, None, None, None, None, None, None],
]  # fmt: skip

FIGURES = ["信用代码", "项目", "口径", "时期", "金额", "来源类型", "来源", "企业同意", "提供日期"]


@pytest.fixture
def browser(county):
    def _browser(name: str) -> Client:
        client = Client()
        enter(client, county.people[name])
        return client

    return _browser


@pytest.fixture
def hand_in():
    def _hand_in(by: Client, code: str, content: bytes, name: str) -> ImportRun:
        where = by.post(f"/imports/to/{code}", {"file": SimpleUploadedFile(name, content)})["Location"]
        run = ImportRun.objects.get(pk=where.rsplit("/", 1)[-1])
        columns = {f"column_{at}": each for at, each in enumerate(run.mapping)}
        by.post(where, {"act": "columns", **columns})
        run.refresh_from_db()
        return run

    return _hand_in


@pytest.fixture
def filled(county, browser, hand_in):
    """Something of everything: contacts with and without a phone, work orders of which one accuses a unit."""
    office = county.people["office"]
    for n, (phone, email) in enumerate(
        [("13812345678", "a@example.org"), ("07187654321", ""), ("", "b@c.cn")]
    ):
        add_contact(
            actor=office, firm=county.firms[n % 2], name=f"示例{n}", post_title="办公室主任", phone=phone, email=email,
            purposes=[Purpose.VISITS, Purpose.SURVEYS][: 1 + n % 2], given_on=date(2023, 3, 1), how="书面",
        )  # fmt: skip
    leader = {
        "actor": office,
        "post": Post.objects.get(role=Role.COUNTY_LEADER),
        "declared_on": date(2022, 1, 4),
    }
    pair(**leader, enterprise=county.firms[0], since=date(2022, 1, 4), until=date(2022, 12, 31))
    pair(**leader, enterprise=county.firms[1], since=date(2023, 1, 1))
    codes = [firm.credit_code for firm in county.firms[:2]]
    figures = [
        [
            code,
            "产值",
            "实际",
            "2022年四季度",
            "3960万元",
            "企业自报",
            "企业填报表",
            "负责人电话同意",
            "2023-05-19",
        ]
        for code in codes
    ]
    for code, rows in (("hotline", ORDERS), ("figures", [FIGURES, *figures])):
        run = hand_in(browser("office"), code, xlsx(rows), f"{code}.xlsx")
        browser("office").post(f"/imports/{run.pk}", {"act": "let_in"})


def test_it_is_tried_for_every_table_that_goes_both_ways():
    assert sorted(KEEPERS) == BOTH_WAYS


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("code", BOTH_WAYS)
def test_it_changes_nothing(browser, hand_in, filled, code, kind):
    by = browser(KEEPERS[code])
    content = by.post(f"/exports/{code}", {"format": kind}).content
    rows = Entry.objects.get(act="export").details["rows"]
    before = (Entry.objects.count(), Event.objects.count(), Message.objects.count())
    run = hand_in(by, code, content, f"带回.{kind}")
    assert (run.state, run.counts) == ("checked", {"same": rows}), list(run.findings.values_list("sentence"))
    assert rows > 1
    by.post(f"/imports/{run.pk}", {"act": "let_in"})
    run.refresh_from_db()
    assert (run.state, run.counts, run.arrivals.count()) == ("done", {"same": rows}, 0)
    done = (Entry.objects.count() - 1, Event.objects.count(), Message.objects.count())
    assert done == before  # but for the import's own line


def test_a_masked_number_is_neither_shown_nor_written_over(browser, hand_in, filled):
    by = browser("office")
    content = by.post("/exports/contacts", {"format": "csv"}).content
    assert b"138****5678" in content and b"13812345678" not in content and b"a***@example.org" in content
    run = hand_in(by, "contacts", content.replace(b"138****5678", b"139****5678"), "改了.csv")
    assert run.counts == {"same": 2, "refused": 1}
    assert FirmContact.objects.filter(phone="13812345678").exists()
    assert Consent.objects.count() == 4


def test_nobody_takes_contacts_along_but_where_they_see_them(browser, county, filled):
    firm = county.firms[0]
    for name, seen in (("office", 2), ("zhujian", 0), ("leader", 0)):
        answer = browser(name).post(f"/exports/contacts?firm={firm.credit_code}", {"format": "csv"})
        assert answer.content.decode("utf-8-sig").count("\n") == 1 + seen, name


def test_who_called_is_not_taken_along(browser, filled):
    content = browser("office").post("/exports/hotline", {"format": "csv"}).content.decode()
    assert "示例0001" in content and "13800000000" not in content
    assert content.count("施工许可超过") == 1


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        (["示例新人", "shili9", None, None], ["title", "unit"]),  # no account yet
        (["别的名字", "nobody", None, None], ["title", "unit"]),
        ([None, "nobody", "住建局", None], ["title"]),
        ([None, "nobody", None, "经办人"], ["unit"]),
    ],
)
def test_a_line_without_a_post_is_of_an_account_that_is_known(browser, hand_in, county, line, columns):
    name, *others = line
    rows = [["姓名", "用户名", "单位", "职务"], [name or county.people["nobody"].name, *others]]
    run = hand_in(browser("admin"), "people", xlsx(rows), "人员.xlsx")
    assert sorted(run.findings.values_list("column", flat=True)) == columns
