"""A paper that bears a mark of secrecy is refused; one that only speaks of secrets is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tisu.documents.reading.marks import mark_in, mark_in_name

LEVELS = ("秘密", "机密", "绝密")

MARKED = [
    "机密★1年", "秘密★", "绝密★长期", "机密☆十年", "机密 ★ 20年", "机密*1年", "绝密★启用前",
    "秘 密", "机  密", "绝　密", "机密", "【机密】", "（秘密）", "  绝密  ", "——机密——", "机密文件", "绝密资料", "秘密级", "机密级",
    "密级：机密", "密级: 秘密", "密　级：绝密", "保密级别：机密", "机密\u200b★1年",
    "機密", "絕密★1年", "祕密", "密級：機密", "机密★１年",
]  # fmt: skip
NOT_MARKED = [
    "商业秘密", "保守秘密", "机密性", "保守国家秘密法", "国家秘密", "工作秘密不得外传", "涉及商业秘密的除外", "秘密侦查", "秘密花园",
    "机密性、完整性和可用性", "他把这个秘密告诉了我", "密级：公开", "密级：无", "密级", "密级：□秘密 □机密 □绝密", "解密", "紧密",
    "秘密会议纪要由办公室保存", "严禁泄露国家机密和商业秘密", "技术秘密许可合同", "个人隐私、商业秘密", "密级标识管理规定",
]  # fmt: skip


@pytest.mark.parametrize("line", MARKED)
def test_a_mark_is_seen_wherever_it_stands_alone(line):
    assert mark_in(["关于印发方案的通知", *["正文。"] * 20, line, "正文。"])


@pytest.mark.parametrize("line", NOT_MARKED)
def test_a_word_in_a_sentence_is_no_mark(line):
    assert mark_in([line, *["正文。"] * 20, line]) == ""


@pytest.mark.parametrize(
    "line", ["秘密 加急", "000001 机密 特急", "机密★1年 咸政发〔2023〕1号", "绝密　　份号：001"]
)
def test_a_mark_beside_number_and_urgency_is_seen_at_the_head(line):
    assert mark_in([line, "咸丰县人民政府文件"])


def test_two_words_beside_each_other_deep_in_the_text_are_no_mark():
    assert mark_in([*["正文。"] * 30, "要区分 秘密 与 公开 两种情形"]) == ""


@pytest.mark.parametrize(
    "name", ["机密★方案.docx", "【秘密】通知.pdf", "绝密.pdf", "方案(机密).docx", "机密文件-3.pdf"]
)
def test_a_mark_is_seen_in_a_name(name):
    assert mark_in_name(name)


@pytest.mark.parametrize(
    "name", ["商业秘密保护.docx", "秘密花园.pdf", "保密承诺书.pdf", "机密性测评.docx", "现场.jpg"]
)
def test_a_word_in_a_name_is_no_mark(name):
    assert mark_in_name(name) == ""


@given(st.sampled_from(LEVELS), st.integers(1, 30), st.sampled_from("★☆*"), st.sampled_from(["", " ", "　"]))
def test_every_level_with_star_and_years_is_seen(level, years, star, blank):
    assert mark_in([f"{blank}{level}{blank}{star}{blank}{years}年{blank}"])


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=8)


@given(HAN, st.sampled_from(LEVELS), HAN)
def test_a_level_between_other_words_is_never_a_mark(before, level, after):
    assert mark_in([f"{before}{level}{after}"] if "密级" not in before + level else ["正文"]) == ""


@given(st.lists(st.text(max_size=60), max_size=30))
def test_any_text_can_be_searched(lines):
    assert isinstance(mark_in(lines), str)
