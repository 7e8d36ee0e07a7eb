"""Notices as people have them: the State Council's text, tables, JSON. What is in doubt is refused with its piece."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tisu.foundation.draft_faults import faults_of
from tisu.foundation.drafts import Draft
from tisu.foundation.layers import built_in
from tisu.foundation.notices import MOST_BYTES, read_notice
from tisu.foundation.yearly import Yearly

TEXTS = Path(__file__).with_name("notices")
YEAR_2027 = """日期,类型,名称
2027-01-01,休,元旦
2027-01-04,休,元旦
2027-01-10,班,元旦
2027-10-01,休,国庆节
"""


@pytest.fixture(autouse=True)
def plain_sentences():
    """The sentences as they stand in the code."""
    with translation.override("en"):
        yield


def text_of(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text("utf-8")


def read(data: bytes | str, **said) -> Draft:
    return read_notice(data, loaded_by="office", **said)


def refused(data: bytes | str, **said) -> str:
    with pytest.raises(ValidationError) as fault:
        read(data, **said)
    return "\n".join(fault.value.messages)


def days(text: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(each) for each in text.split())


def national(sections: str, year: int = 2027) -> str:
    return f"国务院办公厅关于{year}年部分节假日安排的通知\n{sections}\n国务院办公厅\n{year - 1}年11月5日"


# --- The State Council's text ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "year", "source", "issued_on"),
    [
        ("2023", 2023, "国办发明电〔2022〕16号", "2022-12-08"),
        ("2024_traditional", 2024, "国办发明电〔2023〕7号", "2023-10-25"),
        ("2025", 2025, "国办发明电〔2024〕12号", "2024-11-12"),
        ("2026", 2026, "国办发明电〔2025〕7号", "2025-11-04"),
    ],
)
def test_reads_the_yearly_notice_as_it_was_published(name, year, source, issued_on):
    draft, known = read(text_of(name)), built_in()[year]
    assert (draft.days_off, draft.working) == (known.off, known.working)
    assert (draft.kind, draft.year, draft.source) == ("year", year, source)
    assert draft.title == f"国务院办公厅关于{year}年部分节假日安排的通知"
    assert draft.issued_on == date.fromisoformat(issued_on)
    assert list(faults_of(draft)) == []


@pytest.mark.parametrize("name", ["2023", "2025", "2026"])
def test_reads_it_from_one_line_and_from_half_width_signs(name):
    known = built_in()[int(name)]
    in_one_line = text_of(name).replace("\n", " ") + " 来源：新华社 12月13日，有人问起"
    narrow = text_of(name).translate(str.maketrans("（），：。", "(),:。"))
    wide = text_of(name).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for text in (in_one_line, narrow, wide, text_of(name).replace("周", "星期").replace("至", "—")):
        draft = read(text)
        assert (draft.days_off, draft.working) == (known.off, known.working), text[:40]


def test_reads_days_of_the_december_before():
    """The notice of 2019 as it was first; its May holiday came with a notice of its own."""
    year, may = read(text_of("2019")), read(text_of("2019_may_day"))
    assert {"2018-12-31", "2019-01-01"} <= set(map(str, year.days_off))
    assert "2018-12-29" in map(str, year.working)
    assert (may.kind, may.year, may.source) == ("overlay", None, "国办发明电〔2019〕3号")
    known = built_in()[2019]
    assert {day for day in year.off | may.off if day.weekday() < 5} == known.off
    assert year.working | may.working == known.working


def test_reads_a_range_over_new_year_without_its_years():
    draft = read(
        national(
            "一、元旦：12月30日至1月1日放假调休，共3天。12月26日（周六）上班。\n"
            "二、国庆节：10月1日（周五）至3日（周日）放假，共3天。"
        )
    )
    assert draft.off == days("2026-12-30 2026-12-31 2027-01-01 2027-10-01 2027-10-02 2027-10-03")
    assert draft.working == days("2026-12-26")


def test_reads_the_older_way_of_writing():
    draft = read(
        "国务院办公厅关于2009年部分节假日安排的通知\n"
        "一、元旦：2009年1月1日至3日放假，共3天。其中，1月1日（星期四、新年）为法定节假日，1月3日（星期六）照常公休；"
        "1月2日（星期五）公休日调至1月4日（星期日）上班。\n"
        "二、清明节：4月4日放假，4月6日（星期一）补休。\n"
        "七、国庆节：10月1日至8日放假，共8天。其中，10月1日（星期四）、10月2日（星期五）为国庆节法定节假日。"
    )
    assert draft.working == days("2009-01-04")
    assert draft.days_off >= days("2009-01-01 2009-01-02 2009-04-06 2009-10-01 2009-10-08")


def test_takes_no_mere_encouragement_for_a_day_off():
    assert date(2024, 2, 9) not in read(text_of("2024_traditional")).off


def test_reads_a_countys_text_as_days_beside_the_arrangement():
    draft = read(
        "咸丰县人民政府办公室关于端午龙舟活动放假的通知\n咸政办〔2023〕5号\n各单位：\n"
        "2023年7月6日至7日全县放假2天，7月8日（星期六）照常上班。\n咸丰县人民政府办公室\n2023年5月20日",
        region="422826",
    )
    assert (draft.kind, draft.region, draft.source) == ("overlay", "422826", "咸政办〔2023〕5号")
    assert (draft.off, draft.working) == (days("2023-07-06 2023-07-07"), days("2023-07-08"))
    assert draft.issued_on == date(2023, 5, 20)


def test_a_regions_own_arrangement_of_a_year_is_one():
    text = text_of("2026").replace("国务院办公厅关于", "广西壮族自治区人民政府办公厅关于")
    draft = read(text, region="45")
    assert (draft.kind, draft.year, draft.region) == ("year", 2026, "45")


def test_the_source_that_is_given_outranks_the_one_in_the_text():
    draft = read(text_of("2026"), source="国办发明电〔2025〕7号　(转发)", order="县长办公会:\r\n照办。 ")
    assert (draft.source, draft.order) == ("国办发明电〔2025〕7号　(转发)", "县长办公会:\n照办。")
    assert list(faults_of(draft)) == []


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ("一、元旦：1月1日（周四）至3日（周日）放假，共3天。1月10日（周日）上班。", "1日(周四)"),
        ("一、元旦：1月1日（星期六）放假。", "星期五"),
        ("一、元旦：1月1日（周五）至3日（周日）放假，共4天。", "3 days, not 4"),
        ("一、元旦：1月1日放假2天，不调休。", "1 days, not 2"),
        ("一、春节：2月30日放假。", "2月30日"),
        ("一、元旦：13月1日放假。", "13月1日"),
        ("一、元旦：1月1日至1月1日放假。\n二、元旦：1月1日放假。", "2027-01-01"),
        ("一、元旦：1月3日至1日放假。", "1月3日至1日"),
        ("一、元旦：1月1日至3月31日放假。", "90 days"),
        ("一、元旦：1月1日放假。1月4日（周一）照旧。", "1月4日(周一)照旧"),
        ("一、元旦：1月1日放假。1月10日（周日）不上班。", "不上班"),
        ("一、春节：延长假期至2月12日，2月15日起正常上班。", "2月15日起"),
        ("一、元旦：放假至1月3日，1月4日上班。", "至1月3日"),
        ("一、元旦：1月1日放假，3日上班。", "3日上班"),
        ("一、元旦：1月1日（周五）放假。\n二、国庆节：10月1日放假。", "上班"),
        ("节假日期间，各单位要安排好值班。", "放假"),
    ],
)
def test_refuses_a_text_that_cannot_be_right_and_quotes_it(sections, said):
    assert said in refused(national(sections))


def test_names_every_sentence_that_cannot_be_right():
    said = refused(national("一、元旦：1月1日（周六）放假。\n二、劳动节：5月1日（周日）放假。"))
    assert "1月1日(周六)" in said
    assert "5月1日(周日)" in said


def test_refuses_a_text_without_a_year():
    assert "2027" in refused("一、元旦：1月1日放假。1月4日上班。\n二、国庆节：10月1日放假。")


WEEKDAYS = "一二三四五六日"
ONE = timedelta(days=1)


def in_words(day: date, style: str) -> str:
    return f"{day.month}月{day.day}日" + (f"（{style}{WEEKDAYS[day.weekday()]}）" if style else "")


@given(
    st.integers(2010, 2060),
    st.lists(
        st.tuples(st.integers(0, 27), st.integers(1, 9)), min_size=1, max_size=8, unique_by=lambda s: s[0]
    ),
    st.lists(st.integers(10, 350), max_size=6, unique=True),
    st.sampled_from(["", "周", "星期"]),
)
def test_reads_any_arrangement_written_like_that(year, spans, others, style):
    """Holidays on the 12-day grid of a year, make-up days wherever none of them is."""
    sections, off = [], set()
    for place, length in spans:
        first = date(year, 1, 1) + place * 13 * ONE
        holiday = [first + n * ONE for n in range(length)]
        off.update(holiday)
        ends = "至".join(in_words(day, style) for day in (holiday[0], holiday[-1])[: 1 + (length > 1)])
        sections.append(f"{ends}放假调休，共{length}天。")
    working = {date(year, 1, 1) + n * ONE for n in others} - off
    if working:
        sections[-1] += "、".join(in_words(day, style) for day in sorted(working)) + "上班。"
    draft = read(
        f"关于{year}年假期安排的通知\n"
        + "\n".join(f"{'一二三四五六七八'[n]}、节日：{section}" for n, section in enumerate(sections))
    )
    assert (draft.off, draft.working) == (off, working)


SIGNS = st.text(
    "0123456789年月日（）()周一二三四五六、。，：:至—放假上班共天起休元旦\n 关于的通知", max_size=80
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(SIGNS, st.integers(0, 400), st.integers(0, 40))
def test_refuses_in_words_whatever_befalls_a_text(scrap, place, length):
    """A scrap of text over a piece of the notice: read, or refused with sentences, and nothing else."""
    text = text_of("2026")
    try:
        draft = read(text[:place] + scrap + text[place + length :])
    except ValidationError as fault:
        assert all(fault.messages)
    else:
        assert draft.off | draft.working


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_refuses_in_words_whatever_it_is_given(data):
    try:
        read(data)
    except ValidationError as fault:
        assert all(fault.messages)


# --- Tables ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table",
    [
        YEAR_2027,
        YEAR_2027.replace(",", "\t"),
        YEAR_2027.replace(",", ";").replace("\n", "\r\n"),
        YEAR_2027.replace("日期,类型,名称", "date,kind,name").replace("休", "off").replace("班", "working"),
        YEAR_2027.replace("休", "放假").replace("班", "上班").replace("2027-", "２０２７－"),
        YEAR_2027.replace("2027-01-0", "2027/1/").replace("2027-01-10", "2027年1月10日"),
        YEAR_2027.replace("日期,类型,名称", "名称,備註,類型,日期")
        .replace("2027-01-01,休,元旦", "元旦,,休,2027-01-01")
        .replace("2027-01-04,休,元旦", "元旦,,休,2027-01-04")
        .replace("2027-01-10,班,元旦", "元旦,,班,2027-01-10")
        .replace("2027-10-01,休,国庆节", "国庆节,,休,2027-10-01"),
        "\ufeff" + YEAR_2027,
        YEAR_2027.replace("2027-01-01", "\n,,\n2027-01-01"),
        '"日期","类型","名称"\n' + YEAR_2027.split("\n", 1)[1],
    ],
)
def test_reads_a_table(table):
    draft = read(table, source="国办发明电〔2026〕9号")
    assert (draft.kind, draft.year) == ("year", 2027)
    assert draft.off == days("2027-01-01 2027-01-04 2027-10-01")
    assert draft.working == days("2027-01-10")
    assert draft.title == draft.source == "国办发明电〔2026〕9号"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_reads_what_a_spreadsheet_saves(encoding):
    assert read(YEAR_2027.encode(encoding), source="文").year == 2027


def test_a_table_for_a_region_is_beside_the_arrangement():
    draft = read("日期,类型\n2023-07-06,休\n", region="422826", source="文")
    assert (draft.kind, draft.year, draft.off) == ("overlay", None, days("2023-07-06"))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("日期,名称\n2027-01-01,元旦\n", "类型"),
        ("日期,日期,类型\n2027-01-01,,休\n", "日期"),
        ("日期,类型\n", "row"),
        ("日期,类型\n2027-01-01,休\n2027-13-01,休\n", "Row 3, column 日期: “2027-13-01”"),
        ("日期,类型\n2027-01-01,休\n\n1月4日,休\n", "Row 4, column 日期: “1月4日”"),
        ("日期,类型\n2027-01-01,假\n", "Row 2, column 类型: “假”"),
        ("日期,类型\n2027-01-01\n", "Row 2, column 类型: “”"),
        ("日期,类型\n2027-01-01,休\n2027-01-10,班\n2027-01-01,班\n", "Row 4, column 日期: 2027-01-01"),
        ("日期,类型\n2027-01-01,休\n2027-10-01,休\n", "班"),
        ('日期,类型\n2027-01-01,"休\n', "breaks off"),
    ],
)
def test_refuses_a_table_with_row_and_column(table, said):
    assert said in refused(table, source="文")


def test_names_every_row_that_cannot_be_read():
    said = refused("日期,类型\n一月,休\n2027-01-04,x\n", source="文")
    assert "Row 2" in said
    assert "Row 3" in said


# --- JSON ------------------------------------------------------------------------------------------------


def calendar_file(**years) -> str:
    return json.dumps({"version": "cn-2027", "coverage_start": "2004-01-01", "years": years})


def a_year(**said) -> dict:
    return {"notice": "通知", "source": "文", "off": ["2027-01-01", "2027-10-01"], "working": []} | said


def test_reads_the_calendars_own_format_and_passes_over_known_years():
    known = json.loads((Path(__file__).parents[1] / "calendar_cn.json").read_text("utf-8"))
    known["years"]["2027"] = a_year(issued_on="2026-11-05")
    draft = read(json.dumps(known))
    assert (draft.kind, draft.year, draft.title, draft.source) == ("year", 2027, "通知", "文")
    assert draft.off == days("2027-01-01 2027-10-01")
    assert draft.issued_on == date(2026, 11, 5)


def test_reads_a_single_notice():
    said = {
        "notice": "通知",
        "source": "文",
        "off": ["2023-07-06"],
        "recurring": [{"from": "12-30", "to": "01-02", "name": "岁首"}],
    }
    draft = read(json.dumps(said), region="422826")
    assert (draft.kind, draft.off) == ("overlay", days("2023-07-06"))
    assert draft.recurring == (Yearly((12, 30), (1, 2), "岁首"),)


def test_reads_office_hours():
    season = {
        "from": "05-01",
        "to": "09-30",
        "name": "夏季",
        "sessions": [["08:00", "12:00"], ["15:00", "18:00"]],
    }
    draft = read(json.dumps({"source": "文", "hours": {"base": [["08:30", "17:30"]], "seasons": [season]}}))
    assert draft.kind == "hours"
    assert f"{draft.hours.on(date(2023, 5, 22))[-1][0]:%H:%M}" == "15:00"
    assert f"{draft.hours.on(date(2023, 10, 9))[0][0]:%H:%M}" == "08:30"
    assert draft.recurring is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("{", "JSON"),
        ("[1]", "list"),
        ("[" * 100_000, ""),
        ('{"years": {"2027": {}}, "years": {}}', "years"),
        ('{"years": {}}', "years"),
        (calendar_file(MMXXVII=a_year()), "MMXXVII"),
        (calendar_file(**{"2027": []}), "2027"),
        (calendar_file(**{"2027": a_year(), "2028": a_year(off=["2028-01-01"])}), "2027, 2028"),
        ((Path(__file__).parents[1] / "calendar_cn.json").read_text("utf-8"), "program"),
        (calendar_file(**{"2027": a_year(offs=[])}), "offs"),
        (calendar_file(**{"2027": {"source": "文", "off": []}}), "working"),
        (calendar_file(**{"2027": a_year(off="2027-01-01")}), "off"),
        (calendar_file(**{"2027": a_year(off=["2027-02-29"])}), "off[1]: “2027-02-29”"),
        (calendar_file(**{"2027": a_year(off=[20270101])}), "off[1]: “20270101”"),
        (calendar_file(**{"2027": a_year(off=["2027-01-01", "2027-01-01"])}), "2027-01-01"),
        (calendar_file(**{"2027": a_year(issued_on="yesterday")}), "issued_on"),
        (calendar_file(**{"2027": a_year(source=7)}), "source"),
        ('{"year": "2027"}', "2027"),
        ('{"year": true, "off": [], "working": []}', "True"),
        ('{"hours": {}, "off": []}', "hours"),
        ('{"hours": {"seasons": []}}', "base"),
        ('{"hours": {"base": [["8:00", "12:00"]]}}', "base[1]: “8:00”"),
        ('{"hours": {"base": [["08:00"]]}}', "base[1]"),
        ('{"hours": {"base": [], "seasons": [{"from": "05-01"}]}}', "seasons[1]"),
        ('{"recurring": [{"from": "02-30", "to": "03-01"}]}', "recurring[1].from: “02-30”"),
        ('{"year": 2027, "off": [], "working": [], "recurring": []}', "yearly"),
    ],
)
def test_refuses_json_and_names_the_key(data, said):
    assert said in refused(data, source="文")


# --- Anything --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", ["", "  \n\t", b"", "\ufeff", "\u3000"])
def test_refuses_nothing(data):
    assert "empty" in refused(data)


@pytest.mark.parametrize("data", ["一\0二", b"PK\x03\x04\0\0", b"\0"])
def test_refuses_what_is_no_text(data):
    assert "NUL" in refused(data)


@pytest.mark.parametrize("data", ["长" * (MOST_BYTES + 1), b"x" * (MOST_BYTES + 1)])
def test_refuses_what_is_too_large(data):
    assert "256" in refused(data)


def test_refuses_signs_of_no_known_kind():
    assert "UTF-8" in refused(b"\xff\xff\xff")


@pytest.mark.parametrize(
    "data",
    [
        "你好",
        "放假",
        "1" * 5_000,
        "一、" * 5_000,
        "(" * 5_000,
        "1月1日" * 2_000,
        "1月1日至" * 2_000,
        "2027年1月1日、" * 20_000,
    ],
)
def test_refuses_any_other_text_in_words(data):
    assert refused(data)
