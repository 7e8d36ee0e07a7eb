"""All that is not urgent comes in one letter on the morning of a working day, whatever the machine went through."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connections
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from cast import MONDAY, SHANGHAI
from tisu.foundation import clock
from tisu.inbox.digests import write_one
from tisu.inbox.models import Digest, Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mailbox(postbox, place_of):
    place_of("zhujian", "mail", "zhujian@example.cn")
    return postbox


@pytest.fixture
def morning(send_all):
    """`morning(24, 9)`: all jobs at that day and hour of May 2023; gives how many digests were written."""

    def _morning(day: int, hour: float = 9) -> int:
        moment = datetime(2023, 5, day, tzinfo=SHANGHAI) + timedelta(hours=hour)
        with clock.at(moment):
            written = 0
            while write_one():
                written += 1
            send_all()
        return written

    return _morning


def test_comes_on_the_next_working_morning(say, morning, mailbox):
    say("zhujian", period="1")
    say("zhujian", period="2", subject="请核验")
    assert morning(22, 17) == 0
    assert morning(23, 7) == 0
    assert morning(23, 8.75) == 1
    (letter,) = mailbox.letters
    assert letter["Subject"] == "提速：2条消息"
    assert "1. 请办理 · 示例事项" in letter.get_content() and "2. 请核验" in letter.get_content()


def test_comes_once_a_day(say, morning, mailbox):
    say("zhujian", period="1")
    assert morning(23) == 1
    with clock.at(datetime(2023, 5, 23, 9, 30, tzinfo=SHANGHAI)):
        say("zhujian", period="2")
    assert morning(23, 15) == 0
    assert morning(24) == 1
    assert [letter["Subject"] for letter in mailbox.letters] == ["提速：1条消息"] * 2


def test_does_not_come_on_days_off(say, morning):
    with clock.at(datetime(2023, 5, 26, 17, tzinfo=SHANGHAI)):
        say("zhujian")
    assert [morning(day) for day in (27, 28, 29)] == [0, 0, 1]


def test_three_days_without_a_worker_make_one_digest(say, morning, mailbox):
    for day in (22, 23, 24):
        with clock.at(datetime(2023, 5, day, 10, tzinfo=SHANGHAI)):
            say("zhujian", period=str(day))
    assert morning(25, 16) == 1
    assert [letter["Subject"] for letter in mailbox.letters] == ["提速：3条消息"]


def test_a_clock_set_back_brings_no_second_one(say, morning, mailbox):
    say("zhujian", period="1")
    assert morning(23) == 1
    say("zhujian", period="2")
    assert morning(23) == 0
    assert len(mailbox.letters) == 1


def test_holds_nothing_that_may_no_longer_be_seen(say, morning, mailbox, things):
    say("zhujian", about=7, subject="请回避者勿看")
    say("zhujian", about=8)
    things.hide("zhujian", 7)
    assert morning(23) == 1
    (letter,) = mailbox.letters
    assert letter["Subject"] == "提速：1条消息" and "请回避者勿看" not in letter.get_content()


def test_does_not_come_when_nothing_of_it_may_be_seen(say, morning, mailbox, things):
    say("zhujian", about=7)
    things.hide("zhujian", 7)
    assert morning(23) == 1 and morning(23, 10) == 0
    assert mailbox.letters == []


def test_asks_again_what_may_be_seen_when_it_goes_out(say, mailbox, things, send_all):
    say("zhujian", about=7, subject="请回避者勿看")
    say("zhujian", about=8)
    with clock.at(MONDAY + timedelta(days=1)):
        assert write_one()
        things.hide("zhujian", 7)
        send_all()
    assert "请回避者勿看" not in mailbox.letters[0].get_content()


def test_leaves_out_what_was_read_and_what_was_urgent(say, morning, mailbox):
    say("zhujian", period="1", urgent=True)
    say("zhujian", period="2")
    Message.objects.filter(period="2").update(read_at=MONDAY)
    assert morning(23) == 0


def test_goes_only_where_it_is_wanted(say, place_of, morning, mailbox, county):
    place_of("fagai", "mail", "fagai@example.cn", takes_digest=False)
    place_of("gongdian", "mail", "gongdian@example.cn", confirmed_at=None)
    say("zhujian", "fagai", "gongdian", "office")
    assert morning(23) == 1
    assert [letter["To"] for letter in mailbox.letters] == ["zhujian@example.cn"]


def test_a_long_one_is_cut_and_says_so(say, morning, mailbox):
    for period in range(33):
        say("zhujian", period=str(period))
    morning(23)
    (letter,) = mailbox.letters
    assert "30. " in letter.get_content() and "31. " not in letter.get_content()
    assert "另有3条" in letter.get_content()


@hypothesis(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(22, 31), st.integers(0, 23)), max_size=12))
def test_however_the_clock_jumps_a_working_day_has_one_digest_and_other_days_none(
    say, morning, mailbox, jumps
):
    Message.objects.all().delete()
    Digest.objects.all().delete()
    mailbox.letters.clear()
    for place, (day, hour) in enumerate(jumps):
        with clock.at(datetime(2023, 5, day, hour, tzinfo=SHANGHAI)):
            say("zhujian", period=str(place))
        morning(day, hour)
    days = list(Digest.objects.values_list("day", flat=True))
    assert len(days) == len(set(days)) == len(mailbox.letters)
    assert not set(days) & {date(2023, 5, 27), date(2023, 5, 28)}


@pytest.mark.django_db(transaction=True)
def test_two_workers_write_one(say, mailbox):
    say("zhujian")
    start, faults = threading.Barrier(2), []

    def work() -> None:
        try:
            with clock.at(MONDAY + timedelta(days=1)):
                start.wait(10)
                while write_one():
                    pass
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert faults == [] and Digest.objects.count() == 1
    assert Digest.objects.get().deliveries.count() == 1
