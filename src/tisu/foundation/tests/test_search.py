"""Finding by words: the same hits on SQLite and PostgreSQL."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tisu.foundation import search
from tisu.foundation.models import SearchEntry

pytestmark = pytest.mark.django_db

NOTES = {
    1: "行政审批局窗口排队时间长,企业办事审批环节多",
    2: "请求协调供电公司,恢复忠堡镇工业园区供电",
    3: "統一社會信用代碼91422826MA49ABCD1X的企業申請補貼2.54億元",
    4: "Wi-Fi信号差,二〇二六年仍未解决;联系GDP统计",
    5: "姓名中有生僻字𬭎的人反映100%属实的a_b问题",
}


@pytest.fixture
def notes():
    for number, text in NOTES.items():
        search.index("note", number, text)


def found(query, subject="note"):
    return sorted(search.matching(subject, query).values_list("object_id", flat=True))


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("审", [1]),
        ("电", [2]),
        ("审批", [1]),
        ("审批环节", [1]),
        ("審批環節", [1]),
        ("统一社会信用代码", [3]),
        ("補貼", [3]),
        ("补贴", [3]),
        ("企业", [1, 3]),
        ("企业 补贴", [3]),
        ("企业 供电", []),
        ("91422826MA49ABCD1X", [3]),
        ("91422826ma49abcd1x", [3]),
        ("９１４２２８２６MA49", [3]),
        ("2.54亿", [3]),
        ("2.54", [3]),
        ("wi-fi", [4]),
        ("gdp", [4]),
        ("二〇二六年", [4]),
        ("〇", [4]),
        ("𬭎", [5]),
        ("字𬭎的", [5]),
        ("100%", [5]),
        ("a_b", [5]),
        ("axb", []),
        ("“审批”", [1]),
        ("《审批环节》,", [1]),
        ("审批\u200b环节", [1]),
        ("供电 * 园区", [2]),
    ],
)
def test_finds(notes, query, hits):
    assert found(query) == hits


@pytest.mark.parametrize("query", ["审环", "批节", "节环批审", "企供", "13", "园业", "时审", "窗口长"])
def test_does_not_find_what_does_not_stand_there(notes, query):
    assert found(query) == []


def test_asks_for_the_phrase_and_not_only_for_its_pairs():
    search.index("note", 1, "甲乙,乙丙")
    search.index("note", 2, "甲乙丙")
    assert found("甲乙丙") == [2]


@pytest.mark.parametrize(
    "query",
    ["xzsp", "xzs", "shenpi", "xingzheng", "xingzhengshenpiju", "spj", "XZSP", "審批局", "xzsp shenpi"],
)
def test_finds_a_name_by_pinyin_and_by_script(query):
    search.index("unit", 7, "", names="行政审批局")
    search.index("unit", 8, "", names="供电公司")
    assert found(query, "unit") == [7]


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("重庆某公司", "chongqing"),
        ("单县某公司", "shanxian"),
        ("长寿某公司", "changshou"),
        ("朝阳寺镇", "cys"),
        ("朝阳寺镇", "chaoyang"),
        ("鹹豐縣某公司", "xianfeng"),
        ("湖北A1科技", "hba1kj"),
    ],
)
def test_finds_a_name_by_the_reading_people_use(name, query):
    search.index("unit", 7, "", names=name)
    assert found(query, "unit") == [7]


def test_does_not_read_running_text_as_pinyin(notes):
    assert found("shenpi") == []


def test_finds_each_of_several_names():
    search.index("firm", 1, "", names="咸丰某甲公司\n恩施某乙公司")
    assert found("xfmj", "firm") == found("esmy", "firm") == found("恩施某乙", "firm") == [1]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "\x00",
        '"',
        "'",
        "''; --",
        "*",
        ":",
        ":*",
        "AND",
        "OR",
        "NOT",
        "NEAR(审 批)",
        "审批:*",
        "tokens:审批",
        "^审批",
        "审 & !批 | (",
        "%",
        "_",
        "\\",
        "\\'",
        "\ud800",
        "😀",
        "审" * 10_000,
        "a" * 10_000,
        "a b " * 2_500,
        "'" * 10_000,
        "%" * 10_000,
        "ﷺ" * 10_000,
        "𬭎" * 10_000,
        "".join(chr(code) for code in range(1, 3000)),
    ],
)
def test_never_fails_on_a_hostile_query(notes, query):
    found(query)


@pytest.mark.parametrize("query", ["", "  ", "\x00", "*", "。", "\u200b", "😀", '"" :*'])
def test_finds_nothing_when_nothing_is_asked(notes, query):
    assert found(query) == []


@pytest.mark.parametrize(
    "text", ["", "\x00", "\ud800审", "'\" \\ \t", "".join(map(chr, range(0x4E00, 0x9FFF))) * 5, "x" * 300_000]
)
def test_takes_any_text(text):
    search.index("note", 1, text, names=text)
    assert SearchEntry.objects.count() == 1


def test_finds_nothing_of_another_subject(notes):
    assert found("审批", "firm") == []


def test_replaces_what_an_object_was_found_by(notes):
    search.index("note", 1, "另一件事")
    assert found("审批") == []
    assert found("另一件") == [1]


def test_forgets_only_the_object_named(notes):
    search.index("firm", 1, "审批")
    search.forget("note", 1)
    assert found("审批") == []
    assert found("审批", "firm") == [1]
    search.forget("note", 1)


def test_keeps_in_step_when_rows_go_in_bulk(notes):
    SearchEntry.objects.all().delete()
    search.index("note", 9, "审批")
    assert found("审批") == [9]
    assert found("供电") == []


def test_stands_inside_one_statement_of_another_query(notes, django_assert_num_queries):
    kind = ContentType.objects.get_for_model(SearchEntry)
    search.index("kind", kind.pk, "检索条目")
    with django_assert_num_queries(1):
        assert list(ContentType.objects.filter(pk__in=search.matching("kind", "检索"))) == [kind]
    assert not ContentType.objects.filter(pk__in=search.matching("kind", "")).exists()


def test_finds_through_the_full_text_structure_and_not_by_reading_every_row(notes):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_indexscan = off")
    plan = SearchEntry.objects.filter(search.HasTokens(search.question("审批").match)).explain()
    assert "foundation_search_" in plan or "VIRTUAL TABLE" in plan
