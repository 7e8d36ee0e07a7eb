"""Other words (内容变更): asked for by who works with them, decided by the office, and never a silent change."""

import pytest

from tisu.foundation import search
from tisu.loop.faults import Conflict, NotAllowed, Unacceptable
from tisu.loop.findable import SEARCH_SUBJECT
from tisu.loop.models import Event, Matter, RequestState

NEW = "五日内完成园区三号地块的清表和围挡。"


@pytest.fixture
def handled(opened, take):
    return take(opened(), "in_progress", working_days=5)


def test_replaces_the_text_and_no_other_word(handled, ask, act, due):
    matter = act("office", handled, "grant", request=ask("zhujian", handled, "content_change", text=NEW))
    assert (matter.text, matter.title, matter.stage, due(matter)) == (
        NEW,
        "清理场地",
        "in_progress",
        "2023-05-29",
    )


def test_is_found_by_its_new_words_and_no_longer_by_the_old(handled, ask, act):
    act("office", handled, "grant", request=ask("zhujian", handled, "content_change", text=NEW))
    found = {
        words: list(Matter.objects.filter(pk__in=search.matching(SEARCH_SUBJECT, words)))
        for words in ("围挡", "三日内")
    }
    assert found == {"围挡": [handled], "三日内": []}


def test_stands_in_its_event_with_who_asked_and_who_decided(handled, ask, act):
    number = ask("zhujian", handled, "content_change", text=NEW, reason="地块范围有误。")
    act("office2", handled, "grant", request=number)
    asked, granted = Event.objects.filter(matter=handled).order_by("seq")[3:]
    assert (asked.signed, asked.content.body["text"]) == ("住建局 经办", NEW)
    assert (granted.signed, granted.content.body["request_kind"]) == ("营商办 工作人员", "content_change")


@pytest.mark.parametrize("name", ["supervisor", "leader", "zhujian-head"])
def test_is_decided_by_the_office(handled, ask, act, name):
    number = ask("zhujian", handled, "content_change", text=NEW)
    with pytest.raises(NotAllowed):
        act(name, handled, "grant", request=number)


def test_asked_for_by_the_office_is_decided_by_another_of_its_people(opened, ask, act):
    matter = opened()
    number = ask("office", matter, "content_change", text=NEW)
    with pytest.raises(NotAllowed):
        act("office", matter, "grant", request=number)
    assert act("office-lead", matter, "grant", request=number).text == NEW


@pytest.mark.parametrize("missing", ["text", "reason"])
def test_needs_a_text_and_a_reason(handled, ask, missing):
    with pytest.raises(Unacceptable) as refusal:
        ask("zhujian", handled, "content_change", **({"text": NEW, "reason": "有误"} | {missing: " "}))
    assert list(refusal.value.errors) == [missing]


def test_is_not_asked_for_once_the_result_is_submitted(opened, take, ask):
    matter = take(opened(), "submitted")
    with pytest.raises(Conflict):
        ask("zhujian", matter, "content_change", text=NEW)


def test_lapses_when_the_unit_returns_the_matter(opened, take, ask, act):
    matter = take(opened(), "assigned")
    ask("zhujian", matter, "content_change", text=NEW)
    act("zhujian", matter, "return", reason="属发改局职责")
    assert matter.requests.get().state == RequestState.LAPSED
