"""Traditional Chinese is derived from the Simplified catalogues: which of several characters was chosen is reviewed.

One Simplified character may stand for several words: 干 is 幹, 乾 and 干. Every use of such a character in any message
stands in traditional_words.txt with the character chosen and the signs around it, to be read before it is kept; what is
wrong is mended by a row of src/tisu/foundation/traditional.tsv.
"""

import importlib.util
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings
from django.utils import formats, translation

from house import ROOT
from reviewed import agrees_with
from tisu.foundation import traditional
from tisu.foundation.textnorm import to_simplified
from tisu.foundation.traditional import read_exceptions, to_traditional

_spec = importlib.util.spec_from_file_location("messages", ROOT / "tools/messages.py")
messages = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(messages)

APPS = [app for floor in settings.FLOORS for app in floor]
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdif%]|{\w*}|</?\w[^>]*>")
# Simplified characters that stand for several Traditional ones in words that an office may write.
ONE_TO_MANY = (
    "板表别卜才采彩冲虫丑村党淀斗发范丰复干谷刮柜哄后胡划回汇伙获饥几迹奸姜借尽卷克夸困累里历帘炼了卤"
    "霉蒙弥面苹凭扑仆朴千签秋曲舍沈术松苏台坛体涂团托洼弯万系咸旋熏烟腌叶郁御愿云芸赃脏扎占折征症志制致钟种周"
    "朱筑准兹游余岳灶咨幸注吁布佣洁杰夹升岩药酸蔑漓梁扣挂沾欲升只并仇着"
)
AROUND = 2


def spoken() -> Iterator[str]:
    """Every Chinese wording of every catalogue."""
    for app in APPS:
        for entry in messages.read_catalogue(messages.catalogue_path(app)):
            if entry.id:
                yield from (entry.string,) if isinstance(entry.string, str) else entry.string


def uses(texts: Iterator[str]) -> list[str]:
    """Lines like `干→幹: 某名[干]部违`, each use of the same kind once."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for text in texts:
        written = to_traditional(text)
        for place, sign in enumerate(text):
            if sign in ONE_TO_MANY:
                before, after = text[max(place - AROUND, 0) : place], text[place + 1 : place + 1 + AROUND]
                found[sign, written[place]].add(f"{before}[{sign}]{after}".replace("\n", " "))
    return [
        f"{sign}→{chosen}: {around}"
        for (sign, chosen), places in sorted(found.items())
        for around in sorted(places)
    ]


def test_every_choice_of_a_character_was_reviewed():
    assert agrees_with("traditional_words.txt", uses(spoken())) == []


def test_a_choice_that_nobody_reviewed_is_seen():
    assert uses(iter(["监察干部"])) == ["干→幹: 监察[干]部"]
    assert uses(iter(["干净"])) == ["干→乾: [干]净"]


def test_nothing_is_lost_or_moved_on_the_way():
    """Placeholders and markup stay; each sign stays in its place, so that the review above looks at the right one."""
    for text in spoken():
        written = to_traditional(text)
        assert len(written) == len(text)
        assert PLACEHOLDER.findall(written) == PLACEHOLDER.findall(text)
        assert to_simplified(written).replace("著", "着") == text


@pytest.mark.parametrize(
    ("simplified", "written"),
    [
        ("咸丰县", "咸豐縣"), ("忠堡镇", "忠堡鎮"), ("郁江", "郁江"), ("干部", "幹部"), ("监察干部", "監察幹部"),
        ("干净", "乾淨"), ("系统", "系統"), ("联系方式", "聯繫方式"), ("利益关系", "利益關係"), ("复核", "複核"),
        ("恢复", "恢復"), ("复制", "複製"), ("答复", "答覆"), ("发布", "發布"), ("皇后之后", "皇后之後"), ("公里里面", "公里裡面"),
        ("一方面", "一方面"), ("面粉", "麵粉"), ("工作台", "工作臺"), ("批准", "批准"), ("标准", "標準"), ("征收", "徵收"),
        ("出征", "出征"), ("制度", "制度"), ("表格", "表格"), ("手表", "手錶"), ("并案", "併案"), ("并且", "並且"),
        ("只有", "只有"), ("一只", "一隻"), ("几个", "幾個"), ("茶几", "茶几"), ("其余", "其餘"), ("信息", "信息"), ("软件", "軟件"),
        ("本系统的网络服务", "本系統的網絡服務"),
    ],
)  # fmt: skip
def test_words_of_the_office_stay_its_words(simplified, written):
    assert to_traditional(simplified) == written


def test_every_exception_is_needed_and_tells_why():
    rows = list(read_exceptions())
    assert len({simplified for simplified, *_rest in rows}) == len(rows)
    by_dictionary = traditional._converter().convert
    needless = [row for row in rows if by_dictionary(row[0]) == row[1]]
    assert needless == []


def test_a_row_without_a_reason_is_refused(monkeypatch, tmp_path):
    table = tmp_path / "traditional.tsv"
    table.write_text("# why\n干部\t幹部\n", "utf-8")
    monkeypatch.setattr(traditional, "EXCEPTIONS", table)
    with pytest.raises(ValueError, match=r"traditional\.tsv, line 2"):
        list(read_exceptions())


def test_catalogues_are_derived_and_not_kept():
    """No .po beside the Simplified one: a second set of translations would drift."""
    assert list(messages.PACKAGE.glob("*/locale/zh_Hant/**/*.po")) == []
    catalogue = messages.read_catalogue(messages.catalogue_path("loop"))
    derived = messages.in_traditional(catalogue)
    assert {(entry.context, entry.id) for entry in derived} == {
        (entry.context, entry.id) for entry in catalogue
    }


def test_django_speaks_its_own_traditional_words():
    with translation.override("zh-hant"):
        assert translation.gettext("Overdue: superiors are told") == "逾期逐級報告"
        assert translation.gettext("Enter a valid URL.") == "請輸入有效的 URL。"
        assert formats.date_format(date(2023, 5, 2), "MONTH_DAY_FORMAT") == "5月2日"
