"""What of a firm's name tells it from others: without its place, its legal form and its brackets.

咸丰县青禾茶业有限责任公司, 湖北青禾茶业有限公司 and 青禾茶业(咸丰)公司 are all 青禾茶业.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from tisu.foundation.textnorm import HAN, search_form

FORMS = (
    "股份有限责任公司", "股份有限公司", "集团有限公司", "有限责任公司", "农民专业合作社联合社", "农民专业合作社",
    "专业合作社", "合作社", "(特殊普通合伙)", "(有限合伙)", "(普通合伙)", "有限合伙", "普通合伙", "个人独资企业", "个人独资",
    "集团公司", "有限公司", "总公司", "公司", "集团", "经营部", "商行",
)  # fmt: skip
PLACE_KINDS = ("土家族苗族自治州", "自治州", "自治县", "省", "市", "州", "县", "区", "镇", "乡")
FILLING = ("示例",)
SHORTEST_ADDRESS = 4
_FORM = re.compile("|".join(map(re.escape, FORMS)))
_SIGNS = re.compile(rf"[^0-9a-z{HAN}]+")


def name_key(name: str, places: Iterable[str]) -> str:
    """`places` are the names of the regions that the firm lies in; what would leave nothing is left as it is."""
    form = search_form(name)
    key = _SIGNS.sub("", _FORM.sub("", form))
    return _of_places(tuple(places)).sub("", key) or key or _SIGNS.sub("", form)


def address_key(address: str, places: Iterable[str]) -> str:
    """An address without its county and without signs; too short a one tells nothing."""
    key = _SIGNS.sub("", search_form(address))
    for place in sorted(places, key=len, reverse=True):
        key = key.replace(_form_of(place), "")
    return key if len(key) >= SHORTEST_ADDRESS else ""


@lru_cache(maxsize=512)
def _form_of(place: str) -> str:
    return search_form(place)


@lru_cache(maxsize=512)
def _of_places(places: tuple[str, ...]) -> re.Pattern:
    words = sorted({*_forms_of(places), *FILLING}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _forms_of(places: Iterable[str]) -> set[str]:
    """Each place with and without what kind of place it is: 咸丰县 and 咸丰."""
    names = {_form_of(place) for place in places}
    bare = {name.removesuffix(kind) for name in names for kind in PLACE_KINDS if name.endswith(kind)}
    return {name for name in names | bare if len(name) > 1}
