"""Finding by any words, the same hits on SQLite and PostgreSQL (design dependencies.md, Search design).

A text becomes tokens: every Han character, every adjacent pair, every run of other letters or digits whole.
A query asks for pairs (a character alone when it stands alone) and for the beginnings of runs, all of them;
then each word must stand in the text as it was typed, or 审环 would be found in 审批环节. Names are found by
pinyin too: initials and full, from each syllable on.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.db import connection, models
from django.db.models import Q, QuerySet, Value
from django.db.models.expressions import Func

from tisu.foundation.models import SearchEntry
from tisu.foundation.prepared import Spelled
from tisu.foundation.textnorm import HAN, pinyin_readings, search_form
from tisu.foundation.writing import write, write_many

# The full-text table of SQLite, see migration 0001.
SQLITE_TABLE = "foundation_search_fts"

LONGEST_TEXT = 50_000  # keeps a tsvector under its limit of one megabyte whatever the text
LONGEST_RUN = 64
LONGEST_QUERY = 200
SYLLABLES = 16  # as far as a pinyin key reaches from its first syllable

_PIECE = re.compile(rf"(?P<han>[{HAN}]+)|(?P<run>[^\W_{HAN}]+)")
_EDGES = re.compile(rf"^[^\w{HAN}]+|[^\w{HAN}]+$")
_PLAIN = re.compile(r"[0-9a-z\u3400-\u4dbf\u4e00-\u9fcc]")
_ALL_PLAIN = re.compile(f"{_PLAIN.pattern}*")


def index(subject: str, object_id: int, text: str, *, names: str = "", is_new: bool = False) -> None:
    """Make an object findable by `text` and `names`; what it was findable by before is forgotten.

    Several names stand on lines of their own. Nothing is looked for where the caller knows that the object is new.
    """
    words = entry_of(text, names)
    if is_new:
        write(SearchEntry(subject=subject, object_id=object_id, **words))
    else:
        SearchEntry.objects.update_or_create(subject=subject, object_id=object_id, defaults=words)


def entry_of(text: str, names: str) -> dict[str, str]:
    """What an entry holds, for whoever writes many at once."""
    form = search_form(f"{names}\n{text}"[:LONGEST_TEXT])[:LONGEST_TEXT]
    return {"text": form, "tokens": " ".join(dict.fromkeys([*_tokens(form), *_pinyin_tokens(names)]))}


def index_new(subject: str, things: Iterable[tuple[int, str, str]]) -> None:
    """The same for many new objects at once: of each its id, its text and its names."""
    entries = ((object_id, entry_of(text, names)) for object_id, text, names in things)
    write_many(
        SearchEntry,
        ("subject", "object_id", "text", "tokens"),
        [(subject, object_id, entry["text"], entry["tokens"]) for object_id, entry in entries],
    )


def forget(subject: str, object_id: int) -> None:
    """Find it no more, and leave none of its words behind: this is for what is erased."""
    SearchEntry.objects.filter(subject=subject, object_id=object_id).delete()
    _wring_out()


def forget_many(subject: str, object_ids: Iterable[int]) -> None:
    """Find these no more. Their words may linger in the index for a while: nothing secret stood there."""
    SearchEntry.objects.filter(subject=subject, object_id__in=list(object_ids)).delete()


def _wring_out() -> None:
    """SQLite only marks the tokens of a deleted entry as gone and keeps them until it happens to merge its pages.

    Merging all of them takes two thirds of a second for 100,000 entries; erasures are few. (From 3.42 on FTS5 can
    do it at each deletion, `secure-delete`; Debian 12 has 3.40.) PostgreSQL's vacuum does it unasked.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {SQLITE_TABLE}({SQLITE_TABLE}) VALUES ('optimize')")


def matching(subject: str, query: str) -> QuerySet:
    """The ids of the objects that match, for `Model.objects.filter(pk__in=matching(...))` in one statement."""
    asked = question(query)
    if asked is None:
        return SearchEntry.objects.values("object_id").none()
    return matching_of(subject, asked.match, asked.phrases)


def matching_of(subject: str, match: Any, phrases: Iterable[Any]) -> QuerySet:
    """The same of a question that was read before; blanks of a prepared query may stand for its parts."""
    typed = Q(*(Q(text__contains=phrase) for phrase in phrases))
    return SearchEntry.objects.filter(HasTokens(match), typed, subject=subject).values("object_id")


@dataclass(frozen=True)
class Question:
    """What is asked for: tokens, all of them, as this database writes it, and what must stand there as it was typed."""

    match: str
    phrases: tuple[str, ...]


def question(query: str) -> Question | None:
    """None where there is nothing to look for."""
    words = [word for word in map(_word, search_form(query[:LONGEST_QUERY]).split()) if word.tokens]
    tokens = dict.fromkeys(token for word in words for token in word.tokens)
    if not tokens:
        return None
    return Question(_match(tokens), tuple(word.phrase for word in words if not word.is_one_run))


def _match(tokens: Iterable["Token"]) -> str:
    """Each token is letters and digits only, so none can speak."""
    if connection.vendor == "sqlite":
        return " AND ".join(f'"{token.text}"{" *" if token.prefix else ""}' for token in tokens)
    return " & ".join(f"'{token.text}'{':*' if token.prefix else ''}" for token in tokens)


@dataclass(frozen=True)
class Token:
    text: str
    prefix: bool = False


@dataclass(frozen=True)
class Word:
    phrase: str
    tokens: tuple[Token, ...]

    @property
    def is_one_run(self) -> bool:
        """Its token says all of it, and it may be pinyin, which does not stand in the text."""
        return self.phrase.isascii() and self.phrase.isalnum()


class HasTokens(Func):
    """True for an entry that has all the tokens, written as `_match` writes them."""

    output_field = models.BooleanField()

    def __init__(self, match: Any) -> None:
        super().__init__("id", "tokens", match if hasattr(match, "resolve_expression") else Value(match))

    def as_sqlite(self, compiler, connection, **context) -> tuple[str, list]:
        row, params = compiler.compile(self.source_expressions[0])
        match, asked = compiler.compile(self.source_expressions[2])
        found = f"SELECT rowid FROM {SQLITE_TABLE} WHERE {SQLITE_TABLE} MATCH {match}"
        return f"{row} IN ({found})", [*params, *asked]

    def as_postgresql(self, compiler, connection, **context) -> tuple[str, list]:
        tokens, params = compiler.compile(self.source_expressions[1])
        match, asked = self._seen(compiler)
        # The very expression of the index. No parser and no dictionary: a lexeme is the token as it is.
        return f"array_to_tsvector(string_to_array({tokens}, ' ')) @@ {match}::tsquery", [*params, *asked]

    def _seen(self, compiler) -> tuple[str, list]:
        """What is asked for stands in the text, so that the query is planned for it (prepared.Spelled)."""
        match = self.source_expressions[2]
        if isinstance(match, Value):
            return Spelled.written(match.value), []
        return compiler.compile(match)


def _word(typed: str) -> Word:
    phrase = _EDGES.sub("", typed)
    return Word(phrase, tuple(_asked(phrase)))


def _asked(phrase: str) -> Iterator[Token]:
    for piece in _PIECE.finditer(phrase):
        if run := piece["run"]:
            yield Token(_code(run), prefix=True)
        elif len(piece["han"]) == 1:
            yield Token(_code(piece["han"]))
        else:
            yield from (Token(_code(pair)) for pair in _pairs(piece["han"]))


def _tokens(form: str) -> Iterator[str]:
    for piece in _PIECE.finditer(form):
        if run := piece["run"]:
            yield _code(run)
        else:
            han = piece["han"]
            tokens = [*han, *_pairs(han)]
            yield from tokens if _ALL_PLAIN.fullmatch(han) else map(_code, tokens)


def _pinyin_tokens(names: str) -> Iterator[str]:
    for name in names.splitlines():
        readings = pinyin_readings(name)
        for reading in readings:
            yield from _keys_of(reading, _told_apart(reading, readings[0]))


def _keys_of(reading: tuple[str, ...], many: int) -> list[str]:
    """Both keys from each of the first so many syllables on."""
    whole, initials = "".join(reading), "".join([syllable[0] for syllable in reading])
    begins = [0, *accumulate(map(len, reading))]
    ends = begins[SYLLABLES:] + begins[-1:] * SYLLABLES
    full = [whole[begin:end] for begin, end in zip(begins[:many], ends, strict=False)]
    return full + [initials[start : start + SYLLABLES] for start in range(many)]


def _told_apart(reading: tuple[str, ...], first: tuple[str, ...]) -> int:
    """How many syllables it takes until the rest is read as in the first reading, whose keys are there already."""
    if reading is first:
        return len(reading)
    return next(place for place in range(len(reading), 0, -1) if reading[place - 1] != first[place - 1])


def _pairs(han: str) -> list[str]:
    return [han[place : place + 2] for place in range(len(han) - 1)]


def _code(token: str) -> str:
    """A token in signs that both databases take for letters: rare ones, unknown to SQLite, by their number."""
    token = token[:LONGEST_RUN]
    if _ALL_PLAIN.fullmatch(token):
        return token
    return "".join(sign if _PLAIN.match(sign) else f"x{ord(sign):x}x" for sign in token)
