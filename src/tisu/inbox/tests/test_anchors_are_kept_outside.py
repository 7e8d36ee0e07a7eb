"""The daily anchor goes to web hooks outside of this machine, signed; one that is down holds up no anchor."""

import hashlib
import hmac

import pytest
from django.db import IntegrityError, transaction

from tisu.audit.anchored import unlike
from tisu.audit.anchors import take_anchor, take_daily
from tisu.audit.models import Anchor, Entry
from tisu.audit.record import record
from tisu.inbox.models import Delivery, Destination, Status
from tisu.inbox.models.delivery import MOST_ATTEMPTS
from tisu.inbox.outbox import due_anchors, due_codes, due_letters, retry, send_anchor

pytestmark = pytest.mark.django_db
OUTBOX, ROBOTS = "/system/outbox", "/system/outbox/robots"
CLOSED = "http://127.0.0.1:9/closed"


@pytest.fixture(autouse=True)
def anchor_file(settings, tmp_path):
    settings.ANCHORS = tmp_path / "anchors.txt"


@pytest.fixture
def keeper(place_of, gateway) -> Destination:
    record(act="add-unit", about="示例")
    return place_of("zhujian", "hook", gateway.address, "SECRET", takes_anchors=True)


def test_goes_to_its_keeper_signed_with_number_day_root_and_chains(keeper, gateway):
    anchor = take_anchor()
    assert gateway.posted == []  # the anchor waits for nobody
    assert send_anchor() and not send_anchor()
    [posted] = gateway.posted
    told = posted.json
    assert told == {
        "key": str(Delivery.objects.get().key), "number": 1, "day": "2023-05-22", "root": anchor.root, "chains": 1,
        "sent_at": told["sent_at"],
    }  # fmt: skip
    signed = posted.headers["X-Tisu-Timestamp"].encode() + b"." + posted.body
    assert posted.headers["X-Tisu-Signature"] == hmac.new(b"SECRET", signed, hashlib.sha256).hexdigest()
    assert posted.headers["Idempotency-Key"] == told["key"]
    assert Delivery.objects.get().status == Status.SENT


def test_is_what_a_kept_line_is_compared_with(keeper, gateway, tmp_path):
    take_anchor()
    send_anchor()
    told = gateway.posted[0].json
    kept = tmp_path / "kept.txt"
    kept.write_text(f"{told['number']} {told['day']} {told['root']} {told['chains']}\n", "utf-8")
    assert list(unlike(kept, whole=True)) == []


def test_a_keeper_that_is_down_neither_holds_up_nor_undoes_an_anchor(keeper, place_of, gateway, real):
    Destination.objects.all().delete()
    place_of("zhujian", "hook", CLOSED, "SECRET", takes_anchors=True)
    assert take_daily()
    assert send_anchor() and not send_anchor()
    row = Delivery.objects.get()
    assert (row.status, row.fault, row.attempts) == (Status.WAITING, "closed", 1)
    real.forward(days=1)
    assert take_daily() and Anchor.objects.count() == 2
    real.forward(minutes=1)
    assert due_anchors().count() == 2  # the first one is not lost


def test_is_stuck_in_the_end_and_goes_when_someone_has_it_tried_again(keeper, gateway, real, sign_in):
    gateway.status = 503
    take_anchor()
    for _attempt in range(MOST_ATTEMPTS):
        assert send_anchor()
        real.forward(hours=6)
    assert Delivery.objects.get().status == Status.STUCK and not send_anchor()
    assert "卡住" in sign_in("admin").get(OUTBOX).content.decode()
    gateway.status = 200
    assert retry(Delivery.objects.get()) and send_anchor()
    assert Delivery.objects.get().status == Status.SENT


def test_waits_for_no_office_hours_and_is_neither_letter_nor_code(keeper):
    take_anchor()
    assert (due_anchors().count(), due_letters().count(), due_codes().count()) == (1, 0, 0)
    from tisu.inbox.room import ROOM

    assert [job.quiet for job in ROOM.jobs if job.code == "anchors"] == [False]


def test_a_keeper_gets_nothing_but_anchors(keeper, say, gateway, send_all):
    say("zhujian", urgent=True)
    assert send_all() == 0 and gateway.posted == []


def test_a_groups_robot_gets_no_anchor(place_of, gateway):
    place_of("zhujian", "hook", gateway.address, "SECRET")
    take_anchor()
    assert not send_anchor() and not Delivery.objects.exists()


def test_no_person_takes_anchors(place_of):
    with pytest.raises(IntegrityError), transaction.atomic():
        place_of("zhujian", "mail", "zhujian@example.cn", takes_anchors=True)


# --- The system administrator's page ---------------------------------------------------------------------


@pytest.fixture
def form(county, gateway) -> dict:
    unit = county.units["zhujian"].pk
    return {
        "unit": unit, "channel": "hook", "address": gateway.address, "secret": "SECRET", "takes_anchors": "on",
    }  # fmt: skip


def test_is_set_up_and_taken_away_by_the_system_administrator(sign_in, form, gateway):
    admin = sign_in("admin")
    assert admin.post(ROBOTS, form).status_code == 302
    assert Destination.objects.get().takes_anchors
    assert "留存每日锚点</td>" in admin.get(OUTBOX).content.decode()
    take_anchor()
    assert send_anchor() and len(gateway.posted) == 1
    assert admin.post(f"{ROBOTS}/{Destination.objects.get().pk}/remove").status_code == 302
    acts = list(Entry.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["add-keeper", "remove-keeper"]
    assert Anchor.objects.exists() and not Destination.objects.exists()


@pytest.mark.parametrize("channel", ["wecom", "dingtalk"])
def test_only_a_signed_web_hook_can_keep_them(sign_in, form, channel):
    page = sign_in("admin").post(ROBOTS, form | {"channel": channel})
    assert page.status_code == 422 and "只有签名 Webhook 可以留存锚点" in page.content.decode()
    assert not Destination.objects.exists()


def test_a_keeper_signs_with_a_secret(sign_in, form):
    assert sign_in("admin").post(ROBOTS, form | {"secret": ""}).status_code == 422
