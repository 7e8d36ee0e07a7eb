"""Acting from pages: what is posted, what is answered, what is kept."""

import pytest
from django.test import Client

from tisu.loop.models import Event, Matter

HTMX = {"HTTP_HX_REQUEST": "true"}


def post(browser, matter, action, version=None, **data):
    extra = HTMX if data.pop("htmx", False) else {}
    version = Matter.objects.get(pk=matter.pk).version if version is None else version
    return browser.post(f"/matters/{matter.number}/{action}", {"expected_version": version, **data}, **extra)


def stage_of(matter) -> str:
    return Matter.objects.get(pk=matter.pk).stage


def test_goes_all_the_way_round_by_pages_alone(sign_in, task):
    steps = [
        (
            "office",
            "assign",
            {"lead_unit": "zhujian", "co_units": ["fagai"], "working_days": "５"},
            "assigned",
        ),
        ("zhujian", "accept", {"handler": "示例经办"}, "in_progress"),
        ("zhujian", "report", {"text": "已进场。"}, "in_progress"),
        ("fagai", "co_done", {"text": "立项已核对。"}, "in_progress"),
        ("zhujian", "co_confirm", {"unit": "fagai"}, "in_progress"),
        ("zhujian-head", "submit", {"result": "resolved", "summary": "5月22日清理完毕并移交。"}, "submitted"),
        ("supervisor", "begin_verification", {}, "submitted"),
        ("supervisor", "pass", {"opinion": "现场看过。", "method": "visit"}, "closed"),
    ]
    for name, action, data, reached in steps:
        answer = post(sign_in(name), task, action, **data)
        assert (action, answer.status_code, stage_of(task)) == (action, 302, reached)
        assert answer.headers["Location"] == f"/matters/{task.number}"


def test_says_what_was_done_and_what_comes_next(sign_in, at_stage):
    matter = at_stage("assigned", working_days=5)
    browser = sign_in("zhujian")
    answer = browser.post(
        f"/matters/{matter.number}/accept", {"expected_version": matter.version, "handler": ""}, follow=True
    )
    assert "已签收。请在5月29日 周一前报结。" in answer.content.decode()


def test_goes_back_to_the_list_it_came_from(sign_in, at_stage):
    matter = at_stage("assigned")
    answer = post(sign_in("zhujian"), matter, "accept", back="/desk?list=to-accept")
    assert answer.headers["Location"] == "/desk?list=to-accept"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_never_leads_to_another_house(sign_in, at_stage, back):
    matter = at_stage("assigned")
    assert (
        post(sign_in("zhujian"), matter, "accept", back=back).headers["Location"]
        == f"/matters/{matter.number}"
    )


def test_leads_to_the_desk_who_no_longer_sees_it(sign_in, at_stage):
    matter = at_stage("assigned")
    answer = post(sign_in("zhujian"), matter, "return", reason="不属于本单位职责。")
    assert answer.headers["Location"] == "/desk"


class TestRefused:
    def test_keeps_what_was_typed_and_says_beside_the_field_what_is_missing(self, sign_in, at_stage):
        matter = at_stage("in_progress")
        answer = post(sign_in("zhujian-head"), matter, "submit", result="resolved", summary="已安排部署")
        words = answer.content.decode()
        assert answer.status_code == 422
        assert "已安排部署</textarea>" in words
        (offer,) = [offer for offer in answer.context["offers"] if offer.is_open]
        assert (offer.code, list(offer.form.errors)) == ("submit", ["summary"])
        assert stage_of(matter) == "in_progress"

    def test_says_which_field_is_empty_as_a_clerk_would(self, sign_in, at_stage):
        answer = post(sign_in("zhujian"), at_stage("assigned"), "return", reason="")
        assert "还差一项：请填写“理由”。" in answer.content.decode()

    def test_offers_the_second_click_a_sentence(self, sign_in, at_stage):
        matter, browser = at_stage("assigned"), sign_in("zhujian")
        first = post(browser, matter, "accept", version=matter.version)
        second = post(browser, matter, "accept", version=matter.version)
        assert (first.status_code, second.status_code) == (302, 409)
        assert "请看过新的状态再办" in second.content.decode()
        assert Event.objects.filter(matter=matter, action="accept").count() == 1

    def test_shows_again_what_was_typed_for_an_act_that_is_over(self, sign_in, at_stage):
        matter = at_stage("closed")
        answer = post(sign_in("zhujian"), matter, "report", text="写了很久的一段话。")
        assert answer.status_code == 409
        assert "写了很久的一段话。" in answer.content.decode()

    def test_takes_a_form_without_version_as_stale(self, sign_in, at_stage):
        matter = at_stage("assigned")
        answer = sign_in("zhujian").post(f"/matters/{matter.number}/accept", {})
        assert (answer.status_code, stage_of(matter)) == (409, "assigned")

    def test_answers_403_to_who_sees_it_and_may_not(self, sign_in, at_stage):
        matter = at_stage("assigned")
        answer = post(sign_in("leader"), matter, "accept")
        assert (answer.status_code, stage_of(matter)) == (403, "assigned")
        assert "这一步只能由牵头单位办理" in answer.content.decode()

    @pytest.mark.parametrize("name", ["gongdian", "outsider", "admin", "firm"])
    def test_answers_404_to_who_does_not_see_it(self, sign_in, at_stage, name):
        matter = at_stage("assigned")
        assert post(sign_in(name), matter, "accept").status_code == 404

    @pytest.mark.parametrize("action", ["dance", "screen"])
    def test_knows_no_action_that_the_matter_does_not_have(self, sign_in, task, action):
        assert post(sign_in("office"), task, action, kind="A").status_code == 404

    def test_refuses_a_form_from_elsewhere(self, county, at_stage):
        matter = at_stage("assigned")
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(county.people["zhujian"])
        assert post(browser, matter, "accept").status_code == 403
        assert stage_of(matter) == "assigned"


class TestOnTheDesk:
    def test_puts_the_done_line_in_the_cards_place(self, sign_in, at_stage):
        matter = at_stage("assigned")
        words = post(sign_in("zhujian"), matter, "accept", htmx=True, card="to-accept").content.decode()
        assert "done-card" in words
        assert f'id="matter-{matter.number}"' in words
        assert 'hx-swap-oob="true"' in words
        assert "<html" not in words

    def test_offers_to_take_a_submission_back(self, sign_in, at_stage):
        matter, browser = at_stage("in_progress"), sign_in("zhujian-head")
        words = post(
            browser,
            matter,
            "submit",
            result="resolved",
            summary="5月22日清理完毕。",
            htmx=True,
            card="to-handle",
        ).content.decode()
        assert f"/matters/{matter.number}/withdraw" in words
        again = post(browser, matter, "withdraw", htmx=True, card="to-handle").content.decode()
        assert stage_of(matter) == "in_progress"
        assert "matter-card" in again

    def test_gives_the_card_again_while_the_matter_waits_in_the_list(self, sign_in, at_stage):
        matter = at_stage("in_progress")
        answer = post(sign_in("zhujian"), matter, "report", text="已进场。", htmx=True, card="to-handle")
        assert "matter-card" in answer.content.decode()
        assert "进展已记入办理经过" in answer.content.decode()

    def test_gives_the_fresh_card_with_the_sentence_to_who_was_late(self, sign_in, at_stage, act):
        matter = at_stage("in_progress")
        act("zhujian", matter, "report", text="别人先写了。")
        answer = post(
            sign_in("zhujian"),
            matter,
            "report",
            version=matter.version,
            text="我也写了。",
            htmx=True,
            card="to-handle",
        )
        words = answer.content.decode()
        assert answer.status_code == 409
        assert "请看过新的状态再办" in words
        assert "我也写了。</textarea>" in words
        assert f'name="expected_version" value="{matter.version + 1}"' in words

    def test_keeps_what_was_typed_in_the_card(self, sign_in, at_stage):
        answer = post(
            sign_in("zhujian"), at_stage("assigned"), "return", reason="", htmx=True, card="to-accept"
        )
        assert answer.status_code == 422
        assert "field-error" in answer.content.decode()


class TestOpeningByHand:
    DATA = {"kind": "task", "title": "核对补正告知", "text": "核对一次性告知清单。", "enterprise": ""}

    def test_registers_and_leads_to_the_matter(self, sign_in):
        answer = sign_in("office").post("/matters/new", self.DATA)
        matter = Matter.objects.get()
        assert answer.headers["Location"] == f"/matters/{matter.number}"
        assert (matter.title, matter.opened_by_unit.code) == ("核对补正告知", "yingshangban")

    def test_registers_one_matter_however_often_the_form_is_sent(self, sign_in):
        client = sign_in("office")
        key = client.get("/matters/new").context["form"]["key"].value()
        answers = [client.post("/matters/new", self.DATA | {"key": key}) for _time in range(3)]
        assert {answer.url for answer in answers} == {f"/matters/{Matter.objects.get().number}"}

    def test_may_be_sent_again_after_it_was_refused(self, sign_in):
        client = sign_in("office")
        assert client.post("/matters/new", self.DATA | {"key": "k", "text": ""}).status_code == 422
        assert client.post("/matters/new", self.DATA | {"key": "k"}).status_code == 302

    def test_names_the_firm_by_its_credit_code(self, sign_in, county):
        sign_in("office").post(
            "/matters/new", self.DATA | {"enterprise": county.firms[0].credit_code.lower()}
        )
        assert Matter.objects.get().enterprise == county.firms[0]

    @pytest.mark.parametrize(
        ("field", "value"), [("text", " "), ("title", "长" * 121), ("enterprise", "91X"), ("kind", "nix")]
    )
    def test_says_beside_the_field_what_is_wrong(self, sign_in, field, value):
        answer = sign_in("office").post("/matters/new", self.DATA | {field: value})
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]
        assert not Matter.objects.exists()

    @pytest.mark.parametrize("name", ["zhujian-head", "leader", "firm", "admin"])
    def test_is_not_for_who_opens_no_kind(self, sign_in, name):
        assert sign_in(name).get("/matters/new").status_code == 403
