"""The page of one matter: who sees it, what it says, what it offers."""

import re
from datetime import datetime

import pytest

from cast import SHANGHAI
from tisu.foundation import clock
from tisu.loop.erasing import erase_content
from tisu.loop.kinds import Panel, kinds
from tisu.loop.models import Event, Matter

ACT = re.compile(r'action="/matters/[^/"]+/(?!recusal")')  # stepping back concerns the person, not the matter
FORM = re.compile(r"<form[^>]*method=\"post\".*?</form>", re.DOTALL)


def words_of(page) -> str:
    return page.content.decode()


def codes_on(page) -> list[str]:
    return [offer.code for offer in page.context["offers"]]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("office", 200), ("supervisor", 200), ("leader", 200), ("secretary", 200), ("zhujian", 200), ("zhujian-head", 200),
        ("gongdian", 404), ("outsider", 404), ("discipline", 404), ("admin", 404), ("auditor", 404), ("custodian", 404),
        ("firm", 404), ("nobody", 404),
    ],
)  # fmt: skip
def test_exists_only_for_who_may_see_it(sign_in, at_stage, name, status):
    matter = at_stage("assigned")
    assert sign_in(name).get(f"/matters/{matter.number}").status_code == status


def test_is_found_however_its_number_is_typed(sign_in, task):
    assert sign_in("office").get(f"/matters/{task.number.lower()}").status_code == 200


def test_opens_the_first_action_and_folds_the_others(sign_in, at_stage):
    matter = at_stage("assigned")
    page = sign_in("zhujian").get(f"/matters/{matter.number}")
    assert [offer.code for offer in page.context["daily"]] == ["accept", "return"]
    assert [offer.is_open for offer in page.context["daily"]] == [True, False]
    assert not any(offer.is_open for offer in page.context["seldom"])


def test_offers_nothing_to_who_can_do_nothing(sign_in, at_stage):
    matter = at_stage("closed")
    assert codes_on(sign_in("zhujian").get(f"/matters/{matter.number}")) == []


@pytest.mark.parametrize("stage", ["registered", "assigned", "in_progress", "submitted"])
def test_has_no_form_without_its_token_and_its_version(sign_in, at_stage, stage):
    matter = at_stage(stage)
    for name in ("office", "supervisor", "zhujian-head"):
        page = sign_in(name).get(f"/matters/{matter.number}")
        forms = (
            [form for form in FORM.findall(words_of(page)) if ACT.search(form)]
            if page.status_code == 200
            else []
        )
        for form in forms:
            assert "csrfmiddlewaretoken" in form
            assert f'name="expected_version" value="{matter.version}"' in form


def test_tells_its_course_newest_first_with_what_was_written(sign_in, at_stage):
    matter = at_stage("closed")
    page = sign_in("office").get(f"/matters/{matter.number}")
    assert [entry["kind"] for entry in page.context["entries"]] == [
        "human",
        "human",
        "human",
        "human",
        "system",
    ]
    words = words_of(page).partition('class="timeline"')[2]
    assert words.index("已到现场核实") < words.index("场地已于5月22日清理完毕并移交") < words.index("登记")
    assert "现场核实" in words
    assert "已解决" in words
    assert ">住建局</span>" in words


def test_marks_an_instruction_as_official(sign_in, at_stage, act):
    matter = act("leader", at_stage("in_progress"), "instruct", text="本周内给企业答复。")
    entry = sign_in("zhujian").get(f"/matters/{matter.number}").context["entries"][0]
    assert (entry["kind"], entry["texts"][0]["text"]) == ("official", "本周内给企业答复。")


def test_says_where_content_was_erased(sign_in, at_stage):
    matter = at_stage("in_progress")
    erase_content(matter, rule="example/1")
    assert "example/1" in words_of(sign_in("office").get(f"/matters/{matter.number}"))


def test_says_why_a_bare_matter_is_bare(sign_in, task):
    Matter.objects.filter(pk=task.pk).update(title="", text="")
    words = words_of(sign_in("office").get(f"/matters/{task.number}"))
    assert "内容已移出" in words
    assert "清理场地" not in words


def test_opens_the_arithmetic_of_the_due_day(sign_in, at_stage):
    matter = at_stage("assigned", working_days=5)
    words = words_of(sign_in("office").get(f"/matters/{matter.number}"))
    assert "起算5月22日 周一（不计当日） + 5个工作日 = 5月29日 周一" in words


def test_shows_the_pause_that_verification_made(sign_in, at_stage, act):
    matter = at_stage("submitted", working_days=5)
    with clock.at(datetime(2023, 5, 25, 10, tzinfo=SHANGHAI)):
        matter = act("supervisor", matter, "fail", reason="还有垃圾没有运走。")
        page = sign_in("zhujian").get(f"/matters/{matter.number}")
    assert "+ 5个工作日 + 不计的2个工作日 = 5月31日 周三" in words_of(page)
    assert len(page.context["clock"]["bar"].pauses) == 1


def test_says_that_a_day_beyond_the_calendar_is_provisional(sign_in, act, task):
    with clock.at(datetime(2026, 12, 28, 9, tzinfo=SHANGHAI)):
        act("office", task, "assign", lead_unit="zhujian", working_days=5)
        assert "暂定" in words_of(sign_in("zhujian").get(f"/matters/{task.number}"))


def test_draws_a_stopped_clock_to_the_day_it_stopped(sign_in, at_stage):
    matter = at_stage("closed")
    with clock.at(datetime(2023, 8, 1, 9, tzinfo=SHANGHAI)):
        page = sign_in("office").get(f"/matters/{matter.number}")
    assert not page.context["clock"]["bar"].is_over()
    assert "按期" in words_of(page)


def test_lets_a_requester_read_the_steps_and_not_what_offices_wrote(sign_in, at_stage, county):
    matter = at_stage("in_progress", requirement="只给承办单位看的要求。")
    Matter.objects.filter(pk=matter.pk).update(requester=county.people["firm"])
    words = words_of(sign_in("firm").get(f"/matters/{matter.number}"))
    assert "签收" in words
    assert "只给承办单位看的要求" not in words


def test_draws_what_the_room_adds_and_sets_a_dialogue_apart(sign_in, task, monkeypatch):
    panels = [
        Panel("plain", "示例栏", "web/components/notice.html", {"text": "房间添加的一句话"}),
        Panel(
            "talk",
            "对话",
            "web/components/bubbles.html",
            {"audience": "诉求人会看到", "messages": []},
            tab=True,
        ),
    ]
    monkeypatch.setattr(type(kinds()["task"]), "panels", lambda self, matter, user: panels)
    browser = sign_in("office")
    first = words_of(browser.get(f"/matters/{task.number}"))
    assert "房间添加的一句话" in first
    assert "诉求人会看到" not in first
    second = words_of(browser.get(f"/matters/{task.number}?tab=talk"))
    assert "诉求人会看到" in second
    assert 'class="timeline"' not in second


def test_changes_nothing_by_being_read(sign_in, at_stage):
    matter = at_stage("submitted")
    before = Matter.objects.values().get(pk=matter.pk), Event.objects.count()
    browser = sign_in("supervisor")
    for address in ("", "/print", "/pass", "/begin_verification"):
        browser.get(f"/matters/{matter.number}{address}")
    browser.get("/desk")
    assert (Matter.objects.values().get(pk=matter.pk), Event.objects.count()) == before


def test_costs_the_same_however_long_the_course_is(sign_in, at_stage, act, django_assert_max_num_queries):
    matter = at_stage("in_progress")
    for _ in range(10):
        act("zhujian", matter, "report", text="继续清运。")
    browser = sign_in("zhujian-head")
    with django_assert_max_num_queries(26):
        browser.get(f"/matters/{matter.number}")
