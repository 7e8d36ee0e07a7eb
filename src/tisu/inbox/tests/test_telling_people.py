"""One engine tells people: once for each rule, subject and period, in the caller's transaction, in their language."""

import pytest
from django.db import transaction
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from tisu.accounts.models import User
from tisu.inbox.models import Delivery, Message
from tisu.inbox.services import mark_all_read, mark_read, one_line, tell

pytestmark = pytest.mark.django_db


def test_told_twice_is_told_once(say):
    assert say("zhujian", "fagai") == 2
    assert say("zhujian", "fagai") == 0
    assert say("zhujian", "gongdian") == 1
    assert Message.objects.count() == 3


@pytest.mark.parametrize("other", [{"period": "2"}, {"rule": "test/2"}, {"about": 8}])
def test_another_period_rule_or_subject_is_told_again(say, other):
    say("zhujian", about=7)
    assert say("zhujian", **{"about": 7, **other}) == 1


def test_someone_named_twice_is_told_once(say):
    assert say("zhujian", "zhujian") == 1


def test_nobody_is_told_of_what_was_rolled_back(say):
    with pytest.raises(RuntimeError), transaction.atomic():
        say("zhujian")
        raise RuntimeError
    assert not Message.objects.exists()


def test_speaks_each_recipients_language(county, things):
    county.people["fagai"].language = "en"
    words = {"subject": gettext_lazy("Outbox"), "text": lambda: gettext_lazy("Messages")}
    people = [county.people["zhujian"], county.people["fagai"]]
    tell(rule="r", about=None, period="1", recipients=people, **words)
    said = {row.recipient.username: (row.subject, row.text) for row in Message.objects.all()}
    assert said == {"zhujian": ("待发送", "消息"), "fagai": ("Outbox", "Messages")}


def test_a_subject_that_nobody_declares_is_a_fault_of_the_program(county):
    with pytest.raises(ValueError, match="nosuchsubject"):
        tell(rule="r", about=("nosuchsubject", 1), period="1", recipients=[], subject="x")


@pytest.mark.parametrize("url", ["https://example.cn/", "//example.cn/", "desk"])
def test_leads_nowhere_but_into_this_house(county, url):
    with pytest.raises(ValueError):
        tell(rule="r", about=None, period="1", recipients=[county.people["office"]], subject="x", url=url)


@given(st.text(max_size=400))
def test_a_subject_is_one_line_of_limited_length(text):
    line = one_line(text)
    assert len(line) <= 200 and "\n" not in line and "\r" not in line


def test_costs_the_same_for_one_and_for_many(say, county, django_assert_num_queries):
    with django_assert_num_queries(3):  # one insert, and the fixture counts before and after
        say(*county.people)


def test_the_first_reading_counts(say, monday):
    say("zhujian")
    message = Message.objects.get()
    assert mark_read(message) == mark_read(message) == monday


def test_reading_all_leaves_what_may_not_be_seen(say, things, county):
    say("zhujian", about=7)
    say("zhujian", about=8)
    things.hide("zhujian", 8)
    assert mark_all_read(county.people["zhujian"]) == 1
    assert Message.objects.unread().get().about_key == 8


def test_a_subject_that_answers_with_a_query_is_asked_within_the_list_itself(
    say, things, county, monkeypatch, django_assert_num_queries
):
    say("zhujian", about=7)
    say("zhujian", about=8)
    monkeypatch.setattr(things, "visible", lambda user, keys: keys.filter(about_key=7))
    with django_assert_num_queries(1):
        assert [row.about_key for row in Message.objects.shown_to(county.people["zhujian"])] == [7]


def test_reaches_thousands_at_once(county, place_of, monday):
    place_of("zhujian", "mail", "zhujian@example.cn")
    many = User.objects.bulk_create([User(username=f"u{number}") for number in range(1100)])
    tell(
        rule="test/1",
        recipients=[*many, county.people["zhujian"]],
        about=None,
        subject="请办理",
        period="1",
        urgent=True,
    )
    assert Message.objects.count() == 1101
    assert Delivery.objects.count() == 1
