"""The chain itself: what fits, what breaks it, and how the break is called. No database."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tisu.audit.chain import Break, Fault, Link, canonical, first_break, genesis, next_value, sm3

NAME = "7K3M9-QDT4X"
texts = st.text(st.characters(codec="utf-8"), max_size=20)
bodies = st.lists(st.tuples(texts, st.none() | st.integers(), texts), min_size=1, max_size=8)


def chain(*told: tuple, name: str = NAME) -> list[Link]:
    value, links = genesis(name), []
    for seq, facts in enumerate(told, 1):
        value = next_value(value, (seq, *facts))
        links.append(Link((seq, *facts), value))
    return links


def of(length: int) -> list[Link]:
    return chain(*((f"act {number}", None, "x") for number in range(length)))


def renumbered(links: list[Link]) -> list[Link]:
    return [Link((seq, *link.facts[1:]), link.value) for seq, link in enumerate(links, 1)]


def broken(links: list[Link]) -> tuple | None:
    found = first_break(genesis(NAME), links)
    return found and (found.seq, found.fault)


def test_is_sm3_over_the_value_before_and_the_facts_as_json():
    """By hand, with what anyone has: the published test value of SM3 and a JSON list."""
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    first = sm3(bytes.fromhex(sm3(b"tisu chain 7K3M9-QDT4X").hex()) + '[1,"交办",null,"x"]'.encode())
    assert chain(("交办", None, "x"))[0].value == first.hex()


def test_is_not_changed_by_a_column_that_comes_later():
    assert canonical((1, "a", None, None)) == canonical((1, "a")) == b'[1,"a"]'
    assert canonical((1, None, "a")) == b'[1,null,"a"]'


@given(bodies)
def test_fits_as_it_was_written(told):
    assert first_break(genesis(NAME), chain(*told)) is None


@given(bodies)
def test_fits_no_other_name(told):
    assert first_break(genesis("7K3M9-QDT4Y"), chain(*told)) == Break(0, 1, Fault.ALTERED, 0)


@given(st.data())
def test_breaks_at_the_link_of_which_any_fact_was_changed(data):
    links = chain(*data.draw(bodies))
    place = data.draw(st.integers(0, len(links) - 1))
    facts = list(links[place].facts)
    column = data.draw(st.integers(1, len(facts) - 1))
    facts[column] = data.draw(
        (texts | st.none() | st.integers()).filter(lambda value: _differs(value, links[place].facts[column]))
    )
    links[place] = Link(tuple(facts), links[place].value)
    assert broken(links) == (place + 1, Fault.ALTERED)


def _differs(one: object, other: object) -> bool:
    return json.dumps(one) != json.dumps(other)


@given(st.data())
def test_breaks_where_a_link_was_removed(data):
    links = of(data.draw(st.integers(2, 8)))
    gone = data.draw(st.integers(0, len(links) - 2))
    del links[gone]
    assert broken(links) == (gone + 1, Fault.MISSING)
    assert broken(renumbered(links))[0] == gone + 1


@given(st.data())
def test_breaks_where_two_changed_places(data):
    links = of(data.draw(st.integers(2, 8)))
    one, other = sorted(
        data.draw(st.lists(st.integers(0, len(links) - 1), min_size=2, max_size=2, unique=True))
    )
    links[one], links[other] = links[other], links[one]
    assert broken(renumbered(links)) == (one + 1, Fault.MOVED)


@given(st.data())
def test_breaks_where_a_link_was_put_in(data):
    links = of(data.draw(st.integers(1, 8)))
    place = data.draw(st.integers(0, len(links) - 1))
    links.insert(place, Link((0, "put in", None, "x"), "00" * 32))
    assert broken(renumbered(links)) == (place + 1, Fault.SURPLUS)


def test_cannot_tell_that_its_end_was_cut_off():
    """That is what anchors are for (tests/test_ledgers_anchored.py)."""
    assert first_break(genesis(NAME), of(5)[:3]) is None


def test_goes_on_from_the_middle():
    links = of(5)
    assert first_break(links[1].value, links[2:], before=2) is None
    assert first_break(links[0].value, links[2:], before=2) == Break(0, 3, Fault.ALTERED, 0)


@pytest.mark.parametrize("forced", [b"bytes", "\udcff", 1.5])
def test_says_of_what_no_text_is_that_it_was_altered(forced):
    links = of(3)
    links[1] = Link((2, forced, None, "x"), links[1].value)
    assert broken(links) == (2, Fault.ALTERED)
