"""Text as it is kept and as it is looked for.

`clean_text` is what every text field passes through. `readable` mends text pasted from the web: reposted
articles come in Traditional script with a reading in brackets behind many a character. `search_form` is what
is compared when searching. The dictionaries are loaded by whoever first needs them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import chain, combinations, islice, product

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"

# Every way a line can end: Windows, old Mac, vertical tab, form feed, NEL, line and paragraph separator.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Signs that show nothing although Unicode does not count them among format characters: joiners, Hangul
# fillers, and variation selectors. A selector only chooses a glyph, and text that looks equal must be equal.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
# Signs that stay as they are wherever they stand: most texts hold nothing else, and need not be looked at one by one.
_ORDINARY = re.compile(
    "[\t\n\x20-\x7e\xb7\u2014\u2018\u2019\u201c\u201d\u2026"
    "\u3001-\u3003\u3007-\u3011\u3014-\u301b\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e]*"
)
_ANY_HAN = re.compile(f"[{HAN}]")
_SPOKEN = re.compile(f"[a-z0-9{HAN}]")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}

_SYLLABLE = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ]{1,6}[1-5]?"
_BRACKETED = re.compile(rf"[(（]({_SYLLABLE})[)）][ \xa0]?")
_NOISE = re.compile(rf"([{HAN}])((?:[(（]{_SYLLABLE}[)）][ \xa0]?)+)")

# What the general dictionary leaves or gets wrong in the county's papers, before and after it is used.
_BEFORE = (
    (re.compile("瞭(?![望哨])"), "了"),
    (re.compile("[祇衹](?=[有是能要会會得需用])"), "只"),
    (re.compile("(?<=[業业應应條条])鍊"), "鏈"),
    (re.compile("槼"), "規"),
    (re.compile("凖"), "準"),
    (re.compile("劵"), "券"),
)
_TRAPS = re.compile("[瞭祇衹鍊槼凖劵]")  # no text without one of these needs what is done before
_AFTER = (
    (
        re.compile(
            "(?<=[沿接随看本动含跟对朝向顺凭照依伴带有味存续活拿忙走靠围绕抱试])著(?![作名称述书者录])"
        ),
        "着",
    ),
    (re.compile("著(?=[手力重眼想急落陆装实])"), "着"),
)
_KEPT = "著"

# Readings in names of places that the dictionary misses or knows only in a longer phrase.
PLACES = {
    name: tuple(syllables.split())
    for name, syllables in {
        "长寿": "chang shou",
        "单县": "shan xian",
        "台州": "tai zhou",
        "咸丰": "xian feng",
        "恩施": "en shi",
        "六安": "lu an",
        "六合": "lu he",
        "重庆": "chong qing",
        "朝阳": "chao yang",
        "忠堡": "zhong bao",
        "监利": "jian li",
        "黄陂": "huang pi",
        "郧西": "yun xi",
        "厦门": "xia men",
        "番禺": "pan yu",
        "东莞": "dong guan",
        "丽水": "li shui",
        "乐清": "yue qing",
        "乐亭": "lao ting",
        "蔚县": "yu xian",
        "歙县": "she xian",
        "洪洞": "hong tong",
        "铅山": "qian shan",
        "大埔": "da bu",
    }.items()
}
_PLACE = re.compile("|".join(PLACES))
MOST_SYLLABLES = 40
MOST_READINGS = 8


def clean_text(text: str) -> str:
    """NFC, one kind of line end, nothing invisible, no space at line ends. Markup stays as it was typed.

    Format characters go without exception: direction marks can make a name read as another, and a joined
    emoji without its joiner falls into its parts and loses no statement. Unassigned and private characters
    stay, because rare names are written with them before this Python knows them.
    """
    seen = text if _ORDINARY.fullmatch(text) else _only_seen(text)
    return "\n".join(line.rstrip() for line in seen.split("\n")).rstrip()


def _only_seen(text: str) -> str:
    seen = "".join(sign for sign in _UNSEEN.sub("", _LINE_END.sub("\n", text)) if _shows(sign))
    return unicodedata.normalize("NFC", seen)


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as half-width ones (NFKC)."""
    return unicodedata.normalize("NFKC", text)


def to_simplified(text: str) -> str:
    """Simplified script, with the traps of converted articles (曆年, 機製, 全麵, 瞭, 著)."""
    return _settled(_simplify, text) if _ANY_HAN.search(text) else text


def strip_pinyin_noise(text: str) -> str:
    """Take out `(ge) ` behind 個: a bracket with one lower-case reading of the very character before it.

    Any other bracket stays: figures, units, abbreviations, whole words.
    """
    return _NOISE.sub(lambda found: found[1] + _without_readings(found[1], found[2]), text)


def readable(text: str) -> str:
    """Pasted web text as a person would have typed it: noise out, Simplified, spaces tidy, paragraphs kept."""
    mended = to_simplified(strip_pinyin_noise(clean_text(text).translate(_WIDE)))
    lines = "\n".join(re.sub(r"\s+", " ", line).strip() for line in mended.split("\n"))
    return clean_text(re.sub(r"\n{3,}", "\n\n", lines).strip())


def search_form(text: str) -> str:
    """What is stored for searching and what a query becomes: width, script and case do not matter."""
    if _ORDINARY.fullmatch(text):  # the same in the end, and mostly at once
        text = text.lower()
    return _settled(_formed, text)


def _formed(text: str) -> str:
    return narrow(to_simplified(narrow(clean_text(text))).lower())


def pinyin_keys(name: str) -> list[str]:
    """Initials and full pinyin of a name, likeliest reading first: 行政审批 gives xzsp and xingzhengshenpi."""
    keys = (
        key for reading in pinyin_readings(name) for key in ("".join(s[0] for s in reading), "".join(reading))
    )
    return list(dict.fromkeys(keys))


def pinyin_readings(name: str) -> list[tuple[str, ...]]:
    """The readings of a name as syllables: the likeliest, then those that differ in one place, in two, …

    Runs of Latin letters and digits count letter by letter, so that both keys of A1 are a1.
    """
    kept = _SPOKEN.findall(search_form(name))[:MOST_SYLLABLES]
    if not kept:
        return []
    choices = _choices("".join(kept))
    return list(islice(_nearest_first(choices), MOST_READINGS))


def _shows(sign: str) -> bool:
    if sign in "\n\t":
        return True
    code = ord(sign)
    nonsense = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return not nonsense and unicodedata.category(sign) not in ("Cc", "Cf", "Cs")


def _settled(step: Callable[[str], str], text: str) -> str:
    """Repeat `step` until nothing changes: a phrase may only show once its neighbours are converted."""
    for _ in range(4):
        text, before = step(text), text
        if text == before:
            break
    return text


def _simplify(text: str) -> str:
    if _TRAPS.search(text):
        for trap, right in _BEFORE:
            text = trap.sub(right, text)
    text = _converter("t2s").convert(text)
    if _KEPT in text:
        for trap, right in _AFTER:
            text = trap.sub(right, text)
    return text


def _without_readings(character: str, brackets: str) -> str:
    end = 0
    while (first := _BRACKETED.match(brackets, end)) and _bare(first[1]) in _readings(character):
        end = first.end()
    return brackets[end:]


@lru_cache(maxsize=8192)
def _readings(character: str) -> frozenset[str]:
    """Every reading of a character and of its counterparts in the other script, without tones."""
    from pypinyin import Style, pinyin  # loads its dictionaries on import

    forms = {character, _converter("t2s").convert(character), _converter("s2t").convert(character)}
    return frozenset(
        _bare(one) for form in forms for one in pinyin(form, heteronym=True, style=Style.NORMAL)[0]
    )


def _choices(name: str) -> list[tuple[str, ...]]:
    """For each sign its readings, the likeliest first: a known place name, then the phrase dictionary."""
    if name.isascii():
        return [(sign,) for sign in name]
    from pypinyin.seg import mmseg  # loads its dictionaries on import

    likely = [syllable for word in mmseg.seg.cut(name) for syllable in _read(word)]
    for place in _PLACE.finditer(name):
        likely[place.start() : place.end()] = PLACES[place[0]]
    return list(map(_readings_from, name, likely))


@lru_cache(maxsize=8192)
def _readings_from(sign: str, first: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([first, *_spoken(sign)]))


@lru_cache(maxsize=8192)
def _read(word: str) -> tuple[str, ...]:
    """The likeliest reading of a word of the phrase dictionary, or of one sign: names are made of the same few words."""
    from pypinyin import lazy_pinyin  # loads its dictionaries on import

    return tuple(lazy_pinyin(word, errors=list))


@lru_cache(maxsize=8192)
def _spoken(sign: str) -> tuple[str, ...]:
    """The readings of one sign alone, as the dictionary orders them."""
    from pypinyin import Style, pinyin  # loads its dictionaries on import

    return tuple(pinyin(sign, heteronym=True, style=Style.NORMAL)[0])


def _nearest_first(choices: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    likeliest = [readings[0] for readings in choices]
    open_places = [place for place, readings in enumerate(choices) if len(readings) > 1]
    changes = chain.from_iterable(combinations(open_places, size) for size in range(len(open_places) + 1))
    for places in changes:
        for other in product(*(choices[place][1:] for place in places)):
            reading = likeliest.copy()
            for place, syllable in zip(places, other, strict=True):
                reading[place] = syllable
            yield tuple(reading)


def _bare(syllable: str) -> str:
    """A syllable without tone; ü, v and u count as one because each is typed for the other."""
    letters = unicodedata.normalize("NFD", syllable.rstrip("12345")).replace("v", "u")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def _converter(direction: str):
    from opencc import OpenCC  # loads its dictionaries on import

    return OpenCC(direction)
