"""Requests on pages: asked for, decided by one tap from the card, told to each reader as far as it is theirs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import COUNTY
from tisu.foundation import clock
from tisu.loop.kinds import kinds
from tisu.loop.models import Adjustment, Event, Matter, Request

HTMX = {"HTTP_HX_REQUEST": "true"}
APPROVE = "/desk?list=to-approve"
REASON = "专家评审排期在下周。"
LISTED = "等待补正材料"


@pytest.fixture
def handled(opened, take) -> Matter:
    """A task in progress at 住建局, due on Monday 29 May."""
    return take(opened(), "in_progress", working_days=5)


@pytest.fixture
def page_of(sign_in):
    """`page_of("zhujian", matter)`: the matter's page as this person has it."""
    return lambda name, matter: sign_in(name).get(f"/matters/{matter.number}")


def words_of(page) -> str:
    return page.content.decode()


def posted(browser, matter, action, *, htmx=False, version=None, **data):
    version = Matter.objects.get(pk=matter.pk).version if version is None else version
    extra = HTMX if htmx else {}
    return browser.post(f"/matters/{matter.number}/{action}", {"expected_version": version, **data}, **extra)


def card_of(browser, address=APPROVE):
    (card,) = browser.get(address).context["cards"]
    return card


def codes_of(offers) -> list[str]:
    return [offer.code for offer in offers]


class TestOnTheDesk:
    @pytest.mark.parametrize(
        ("name", "kind", "data", "said"),
        [
            ("office", "extension", {"working_days": 5},
             ["申请延期", "再加5个工作日", "5月29日 周一", "6月5日 周一", REASON]),
            ("supervisor", "suspension", {"reason": "supplement", "until": "2023-05-30"},
             ["申请中止", "中止至5月30日 周二", "6月5日 周一", LISTED]),
            ("office", "transfer", {"unit": "fagai"}, ["申请转办", "转由发改局承办", "期限不变", "5月29日 周一"]),
            ("leader", "cancellation", {}, ["申请撤销", "记录保留", REASON]),
            ("office", "content_change", {"text": "改为清理四号地块。"}, ["申请更改内容", "改为清理四号地块。"]),
        ],
    )  # fmt: skip
    def test_says_on_the_card_what_is_asked(self, sign_in, handled, ask, name, kind, data, said):
        ask("zhujian", handled, kind, **data)
        words = words_of(sign_in(name).get(APPROVE))
        for part in [*said, "住建局 经办"]:
            assert part in words

    @pytest.mark.parametrize(
        ("name", "kind", "data"),
        [
            ("office", "extension", {"working_days": 1}),
            ("office", "extension", {"working_days": 15}),
            ("supervisor", "suspension", {"reason": "supplement", "until": "2023-05-24"}),
            ("supervisor", "suspension", {"reason": "hearing", "until": "2023-06-25"}),
        ],
    )
    def test_foretells_the_day_that_granting_leads_to(self, sign_in, handled, ask, name, kind, data, due):
        number = ask("zhujian", handled, kind, **data)
        (asked,) = card_of(sign_in(name)).asks
        posted(sign_in(name), handled, "grant", request=number)
        assert asked.becomes.isoformat() == due(handled)
        assert asked.becomes > asked.was

    def test_foretells_it_for_a_matter_that_stands_already(self, sign_in, handled, ask, act, due):
        act(
            "supervisor",
            handled,
            "grant",
            request=ask("zhujian", handled, "suspension", reason="court", until="2023-06-01"),
        )
        number = ask("zhujian", handled, "extension", working_days=3)
        (asked,) = card_of(sign_in("office")).asks
        act("office", handled, "grant", request=number)
        assert asked.becomes.isoformat() == due(handled)

    def test_grants_by_one_post_of_what_the_card_holds(self, sign_in, handled, ask, due):
        ask("zhujian", handled, "extension", working_days=5)
        browser = sign_in("office")
        words = words_of(browser.get(APPROVE))
        form = re.search(
            rf'<form class="act act-at-once"[^>]*action="/matters/{handled.number}/grant".*?</form>',
            words,
            re.S,
        )
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
        assert "<summary>附意见" in form[0]
        answer = browser.post(f"/matters/{handled.number}/grant", hidden | {"opinion": ""})
        assert (answer.status_code, answer.headers["Location"]) == (302, APPROVE)
        assert due(handled) == "2023-06-05"

    def test_puts_the_done_line_in_the_cards_place(self, sign_in, handled, ask):
        number = ask("zhujian", handled, "extension", working_days=5)
        browser = sign_in("office")
        answer = posted(
            browser, handled, "grant", htmx=True, card="to-approve", request=number, opinion="同意顺延一次。"
        )
        words = words_of(answer)
        assert "done-card" in words
        assert "已同意，6月5日 周一到期。" in words
        assert 'hx-swap-oob="true"' in words
        assert Request.objects.get().opinion == "同意顺延一次。"

    def test_declines_with_a_reason_and_asks_for_it_in_the_card(self, sign_in, handled, ask, due):
        number = ask("zhujian", handled, "extension", working_days=5)
        browser = sign_in("office")
        refused = posted(browser, handled, "decline", htmx=True, card="to-approve", request=number, reason="")
        assert refused.status_code == 422
        assert "还差一项：请填写“理由”。" in words_of(refused)
        (asked,) = refused.context["card"].asks
        assert [each["open"] for each in asked.acts] == [False, True]
        answer = posted(
            browser, handled, "decline", htmx=True, card="to-approve", request=number, reason="请按期办结。"
        )
        assert "done-card" in words_of(answer)
        assert (Request.objects.get().state, due(handled)) == ("refused", "2023-05-29")

    def test_asks_for_the_opinion_that_an_unlisted_reason_needs(self, sign_in, handled, ask):
        number = ask("zhujian", handled, "suspension", reason="等专班协调。", until="2023-06-01")
        answer = posted(sign_in("supervisor"), handled, "grant", htmx=True, card="to-approve", request=number)
        assert answer.status_code == 422
        assert '<details class="fold act-optional" open>' in words_of(answer)
        assert "理由不在规定之列" in words_of(answer)

    def test_decides_once_however_often_it_is_sent(self, sign_in, handled, ask):
        number, browser = ask("zhujian", handled, "extension", working_days=5), sign_in("office")
        version = Matter.objects.get(pk=handled.pk).version
        answers = [posted(browser, handled, "grant", version=version, request=number) for _time in range(3)]
        assert [answer.status_code for answer in answers] == [302, 409, 409]
        assert (Adjustment.objects.count(), Event.objects.filter(action="grant").count()) == (1, 1)

    def test_gives_the_fresh_card_to_who_was_late(self, sign_in, handled, ask, act):
        number = ask("zhujian", handled, "extension", working_days=5)
        seen = Matter.objects.get(pk=handled.pk).version
        act("zhujian", handled, "report", text="专家已约。")
        answer = posted(
            sign_in("office"),
            handled,
            "grant",
            htmx=True,
            card="to-approve",
            version=seen,
            request=number,
            opinion="同意",
        )
        assert answer.status_code == 409
        assert "请看过新的状态再办" in words_of(answer)
        assert f'name="expected_version" value="{seen + 1}"' in words_of(answer)
        assert not Adjustment.objects.exists()

    def test_says_so_where_someone_else_decided_meanwhile(self, sign_in, handled, ask, act):
        number = ask("zhujian", handled, "extension", working_days=5)
        seen = Matter.objects.get(pk=handled.pk).version
        act("office2", handled, "decline", request=number, reason="请按期办结。")
        answer = posted(
            sign_in("office"), handled, "grant", htmx=True, card="to-approve", version=seen, request=number
        )
        assert answer.status_code == 409
        assert "matter-card" not in words_of(answer)
        assert f"/matters/{handled.number}" in words_of(answer)

    def test_gives_each_of_two_requests_buttons_of_its_own(self, sign_in, handled, ask):
        first = ask("zhujian", handled, "extension", working_days=5)
        second = ask("zhujian", handled, "transfer", unit="fagai")
        browser = sign_in("office")
        assert [asked.number for asked in card_of(browser).asks] == [first, second]
        refused = posted(browser, handled, "decline", htmx=True, card="to-approve", request=second, reason="")
        opened = [[each["open"] for each in asked.acts] for asked in refused.context["card"].asks]
        assert opened == [[False, False], [False, True]]
        answer = posted(browser, handled, "grant", htmx=True, card="to-approve", request=first)
        assert [asked.number for asked in answer.context["card"].asks] == [second]

    def test_shows_to_each_only_what_is_theirs_to_decide(self, sign_in, handled, ask):
        ask("zhujian", handled, "extension", working_days=5)
        ask("zhujian", handled, "cancellation")
        assert [str(asked.kind) for asked in card_of(sign_in("office")).asks] == ["申请延期"]
        assert [str(asked.kind) for asked in card_of(sign_in("leader")).asks] == ["申请延期", "申请撤销"]
        assert not sign_in("supervisor").get(APPROVE).context["cards"]
        assert sign_in("zhujian-head").get(APPROVE).context["chosen"].code == "to-handle"

    def test_does_not_let_whoever_asked_decide(self, sign_in, handled, ask):
        number = ask("office", handled, "transfer", unit="fagai")
        assert not sign_in("office").get(APPROVE).context["cards"]
        assert posted(sign_in("office"), handled, "grant", request=number).status_code == 403
        assert len(sign_in("office2").get(APPROVE).context["cards"]) == 1

    def test_answers_403_to_who_may_not_decide_and_404_to_who_does_not_see_it(self, sign_in, handled, ask):
        number = ask("zhujian", handled, "cancellation")
        assert posted(sign_in("office"), handled, "grant", request=number).status_code == 403
        assert posted(sign_in("zhujian"), handled, "grant", request=number).status_code == 403
        assert posted(sign_in("gongdian"), handled, "grant", request=number).status_code == 404

    def test_approves_by_one_post_what_waits_to_be_taken_up(self, sign_in, opened, act):
        matter = act("office", opened(needs_approval=True), "request_approval")
        browser = sign_in("leader")
        card = card_of(browser)
        assert codes_of(card.own_offers) == ["approve", "refuse"]
        assert "三日内完成园区三号地块场地清理" in card.excerpt or card.title
        assert posted(browser, matter, "approve", card="to-approve").status_code == 302
        assert Matter.objects.get(pk=matter.pk).stage == "registered"

    def test_costs_the_same_for_five_and_for_fifteen(self, sign_in, opened, take, ask):
        browser, costs = sign_in("office"), []
        for more in (5, 10):
            for _each in range(more):
                matter = take(opened(), "in_progress", working_days=5)
                ask("zhujian", matter, "extension", working_days=5)
                ask("zhujian", matter, "transfer", unit="fagai")
            browser.get(APPROVE)
            with CaptureQueriesContext(connection) as queries:
                page = browser.get(APPROVE)
            costs.append(len(queries))
        assert len(page.context["cards"]) == 15
        assert costs[0] == costs[1] <= 34


class TestOnTheMatter:
    def test_shows_all_requests_newest_first_by_shape_and_word(self, page_of, handled, ask, act):
        act(
            "office",
            handled,
            "decline",
            request=ask("zhujian", handled, "transfer", unit="fagai"),
            reason="仍由你局牵头。",
        )
        act("zhujian", handled, "withdraw_request", request=ask("zhujian", handled, "cancellation"))
        ask("zhujian", handled, "extension", working_days=5)
        page = page_of("zhujian-head", handled)
        assert [asked.state for asked in page.context["asks"]] == ["filed"]
        assert [asked.state for asked in page.context["decided"]] == ["withdrawn", "refused"]
        words = words_of(page)
        for shape, word in (("↩", "已撤回"), ("✗", "未同意"), ("○", "待决定")):
            assert (f'aria-hidden="true">{shape}</span>{word}' in words) == (shape != "○")
        assert "仍由你局牵头。" in words
        assert "营商办 工作人员" in words

    def test_offers_to_withdraw_what_ones_own_unit_asked(self, sign_in, page_of, handled, ask):
        number = ask("zhujian", handled, "extension", working_days=5)
        (asked,) = page_of("zhujian-head", handled).context["asks"]
        assert [str(each["label"]) for each in asked.acts] == ["撤回申请"]
        assert posted(sign_in("zhujian-head"), handled, "withdraw_request", request=number).status_code == 302
        assert Request.objects.get().state == "withdrawn"

    def test_tells_who_can_do_nothing_about_it_how_it_stands(self, page_of, handled, ask):
        ask("zhujian", handled, "cancellation")
        (asked,) = page_of("supervisor", handled).context["asks"]
        assert asked.acts == []
        assert 'aria-hidden="true">○</span>待决定' in words_of(page_of("supervisor", handled))

    def test_decides_from_the_matter_too_and_stays_there(self, sign_in, page_of, handled, ask):
        number = ask("zhujian", handled, "extension", working_days=5)
        (asked,) = page_of("office", handled).context["asks"]
        assert [str(each["label"]) for each in asked.acts] == ["同意", "不同意"]
        answer = posted(sign_in("office"), handled, "grant", request=number)
        assert answer.headers["Location"] == f"/matters/{handled.number}"

    def test_keeps_a_refused_opinion_beside_its_request(self, sign_in, handled, ask):
        number = ask("zhujian", handled, "suspension", reason="等专班协调。", until="2023-06-01")
        answer = posted(sign_in("supervisor"), handled, "grant", request=number, opinion="")
        (asked,) = answer.context["asks"]
        assert (answer.status_code, list(asked.acts[0]["asks"].errors)) == (422, ["opinion"])

    def test_folds_what_is_seldom_asked(self, page_of, handled):
        page = page_of("zhujian", handled)
        assert codes_of(page.context["daily"]) == ["report"]
        assert codes_of(page.context["seldom"]) == [
            "request_extension", "request_suspension", "request_transfer", "request_cancellation",
            "request_content_change",
        ]  # fmt: skip
        assert '<details class="acts-seldom"><summary>更多</summary>' in words_of(page)

    def test_opens_the_fold_around_what_was_refused(self, sign_in, handled):
        answer = posted(sign_in("zhujian"), handled, "request_extension", working_days="99", reason="不够。")
        assert answer.status_code == 422
        assert '<details class="acts-seldom" open>' in words_of(answer)
        assert "最多再加15个工作日。" in words_of(answer)

    def test_shows_how_long_it_stands_and_how_to_go_on(self, sign_in, page_of, handled, ask, act, on):
        act(
            "supervisor",
            handled,
            "grant",
            request=ask("zhujian", handled, "suspension", reason="supplement", until="2023-05-30"),
        )
        page = page_of("zhujian", handled)
        words = words_of(page)
        assert 'aria-hidden="true">‖</span>中止' in words
        assert "中止至5月30日 周二" in words
        assert page.context["clock"]["bar"].stopped()[0].width > 0
        assert "resume" in codes_of(page.context["daily"])
        with on("2023-05-24"):
            assert posted(sign_in("zhujian"), handled, "resume").status_code == 302
        assert Matter.objects.get(pk=handled.pk).suspended_until is None

    def test_marks_the_original_due_day_beside_the_extended_one(self, page_of, handled, ask, act):
        act("office", handled, "grant", request=ask("zhujian", handled, "extension", working_days=5))
        page = page_of("zhujian", handled)
        bar = page.context["clock"]["bar"]
        assert (bar.extended_from.isoformat(), bar.due.isoformat()) == ("2023-05-29", "2023-06-05")
        assert 0 < bar.original() < bar.limit()
        assert "原期限 <time" in words_of(page)
        assert "从原期限5月29日 周一起延长5个工作日，营商办 工作人员同意。" in words_of(page)


class TestToWhomItIsTold:
    @pytest.fixture
    def firms(self, handled, county) -> Matter:
        Matter.objects.filter(pk=handled.pk).update(requester=county.people["firm"])
        return handled

    def test_tells_the_requester_why_the_clock_stands_and_the_new_day(self, page_of, firms, ask, act):
        number = ask("zhujian", firms, "suspension", reason="supplement", until="2023-05-30")
        act("supervisor", firms, "grant", request=number, opinion="只给单位看的意见。")
        page = page_of("firm", firms)
        words = words_of(page)
        assert "等待补正材料" in words
        assert "6月5日 周一" in words
        assert "只给单位看的意见" not in words
        assert page.context["asks"] == page.context["decided"] == page.context["limits"] == []

    def test_keeps_the_units_own_words_from_the_requester(self, page_of, firms, ask, act):
        number = ask("zhujian", firms, "suspension", reason="施工方自己拖延。", until="2023-05-30")
        act("supervisor", firms, "grant", request=number, opinion="同意。")
        words = words_of(page_of("firm", firms))
        assert "经批准中止" in words
        assert "施工方自己拖延" not in words
        assert "施工方自己拖延" in words_of(page_of("zhujian", firms))

    def test_keeps_them_from_the_requester_over_http_too(self, sign_in, firms, ask, act):
        number = ask("zhujian", firms, "suspension", reason="施工方自己拖延。", until="2023-05-30")
        act("supervisor", firms, "grant", request=number, opinion="同意。")
        (told,) = sign_in("firm").get(f"/api/v1/matters/{firms.number}").json()["clocks"]
        assert [pause["reason"] for pause in told["pauses"]] == ["经批准中止"]
        assert "施工方自己拖延" in sign_in("zhujian").get(f"/api/v1/matters/{firms.number}").content.decode()

    def test_keeps_a_waiting_request_from_the_requester(self, page_of, firms, ask):
        ask("zhujian", firms, "extension", working_days=5)
        assert REASON not in words_of(page_of("firm", firms))

    def test_names_no_reporter_to_the_units(self, page_of, firms, take, act, monkeypatch):
        monkeypatch.setattr(type(kinds()["task"]), "is_screened", True)
        take(firms, "closed")
        act("firm", firms, "rate", solved="no", satisfaction=1)
        (asked,) = page_of("office", firms).context["asks"]
        assert (str(asked.kind), asked.by) == ("低分核查", "low-rating/1")
        assert "示例甲" not in words_of(page_of("zhujian", firms))


class TestEveryClock:
    def test_judges_each_party_on_its_own(self, page_of, opened, take, act):
        matter = take(opened(report_days=3), "in_progress", working_days=5, co_units=["fagai"])
        rows = {row["label"]: row for row in page_of("zhujian", matter).context["limits"]}
        assert set(rows) == {"签收", "协办", "进展反馈"}
        assert (rows["签收"]["who"], rows["签收"]["light"]) == ("住建局", "met")
        assert (rows["协办"]["who"], rows["协办"]["light"]) == ("发改局", "green")
        assert (
            "起算5月22日 周一（不计当日） + 3个工作日 = 5月25日 周四下班时" in rows["进展反馈"]["explanation"]
        )

    def test_tells_late_from_in_time(self, page_of, opened, take, act, on):
        matter = take(opened(), "submitted", working_days=5)
        with on("2023-06-01"):
            act("supervisor", matter, "pass", opinion="已核实。", method="visit")
            rows = {row["label"]: row["light"] for row in page_of("office", matter).context["limits"]}
        assert rows == {"签收": "met", "核验": "missed"}

    def test_shows_a_limit_that_stands_as_standing(self, page_of, opened, take, ask, act):
        matter = take(opened(report_days=3), "in_progress", working_days=5)
        number = ask("zhujian", matter, "suspension", reason="court", until="2023-05-30")
        act("supervisor", matter, "grant", request=number)
        rows = {row["label"]: row["light"] for row in page_of("zhujian", matter).context["limits"]}
        assert rows["进展反馈"] == "grey"

    def test_folds_earlier_reports_returns_and_cycles(self, page_of, opened, take, act):
        matter = take(opened(report_days=3), "assigned")
        act("zhujian", matter, "return", reason="不属于本单位职责。")
        take(matter, "in_progress", working_days=5)
        act("zhujian", matter, "report", text="已进场。")
        page = page_of("zhujian", matter)
        assert [row["label"] for row in page.context["earlier_limits"]] == ["进展反馈", "办理", "签收"]
        assert [row["note"] for row in page.context["earlier_limits"]][1:] == ["不计：已退回"] * 2
        assert [row["label"] for row in page.context["limits"]] == ["签收", "进展反馈"]

    def test_keeps_the_first_time_apart_from_the_second(self, page_of, opened, take, act):
        matter = take(opened(), "closed")
        act("supervisor", matter, "reopen", reason="企业反映没有办完。")
        page = page_of("zhujian", matter)
        assert "第2次办理" in words_of(page)
        assert {row["note"] for row in page.context["earlier_limits"]} == {"第1次办理"}
        assert page.context["limits"] == []

    def test_says_that_acceptance_was_not_in_time(self, page_of, opened, take, by_rule, on):
        matter = take(opened(), "assigned")
        with on("2023-05-25"):
            by_rule(matter, "auto_accept")
            assert "逾期未签收（计为已签收）" in words_of(page_of("office", matter))

    def test_tells_each_lead_units_share_after_a_transfer(self, page_of, handled, ask, act, on):
        number = ask("zhujian", handled, "transfer", unit="fagai")
        with on("2023-05-24"):
            act("office", handled, "grant", request=number)
        with on("2023-05-26"):
            page = page_of("office", handled)
        assert [(share["label"], share["value"]) for share in page.context["shares"]] == [
            ("住建局", "2个工作日（5月22日 周一至5月24日 周三）"),
            ("发改局", "2个工作日（5月24日 周三至5月26日 周五）"),
        ]

    def test_tells_no_shares_where_one_unit_had_it_all(self, page_of, handled):
        assert page_of("office", handled).context["shares"] == []

    def test_names_the_posts_that_watch_it(self, page_of, handled, act):
        act("supervisor", handled, "escalate", to="", text="请过问。")
        assert {"label": "督办领导", "value": "县政府 副县长"} in page_of("office", handled).context["people"]


class TestMattersThatBelongTogether:
    @pytest.fixture
    def pair(self, opened, take, act) -> tuple[Matter, Matter]:
        """A child that 住建局 had, merged into a parent that 发改局 handles."""
        child = take(opened(), "in_progress", working_days=5)
        parent = take(opened(), "assigned", lead_unit="fagai", working_days=5)
        return act("office", child, "merge", parent=parent.number), parent

    def test_leads_from_the_child_to_the_parent_and_back(self, page_of, pair):
        child, parent = pair
        assert f'href="/matters/{parent.number}"' in words_of(page_of("office", child))
        (relation,) = page_of("office", parent).context["relations"]
        assert (relation["label"], relation["url"]) == ("并入本事项的", f"/matters/{child.number}")

    def test_names_nothing_that_the_reader_may_not_see(self, page_of, pair):
        child, parent = pair
        words = words_of(page_of("zhujian", child))
        assert "同一问题的另一件事项" in words
        assert parent.number not in words
        assert page_of("fagai", parent).context["relations"] == []

    def test_links_the_rest_with_what_it_is_the_rest_of(self, page_of, opened, take, act):
        matter = take(opened(), "in_progress", working_days=5)
        act("zhujian-head", matter, "submit", result="partly_resolved", summary="5月22日已清理一半并移交。")
        act("supervisor", matter, "pass", opinion="其余另办。", method="visit", rest="清理其余一半。")
        rest = Matter.objects.get(parent=matter)
        (down,) = page_of("office", matter).context["relations"]
        (up,) = page_of("office", rest).context["relations"]
        assert (down["label"], down["url"]) == ("其余部分", f"/matters/{rest.number}")
        assert (up["label"], up["url"]) == ("接续未办完的部分", f"/matters/{matter.number}")
        assert page_of("zhujian", matter).context["relations"] == []


def test_costs_the_same_however_much_was_asked(
    sign_in, opened, take, ask, act, django_assert_max_num_queries
):
    matter = take(opened(extensions=9, report_days=2), "in_progress", working_days=5)
    for _each in range(6):
        act("office", matter, "grant", request=ask("zhujian", matter, "extension", working_days=2))
        act("zhujian", matter, "report", text="继续清运。")
    browser = sign_in("zhujian-head")
    with django_assert_max_num_queries(30):
        page = browser.get(f"/matters/{matter.number}")
    assert len(page.context["decided"]) == 6


def test_leaves_the_neighbour_nothing_to_decide(sign_in, handled, ask):
    ask("zhujian", handled, "extension", working_days=5)
    assert handled.region_id == COUNTY
    assert sign_in("outsider").get(APPROVE).context["cards"] == []


def test_says_in_the_list_that_it_stands(sign_in, handled, ask, act):
    number = ask("zhujian", handled, "suspension", reason="court", until="2023-05-30")
    act("supervisor", handled, "grant", request=number)
    words = words_of(sign_in("office").get("/matters?light=grey"))
    assert handled.number in words
    assert f"中止至{clock.local_day(Matter.objects.get(pk=handled.pk).suspended_until).month}月30日" in words
