"""Several matters are ticked and done at once: each by itself, each with its own answer."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cast import COUNTY
from tisu.loop.actions import ACTIONS
from tisu.loop.actor import person
from tisu.loop.fields import ChecklistField
from tisu.loop.models import Event, Matter
from tisu.loop.register import register_matter
from tisu.loop.together import MOST, ticks_in

ASSIGN = {"lead_unit": "zhujian", "working_days": "5", "requirement": "请同步告知企业。"}


@pytest.fixture
def many(county):
    """`many(5)`: so many tasks that the office opened, none assigned yet."""

    def _many(count: int) -> list[Matter]:
        return [
            register_matter(
                kind="task",
                title=f"清理场地{place}",
                text="清理园区场地。",
                region=COUNTY,
                actor=person(county.people["office"]),
                opened_by_unit_id=county.units["yingshangban"].pk,
            )
            for place in range(count)
        ]

    return _many


def ticks(*matters: Matter) -> list[str]:
    return [f"{matter.number}.{matter.version}" for matter in matters]


def look(browser, action: str, *matters: Matter, **data):
    return browser.post(f"/matters/together/{action}", {"ticked": ticks(*matters), **data})


def do(browser, action: str, *matters: Matter, **data):
    """Looked at, and then done as it was looked at."""
    sure = look(browser, action, *matters, **data).context["sure"]
    assert sure
    return look(browser, action, *matters, **data, sure=sure)


def said(page) -> dict[str, str]:
    """What the page says of each matter, by its number."""
    return {row[-3].text: str(row[-1]) for row in page.context["table"].rows}


def stages(*matters: Matter) -> list[str]:
    return [Matter.objects.get(pk=matter.pk).stage for matter in matters]


class TestTicking:
    @pytest.mark.parametrize(
        ("name", "address", "actions"),
        [
            ("office", "/desk?list=to-assign", ["assign"]),
            ("office", "/matters", ["assign", "urge"]),
            ("supervisor", "/matters", ["urge"]),
        ],
    )
    def test_a_list_offers_what_can_be_done_to_several(self, sign_in, many, name, address, actions):
        many(2)
        page = sign_in(name).get(address)
        offered = [button["url"].rpartition("/")[2] for button in page.context["bar"]["buttons"]]
        assert offered == actions
        assert len(re.findall('class="tick"', page.content.decode())) == 2

    def test_a_unit_ticks_what_it_may_accept(self, sign_in, many, act):
        for matter in many(2):
            act("office", matter, "assign", lead_unit="zhujian")
        for address in ("/desk", "/matters"):
            bar = sign_in("zhujian").get(address).context["bar"]
            assert [button["label"] for button in bar["buttons"]] == ["批量签收"]

    @pytest.mark.parametrize("name", ["firm", "discipline", "gongdian"])
    def test_who_may_do_nothing_to_several_gets_no_boxes(self, sign_in, many, name):
        many(2)
        page = sign_in(name).get("/matters")
        assert page.context["bar"] is None
        assert 'type="checkbox" class="tick"' not in page.content.decode()

    def test_one_alone_has_its_own_button(self, sign_in, task):
        assert sign_in("office").get("/desk?list=to-assign").context["bar"] is None

    def test_what_is_to_be_handed_over_is_not_ticked_for_assigning(self, sign_in, many, reported, act):
        many(2)
        act("office", reported("这件归法院管。").matter, "screen", kind="E")
        page = sign_in("office").get("/desk?list=to-assign")
        assert [card.tick is not None for card in page.context["cards"]].count(True) == 2

    def test_a_card_that_comes_again_keeps_its_box(self, sign_in, task):
        answer = sign_in("office").post(
            f"/matters/{task.number}/assign",
            {"expected_version": task.version, "lead_unit": "nobody", "card": "to-assign"},
            HTTP_HX_REQUEST="true",
        )
        assert f'value="{task.number}.{task.version}"' in answer.content.decode()


class TestLookedAt:
    def test_says_of_each_what_stands_against_it_before_anything_is_typed(self, sign_in, many, act):
        ready, assigned, changed = many(3)
        act("office", assigned, "assign", lead_unit="fagai")
        browser, old = sign_in("office"), ticks(ready, changed)
        act("office", changed, "urge", text="请尽快。")
        page = browser.get("/matters/together/assign", {"ticked": [*old, *ticks(*[assigned])]})
        words = said(page)
        assert page.status_code == 200
        assert words[ready.number] == "可以办"
        assert "请看过新的状态再办" in words[changed.number]
        assert words[assigned.number].startswith("不能办：")
        assert "sure" not in page.content.decode()

    def test_writes_nothing_and_keeps_what_was_typed(self, sign_in, many):
        matters = many(3)
        page = look(sign_in("office"), "assign", *matters, **ASSIGN)
        assert (page.status_code, stages(*matters)) == (200, ["registered"] * 3)
        assert "请同步告知企业。</textarea>" in page.content.decode()
        assert '<option value="zhujian" selected>' in page.content.decode()
        assert "交办3件" in page.content.decode()

    def test_names_the_one_that_accuses_the_unit(self, sign_in, many, reported, act):
        report = reported("住建局拖着不办。", accused_unit="zhujian").matter
        plain = many(1)[0]
        page = look(sign_in("office"), "assign", report, plain, **ASSIGN)
        words = said(page)
        assert "反映的是住建局" in words[report.number] or "住建局" in words[report.number]
        assert words[plain.number] == "可以办"

    def test_a_fault_that_stops_all_stands_beside_its_field(self, sign_in, many):
        page = look(sign_in("office"), "assign", *many(2), lead_unit="zhujian", working_days="很快")
        assert page.status_code == 422
        assert list(page.context["form"].errors) == ["working_days"]
        assert "很快" in page.content.decode()

    def test_what_was_changed_after_looking_is_looked_at_again(self, sign_in, many):
        matters, browser = many(2), sign_in("office")
        sure = look(browser, "assign", *matters, **ASSIGN).context["sure"]
        for changed in ({"lead_unit": "fagai"}, {"working_days": "6"}):
            page = look(browser, "assign", *matters, **(ASSIGN | changed), sure=sure)
            assert page.context["form"] is not None
        page = look(browser, "assign", *matters, *many(1), **ASSIGN, sure=sure)
        assert page.context["form"] is not None
        assert stages(*matters) == ["registered"] * 2

    def test_the_order_in_which_the_page_shows_them_does_not_matter(self, sign_in, many, reported):
        """What is refused stands first there, so it is sent first."""
        plain, browser = many(2), sign_in("office")
        accused = reported("住建局拖着不办。", accused_unit="zhujian").matter
        sure = look(browser, "assign", *plain, accused, **ASSIGN).context["sure"]
        page = look(browser, "assign", accused, *plain, **ASSIGN, sure=sure)
        assert page.context["said"] == "已办2件；1件不能办，原因写在各件后面。"

    def test_what_is_of_another_region_is_done_by_itself(self, sign_in, many, county):
        here, there = many(2)
        Matter.objects.filter(pk=there.pk).update(region="422826101")
        there.refresh_from_db()
        for order in ((here, there), (there, here)):
            words = said(look(sign_in("office"), "assign", *order, **ASSIGN))
            assert (words[here.number], words[there.number][:4]) == ("可以办", "不能办：")
        urged = said(look(sign_in("office"), "urge", here, there, text="请抓紧。"))
        assert set(urged.values()) == {"可以办"}

    def test_costs_the_same_for_three_and_for_thirty(self, sign_in, many):
        browser, costs = sign_in("office"), []
        look(browser, "assign", *many(1), **ASSIGN)
        for count in (3, 30):
            matters = many(count)
            with CaptureQueriesContext(connection) as queries:
                assert look(browser, "assign", *matters, **ASSIGN).context["sure"]
            costs.append(len(queries))
        assert costs[0] == costs[1] <= 24


class TestDone:
    def test_each_is_assigned_by_an_act_of_its_own(self, sign_in, many):
        matters = many(3)
        page = do(sign_in("office"), "assign", *matters, **(ASSIGN | {"working_days": "５"}))
        assert stages(*matters) == ["assigned"] * 3
        assert [Event.objects.filter(matter=matter, action="assign").count() for matter in matters] == [1] * 3
        assert all("已交办住建局" in words for words in said(page).values())
        assert page.context["said"] == "已办3件。"

    def test_what_is_stale_by_then_is_refused_and_the_rest_go_on(self, sign_in, many, act):
        first, stale, last = many(3)
        browser = sign_in("office")
        sure = look(browser, "assign", first, stale, last, **ASSIGN).context["sure"]
        act("supervisor", stale, "urge", text="请尽快交办。")
        page = look(browser, "assign", first, stale, last, **ASSIGN, sure=sure)
        assert stages(first, stale, last) == ["assigned", "registered", "assigned"]
        assert "请看过新的状态再办" in said(page)[stale.number]
        assert page.context["said"] == "已办2件；1件不能办，原因写在各件后面。"

    def test_sent_twice_it_stands_as_done_and_nothing_happens_twice(self, sign_in, many):
        matters, browser = many(3), sign_in("office")
        sure = look(browser, "assign", *matters, **ASSIGN).context["sure"]
        first, second = (look(browser, "assign", *matters, **ASSIGN, sure=sure) for _time in range(2))
        assert said(first) == said(second)
        assert Event.objects.filter(action="assign").count() == 3

    def test_what_one_did_otherwise_meanwhile_is_not_passed_off_as_this(self, sign_in, many, act):
        mine, other = many(2)
        browser = sign_in("office")
        sure = look(browser, "assign", mine, other, **ASSIGN).context["sure"]
        act("office", mine, "assign", lead_unit="fagai")
        page = look(browser, "assign", mine, other, **ASSIGN, sure=sure)
        assert said(page)[mine.number].startswith("不能办：")

    def test_what_only_its_own_past_forbids_is_told_with_the_rest_done(self, sign_in, many, act):
        urged, plain = many(2)
        act("office", urged, "urge", text="请尽快。")
        page = do(sign_in("office"), "urge", Matter.objects.get(pk=urged.pk), plain, text="请抓紧。")
        assert "今天已经催办过" in said(page)[urged.number]
        assert Event.objects.filter(matter=plain, action="urge").count() == 1

    def test_a_clerk_accepts_several(self, sign_in, many, act):
        matters = [act("office", matter, "assign", lead_unit="zhujian") for matter in many(3)]
        do(sign_in("zhujian"), "accept", *matters, handler="示例经办")
        assert stages(*matters) == ["in_progress"] * 3
        assert {Matter.objects.get(pk=each.pk).lead.handler for each in matters} == {"示例经办"}

    def test_leads_back_to_where_it_began(self, sign_in, many):
        page = do(sign_in("office"), "assign", *many(2), **ASSIGN, back="/matters?stage=registered")
        assert page.context["back"] == "/matters?stage=registered"
        page = do(sign_in("office"), "assign", *many(2), **ASSIGN, back="https://elsewhere.example/")
        assert page.context["back"] == "/desk"

    def test_the_cost_grows_by_the_acts_alone(self, sign_in, many):
        """Beside perform() of each, one question for all that came of it."""
        browser, costs = sign_in("office"), []
        do(browser, "assign", *many(2), **ASSIGN)
        for count in (2, 4, 6):
            matters = many(count)
            sure = look(browser, "assign", *matters, **ASSIGN).context["sure"]
            with CaptureQueriesContext(connection) as queries:
                look(browser, "assign", *matters, **ASSIGN, sure=sure)
            costs.append(len(queries))
        assert costs[2] - costs[1] == costs[1] - costs[0]


class TestUnseen:
    def test_is_as_if_it_were_not_there(self, sign_in, many, county):
        walled, plain = many(2)
        walled.walls.create(user=county.people["office"], reason="recusal", built_at=walled.registered_at)
        page = do(sign_in("office"), "assign", walled, plain, **ASSIGN)
        assert list(said(page)) == [plain.number]
        assert walled.number not in page.content.decode()
        assert page.context["said"] == "已办1件。"
        assert stages(walled, plain) == ["registered", "assigned"]

    def test_gone_between_looking_and_doing_it_is_not_told(self, sign_in, many, county):
        walled, plain = many(2)
        browser = sign_in("office")
        sure = look(browser, "assign", plain, **ASSIGN).context["sure"]
        walled.walls.create(user=county.people["office"], reason="recusal", built_at=walled.registered_at)
        page = look(browser, "assign", walled, plain, **ASSIGN, sure=sure)
        assert list(said(page)) == [plain.number]

    @pytest.mark.parametrize("name", ["gongdian", "outsider", "admin", "firm", "nobody"])
    def test_nothing_of_it_is_the_same_as_nothing_ticked(self, sign_in, many, name):
        browser = sign_in(name)
        unseen = look(browser, "assign", *many(2), **ASSIGN)
        nothing = browser.post("/matters/together/assign", ASSIGN)
        assert unseen.status_code == nothing.status_code == 422
        assert unseen.context["wrong"] == nothing.context["wrong"]


class TestWhoMay:
    """Role × selection: a free matter, an assigned one, one in progress."""

    @pytest.mark.parametrize(
        ("name", "action", "going"),
        [
            ("office", "assign", "100"), ("office-lead", "assign", "100"), ("supervisor", "assign", "000"),
            ("leader", "assign", "000"), ("zhujian", "assign", "000"),
            ("office", "urge", "111"), ("supervisor", "urge", "111"), ("leader", "urge", "011"),
            ("zhujian", "urge", "000"),
            ("zhujian", "accept", "010"), ("zhujian-head", "accept", "010"), ("office", "accept", "000"),
            ("fagai", "accept", "000"),
        ],
    )  # fmt: skip
    def test_each_is_judged_by_the_table_of_actions(self, sign_in, many, act, name, action, going):
        free, assigned, begun = many(3)
        for matter in (assigned, begun):
            act("office", matter, "assign", lead_unit="zhujian")
        act("zhujian", begun, "accept")
        current = [Matter.objects.get(pk=each.pk) for each in (free, assigned, begun)]
        page = sign_in(name).get(f"/matters/together/{action}", {"ticked": ticks(*current)})
        words = said(page) if "table" in page.context else {}
        assert "".join(str(int(words.get(each.number) == "可以办")) for each in current) == going


class TestBadInput:
    def test_more_than_a_hundred_are_refused_with_a_sentence(self, sign_in):
        given = [f"AAAA{i // 10 % 10}-AAAA{i % 10}.1" for i in range(100)] + ["BBBBB-BBBBB.1"]
        page = sign_in("office").get("/matters/together/assign", {"ticked": given})
        assert page.status_code == 422
        assert "共勾选了101件：一次最多办100件" in page.content.decode()

    @pytest.mark.parametrize("action", ["submit", "pass", "dance", "grant"])
    def test_other_actions_are_not_done_to_several(self, sign_in, many, action):
        assert look(sign_in("office"), action, *many(2)).status_code == 404

    @pytest.mark.parametrize(
        "given", ["", "x", "AAAAA-AAAAA", "AAAAA-AAAAA.-1", "AAAAA-AAAAA.９", "' OR 1=1", "\0"]
    )
    def test_what_is_no_tick_is_left_out(self, sign_in, given):
        assert ticks_in([given]) == {}
        assert sign_in("office").post("/matters/together/assign", {"ticked": given}).status_code == 422

    def test_ticked_twice_counts_once(self, sign_in, many):
        (matter,) = many(1)
        page = do(sign_in("office"), "assign", matter, matter, **ASSIGN)
        assert page.context["said"] == "已办1件。"

    def test_a_version_from_nowhere_is_stale(self, sign_in, many):
        (matter,) = many(1)
        page = sign_in("office").get("/matters/together/assign", {"ticked": f"{matter.number}.999999999"})
        assert "请看过新的状态再办" in said(page)[matter.number]

    @pytest.mark.parametrize("sure", ["", "x", "0" * 20])
    def test_a_seal_that_was_made_up_only_shows_the_form(self, sign_in, many, sure):
        matters = many(2)
        assert look(sign_in("office"), "assign", *matters, **ASSIGN, sure=sure).context["form"] is not None
        assert stages(*matters) == ["registered"] * 2


def test_forms_of_what_is_done_to_several_ask_nothing_that_differs_by_matter():
    """What is foreseen is asked once for each region, type and set of walls."""
    for action in ACTIONS.values():
        if action.together:
            assert not action.form.units_depend_on_matter
            assert not any(isinstance(field, ChecklistField) for field in action.form.base_fields.values())
            assert len(action.form.base_fields) + 20 + MOST < 300  # of DATA_UPLOAD_MAX_NUMBER_FIELDS
