"""Text pasted from the web arrives readable, is found by plain words, and stays as given beside it."""

import os
from pathlib import Path

import pytest

from tisu.foundation.search import matching
from tisu.loop.models import Matter
from tisu.voice.models import Report

# Made up: the kind of noise that reposted articles carry.
NOISY = """示例平台 > 即時新聞

　　某企業辦(ban) 理許可，材料補(bu) 正三次；窗口說：“係統(tong) 升級(ji) 。”

　　２０２３年５月，企業再次申請(qing) ，仍無(wu) 答復(fu) 。（見圖１）"""
READABLE = "办理许可，材料补正三次"


def test_takes_out_readings_and_turns_it_into_simplified_script(take):
    text = take(text=NOISY, title="企業辦(ban) 證難").report.matter.text
    assert READABLE in text
    assert "(ban)" not in text and "辦" not in text and "2023年5月" in text


def test_makes_the_title_readable_too(take):
    assert take(text=NOISY, title="企業辦(ban) 證難").report.matter.title == "企业办证难"


def test_keeps_the_original_on_the_report(take):
    assert "辦(ban) 理" in take(text=NOISY).report.text


@pytest.mark.parametrize("words", ["补正三次", "補正三次", "答复"])
def test_is_found_by_plain_words(take, words):
    matter = take(text=NOISY).report.matter
    assert list(matching("matter", words)) == [{"object_id": matter.pk}]


@pytest.mark.skipif(not os.environ.get("TISU_ARTICLE"), reason="TISU_ARTICLE names no file")
def test_takes_the_real_article(take, sign_in):
    article = Path(os.environ["TISU_ARTICLE"]).read_text("utf-8")
    matter = take(text=article).report.matter
    assert "整个项目" in matter.text and "个(ge)" not in matter.text and "個" not in matter.text
    assert Report.objects.get().text.startswith(article.strip()[:20])
    assert sign_in("office").get(f"/matters/{matter.number}").status_code == 200
    assert Matter.objects.get().title
