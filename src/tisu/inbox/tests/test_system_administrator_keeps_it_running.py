"""The system administrator sees what fails and why, and who works; never what is said, nor to whom."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tisu.accounts.management.commands.doctor import faults_found
from tisu.audit.models import Entry
from tisu.foundation.models import WorkerBeat
from tisu.foundation.ringfile import create_key_ring
from tisu.inbox.models import Delivery, Destination, Status
from tisu.inbox.watch import no_worker, stuck_letters

pytestmark = pytest.mark.django_db
OUTBOX, WORKERS = "/system/outbox", "/system/worker"
ROBOT = "https://robot.example.cn/send?key=KEY-OF-ROBOT"


@pytest.fixture
def admin(sign_in, things):
    return sign_in("admin")


@pytest.fixture
def stuck(say, place_of, postbox, send_all) -> Delivery:
    """A letter to zhujian about a thing, refused until it is stuck."""
    postbox.answer = "550 no"
    place_of("zhujian", "mail", "zhujian@example.cn")
    say("zhujian", urgent=True)
    send_all()
    Delivery.objects.update(status=Status.STUCK, attempts=12)
    return Delivery.objects.get()


def beat(minutes: float = 0, **more) -> WorkerBeat:
    seen = timezone.now() - timedelta(minutes=minutes)
    given = {"host": "示例机", "pid": 7, "started_at": seen, "seen_at": seen} | more
    return WorkerBeat.objects.create(**given)


@pytest.mark.parametrize(
    "name", ["office", "leader", "security", "auditor", "zhujian-head", "firm", "nobody"]
)
def test_is_there_for_nobody_else(stuck, sign_in, name):
    browser = sign_in(name)
    assert browser.get(OUTBOX).status_code == browser.get(WORKERS).status_code == 404
    assert browser.post(reverse("outbox:retry", args=[stuck.key])).status_code == 404
    assert (
        browser.post(f"{OUTBOX}/robots", {"unit": "1", "channel": "wecom", "address": ROBOT}).status_code
        == 404
    )
    stuck.refresh_from_db()
    assert stuck.status == Status.STUCK and Destination.objects.count() == 1


def test_shows_what_is_stuck_and_why_and_neither_words_nor_person(admin, stuck):
    page = admin.get(OUTBOX).content.decode()
    assert "卡住" in page and "z…@example.cn" in page and "邮件服务器拒收，代码550" in page
    for secret in ("请办理", "示例事项", "zhujian@example.cn", "示例·zhujian"):
        assert secret not in page


def test_retries_a_stuck_letter_and_stands_in_the_ledger(admin, stuck, postbox, send_all):
    path = reverse("outbox:retry", args=[stuck.key])
    postbox.answer = ""
    assert admin.post(path).status_code == 302
    assert send_all() == 1 and len(postbox.letters) == 1
    assert admin.post(path).status_code == 302  # pressed twice
    entry = Entry.objects.get(act="retry-letter")
    assert entry.actor.username == "admin"
    assert Entry.objects.filter(act="retry-letter").count() == 1


def test_an_unknown_letter_is_not_there(admin):
    assert (
        admin.post(reverse("outbox:retry", args=["00000000-0000-4000-8000-000000000000"])).status_code == 404
    )


def test_sets_up_a_robot_and_takes_it_away(admin, county):
    unit = county.units["zhujian"]
    form = {"unit": unit.pk, "channel": "hook", "address": ROBOT, "secret": "SECRET"}
    assert admin.post(f"{OUTBOX}/robots", form).status_code == 302
    robot = Destination.objects.get()
    assert (robot.unit, robot.is_confirmed, robot.takes_digest) == (unit, True, False)
    page = admin.get(OUTBOX).content.decode()
    assert "robot.example.cn/…" in page and "KEY-OF-ROBOT" not in page and "SECRET" not in page
    assert admin.post(f"{OUTBOX}/robots", form).status_code == 422  # sent twice: it says that it is there
    assert Destination.objects.count() == 1
    path = reverse("outbox:remove_robot", args=[robot.pk])
    assert admin.post(path).status_code == 302 and admin.post(path).status_code == 404
    entries = Entry.objects.filter(act__in=["add-robot", "remove-robot"])
    assert sorted(entry.act for entry in entries) == ["add-robot", "remove-robot"]
    assert "KEY-OF-ROBOT" not in "".join(entry.said for entry in entries)


@pytest.mark.parametrize(
    "change",
    [
        {"address": "http://robot.example.cn/x"}, {"address": "http://127.0.0.1/x"}, {"address": "ftp://a.cn/x"},
        {"address": "https://"}, {"address": "https://name:word@a.cn/x"}, {"address": "https://a.cn:port/"},
        {"address": "javascript:alert(1)"}, {"address": "https://a.cn/\\r\\nX: 1"}, {"address": "https://[::1/x"},
        {"address": "https://a.cn/" + "x" * 5000}, {"address": ""}, {"unit": "999999"}, {"unit": "x"},
        {"channel": "mail"}, {"channel": ""}, {"secret": ""}, {"secret": "s" * 5000},
    ],
)  # fmt: skip
def test_refuses_a_robot_that_is_none(admin, county, change):
    form = {"unit": county.units["zhujian"].pk, "channel": "hook", "address": ROBOT, "secret": "SECRET"}
    assert admin.post(f"{OUTBOX}/robots", form | change).status_code == 422
    assert not Destination.objects.exists()


def test_a_persons_address_is_not_removed_as_a_robot(admin, place_of):
    place = place_of("zhujian", "mail", "zhujian@example.cn")
    assert admin.post(reverse("outbox:remove_robot", args=[place.pk])).status_code == 404
    assert Destination.objects.exists()


def test_costs_the_same_however_much_fails(admin, say, place_of, gateway, send_all):
    gateway.status = 403
    for name in ("zhujian", "fagai"):
        place_of(name, "wecom", gateway.address)
    costs = []
    for number in range(20):
        say("zhujian", "fagai", period=str(number), urgent=True)
        send_all()
        with CaptureQueriesContext(connection) as asked:
            page = admin.get(OUTBOX)
        costs.append(len(asked))
    assert page.content.decode().count("对方服务器应答状态为403") == 40
    assert len(set(costs)) == 1


# --- Workers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "more", "words"),
    [
        (1, {}, "运行中"),
        (11, {}, "没有报到"),
        (1, {"stopped_at": timezone.now()}, "已正常结束"),
        (-600, {}, "没有报到"),
    ],
)
def test_says_in_words_whether_a_worker_lives(admin, minutes, more, words):
    beat(minutes, **more)
    page = admin.get(WORKERS).content.decode()
    assert "示例机 · 7" in page and words in page
    assert ("已有十分钟没有后台进程报到" in page) is (words != "运行中")


def test_says_how_much_each_job_has_to_do(admin, say, place_of, postbox):
    place_of("zhujian", "mail", "zhujian@example.cn")
    say("zhujian", period="1", urgent=True)
    say("zhujian", period="2", urgent=True)
    rows = {job: left for job, left, *_more in admin.get(WORKERS).context["jobs"].rows}
    assert rows["发给个人和群的消息"] == 2 and rows["早间汇总"] == 0


# --- Doctor ----------------------------------------------------------------------------------------------


def test_the_doctor_misses_a_worker_once_there_is_something_to_say(say):
    assert list(no_worker()) == []
    say("zhujian")
    (fault,) = no_worker()
    assert "从未运行过后台进程" in fault and fault in list(faults_found())


@pytest.mark.parametrize(("minutes", "faults"), [(9, 0), (11, 1), (-11, 1)])
def test_the_doctor_misses_a_worker_after_ten_minutes(db, minutes, faults):
    beat(minutes)
    assert len(list(no_worker())) == faults


def test_the_doctor_names_a_key_that_kept_its_id_and_not_its_bytes(place_of, settings, tmp_path):
    """Ids alone would fit: only opening something tells. It is tried, not shown, and so stands in no ledger."""
    settings.KEY_RING = tmp_path / "keyring.json"
    create_key_ring(settings.KEY_RING)
    place_of("zhujian", "mail", "zhujian@example.cn")
    assert not [fault for fault in faults_found() if "inbox_destination" in fault]
    ring = json.loads(settings.KEY_RING.read_text("utf-8"))
    [field] = [key for key in ring["keys"] if key["purpose"] == "field"]
    field["key"] = field["key"][::-1]
    settings.KEY_RING.write_text(json.dumps(ring), "utf-8")
    [fault] = [fault for fault in faults_found() if "inbox_destination" in fault]
    assert "inbox_destination.address" in fault and field["id"] in fault
    assert "zhujian@example.cn" not in fault and not Entry.objects.exists()


def test_the_doctor_tells_of_stuck_letters(stuck):
    (fault,) = stuck_letters()
    assert "1封" in fault and fault in list(faults_found())
