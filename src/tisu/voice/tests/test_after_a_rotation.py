"""After a rotation everything that was handed out before goes on working, and nothing tells that there was one."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cast import PASSWORD
from tisu.accounts.adapter import AccountAdapter
from tisu.accounts.models import ApiToken
from tisu.accounts.tokens import bearer, issue_token
from tisu.foundation import clock, digests
from tisu.foundation.keyring import KeyRingError
from tisu.foundation.resealing import reseal
from tisu.foundation.ringfile import create_key_ring, key_ring
from tisu.foundation.rotation import retire, rotate
from tisu.loop.faults import NotVisible
from tisu.voice import receipts
from tisu.voice.course import look_up
from tisu.voice.identity import open_identity
from tisu.voice.models import Identity, Receipt, Report, StoredAnswer
from tisu.voice.once import _Request

BODY = {"text": "路灯不亮", "anonymous": True}


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    settings.KEY_RING = tmp_path / "keyring.json"
    create_key_ring(settings.KEY_RING)
    return settings.KEY_RING


def send(key="key-one", body=BODY):
    return Client().post("/api/v1/reports", body, content_type="application/json", HTTP_IDEMPOTENCY_KEY=key)


def pepper_of(digest: str) -> str:
    return digest.partition(".")[0]


class TestReceipts:
    def test_open_their_report_however_often_the_keys_are_rotated(self, take, ring):
        codes = []
        for _time in range(3):
            codes.append(take().receipt_code)
            rotate(ring)
        assert [look_up(code=code).stage for code in codes] == ["registered"] * 3
        assert len({pepper_of(digest) for digest in Receipt.objects.values_list("digest", flat=True)}) == 3

    def test_do_the_same_work_for_hits_and_misses(self, take, ring, monkeypatch):
        code = take().receipt_code
        rotate(ring)
        after = take().receipt_code
        macs, real = [], digests._mac
        monkeypatch.setattr(digests, "_mac", lambda *given: macs.append(given) or real(*given))
        work = []
        for typed in (code, after, "x", "0" * 5_000, receipts.new_code()):
            macs.clear()
            with CaptureQueriesContext(connection) as queries, suppress(NotVisible):
                receipts.find(typed)
            asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
            work.append((len(macs), len(asked), asked[0].count("IN (")))
        assert work == [(2, 1, 2)] * 5

    def test_answer_every_miss_with_one_sentence(self, take, call, ring):
        take()
        before = call("lookup", receipt=receipts.new_code())
        rotate(ring)
        after = [call("lookup", receipt=typed) for typed in ("x", receipts.new_code())]
        assert {answer.status_code for answer in (before, *after)} == {404}
        assert {answer.content for answer in (before, *after)} == {before.content}

    def test_are_replaced_after_a_staff_entry_across_a_rotation(self, take, county, ring):
        old = take(taken_by=county.people["office"]).receipt_code
        new = look_up(code=old).new_receipt
        rotate(ring)
        assert look_up(code=old).new_receipt == new
        assert look_up(code=new).new_receipt is None
        assert pepper_of(Receipt.objects.get().digest) == key_ring().newest("pepper").id.hex()
        with pytest.raises(NotVisible):
            look_up(code=old)

    def test_keep_their_pepper_in_the_ring(self, take, ring):
        take()
        old = key_ring().newest("pepper")
        rotate(ring)
        with pytest.raises(KeyRingError, match=r"voice_receipt\.digest"):
            retire(ring, old.id.hex())


class TestIdempotencyKeys:
    def test_give_the_same_answer(self, county, ring):
        first = send()
        rotate(ring)
        assert send().content == first.content
        assert Report.objects.count() == 1

    def test_refuse_another_body(self, county, ring):
        send()
        rotate(ring)
        assert send(body=BODY | {"text": "路灯又不亮"}).status_code == 422
        assert Report.objects.count() == 1

    def test_take_one_report_when_the_keys_are_rotated_between_two_at_once(self, county, ring, monkeypatch):
        first = send()
        rotate(ring)
        known, looks = _Request.known_answer, []

        def blind_once(self):
            looks.append(self)
            return None if len(looks) == 1 else known(self)

        monkeypatch.setattr(_Request, "known_answer", blind_once)
        assert send().content == first.content
        assert Report.objects.count() == StoredAnswer.objects.count() == 1


class TestTokens:
    def test_sign_in_as_before(self, county, ring):
        token = issue_token(county.people["office"])
        rotate(ring)
        assert bearer(token) == county.people["office"]
        assert bearer(issue_token(county.people["fagai"])) == county.people["fagai"]
        assert bearer("no such token") is None
        assert len({pepper_of(digest) for digest in ApiToken.objects.values_list("digest", flat=True)}) == 2

    def test_free_their_pepper_when_they_are_gone(self, county, ring):
        issue_token(county.people["office"])
        old = key_ring().newest("pepper")
        rotate(ring)
        ApiToken.objects.all().delete()
        retire(ring, old.id.hex())
        assert not key_ring().has(old.id)


class TestAddressBuckets:
    def bucket(self, rf):
        return AccountAdapter().get_client_ip(rf.get("/", REMOTE_ADDR="192.0.2.1"))

    def test_count_on_within_the_hour_of_a_rotation(self, rf, ring, monday):
        before = self.bucket(rf)
        with clock.at(monday + timedelta(minutes=10)):
            rotate(ring)
            assert self.bucket(rf) == before
        with clock.at(monday + timedelta(hours=1)):
            assert pepper_of(self.bucket(rf)) == key_ring().newest("pepper").id.hex()
        assert "192.0.2.1" not in before


class TestContacts:
    def test_open_before_and_after_they_are_sealed_anew(self, take, county, ring, agree):
        report = take(anonymous=False, contact="示例人 00000000000").report
        old = key_ring().newest("field")
        rotate(ring)
        for _time in range(2):
            agree(report)
            assert open_identity(user=county.people["office"], report=report) == "示例人 00000000000"
            list(reseal())
        retire(ring, old.id.hex())
        assert Identity.objects.get().contact.open() == "示例人 00000000000"


class TestWithoutTheKeys:
    """A wrong or missing key gives a sentence: not garbage, not a fault of the system."""

    @pytest.fixture
    def named(self, take):
        return take(anonymous=False, contact="示例人 00000000000").report

    @pytest.fixture(params=["missing", "another county's"])
    def lost(self, request, ring, settings, tmp_path):
        def _lose():
            settings.KEY_RING = tmp_path / "elsewhere.json"
            if request.param != "missing":
                create_key_ring(settings.KEY_RING)

        return _lose

    def test_says_so_on_the_matters_page_and_uses_up_nothing(self, named, sign_in, lost, agree):
        office, number = sign_in("office"), named.matter.number
        opening = agree(named)
        lost()
        sent = office.post(reverse("voice:identity", args=[number]), follow=True)
        opening.refresh_from_db()
        assert opening.state == "granted"
        page = sent.content.decode()
        assert sent.status_code == 200 and sent.redirect_chain
        assert "示例人" not in page and "elsewhere.json" not in page
        [message] = [str(each) for each in sent.context["messages"]]
        assert message.endswith((".", "。")) and message in page

    def test_says_which_reason_it_misses_on_the_matters_page(self, named, sign_in):
        office = sign_in("office")
        sent = office.post(
            reverse("voice:ask-identity", args=[named.matter.number]),
            {"reason": "\u3000\u3000\u3000\u3000x"},
            follow=True,
        )
        assert sent.status_code == 200 and "示例人" not in sent.content.decode()
        assert [str(each) for each in sent.context["messages"]]

    def test_says_so_to_who_reports_signs_in_or_looks_up(self, county, settings, tmp_path):
        settings.KEY_RING = tmp_path / "elsewhere.json"
        answers = [
            Client().post(reverse("voice:line"), {"text": "路灯不亮", "name": "anonymous", "key": "k1"}),
            Client().post(reverse("voice:track"), {"receipt": receipts.new_code()}),
            Client().post(reverse("account_login"), {"login": "office", "password": PASSWORD}),
            send(),
            Client().post("/api/v1/reports/lookup", {"receipt": "x"}, content_type="application/json"),
        ]
        assert {answer.status_code for answer in answers} == {503}
        for answer in answers:
            assert (
                "elsewhere.json" not in answer.content.decode() and "Traceback" not in answer.content.decode()
            )
        assert Report.objects.count() == 0
