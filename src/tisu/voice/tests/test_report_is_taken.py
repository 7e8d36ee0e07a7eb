"""A report comes in: what it makes, what it refuses, and how bad input fares."""

import pytest
from django.test import Client
from django.urls import reverse

from tisu.loop.faults import Unacceptable
from tisu.loop.models import Matter
from tisu.voice.models import Identity, Report
from tisu.voice.services import take_report

TEXT = "施工许可超过承诺时限，材料反复补正三次。"


def test_opens_a_registered_matter_with_its_screening_clock(county):
    taken = take_report(text=TEXT, anonymous=True)
    matter = taken.report.matter
    assert (matter.kind, matter.stage, matter.region_id) == ("report", "registered", county.code)
    assert matter.due_at.date().isoformat() == "2023-05-25"
    assert matter.title == TEXT.rstrip("。")


def test_keeps_the_words_as_given_beside_the_readable_ones(county):
    report = take_report(text="廠(chang) 房漏水１２月", title="廠房", anonymous=True).report
    assert report.text == "廠(chang) 房漏水１２月"
    assert (report.matter.text, report.matter.title) == ("厂房漏水12月", "厂房")


def test_seals_the_contact_of_a_named_report_in_a_table_of_its_own(county):
    report = take_report(text=TEXT, anonymous=False, contact="示例人 00000000000").report
    assert Identity.objects.get(report=report).contact.open() == "示例人 00000000000"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \u200b\u202e\n"}, "text"),
        ({"text": "长" * 20_001}, "text"),
        ({"title": "长" * 121}, "title"),
        ({"topic": "长" * 61}, "topic"),
        ({"anonymous": False}, "contact"),
        ({"anonymous": False, "contact": "\u200b "}, "contact"),
        ({"contact": "示例人"}, "contact"),
        ({"documents": ["x"]}, "documents"),
        ({"accused_unit": "no-such"}, "accused_unit"),
        ({"responsible_unit": "xitong"}, "responsible_unit"),
        ({"enterprise": "91422826XFTEXT0000"}, "enterprise"),
        ({"discipline": True}, "discipline"),
    ],
)
def test_names_the_field_it_cannot_take_and_writes_nothing(county, given, field):
    with pytest.raises(Unacceptable) as refusal:
        take_report(**{"text": TEXT, "anonymous": True} | given)
    assert field in refusal.value.errors
    assert not Matter.objects.exists() and not Report.objects.exists()


def test_lets_the_wall_win_when_the_accused_could_solve_it(county):
    report = take_report(
        text=TEXT, anonymous=True, accused_unit="zhujian", responsible_unit="ZHUJIAN "
    ).report
    assert (report.accused_unit.code, report.responsible_unit) == ("zhujian", None)


def test_knows_a_firm_by_its_code_without_telling_the_units(county):
    report = take_report(text=TEXT, anonymous=True, enterprise="９1422826xftext0182").report
    assert (report.enterprise, report.matter.enterprise) == (county.firms[0], None)


def test_makes_a_signed_in_firm_the_requester_without_a_contact(county):
    report = take_report(text=TEXT, anonymous=False, user=county.people["firm"]).report
    assert report.matter.requester == county.people["firm"]
    assert (report.channel, report.enterprise) == ("firm", county.firms[0])


class TestOverHttp:
    def post(self, body, **more):
        return Client().post("/api/v1/reports", body, content_type="application/json", **more)

    def test_answers_201_with_receipt_and_number(self, county):
        answer = self.post({"text": TEXT, "anonymous": True})
        assert answer.status_code == 201
        assert Report.objects.get().matter.number == answer.json()["number"]
        assert len(answer.json()["receipt"].replace("-", "")) == 20

    def test_drops_keys_it_does_not_know(self, county):
        assert self.post({"text": TEXT, "anonymous": True, "stage": "closed"}).status_code == 201
        assert Matter.objects.get().stage == "registered"

    @pytest.mark.parametrize(
        "body",
        [
            {},
            [],
            {"text": TEXT},
            {"text": 5, "anonymous": True},
            {"text": TEXT, "anonymous": "yes"},
            {"text": TEXT, "anonymous": 1},
            {"text": TEXT, "anonymous": True, "topic": ["x"]},
            {"text": TEXT, "anonymous": True, "documents": "x"},
            {"text": TEXT, "anonymous": True, "discipline": "no"},
            {"text": "长" * 350_000, "anonymous": True},
        ],
    )
    def test_answers_422_to_what_is_not_a_report(self, county, body):
        answer = self.post(body)
        assert answer.status_code == 422
        assert answer.json()["errors"]
        assert not Report.objects.exists()

    def test_answers_413_to_a_flood(self, county):
        assert self.post({"text": "长" * 1_000_000, "anonymous": True}).status_code == 413

    def test_names_the_commissions_channel_for_a_discipline_report(self, county):
        answer = self.post({"text": TEXT, "anonymous": True, "discipline": True})
        assert answer.status_code == 422
        assert "12388" in answer.json()["detail"]

    def test_knows_a_firm_by_its_token(self, county):
        token = Client().post(
            "/api/v1/tokens",
            {"username": "firm", "password": "correct-horse-battery"},
            content_type="application/json",
        )
        bearer = {"HTTP_AUTHORIZATION": f"Bearer {token.json()['token']}"}
        assert self.post({"text": TEXT, "anonymous": False}, **bearer).status_code == 201
        assert Matter.objects.get().requester == county.people["firm"]


class TestOnThePage:
    def post(self, **given):
        return Client().post(reverse("voice:line"), {"text": TEXT, "name": "anonymous", "key": "k"} | given)

    def test_shows_the_form_with_what_happens_next(self, county):
        page = Client().get("/").content.decode()
        assert "5月25日 周四" in page
        assert reverse("voice:discipline") in page

    def test_gives_a_receipt_in_five_groups(self, county):
        page = self.post().content.decode()
        assert page.count("<span>") >= 5
        assert Report.objects.get().channel == "web"

    def test_keeps_what_was_typed_when_something_is_missing(self, county):
        answer = self.post(name="named")
        assert answer.status_code == 422
        assert TEXT in answer.content.decode()

    @pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<b>急</b> & co", "{{ 7|add:1 }}"])
    def test_leaves_markup_as_the_plain_text_that_was_typed(self, county, sign_in, text):
        self.post(text=text)
        report = Report.objects.get()
        assert report.text == text
        page = sign_in("office").get(f"/matters/{report.matter.number}").content.decode()
        assert "<script>alert" not in page and "<b>急" not in page

    def test_takes_out_signs_that_hide_or_turn_the_text(self, county):
        self.post(text="住\u200b建\u202e局\u2066不\ufeff办")
        assert Report.objects.get().text == "住建局不办"
