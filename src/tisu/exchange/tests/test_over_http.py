"""`POST /{table}/import`: another system hands a sheet in, in one call, and is told of each row that did not come in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tisu.exchange.models import ImportRun, StagedRow
from tisu.orgs.models import Unit
from ugly_files import FILES, UNITS, csv_file, xlsx

pytestmark = pytest.mark.django_db
ROWS = [["单位名称", "类别", "成立时间"], ["示例甲局", "部门", "2021-01-01"], ["示例乙局", "街道", "2月30日"]]


def hand_in(client: Client, content: bytes, where: str = "units/import", name: str = "表.xlsx"):
    return client.post(f"/api/v1/{where}", {"file": SimpleUploadedFile(name, content)})


def ours() -> int:
    return Unit.objects.filter(short_name__startswith="示例").count()


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("单位")])
def test_it_takes_the_sheet_however_it_was_kept_and_twice_is_once(admin, name):
    for _time in range(2):
        answer = hand_in(admin, FILES[name](), name=name)
        assert (answer.status_code, answer.json()) == (200, {"accepted": 4, "refused": []})
        assert ours() == 4


def test_a_dry_run_answers_the_same_and_leaves_nothing(admin):
    answer = hand_in(admin, xlsx(UNITS), "units/import?dry_run=true")
    assert answer.json() == {"accepted": 4, "refused": []}
    assert (ours(), ImportRun.objects.count(), StagedRow.objects.count()) == (0, 0, 0)


def test_good_rows_come_in_and_each_refused_cell_is_named(admin):
    answer = hand_in(admin, csv_file(ROWS), name="单位.csv").json()
    assert (answer["accepted"], ours()) == (1, 1)
    duty, since = answer["refused"]
    assert (duty["row"], duty["column"], duty["value"]) == (3, "B 职能", "街道")
    assert duty["mend"].startswith("请写其中之一：")
    assert since == {
        "row": 3,
        "column": "C 起始日期",
        "value": "2月30日",
        "mend": "日历上没有这一天：请核对月和日。",
    }


def test_what_came_in_is_listed_on_the_page_and_can_be_taken_back(admin):
    hand_in(admin, xlsx(UNITS))
    run = ImportRun.objects.get()
    assert f"/imports/{run.pk}" in admin.get("/imports").content.decode()
    admin.post(f"/imports/{run.pk}", {"act": "take_back"})
    assert ours() == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"%PDF-1.7", "没有认得的列"), (csv_file([["简称"], ["示例"]]), "没有找到“全称”这一列"), (b"PK\x03\x04", "")],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(admin, content, says):
    answer = hand_in(admin, content)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert says in answer.json()["detail"]
    assert answer.json()["errors"] == {"file": [answer.json()["detail"]]}
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize("body", [{}, {"file": "no file"}, {"file": ""}])
def test_a_call_without_a_file_says_so(admin, body):
    answer = admin.post("/api/v1/units/import", body)
    assert answer.status_code == 422
    assert "file" in answer.json()["errors"]


def test_an_empty_file_and_an_odd_switch_are_refused(admin):
    assert hand_in(admin, b"").status_code == 422
    assert hand_in(admin, xlsx(UNITS), "units/import?dry_run=perhaps").status_code == 422
    assert ours() == 0


@pytest.mark.parametrize(
    ("who", "table", "status"),
    [(None, "units", 401), ("zhujian", "units", 404), ("office", "no-such-table", 404), ("zhujian", "enterprises", 404)],
)  # fmt: skip
def test_only_who_may_import_a_table_learns_that_there_is_one(county, who, table, status):
    client = Client()
    if who:
        client.force_login(county.people[who])
    assert hand_in(client, xlsx(UNITS), f"{table}/import").status_code == status
    assert ours() == 0


def test_a_page_must_send_its_token(county):
    client = Client(enforce_csrf_checks=True)
    client.force_login(county.people["admin"])
    assert hand_in(client, xlsx(UNITS)).status_code == 403
    assert ours() == 0
