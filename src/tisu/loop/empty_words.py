"""Words that say nothing was done yet. A result made of them alone is sent back (domain.md M5, bad input)."""

import re

from tisu.foundation.textnorm import search_form

# The wording that supervision meets most when a matter is reported as done and is not.
EMPTY_PHRASES = (
    "已安排部署", "已作安排部署", "已部署", "安排部署", "高度重视", "领导高度重视", "思想高度重视", "正在推进",
    "正在办理", "正在处理", "积极推进", "积极协调", "持续推进", "有序推进", "抓紧办理", "抓好落实", "已落实",
    "认真落实", "狠抓落实", "加强领导", "强化措施", "统一思想", "提高认识", "已开会研究", "研究部署", "已传达学习",
    "已转相关科室", "已责成", "下一步将", "我局", "我单位", "对此", "已", "并", "和", "及", "将", "正",
)  # fmt: skip
_EMPTY = re.compile("|".join(sorted(map(re.escape, EMPTY_PHRASES), key=len, reverse=True)))
_NOT_A_WORD = re.compile(r"[\W_]+")


def says_nothing(text: str) -> bool:
    """True when nothing is left once the empty phrases and the punctuation are taken away."""
    return not _NOT_A_WORD.sub("", _EMPTY.sub("", search_form(text)))
