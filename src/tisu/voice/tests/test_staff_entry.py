"""Office and supervision write down what came by phone, at the window or from the press."""

import pytest
from django.test import Client
from django.urls import reverse

from tisu.accounts.models import PostHolding
from tisu.accounts.standing import standing_of
from tisu.enterprises.models import Mandate
from tisu.loop.models import Event, Matter
from tisu.orgs.models import Post, Role
from tisu.voice.course import look_up
from tisu.voice.models import ObserverLetter, Receipt, Report

SENT = {
    "text": "来电反映路灯不亮",
    "name": "named",
    "contact": "示例人 00000000000",
    "channel": "phone",
    "key": "k",
}


@pytest.mark.parametrize("channel", ["phone", "window", "press"])
def test_registers_it_and_shows_the_receipt_to_hand_on(county, sign_in, channel):
    page = sign_in("office").post(reverse("voice:new"), SENT | {"channel": channel})
    report = Report.objects.get()
    assert (report.channel, report.taken_by) == (channel, county.people["office"])
    assert Event.objects.get().actor == county.people["office"]
    assert look_up(code=page.context["receipt"]).new_receipt
    assert reverse("loop:matter", args=[report.matter.number]) in page.content.decode()


def test_makes_one_report_of_a_double_click(county, sign_in):
    office = sign_in("office")
    pages = [office.post(reverse("voice:new"), SENT) for _time in range(2)]
    assert Report.objects.count() == 1
    assert pages[0].context["receipt"] == pages[1].context["receipt"]


@pytest.mark.parametrize("wrong", [{"channel": "web"}, {"contact": ""}, {"text": ""}, {"accused_unit": "x"}])
def test_says_what_is_missing_and_keeps_what_was_typed(county, sign_in, wrong):
    page = sign_in("office").post(reverse("voice:new"), SENT | wrong)
    assert page.status_code == 422 and not Report.objects.exists()
    assert SENT["contact"] in page.content.decode() or wrong == {"contact": ""}


@pytest.mark.parametrize("name", ["zhujian", "leader", "firm", "nobody", "admin", "discipline", "custodian"])
def test_is_not_for_others(county, sign_in, name):
    assert sign_in(name).get(reverse("voice:new")).status_code == 403
    assert sign_in(name).post(reverse("voice:new"), SENT).status_code == 403
    assert not Report.objects.exists()


def test_asks_a_stranger_to_sign_in(county):
    assert Client().get(reverse("voice:new")).status_code == 302


def test_opens_supervisions_own_with_supervision_as_dispatcher(county, sign_in, act):
    sign_in("supervisor").post(reverse("voice:new"), SENT)
    assert act("supervisor", Matter.objects.get(), "screen", kind="A").screened_as == "A"


class TestThroughTheMattersApi:
    def post(self, client):
        body = {"kind": "report", "title": "路灯", "text": "来电反映路灯不亮"}
        return client.post("/api/v1/matters", body, content_type="application/json")

    def test_makes_the_report_beside_the_matter(self, county, sign_in):
        assert self.post(sign_in("office")).status_code == 201
        report = Report.objects.get()
        assert (report.channel, report.anonymous, report.matter.kind) == ("phone", True, "report")
        assert not Receipt.objects.exists()

    @pytest.mark.parametrize("name", ["zhujian", "firm", "leader", "admin"])
    def test_is_not_for_others(self, county, sign_in, name):
        assert self.post(sign_in(name)).status_code == 403


class TestAnObserver:
    @pytest.fixture
    def observer(self, county):
        ObserverLetter.objects.create(user=county.people["nobody"], number="示例聘字1号", since="2023-01-01")
        return county.people["nobody"]

    def test_has_the_role_while_the_letter_lasts(self, observer):
        assert standing_of(observer).has("observer")
        ObserverLetter.objects.update(until="2023-05-22")
        del observer._standing
        assert not standing_of(observer).has("observer", *Role.values)

    def test_reports_on_the_public_page_under_the_observers_channel(self, observer, sign_in):
        sent = {"text": "走访发现路灯不亮", "name": "named", "key": "k"}
        assert sign_in("nobody").post(reverse("voice:line"), sent).status_code == 200
        report = Report.objects.get()
        assert (report.channel, report.matter.requester) == ("observer", observer)
        assert Matter.objects.visible_to(observer).get() == report.matter


class TestAnAdministratorWhoIsMore:
    """No rule keeps one from acting for a firm or observing; then the post of administrator outweighs it all."""

    @pytest.fixture(params=["admin", "security", "auditor"])
    def twofold(self, request, county):
        user = county.people[request.param]
        Mandate.objects.create(enterprise=county.firms[0], user=user, since="2023-01-01")
        ObserverLetter.objects.create(user=user, number="示例聘字2号", since="2023-01-01")
        PostHolding.objects.create(
            post=Post.objects.get(role=Role.OFFICE_LEAD), user=user, since="2023-01-01"
        )
        return user

    def test_sees_no_matter_not_even_the_own_report(self, twofold, take, task, sign_in):
        report = take(anonymous=False, user=twofold).report
        assert report.matter.requester == twofold
        assert standing_of(twofold).has("observer") and standing_of(twofold).has(Role.OFFICE_LEAD)
        assert not Matter.objects.visible_to(twofold).exists()
        assert not Report.objects.visible_to(twofold).exists()
        client = sign_in(twofold.username)
        assert client.get("/api/v1/matters").json()["items"] == []
        for number in (report.matter.number, task.number):
            assert client.get(reverse("loop:matter", args=[number])).status_code == 404
