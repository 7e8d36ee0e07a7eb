"""Work orders of 12345 become reports with their number and clocks; handed in again they are brought up to date."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tisu.exchange.models import Arrival, Finding, ImportRun, StagedRow
from tisu.loop.models import Matter
from tisu.voice.hotline.models import Category, WorkOrder
from tisu.voice.models import Channel, Identity, Message, Report
from ugly_files import xlsx

pytestmark = pytest.mark.django_db
HEADER = [
    "工单编号",
    "诉求内容",
    "诉求类别",
    "受理时间",
    "办结时限",
    "承办单位",
    "被反映单位",
    "来电人",
    "联系电话",
    "是否保密",
]
FIRST = [
    "示例0001",
    "施工许可超过承诺时限。",
    "工程建设/施工许可",
    "2023-05-19",
    "2023.6.5",
    "发改局",
    "住建局",
    "示例",
    "13800000000",
    "否",
]
SECOND = ["示例0002", "企业门口道路坑洼。", "交通/道路", "5月20日", "6月底前", None, None, "示例", "13800000001", "是"]  # fmt: skip


@pytest.fixture
def office(county) -> Client:
    client = Client()
    client.force_login(county.people["office"])
    return client


@pytest.fixture
def bring_in(office):
    """Hand a sheet of work orders in, agree to its columns, let it in."""

    def _bring_in(*rows, header=HEADER, by: Client = office) -> ImportRun:
        content = xlsx([["12345热线转办工单清单"], header, *rows])
        file = SimpleUploadedFile("工单.xlsx", content)
        where = by.post("/imports/to/hotline", {"file": file})["Location"]
        run = ImportRun.objects.get(pk=where.rsplit("/", 1)[-1])
        by.post(where, {"act": "columns", **{f"column_{at}": code for at, code in enumerate(run.mapping)}})
        by.post(where, {"act": "let_in"})
        return ImportRun.objects.get(pk=run.pk)

    return _bring_in


def test_it_becomes_a_report_with_its_number_and_clocks(bring_in, county):
    assert bring_in(FIRST, SECOND).counts == {"new": 2}
    order = WorkOrder.objects.get(number="示例0001")
    report, matter = order.report, order.report.matter
    assert (order.received_on, order.due_on) == (date(2023, 5, 19), date(2023, 6, 5))
    assert (report.channel, report.anonymous, report.taken_by) == (
        Channel.HOTLINE,
        False,
        county.people["office"],
    )
    assert (report.responsible_unit, report.accused_unit) == (county.units["fagai"], county.units["zhujian"])
    assert [clock.kind for clock in matter.clocks.all()] == ["screen"]
    assert matter.events.get().signed.startswith("营商办")


def test_the_caller_is_sealed_and_a_confidential_one_is_not_kept(bring_in, tables_with):
    bring_in(FIRST, SECOND)
    assert [row.report.work_order.number for row in Identity.objects.all()] == ["示例0001"]
    assert tables_with("13800000000") == tables_with("13800000001") == set()


def test_the_accused_unit_sees_nothing_of_it(bring_in, county):
    bring_in(FIRST)
    matter = Report.objects.get().matter
    seen = {
        name: Matter.objects.visible_to(county.people[name]).filter(pk=matter.pk).exists()
        for name in ("office", "zhujian-head")
    }
    assert seen == {"office": True, "zhujian-head": False}


def test_an_accused_unit_that_is_not_known_is_refused_and_not_left_out(bring_in):
    run = bring_in([*FIRST[:6], "没有这个局", *FIRST[7:]])
    assert run.counts == {"refused": 1}
    assert run.findings.get().column == "accused_unit"
    assert not Report.objects.exists()


def test_handed_in_again_it_changes_only_what_is_new(bring_in):
    bring_in(FIRST)
    assert bring_in(FIRST).counts == {"same": 1}
    later = [FIRST[0], "施工许可仍未办结。", FIRST[2], FIRST[3], "2023-06-12", *FIRST[5:]]
    run = bring_in(later)
    assert run.counts == {"changed": 1}
    order = WorkOrder.objects.get()
    assert order.due_on == date(2023, 6, 12)
    assert Message.objects.get().text == "热线补充：施工许可仍未办结。"
    assert order.report.text == FIRST[1]


def test_taken_back_the_days_return_and_the_report_stays_and_is_named(bring_in, office):
    first = bring_in(FIRST)
    second = bring_in([*FIRST[:4], "2023-06-12", *FIRST[5:]])
    office.post(f"/imports/{second.pk}", {"act": "take_back"})
    assert WorkOrder.objects.get().due_on == date(2023, 6, 5)
    office.post(f"/imports/{first.pk}", {"act": "take_back"})
    first.refresh_from_db()
    assert (first.state, first.counts["kept"]) == ("undone", 1)
    assert Report.objects.get().matter.number in first.findings.get(what="kept").sentence


def test_no_cell_of_the_sheet_is_kept_once_it_is_in(bring_in, tables_with):
    run = bring_in(FIRST, [None, "没有编号"])
    assert run.counts == {"new": 1, "refused": 1}
    assert not StagedRow.objects.exists()
    assert run.sample == []
    assert set(Finding.objects.values_list("value", flat=True)) == {""}


def test_a_colleague_does_not_see_the_file_of_another(bring_in, county):
    run = bring_in(FIRST)
    colleague = Client()
    colleague.force_login(county.people["office2"])
    assert colleague.get(f"/imports/{run.pk}").status_code == 404
    assert run.file_name not in colleague.get("/imports").content.decode()


def test_of_a_discipline_report_nothing_comes_in_again(bring_in, act, tables_with):
    bring_in(FIRST)
    act("office", Report.objects.get().matter, "screen", kind="B", reason="反映违纪")
    for words in (FIRST[0], FIRST[1], FIRST[2]):
        assert tables_with(words) <= {"voice_category"}
    assert bring_in([FIRST[0], "换一种说法的违纪内容", *FIRST[2:]]).counts == {"same": 1}
    assert tables_with("换一种说法的违纪内容") == set()
    assert Report.objects.count() == 1


def test_what_a_category_means_is_data_of_the_office(bring_in, office, county):
    bring_in(SECOND)
    category = Category.objects.get(name="交通/道路")
    assert not category.is_known
    assert "交通/道路" in office.get("/hotline/categories").content.decode()
    answer = office.post(
        f"/hotline/categories/{category.pk}",
        {"screening": "A", "topic": "市政公用基础设施", "responsible_unit": county.units["gongdian"].pk},
    )
    assert answer.status_code == 302
    bring_in(["示例0003", "路灯不亮。", "交通/道路/照明", *SECOND[3:]])
    report = WorkOrder.objects.get(number="示例0003").report
    assert (report.topic, report.responsible_unit) == ("市政公用基础设施", county.units["gongdian"])
    page = office.get(f"/matters/{report.matter.number}").content.decode()
    assert "示例0003" in page and "市政公用基础设施" in page and "热线类别" in page


@pytest.mark.parametrize("name", ["zhujian", "firm", "admin", "outsider", "nobody"])
def test_categories_are_the_offices_own(bring_in, county, name):
    bring_in(SECOND)
    client = Client()
    client.force_login(county.people[name])
    pk = Category.objects.get(region="422826").pk
    assert client.get("/hotline/categories").status_code == (200 if name == "outsider" else 404)
    assert "交通/道路" not in client.get("/hotline/categories").content.decode()
    assert client.get(f"/hotline/categories/{pk}").status_code == 404
    assert client.post(f"/hotline/categories/{pk}", {"topic": "x"}).status_code == 404
    assert not Category.objects.get(pk=pk).is_known


def test_a_preview_registers_nothing(office):
    file = SimpleUploadedFile("工单.xlsx", xlsx([HEADER, FIRST]))
    where = office.post("/imports/to/hotline", {"file": file})["Location"]
    run = ImportRun.objects.get()
    office.post(where, {"act": "columns", **{f"column_{at}": code for at, code in enumerate(run.mapping)}})
    assert ImportRun.objects.get().state == "checked"
    assert (
        Report.objects.count(),
        WorkOrder.objects.count(),
        Category.objects.count(),
        Arrival.objects.count(),
    ) == (0, 0, 0, 0)
