"""Text as it is kept, mended and looked for. The sentences are made up in the manner of reposted articles."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tisu.foundation.textnorm import (
    clean_text,
    narrow,
    pinyin_keys,
    pinyin_readings,
    readable,
    search_form,
    strip_pinyin_noise,
    to_simplified,
)

HAN_IN_BRACKETS = re.compile(r"[\u4e00-\u9fff][(（][a-z]+[)）]")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("一行\r\n二行\r三行\u2028四行", "一行\n二行\n三行\n四行"),
        ("零\u200b宽\ufeff字\u2060符", "零宽字符"),
        ("甲\u202e乙\u2066丙\u200f", "甲乙丙"),
        ("控\x00制\x07符\x1b", "控制符"),
        ("半个\ud800字符", "半个字符"),
        ("行尾空格 \u3000\t\n下一行  \n\n", "行尾空格\n下一行"),
        ("  开头的缩进\t和制表符", "  开头的缩进\t和制表符"),
        ("e\u0301", "é"),
        ("葛\U000e0100城", "葛城"),
        ("<b>粗</b> &amp; <script>", "<b>粗</b> &amp; <script>"),
        ("生僻字𬭎与\ue000", "生僻字𬭎与\ue000"),
        ("", ""),
    ],
)
def test_keeps_what_can_be_seen(typed, kept):
    assert clean_text(typed) == kept


def test_keeps_a_sign_whatever_stands_beside_it():
    """A text of ordinary signs is not looked at sign by sign: no other sign in it may make a difference."""
    other = [
        sign for sign in map(chr, range(0x10000)) if clean_text(f"a{sign}") != clean_text(f"a{sign}\u200b")
    ]
    assert other == []


def test_narrows_full_width_letters_and_digits():
    assert narrow("２０２２年ＧＤＰ（亿元）") == "2022年GDP(亿元)"


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("曆年最多", "历年最多"),
        ("通報機製", "通报机制"),
        ("全麵展開", "全面展开"),
        ("油、米、麵等", "油、米、面等"),
        ("鹹豐縣", "咸丰县"),
        ("旅遊等方麵", "旅游等方面"),
        ("負麵清單", "负面清单"),
        ("複工複產", "复工复产"),
        ("隻用了一周", "只用了一周"),
        ("祇有一家", "只有一家"),
        ("幹部瞭解情況", "干部了解情况"),
        ("提高瞭效率,瞭望塔", "提高了效率,瞭望塔"),
        ("乾隆年間,餅乾", "乾隆年间,饼干"),
        ("感動著,沿著,包含著21項", "感动着,沿着,包含着21项"),
        ("著手解決,著力推進", "着手解决,着力推进"),
        ("著名著作,顯著,署和著作者", "著名著作,显著,署和著作者"),
        ("聯係企業", "联系企业"),
        ("產業鍊", "产业链"),
        ("餘杭區", "余杭区"),
        ("忠堡鎮、坪壩營鎮、朝陽寺鎮", "忠堡镇、坪坝营镇、朝阳寺镇"),
        ("皇后里程", "皇后里程"),
    ],
)
def test_turns_traditional_into_simplified(traditional, simplified):
    assert to_simplified(traditional) == simplified


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        ("整個(ge) 項目38個(ge) ,", "整個項目38個,"),
        ("主體(ti) 完工", "主體完工"),
        ("261.09億(yi) 元", "261.09億元"),
        ("为(wéi) 了,为(wei4)了", "为了,为了"),
        ("綠(lv) 色,绿（lü）色", "綠色,绿色"),
        ("县长(zhang) ,长(chang) 达", "县长,长达"),
        ("个(ge) (ge)数", "个数"),
        ("這麽(me) 多", "這麽多"),
    ],
)
def test_takes_out_the_reading_behind_a_character(noisy, clean):
    assert strip_pinyin_noise(noisy) == clean


@pytest.mark.parametrize(
    "text",
    [
        "总产值(2022年)",
        "生产总值(GDP)",
        "世贸组织(WTO)成员",
        "5台(套)",
        "北京(Beijing)",
        "北京(beijing)",
        "重量(kg)",
        "面积(mu)",
        "个(Ge)",
        "个 (ge)",
        "个(ge",
        "个(de)",
        "a(a)",
        "见附件(a)",
        "高原(北京)文化",
    ],
)
def test_leaves_every_other_bracket(text):
    assert strip_pinyin_noise(text) == text


ARTICLE = (
    "  某縣簡報\r\n\r\n\r\n\r\n  2022年4月28日簽約,廠房主體(ti) 完工。整個(ge) 項目完成曆時不到一年。\n"
    "\u3000\u3000總投資２６１.09億(yi) 元,為(wei) 曆年最多;  能耗指標26.7萬(wan) 噸標煤。\n \n"
    "“一站式”服務(WTO)5台(套)"
)


def test_makes_a_pasted_article_readable_and_keeps_its_paragraphs():
    assert readable(ARTICLE) == (
        "某县简报\n\n2022年4月28日签约,厂房主体完工。整个项目完成历时不到一年。\n"
        "总投资261.09亿元,为历年最多; 能耗指标26.7万吨标煤。\n\n“一站式”服务(WTO)5台(套)"
    )


@pytest.mark.skipif("TISU_ARTICLE" not in os.environ, reason="TISU_ARTICLE names no article to read")
def test_makes_the_real_article_readable():
    from opencc import OpenCC  # compared with the dictionary itself

    text = readable(Path(os.environ["TISU_ARTICLE"]).read_text("utf-8"))
    assert HAN_IN_BRACKETS.search(text) is None
    assert OpenCC("t2s").convert(text) == text
    for said in (
        "261.09亿元",
        "26.7万吨标煤",
        "2022年4月28日",
        "咸丰县",
        "历年最多",
        "机制",
        "全面",
        "油、米、面",
    ):
        assert said in text
    for kept in ("(何冶、", "高原(北京)文化传播"):
        assert kept.split("(")[0] + "(" in text
    assert "\n\n" in text and "个 " not in text


@pytest.mark.parametrize(
    ("one", "other"),
    [("審批局", "审批局"), ("ＧＤＰ", "gdp"), ("Ａ股", "a股"), ("审\u200b批", "审批"), ("曆年", "历年")],
)
def test_search_forms_are_equal_where_people_see_no_difference(one, other):
    assert search_form(one) == search_form(other)


@pytest.mark.parametrize(
    ("name", "initials", "full"),
    [
        ("行政审批", "xzsp", "xingzhengshenpi"),
        ("重庆", "cq", "chongqing"),
        ("長壽", "cs", "changshou"),
        ("重庆市长寿区", "cqscsq", "chongqingshichangshouqu"),
        ("单县", "sx", "shanxian"),
        ("台州", "tz", "taizhou"),
        ("咸丰", "xf", "xianfeng"),
        ("恩施", "es", "enshi"),
        ("六安", "la", "luan"),
        ("朝阳寺镇", "cysz", "chaoyangsizhen"),
        ("湖北A1科技", "hba1kj", "hubeia1keji"),
    ],
)
def test_knows_a_name_by_its_initials_and_its_pinyin(name, initials, full):
    assert pinyin_keys(name)[:2] == [initials, full]


def test_gives_every_reading_of_a_character_that_has_several():
    assert {"changcheng", "zhangcheng"} <= set(pinyin_keys("长城"))


def test_caps_what_a_name_can_give():
    assert len(pinyin_readings("长重行乐" * 200)) <= 8
    assert pinyin_keys("") == pinyin_keys("，。") == []


ANY = st.text() | st.text("個个(ge)（wei） 為\n\u3000為長长乾瞭著於，ａＡ１İß\u200b\r\u0301麵祇", max_size=40)


@given(ANY)
@pytest.mark.parametrize(
    "form",
    [clean_text, narrow, to_simplified, strip_pinyin_noise, readable, search_form],
    ids=lambda f: f.__name__,
)
def test_changes_nothing_the_second_time(form, text):
    once = form(text)
    assert form(once) == once


@pytest.mark.parametrize("form", [clean_text, to_simplified, readable, search_form])
def test_changes_no_character_of_any_script_a_second_time(form):
    written = [range(0xD800), range(0xE000, 0x33480), range(0xE0000, 0xE0200)]
    signs = [chr(code) for codes in written for code in codes]
    for separator in ("", " a\n"):
        once = form(separator.join(signs))
        assert form(once) == once


def test_stays_quick_on_hostile_text():
    began = time.perf_counter()
    readable("个" + "(ge) " * 100_000 + "(" * 100_000 + " " * 100_000)
    assert time.perf_counter() - began < 5


def test_loads_no_dictionary_before_it_is_needed():
    code = "import sys, tisu.foundation.textnorm; print({'opencc', 'pypinyin'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
