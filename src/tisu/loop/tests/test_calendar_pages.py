"""The calendar's pages: what the year is, what a notice would move before it holds, and that it then moves just that."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tisu.audit.models import Entry
from tisu.foundation import calendars, clock
from tisu.foundation.models import CalendarNotice, WorkerBeat
from tisu.loop import preview
from tisu.loop.hour_lines import seasons_from, sessions_from
from tisu.loop.levels import STANDING_RULES
from tisu.loop.models import Clock, Event, Matter, StandingRule
from tisu.loop.standing_rules import WORDS
from tisu.loop.walls import wall_off

HTMX = {"HTTP_HX_REQUEST": "true"}
SOURCE = "咸政办函〔2023〕12号"
ORDER = "县长5月20日指示：已告知的期限可以提前。"
FLOOD = {"kind": "overlay", "text": "日期,类型,名称\n2023-05-26,休,防汛", "source": SOURCE}
RUSH = {"kind": "overlay", "text": "日期,类型,名称\n2023-05-27,班,赶工", "source": SOURCE}
ORDERED = RUSH | {"by_order": "on", "order": ORDER}
HOURS = {"kind": "hours", "base": "8:00-12:00 14:30-17:30", "source": SOURCE}
YEAR = {
    "kind": "year",
    "text": "日期,类型\n2027-01-01,休\n2027-05-03,休\n2027-10-01,休\n2027-10-09,班",
    "source": "国办发明电〔2026〕7号",
}


@pytest.fixture
def keeper(sign_in):
    return sign_in("office-lead")


@pytest.fixture
def handled(opened, take) -> Matter:
    """A task in progress at 住建局, due on Monday 29 May."""
    return take(opened(), "in_progress", working_days=5)


def words_of(page) -> str:
    return page.content.decode()


def sent(browser, typed, step="preview", **more):
    return browser.post("/calendar/new", typed | {"step": step} | more)


def published(browser, typed):
    """As a person does it: look at the preview, then publish what it carries."""
    carried = dict(sent(browser, typed).context["carried"])
    return browser.post("/calendar/new", carried | {"step": "publish"})


def counts_of(page) -> dict[str, int]:
    return {str(group["label"]): group["value"] for group in page.context["preview"].counts}


class TestWhoComesIn:
    @pytest.mark.parametrize("address", ["/calendar", "/calendar/rules"])
    @pytest.mark.parametrize(
        ("name", "status"),
        [
            ("office-lead", 200), ("office", 200), ("outsider", 200), ("supervisor", 404), ("leader", 404),
            ("zhujian-head", 404), ("firm", 404), ("admin", 404), ("nobody", 404),
        ],
    )  # fmt: skip
    def test_the_office_reads(self, sign_in, name, address, status):
        assert sign_in(name).get(address).status_code == status

    @pytest.mark.parametrize(("name", "status"), [("office-lead", 200), ("office", 403), ("zhujian", 404)])
    def test_its_head_alone_loads_notices(self, sign_in, name, status):
        browser = sign_in(name)
        assert browser.get("/calendar/new").status_code == status
        assert sent(browser, FLOOD).status_code == status
        assert sent(browser, FLOOD, "publish").status_code in (status, 409)
        assert not CalendarNotice.objects.exists()

    @pytest.mark.parametrize(("name", "status"), [("office", 403), ("zhujian", 404)])
    def test_nobody_else_switches_rules(self, sign_in, name, status):
        answer = sign_in(name).post("/calendar/rules", {"rule": "urge/1", "wanted": "off", "reason": "试"})
        assert (answer.status_code, StandingRule.objects.count()) == (status, 0)

    def test_has_a_door_for_the_head_and_a_link_for_the_office(self, sign_in, handled):
        assert 'href="/calendar"' in words_of(sign_in("office-lead").get("/desk"))
        assert 'href="/calendar"' not in words_of(sign_in("office").get("/desk"))
        address = f"/matters/{handled.number}"
        assert 'href="/calendar"' in words_of(sign_in("office").get(address))
        assert 'href="/calendar"' not in words_of(sign_in("zhujian").get(address))

    def test_asks_a_stranger_to_sign_in(self, client, db):
        assert client.get("/calendar").status_code == 302


class TestTheYear:
    def test_marks_what_departs_from_the_plain_week_by_word(self, keeper):
        page = keeper.get("/calendar")
        days = {
            day.date: day for month in page.context["months"] for week in month.weeks for day in week if day
        }
        assert len(days) == 365
        assert {days[date(2023, 5, day)].kind for day in (1, 2, 3)} == {"off"}
        assert (days[date(2023, 5, 6)].kind, str(days[date(2023, 5, 6)].mark)) == ("make-up", "班")
        assert (days[date(2023, 5, 13)].kind, str(days[date(2023, 5, 13)].mark)) == ("rest", "")
        assert [day for day in days.values() if day.is_today] == [days[date(2023, 5, 22)]]
        assert "5月1日至5月3日" in words_of(page)

    def test_tells_how_many_days_are_worked_and_by_whose_arrangement(self, keeper):
        facts = {fact["label"]: fact["value"] for fact in keeper.get("/calendar").context["facts"]}
        assert facts["全年工作日"] == "249"
        assert "2023年" in facts["依据"]

    def test_says_how_far_it_is_announced(self, keeper):
        assert "放假安排已公布到2026年12月31日" in words_of(keeper.get("/calendar"))
        words = words_of(keeper.get("/calendar?year=2027"))
        assert "尚未公布" in words

    @pytest.mark.parametrize(
        ("asked", "shown"),
        [("2024", 2024), ("1066", 2004), ("9999", 2027), ("now", 2023), ("", 2023), ("２０２４", 2023)],
    )
    def test_turns_to_the_year_that_is_asked_for(self, keeper, asked, shown):
        page = keeper.get("/calendar", {"year": asked})
        assert (page.status_code, page.context["year"]) == (200, shown)

    def test_lists_the_notices_it_rests_on(self, keeper):
        published(keeper, ORDERED)
        words = words_of(keeper.get("/calendar"))
        for part in (SOURCE, ORDER, "营商办 专职副主任", "咸丰县", "2023-05-22"):
            assert part in words

    def test_tells_the_hours_of_each_season(self, keeper):
        published(keeper, HOURS | {"seasons": "5月1日至9月30日 8:00-12:00 15:00-18:00"})
        hours = {row["label"]: row["value"] for row in keeper.get("/calendar").context["hours"]}
        assert hours == {
            "5月1日至9月30日": "08:00–12:00、15:00–18:00",
            "其余时间": "08:00–12:00、14:30–17:30",
        }

    def test_leaves_a_neighbours_days_out(self, keeper, sign_in):
        published(keeper, FLOOD)
        assert SOURCE not in words_of(sign_in("outsider").get("/calendar"))


class TestWrongInput:
    @pytest.mark.parametrize(
        ("typed", "field", "sentence"),
        [
            ({"text": ""}, "text", "没有内容"),
            ({"text": "没有日期的一句话。"}, "text", ""),
            ({"text": "日期,类型\n2023-02-30,休"}, "text", "第2行"),
            ({"text": "日期,类型\n2023-05-26,半天"}, "text", "第2行"),
            ({"text": "日期,类型\n2023-05-26,休\n2023-05-26,班"}, "text", "第3行"),
            ({"text": '{"off": ["2023-05-26"'}, "text", "JSON"),
            ({"text": '{"days": []}'}, "text", "days"),
            ({"text": YEAR["text"], "kind": "hours"}, "text", "作息时间"),
            ({"text": '{"hours": {"base": [["08:00", "12:00"]]}}'}, "text", "作息时间"),
            ({"source": ""}, "source", "文号"),
            ({"source": "长" * 201}, "source", "200"),
            ({"kind": ""}, "kind", ""),
            ({"kind": "moon"}, "kind", ""),
            ({"by_order": "on"}, "order", "勾选"),
            ({"order": ORDER}, "order", "勾选"),
            ({"kind": "hours", "base": "", "text": ""}, "base", "08:00-12:00"),
            ({"kind": "hours", "base": "早八晚五"}, "base", "早八晚五"),
            ({"kind": "hours", "base": "12:00-08:00"}, "base", ""),
            ({"kind": "hours", "base": "25:00-26:00"}, "base", ""),
            ({"kind": "hours", "base": "8:00-12:00", "seasons": "夏天 8:00-12:00"}, "seasons", "夏天"),
            ({"kind": "hours", "base": "8:00-12:00", "seasons": "5月1日至9月30日"}, "seasons", "读不懂"),
            ({"kind": "hours", "base": "8:00-12:00", "seasons": "2月30日至5月1日 8:00-12:00"}, "base", ""),
            (YEAR | {"text": "日期,类型\n2027-01-01,休\n2027-10-09,班"}, "text", "2027"),
            (YEAR | {"text": YEAR["text"].replace("2027", "2028")}, "text", ""),
            (YEAR | {"text": YEAR["text"].replace("2027", "2029").replace("10-09", "10-13")}, "text", "2029"),
        ],
    )  # fmt: skip
    def test_is_said_beside_its_field_and_nothing_typed_is_lost(self, keeper, typed, field, sentence):
        answer = sent(keeper, FLOOD | typed)
        form = answer.context["form"]
        assert (answer.status_code, list(form.errors)) == (422, [field])
        assert sentence in str(form.errors[field])
        for name in ("text", "source", "base", "seasons", "order"):
            assert (form[name].value() or "") == (FLOOD | typed).get(name, "")
        assert not CalendarNotice.objects.exists()

    def test_refuses_what_the_calendar_says_already(self, keeper):
        published(keeper, FLOOD)
        answer = sent(keeper, FLOOD | {"source": "另一号"})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["text"])

    def test_reads_a_file_and_keeps_its_text_where_it_is_wrong(self, keeper):
        file = SimpleUploadedFile("days.csv", "日期,类型\n2023-05-26,半天".encode("gb18030"))
        answer = sent(keeper, FLOOD | {"text": "", "file": file})
        assert answer.status_code == 422
        assert "2023-05-26,半天" in answer.context["form"]["text"].value()

    @pytest.mark.parametrize(
        "data",
        [b"\xff\xfe\x00\x81", b"x" * 300_000, b"", b"\x00\x01\x02"],
        ids=["signs", "size", "empty", "zeros"],
    )
    def test_refuses_a_file_that_is_no_text(self, keeper, data):
        answer = sent(keeper, FLOOD | {"text": "", "file": SimpleUploadedFile("days.csv", data)})
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) <= {"file", "text"}

    def test_previews_a_file_and_publishes_what_was_in_it(self, keeper, handled):
        file = SimpleUploadedFile("days.csv", FLOOD["text"].encode("utf-8-sig"))
        carried = dict(sent(keeper, FLOOD | {"text": "", "file": file}).context["carried"])
        assert keeper.post("/calendar/new", carried | {"step": "publish"}).status_code == 302
        assert CalendarNotice.objects.get().content["off"] == ["2023-05-26"]

    def test_reads_hours_from_a_file_as_well(self, keeper):
        hours = {"hours": {"base": [["08:00", "12:00"], ["14:30", "17:30"]]}}
        file = SimpleUploadedFile("hours.json", json.dumps(hours).encode())
        answer = sent(keeper, HOURS | {"base": "不读的", "file": file})
        assert (answer.status_code, answer.context["facts"][-1]["value"]) == (200, "08:00–12:00、14:30–17:30")
        carried = dict(answer.context["carried"])
        assert keeper.post("/calendar/new", carried | {"step": "publish"}).status_code == 302

    def test_offers_a_years_arrangement_only_where_it_would_hold_for_all(self, keeper, settings):
        settings.REGION = "4228"
        kinds = [
            value for value, _words in keeper.get("/calendar/new").context["form"].fields["kind"].choices
        ]
        assert kinds == ["overlay", "hours"]
        assert list(sent(keeper, YEAR).context["form"].errors) == ["kind"]

    def test_goes_back_to_change_it_with_all_that_was_typed(self, keeper):
        carried = dict(sent(keeper, ORDERED).context["carried"])
        form = keeper.post("/calendar/new", carried | {"step": "edit"}).context["form"]
        assert {name: form[name].value() for name in ORDERED} == ORDERED | {"by_order": True}


class TestHourLines:
    @pytest.mark.parametrize(
        "line", ["8:00-12:00 14:30-18:00", "08:00至12:00，14:30至18:00", "８：００—１２：００、14:30–18:00"]
    )
    def test_reads_hours_as_people_write_them(self, line):
        assert sessions_from(line) == [["08:00", "12:00"], ["14:30", "18:00"]]

    @pytest.mark.parametrize(
        "line", ["5月1日至9月30日：8:00-12:00", "05-01 - 09-30 8:00-12:00", "5/1到9/30 8:00-12:00"]
    )
    def test_reads_seasons_as_people_write_them(self, line):
        assert seasons_from(line) == [{"from": "05-01", "to": "09-30", "sessions": [["08:00", "12:00"]]}]


class TestPreview:
    def test_tells_each_deadline_that_would_move_and_writes_nothing(self, keeper, handled):
        before = list(Clock.objects.values().order_by("pk")), Event.objects.count()
        page = sent(keeper, FLOOD)
        assert counts_of(page) == {"推后": 1}
        words = words_of(page)
        for part in (handled.number, "住建局", "办理", "2023-05-29", "2023-05-30", "5月26日"):
            assert part in words
        assert (list(Clock.objects.values().order_by("pk")), Event.objects.count()) == before
        assert not CalendarNotice.objects.exists()

    @pytest.mark.parametrize("typed", [FLOOD, RUSH, ORDERED, HOURS], ids=["off", "on", "ordered", "hours"])
    def test_tells_just_what_then_happens(self, keeper, opened, take, typed, work):
        matters = [take(opened(), "in_progress", working_days=days) for days in (3, 5, 8)]
        take(opened(), "assigned", calendar_days=5)
        told = {
            (row[0].text, str(row[3])): (row[4], row[5])
            for row in sent(keeper, typed).context["preview"].table.rows
        }
        told = {key: days for key, days in told.items() if days[0] != days[1]}
        before = {row.pk: clock.local(row.due_at) for row in Clock.objects.all()}
        published(keeper, typed)
        work()
        moved = {}
        for row in Clock.objects.select_related("matter"):
            was, now = before[row.pk], clock.local(row.due_at)
            form = "%Y-%m-%d" if was.date() != now.date() else "%Y-%m-%d %H:%M"
            if was != now:
                moved[row.matter.number, row.get_kind_display()] = (was.strftime(form), now.strftime(form))
        assert moved == told
        assert matters

    def test_keeps_a_day_that_was_told_and_says_so(self, keeper, handled, work, due):
        assert counts_of(sent(keeper, RUSH)) == {"不提前（日期已告知）": 1}
        published(keeper, RUSH)
        work()
        assert due(handled) == "2023-05-29"

    def test_brings_it_forward_by_a_leaders_order(self, keeper, handled, work, due):
        assert counts_of(sent(keeper, ORDERED)) == {"按领导指示提前": 1}
        published(keeper, ORDERED)
        work()
        assert due(handled) == "2023-05-27"
        assert Entry.objects.get(act="publish-notice").reason == ORDER

    def test_keeps_it_again_from_the_next_notice_without_an_order(self, keeper, handled, work, due):
        published(keeper, ORDERED)
        work()
        published(keeper, FLOOD | {"text": "日期,类型\n2023-05-28,班"})
        work()
        published(keeper, FLOOD | {"text": "日期,类型\n2023-05-24,休"})
        work()
        assert due(handled) == "2023-05-28"

    def test_makes_a_provisional_day_firm(self, keeper, opened, take, on, work):
        with on("2026-12-28"):
            matter = take(opened(), "assigned", working_days=5)
            assert Matter.objects.get(pk=matter.pk).provisional
            assert set(counts_of(sent(keeper, YEAR))) <= {"推后", "日期不变，由暂定转为确定"}
            assert published(keeper, YEAR).status_code == 302
            work()
            assert not Matter.objects.get(pk=matter.pk).provisional
            assert "由暂定" not in words_of(keeper.get("/calendar?year=2027"))

    def test_tells_nothing_of_what_the_reader_may_not_see(self, keeper, handled, county):
        wall_off(handled, county.units["yingshangban"], reason="accused")
        page = sent(keeper, FLOOD)
        assert page.context["preview"].total == 0
        assert handled.number not in words_of(page)
        assert "没有在办期限变动" in words_of(page)

    def test_is_turned_page_by_page_without_scripts(self, keeper, opened, take, monkeypatch):
        monkeypatch.setattr(preview, "PAGE", 2)
        for _each in range(5):
            take(opened(), "in_progress", working_days=5)
        first = sent(keeper, FLOOD)
        assert (first.context["preview"].pages, first.context["preview"].next_page) == (3, 2)
        carried = dict(first.context["carried"])
        last = keeper.post("/calendar/new", carried | {"page": "3"})
        assert (len(last.context["preview"].table.rows), last.context["preview"].next_page) == (1, 0)
        for strange in ("99", "-1", "x", "0"):
            assert keeper.post("/calendar/new", carried | {"page": strange}).status_code == 200

    def test_costs_the_same_for_five_and_for_twenty_five(
        self, keeper, opened, take, django_assert_max_num_queries
    ):
        for _each in range(25):
            take(opened(), "in_progress", working_days=5, co_units=["fagai"])
        with django_assert_max_num_queries(30):
            assert sent(keeper, FLOOD).context["preview"].total == 50


class TestPublishing:
    def test_writes_one_notice_and_one_entry_and_leads_back(self, keeper):
        answer = published(keeper, FLOOD)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/calendar")
        notice = CalendarNotice.objects.get()
        assert (notice.number, notice.loaded_by, notice.region) == (1, "营商办 专职副主任", "422826")
        entry = Entry.objects.get(act="publish-notice")
        assert (entry.details["number"], entry.details["digest"]) == (1, notice.digest)

    def test_publishes_once_however_often_it_is_sent(self, keeper):
        carried = dict(sent(keeper, FLOOD).context["carried"]) | {"step": "publish"}
        answers = [keeper.post("/calendar/new", carried).status_code for _time in range(3)]
        assert answers == [302, 302, 302]
        assert (CalendarNotice.objects.count(), Entry.objects.filter(act="publish-notice").count()) == (1, 1)

    def test_shows_the_new_preview_where_another_notice_came_first(self, keeper, handled):
        carried = dict(sent(keeper, FLOOD).context["carried"])
        published(keeper, FLOOD | {"text": "日期,类型\n2023-05-25,休"})
        answer = keeper.post("/calendar/new", carried | {"step": "publish"})
        assert answer.status_code == 409
        assert "又发布了另一份通知" in words_of(answer)
        assert answer.context["preview"].total == 1
        assert CalendarNotice.objects.count() == 1
        renewed = dict(answer.context["carried"])
        assert renewed["seen"] == calendars.current_version() != carried["seen"]
        assert keeper.post("/calendar/new", renewed | {"step": "publish"}).status_code == 302

    @pytest.mark.parametrize("seen", ["", "cn-1999", "cn-2026+77", "nonsense"])
    def test_takes_an_unknown_version_as_stale(self, keeper, seen):
        answer = sent(keeper, FLOOD, "publish", seen=seen)
        assert (answer.status_code, CalendarNotice.objects.count()) == (409, 0)

    def test_tells_the_units_and_the_requester_what_moved(self, keeper, sign_in, handled, county, work):
        Matter.objects.filter(pk=handled.pk).update(requester=county.people["firm"])
        published(keeper, FLOOD)
        work()
        for name in ("zhujian", "firm"):
            words = words_of(sign_in(name).get(f"/matters/{handled.number}"))
            assert "办理：5月29日 周一 → 5月30日 周二" in words


class TestProgress:
    def test_counts_what_is_still_to_be_reckoned(self, keeper, handled, work):
        published(keeper, FLOOD)
        page = keeper.get("/calendar")
        assert page.context["left"] == Clock.objects.running().count() > 0
        assert 'hx-get="/calendar/progress"' in words_of(page)
        work()
        after = keeper.get("/calendar/progress", **HTMX)
        assert after.context["left"] == 0
        assert "hx-get" not in words_of(after)
        assert "<html" not in words_of(after)

    def test_leads_to_the_page_without_scripts(self, keeper):
        answer = keeper.get("/calendar/progress")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/calendar")

    @pytest.mark.parametrize(
        ("silent", "stopped", "warned"),
        [(None, False, True), (1, False, False), (1, True, True), (60, False, True)],
    )
    def test_says_when_no_worker_lives(self, keeper, handled, silent, stopped, warned):
        if silent:
            seen = timezone.now() - timedelta(minutes=silent)
            stopped_at = seen if stopped else None
            WorkerBeat.objects.create(
                host="example", pid=1, started_at=seen, seen_at=seen, stopped_at=stopped_at
            )
        published(keeper, FLOOD)
        assert ("后台服务没有运行" in words_of(keeper.get("/calendar"))) == warned


class TestStandingRules:
    def test_tells_every_rule_in_words(self, keeper):
        assert set(WORDS) == set(STANDING_RULES)
        rows = keeper.get("/calendar/rules").context["rules"]
        assert {row["rule"] for row in rows} == set(STANDING_RULES)
        assert not any(row["off"] for row in rows)

    def test_goes_off_with_a_reason_and_on_again(self, keeper):
        keeper.post("/calendar/rules", {"rule": "urge/1", "wanted": "off", "reason": "汛期统一安排。"})
        assert not StandingRule.is_on("urge/1")
        words = words_of(keeper.get("/calendar/rules"))
        assert "5月22日 周一起停用" in words
        assert "汛期统一安排。" in words
        keeper.post("/calendar/rules", {"rule": "urge/1", "wanted": "on"})
        assert StandingRule.is_on("urge/1")
        written = Entry.objects.filter(act__in=("stop-rule", "start-rule")).order_by("pk")
        assert [(entry.act, entry.about, entry.reason) for entry in written] == [
            ("stop-rule", "urge/1", "汛期统一安排。"),
            ("start-rule", "urge/1", ""),
        ]

    def test_may_go_off_again_on_the_same_day(self, keeper):
        for wanted in ("off", "on", "off"):
            keeper.post("/calendar/rules", {"rule": "urge/1", "wanted": wanted, "reason": "汛期。"})
        assert not StandingRule.is_on("urge/1")

    @pytest.mark.parametrize("wanted", ["off", "on"])
    def test_is_switched_once_however_often_it_is_sent(self, keeper, wanted):
        typed = {"rule": "warn/1", "wanted": wanted, "reason": "汛期。"}
        answers = [keeper.post("/calendar/rules", typed).status_code for _time in range(3)]
        assert answers == [302, 302, 302]
        assert Entry.objects.filter(about="warn/1").count() == (1 if wanted == "off" else 0)

    @pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
    def test_asks_for_a_reason_beside_the_rule(self, keeper, reason):
        answer = keeper.post("/calendar/rules", {"rule": "urge/1", "wanted": "off", "reason": reason})
        (row,) = [row for row in answer.context["rules"] if row["act"].get("open")]
        assert (answer.status_code, row["rule"], list(row["act"]["asks"].errors)) == (
            422,
            "urge/1",
            ["reason"],
        )
        assert StandingRule.is_on("urge/1")

    @pytest.mark.parametrize(
        "typed", [{"rule": "dance/1", "wanted": "off"}, {"rule": "urge/1", "wanted": "up"}, {}]
    )
    def test_knows_no_other_rule(self, keeper, typed):
        assert keeper.post("/calendar/rules", typed | {"reason": "试"}).status_code == 404

    def test_shows_the_staff_no_buttons(self, sign_in):
        assert "停用</summary>" not in words_of(sign_in("office").get("/calendar/rules"))

    def test_stands_in_the_auditors_ledger_in_words(self, keeper, sign_in):
        keeper.post("/calendar/rules", {"rule": "urge/1", "wanted": "off", "reason": "汛期。"})
        published(keeper, FLOOD)
        words = words_of(sign_in("auditor").get("/ledger"))
        assert "停用了一条自动规则" in words
        assert "发布了工作日历通知" in words
