"""The office's own list of firms comes in: codes checked, names looked up, months above size kept, undone as a whole."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tisu.audit.models import Entry
from tisu.enterprises.models import Enterprise, FirmContact, LikelyPair, ScaleMonths
from tisu.exchange.models import ImportRun
from tisu.exchange.running import drive_to_the_end
from ugly_files import csv_file, xls, xlsx

pytestmark = pytest.mark.django_db
HEADER = [
    "序号",
    "企业名称",
    "统一社会信用代码",
    "乡镇",
    "行业",
    "注册资金（万元）",
    "成立时间",
    "是否规上",
    "入库时间",
    "备注",
]
ROWS = [
    ["咸丰县规模以上企业名录（示例）"],
    HEADER,
    [1, "示例丙有限公司", "91422826xftext034p", "忠堡镇", "制造业", "5,000", "2022.4.28", "是", "2023年1月", None],
    [2, "示例丁有限公司", "９１４２２８２６ＸＦＴＥＸＴ０４２Ｊ", "忠堡鎮", "2614", 300, "2019年", "否", None, None],
    [3, "示例戊有限公司", "91422826XFTEXT050D", None, None, None, None, "√", None, None],
    [4, "示例己有限公司", "91350100M000100Y4Z", "忠堡镇", None, None, None, None, None, None],
    [5, "示例庚有限公司", "91422826XFTEXT0I82", "不存在镇", None, None, None, None, None, None],
    ["合计", 5, None, None, None, None, None, None, None, None],
]  # fmt: skip


@pytest.fixture
def office(county) -> Client:
    client = Client()
    client.force_login(county.people["office"])
    return client


@pytest.fixture
def bring_in(office):
    def _bring_in(rows, kind: str = "enterprises", make=xlsx) -> ImportRun:
        where = office.post(f"/imports/to/{kind}", {"file": SimpleUploadedFile("名录.xlsx", make(rows))})[
            "Location"
        ]
        run = ImportRun.objects.get(pk=where.rsplit("/", 1)[-1])
        office.post(
            where, {"act": "columns", **{f"column_{at}": code for at, code in enumerate(run.mapping)}}
        )
        drive_to_the_end(ImportRun.objects.get(pk=run.pk))
        office.post(where, {"act": "let_in"})
        drive_to_the_end(ImportRun.objects.get(pk=run.pk))
        return ImportRun.objects.get(pk=run.pk)

    return _bring_in


@pytest.mark.parametrize("make", [xlsx, xls, csv_file])
def test_good_firms_come_in_and_each_bad_one_says_why(bring_in, make):
    run = bring_in(ROWS, make=make)
    assert (run.state, run.counts) == ("done", {"new": 1, "refused": 4, "skipped": 1})
    firm = Enterprise.objects.get(credit_code="91422826XFTEXT034P")
    assert (firm.region.name, firm.industry_id, firm.registered_capital) == ("忠堡镇", "C", 50_000_000)
    assert (firm.started_on, firm.source) == (date(2022, 4, 28), "名录.xlsx")
    months = firm.scale_months.get()
    assert (months.category, months.first, months.last) == ("industry", date(2023, 1, 1), None)
    said = {(found.number + 1, found.column): found.sentence for found in run.findings.filter(what="refused")}
    assert set(said) == {(4, "started_on"), (5, "scale"), (6, "credit_code"), (7, "region")}
    assert "第18位是字母Z" in said[6, "credit_code"]
    assert "不存在镇" in said[7, "region"]


def test_the_preview_says_how_each_cell_was_understood(office):
    where = office.post("/imports/to/enterprises", {"file": SimpleUploadedFile("名录.xlsx", xlsx(ROWS))})
    run = ImportRun.objects.get()
    columns = {f"column_{at}": code for at, code in enumerate(run.mapping)}
    page = office.post(where["Location"], {"act": "columns", **columns}, follow=True).content.decode()
    for words in ("50,000,000", "2022-04-28", "是", "制造业"):
        assert f">{words}<" in page


def test_another_system_hands_the_list_in_and_is_told_of_each_bad_row(office):
    file = SimpleUploadedFile("名录.xlsx", xlsx(ROWS))
    answer = office.post("/api/v1/enterprises/import", {"file": file}).json()
    assert (answer["accepted"], Enterprise.objects.filter(credit_code="91422826XFTEXT034P").count()) == (1, 1)
    assert [(row["row"], row["column"]) for row in answer["refused"]] == [
        (4, "G 成立日期"),
        (5, "规上类别"),  # it has no column of its own
        (6, "C 统一社会信用代码"),
        (7, "D 乡镇"),
    ]


def test_mended_and_handed_in_again_the_rest_comes_in_once(bring_in):
    bring_in(ROWS)
    mended = [
        ROWS[0],
        HEADER,
        ROWS[2],
        [*ROWS[3][:6], "2019-01-01", *ROWS[3][7:]],
        [*ROWS[4][:4], "C", *ROWS[4][5:]],
    ]
    run = bring_in(mended)
    assert run.counts == {"new": 2, "same": 1}
    assert Enterprise.objects.get(credit_code="91422826XFTEXT042J").industry_id == "26"
    assert ScaleMonths.objects.count() == 2
    assert bring_in(mended).counts == {"same": 3}


def test_a_known_firm_is_changed_where_the_sheet_says_so_and_given_back(bring_in, office, county):
    firm = county.firms[0]
    run = bring_in([["企业名称", "信用代码", "地址"], ["示例改名有限公司", firm.credit_code, "示例路1号"]])
    assert run.counts == {"changed": 1}
    firm.refresh_from_db()
    assert (firm.name, firm.address, firm.former_names.get().name) == (
        "示例改名有限公司",
        "示例路1号",
        "示例甲有限公司",
    )
    office.post(f"/imports/{run.pk}", {"act": "take_back"})
    firm.refresh_from_db()
    assert (firm.name, firm.address) == ("示例甲有限公司", "")


def test_taken_back_new_firms_go_and_those_in_use_stay(bring_in, office, county):
    run = bring_in(
        [
            ["企业名称", "信用代码"],
            ["示例丙有限公司", "91422826XFTEXT034P"],
            ["示例丁有限公司", "91422826XFTEXT042J"],
        ]
    )
    used = Enterprise.objects.get(credit_code="91422826XFTEXT042J")
    FirmContact.objects.create(
        enterprise=used, name="示例", added_at=run.began_at, added_by=county.people["office"]
    )
    office.post(f"/imports/{run.pk}", {"act": "take_back"})
    run.refresh_from_db()
    assert (run.counts["taken_back"], run.counts["kept"]) == (1, 1)
    assert list(Enterprise.objects.exclude(pk__in=[firm.pk for firm in county.firms])) == [used]
    assert Enterprise.objects.filter(name="示例丙有限公司").count() == 0


def test_firms_of_one_name_are_suggested_as_one(bring_in, county):
    Enterprise.objects.create(
        credit_code="91422826XFTEXT069A", name="咸丰县青禾茶业有限公司", region_id=county.code
    )
    bring_in([["企业名称", "信用代码"], ["湖北青禾茶业有限责任公司", "91422826XFTEXT034P"]])
    assert LikelyPair.objects.get().reasons == ["name"]


def test_a_thousand_firms_make_one_entry_for_each_batch(bring_in, django_assert_max_num_queries):
    from stdnum.cn import uscc

    rows = [["企业名称", "信用代码"]]
    for n in range(600):
        body = f"91422826M{n:08d}"
        rows.append([f"示例第{n}号有限公司", body + uscc.calc_check_digit(body)])
    with django_assert_max_num_queries(400):
        assert bring_in(rows).counts == {"new": 600}
    assert Entry.objects.filter(act="register-firms").count() == 2


def test_contacts_come_in_with_consent_and_not_without(bring_in, county):
    header = ["企业名称", "联系人", "职务", "手机", "同意用途", "同意日期"]
    first = ["示例甲有限公司", "示例某", "厂长", "１３８ ０００００００1", "联系走访、政策推送", "2023-05-01"]
    run = bring_in(
        [header, first, ["示例乙有限公司", "示例某某", None, "13800000002", None, None]], "contacts"
    )
    assert run.counts == {"new": 1, "refused": 1}
    contact = FirmContact.objects.get()
    assert (contact.phone, sorted(contact.consents.values_list("purpose", flat=True))) == (
        "13800000001",
        ["policies", "visits"],
    )
    assert bring_in([header, first], "contacts").counts == {"same": 1}
    assert bring_in([header, [*first[:4], "调查", None]], "contacts").counts == {"changed": 1}


def test_the_register_is_taken_along_and_comes_in_unchanged(bring_in, office):
    bring_in(ROWS)
    answer = office.post("/exports/enterprises", {"format": "xlsx"})
    where = office.post("/imports/to/enterprises", {"file": SimpleUploadedFile("x.xlsx", answer.content)})[
        "Location"
    ]
    run = ImportRun.objects.get(pk=where.rsplit("/", 1)[-1])
    office.post(where, {"act": "columns", **{f"column_{at}": code for at, code in enumerate(run.mapping)}})
    run.refresh_from_db()
    assert run.counts == {"same": 3}, list(run.findings.values_list("column", "value", "sentence"))
