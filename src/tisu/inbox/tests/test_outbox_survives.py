"""Nothing is lost and nothing goes out twice: servers that are down, workers that die, clocks that jump."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError, connections
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tisu.inbox import outbox
from tisu.inbox.models import Delivery, Status
from tisu.inbox.models.delivery import LONGEST_WAIT, MOST_ATTEMPTS, TAKEN_FOR, wait_after
from tisu.inbox.outbox import send_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def down(postbox, place_of):
    """zhujian has a mail address, and the mail server takes nothing."""
    postbox.answer = "451 later"
    place_of("zhujian", "mail", "zhujian@example.cn")
    return postbox


# --- Waiting longer and longer ---------------------------------------------------------------------------


def test_waits_one_two_four_minutes_and_never_more_than_six_hours():
    minutes = [wait_after(attempts) / timedelta(minutes=1) for attempts in range(1, 12)]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]


@given(st.integers(1, 40_000))
def test_a_wait_never_shrinks_and_has_a_ceiling(attempts):
    assert wait_after(attempts) <= wait_after(attempts + 1) <= LONGEST_WAIT


def test_comes_again_after_its_wait_and_not_before(say, down, real, send_all):
    say("zhujian", urgent=True)
    assert send_all() == 1
    real.forward(seconds=59)
    assert send_all() == 0
    real.forward(seconds=1)
    assert send_all() == 1
    down.answer = ""
    real.forward(minutes=2)
    send_all()
    assert len(down.letters) == 1 and Delivery.objects.get().status == Status.SENT


def test_is_stuck_in_the_end_and_goes_no_more_until_someone_retries(say, down, real, send_all):
    say("zhujian", urgent=True)
    for _ in range(MOST_ATTEMPTS):
        assert send_all() == 1
        real.forward(hours=6)
    row = Delivery.objects.get()
    assert (row.status, row.attempts, row.fault) == (Status.STUCK, MOST_ATTEMPTS, "smtp 451")
    real.forward(days=30)
    assert send_all() == 0
    down.answer = ""
    assert outbox.retry(row) and not outbox.retry(row)
    assert send_all() == 1 and len(down.letters) == 1


def test_what_was_tried_in_vain_for_six_hours_counts_as_stuck(say, down, real, send_all):
    say("zhujian", urgent=True)
    send_all()
    assert not Delivery.objects.stuck().exists()
    real.forward(hours=6, seconds=1)
    assert Delivery.objects.stuck().exists()


# --- Each destination has a state of its own -------------------------------------------------------------


def test_failure_of_one_never_marks_another_as_sent(say, down, place_of, gateway, send_all):
    place_of("zhujian", "wecom", gateway.address)
    say("zhujian", urgent=True)
    send_all()
    states = dict(Delivery.objects.values_list("destination__channel", "status"))
    assert states == {"mail": Status.WAITING, "wecom": Status.SENT}


def test_a_silent_server_is_not_knocked_at_for_every_letter(say, county, place_of, gateway, real, send_all):
    gateway.status = 503
    place_of("zhujian", "wecom", gateway.address)
    for period in "1234":
        say("zhujian", period=period, urgent=True)
    assert send_all() == 1 and len(gateway.posted) == 1
    gateway.status = 200
    real.forward(minutes=1)
    assert send_all() == 4 and len(gateway.posted) == 5


def test_a_silent_robot_holds_up_no_other_robot(say, place_of, gateway, send_all):
    place_of("zhujian", "wecom", "http://127.0.0.1:9/closed")
    place_of("fagai", "wecom", gateway.address)
    say("zhujian", "fagai", urgent=True)
    send_all()
    assert set(Delivery.objects.values_list("status", "fault")) == {("waiting", "closed"), ("sent", "")}


def test_a_letter_that_is_refused_holds_up_no_other(say, place_of, gateway, send_all):
    gateway.answer = b'{"errcode": 40008}'
    place_of("zhujian", "wecom", gateway.address)
    say("zhujian", period="1", urgent=True)
    say("zhujian", period="2", urgent=True)
    assert send_all() == 2


def test_a_way_out_that_is_taken_away_is_told_and_waits(say, place_of, postbox, send_all, settings):
    place_of("zhujian", "mail", "zhujian@example.cn")
    say("zhujian", urgent=True)
    settings.EMAIL_HOST = ""
    send_all()
    assert Delivery.objects.get().fault == "channel"


# --- Death between sending and marking -------------------------------------------------------------------


def test_goes_again_with_the_same_key_when_marking_failed(
    say, place_of, postbox, real, send_all, monkeypatch
):
    place_of("zhujian", "mail", "zhujian@example.cn")
    say("zhujian", urgent=True)
    with monkeypatch.context() as broken:
        broken.setattr(outbox, "mark", lambda *_: (_ for _ in ()).throw(OperationalError("gone")))
        with pytest.raises(OperationalError):
            send_letter()
    assert send_all() == 0
    real.forward(seconds=TAKEN_FOR.total_seconds())
    assert send_all() == 1
    first, second = postbox.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert Delivery.objects.get().status == Status.SENT


def test_a_letter_on_which_every_worker_dies_is_stuck_in_the_end(say, place_of, postbox, real, monkeypatch):
    place_of("zhujian", "mail", "zhujian@example.cn")
    say("zhujian", urgent=True)
    monkeypatch.setattr(outbox, "parcel_for", lambda row: (_ for _ in ()).throw(KeyboardInterrupt()))
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(KeyboardInterrupt):
            send_letter()
        real.forward(seconds=TAKEN_FOR.total_seconds())
    assert send_letter() and Delivery.objects.get().status == Status.STUCK
    assert not send_letter()


def test_a_late_failure_does_not_undo_what_another_worker_sent(say, place_of, postbox, real, monkeypatch):
    """A worker so slow that its row was taken again tells of its fault after the letter has gone out."""
    place_of("zhujian", "mail", "zhujian@example.cn")
    say("zhujian", urgent=True)
    send = outbox._channel

    def slow(row):
        monkeypatch.setattr(outbox, "_channel", send)
        real.forward(seconds=TAKEN_FOR.total_seconds())
        assert send_letter()
        raise outbox.Refused("timeout")

    monkeypatch.setattr(outbox, "_channel", slow)
    assert send_letter()
    assert Delivery.objects.get().status == Status.SENT and len(postbox.letters) == 1


# --- Clocks ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("years", [-10, 10])
def test_a_machine_whose_clock_was_years_off_sends_once_it_is_set_right(
    say, place_of, postbox, real, send_all, years
):
    place_of("zhujian", "mail", "zhujian@example.cn")
    real.forward(days=365 * years)
    say("zhujian", urgent=True)
    real.forward(days=-365 * years)
    assert send_all() == 1 and len(postbox.letters) == 1


# --- Two workers -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_letter_once(say, place_of, gateway):
    place_of("zhujian", "wecom", gateway.address)
    for period in range(12):
        say("zhujian", period=str(period), urgent=True)
    start, faults = threading.Barrier(2), []

    def work() -> None:
        try:
            start.wait(10)
            while send_letter():
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
    assert faults == []
    keys = [posted.headers["Idempotency-Key"] for posted in gateway.posted]
    assert len(keys) == len(set(keys)) == 12
    assert set(Delivery.objects.values_list("status", flat=True)) == {Status.SENT}


SENDER = """
import os, django; django.setup()
from django.conf import settings; settings.HOOKS_ON_LOOPBACK = True
from django.db import connections
connections["default"].settings_dict["NAME"] = os.environ["TEST_DATABASE"]
from tisu.inbox import outbox
def die(*_): os.kill(os.getpid(), 9)
outbox.mark = die
outbox.send_letter()
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_sending_and_marking_costs_a_repeat_at_the_most(
    say, place_of, gateway, real, send_all
):
    """A real `kill -9` of a real process."""
    place_of("zhujian", "wecom", gateway.address)
    say("zhujian", urgent=True)
    name = connections["default"].settings_dict["NAME"]
    environment = os.environ | {"TEST_DATABASE": str(name), "PYTHONPATH": os.pathsep.join(sys.path)}
    environment |= {"TISU_DATA": str(settings.DATA)}
    done = subprocess.run([sys.executable, "-c", SENDER], env=environment, capture_output=True, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    row = Delivery.objects.get()
    assert (row.status, row.attempts, len(gateway.posted)) == (Status.WAITING, 1, 1)
    real.now = max(timezone.now(), row.due_at)
    assert send_all() == 1
    assert {posted.headers["Idempotency-Key"] for posted in gateway.posted} == {str(row.key)}
    assert Delivery.objects.get().status == Status.SENT
