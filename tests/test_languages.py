"""In English no page says a Chinese word of its own; in Traditional Chinese none a Simplified character.

What people typed stays as they typed it: it is a record. So whatever Han text stands in the database is taken out of a
page, and what is left is the product's own. Pages come from the resolver and from what they lead to, refusals from
pressing every button, letters from whatever the house had to tell: a new page is covered by being there.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings

from spoken import HAN, Words, own_words, typed
from surfaces import Answer, Browser, Reader
from test_traditional_words import ONE_TO_MANY
from tisu.accounts.models import User
from tisu.foundation.textnorm import to_simplified
from tisu.foundation.traditional import to_traditional
from worlds import PLAIN, World, world

NUMBER = f"{PLAIN}-00001"
READERS = {
    "en": ("office", "supervisor", "leader", "zhujian-head", "firm", "auditor", "security", "admin"),
    "zh-hant": ("office-lead", "zhujian-head", "firm", "security"),
}
# How a language is called by itself, the papers of the State Council that the calendar cites, and what is typed here.
NAMES = (
    "简体中文",
    "繁體中文",
    "国务院办公厅关于",
    "年部分节假日安排的通知",
    "国办发明电",
    "国办发",
    "号",
    "字",
)
READ = ("text/", "application/json", "application/problem+json")  # a sheet or a picture is no page

pytestmark = pytest.mark.django_db


@pytest.fixture(params=READERS)
def language(request) -> str:
    return request.param


@pytest.fixture
def told_in(county, language) -> None:
    """Everyone reads this language, so that letters and messages are written in it."""
    User.objects.update(language=language)
    for user in county.people.values():
        user.language = language


def read_by(it: World, name: str, language: str) -> dict[str, Answer]:
    firm = it.county.firms[0].credit_code
    reader = Reader(
        it.county.people[name],
        {"number": [NUMBER], "uscc": firm, "/enterprises/<code>": firm, "/our-firm/<code>": firm},
        (),
    )
    reader.browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    reader.read_all()
    reader.press_all(NUMBER)
    reader.tick(NUMBER)
    return reader.found


def strangers(language: str) -> dict[str, Answer]:
    """The public pages, filled in and not."""
    reader = Reader.__new__(Reader)
    reader.browser, reader.seeds, reader.words, reader.found = Browser(), {"number": [NUMBER]}, (), {}
    reader.browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return {
        f"{method} {path}": reader._answer(method, path, *given)[0]
        for path in ("/", "/track", "/accounts/login/", "/no-such-page")
        for method, given in (("get", ()), ("post", ({"text": "字", "receipt": "x", "name": "x"},)))
    }


def foreign(text: str, language: str) -> bool:
    if language == "en":
        return bool(HAN.search(text))
    return any(
        sign not in ONE_TO_MANY and to_traditional(sign) != sign and to_simplified(sign) == sign
        for sign in text
    )


def faults(found: dict[str, Answer], language: str, stored: list[str]) -> Iterator[str]:
    for where, answer in found.items():
        if not dict(answer.headers).get("Content-Type", READ[0]).startswith(READ):
            continue
        page = Words(answer.body) if "<html" in answer.body else None
        if page and page.language.lower() != language:
            yield f"{where}: says that it is in {page.language}"
        texts = page.texts if page else [answer.body]
        for rest in own_words(texts, stored):
            if foreign(rest, language):
                yield f"{where}: {rest[:120]}"


def test_no_page_and_no_letter_speaks_another_language(county, monkeypatch, language, told_in):
    found: list[str] = []
    with world(county, monkeypatch, secret=False) as it:
        stored = sorted([*typed(), *NAMES], key=len, reverse=True)
        found += faults(strangers(language), language, stored)
        for name in READERS[language]:
            found += [f"{name}: {fault}" for fault in faults(read_by(it, name, language), language, stored)]
            letters = {f"letter to {name}": Answer(0, (), (), text, 0) for text in it.letters_to(name)}
            found += faults(letters, language, stored)
    assert not found, "\n".join(_once_each(found))


def _once_each(found: list[str]) -> list[str]:
    """The same words on many pages are one fault."""
    by_words = {line.rpartition(": ")[2]: line for line in reversed(found)}
    return sorted(by_words.values())


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ('<html lang="en"><p>办理中</p></html>', "en"),
        ('<html lang="en"><input placeholder="编号"></html>', "en"),
        ('<html lang="zh-Hans"><p>Open</p></html>', "en"),
        ('<html lang="zh-Hant"><p>办理中</p></html>', "zh-hant"),
    ],
)
def test_a_word_of_another_language_is_seen(body, language):
    assert len(list(faults({"x": Answer(200, (), (), body, 0)}, language, []))) == 1


@pytest.mark.parametrize(
    "body",
    [
        '<html lang="en"><p>Assigned to 住建局, due on 22 May</p></html>',
        '<html lang="en"><p lang="zh-Hans">办理中</p></html>',
        '<html lang="en"><p>清理园区三号…</p></html>',
    ],
)
def test_what_people_typed_is_theirs(body):
    assert list(faults({"x": Answer(200, (), (), body, 0)}, "en", ["住建局", "清理园区三号地块场地"])) == []
