"""Notices that were loaded: versions that last, regions, layers, and how often the database is asked."""

import threading
from dataclasses import replace
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from tisu.foundation import calendars, clock
from tisu.foundation.appendonly import LedgerIsAppendOnly
from tisu.foundation.calendars import (
    calendar_of,
    current_version,
    draft_calendar,
    forget,
    notices_between,
    notices_of,
    publish,
    versions_since,
)
from tisu.foundation.drafts import Draft
from tisu.foundation.models import CalendarNotice
from tisu.foundation.officehours import BASE, OfficeHours, Season
from tisu.foundation.workdays import add_workdays, official
from tisu.foundation.yearly import Yearly

pytestmark = pytest.mark.django_db

PROVINCE, PREFECTURE, COUNTY, TOWN, NEIGHBOUR = "42", "4228", "422826", "422826101", "422827"
SUMMER = OfficeHours(
    BASE, (Season(Yearly((5, 1), (9, 30), "夏季"), ((time(7, 30), time(11, 30)), (time(15), time(19)))),)
)


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(text: str) -> frozenset[date]:
    return frozenset(day(each) for each in text.split())


def notice(kind: str = "overlay", **said) -> Draft:
    return Draft(kind=kind, title="通知", source="咸政办〔2023〕1号", loaded_by="office", **said)


def year_2027(**said) -> Draft:
    """Not the real one: nobody has announced it."""
    given = {"year": 2027, "off": days("2026-12-31 2027-01-01 2027-10-01"), "working": days("2026-12-26")}
    return notice("year", **(given | said))


def flood(text: str = "2023-07-06", **said) -> Draft:
    return notice(off=days(text), **said)


# --- Versions --------------------------------------------------------------------------------------------


def test_begins_with_what_came_with_the_program():
    assert current_version() == official().version == "cn-2026"
    assert calendar_of() == calendar_of(COUNTY) == calendar_of(TOWN, "cn-2026") == official()
    assert versions_since("cn-2026") == ()


def test_each_notice_is_a_version_and_old_ones_stay_as_they_were():
    publish(flood("2023-07-06"))
    second = calendar_of(version="cn-2026+1")
    publish(flood("2023-07-07"))
    assert current_version() == calendar_of().version == "cn-2026+2"
    assert not calendar_of().is_workday(day("2023-07-07"))
    forget()
    assert calendar_of(version="cn-2026") == official()
    assert calendar_of(version="cn-2026+1") == second
    assert second.is_workday(day("2023-07-07"))
    assert not second.is_workday(day("2023-07-06"))
    assert [each.number for each in versions_since("cn-2026")] == [1, 2]
    assert [each.number for each in versions_since("cn-2026+1")] == [2]
    assert [each.number for each in notices_between("cn-2026", "cn-2026+1")] == [1]


def test_a_version_outlives_the_next_release_of_the_program(monkeypatch):
    """A newer program brings the next year; calendars from before it are built without that year."""
    publish(flood())
    before = calendar_of()
    known = calendars.built_in()
    newer = known | {2027: year_2027()}
    for module in ("calendars", "layers"):
        monkeypatch.setattr(f"tisu.foundation.{module}.built_in", lambda: newer)
    calendars._calendar.cache_clear()
    assert current_version() == "cn-2027+1"
    assert calendar_of(version="cn-2026+1") == before
    assert calendar_of().coverage_end == day("2027-12-31")
    assert not calendar_of().is_workday(day("2026-12-31"))
    assert versions_since("cn-2026+1") == ()
    calendars._calendar.cache_clear()


@pytest.mark.parametrize(
    "version", ["", "cn-2026+1", "cn-2027", "cn-2026+", "cn-2026+0", "cn-2026+01", "x" * 50]
)
def test_an_unknown_version_is_refused(version):
    with pytest.raises(ValueError):
        versions_since(version)
    with pytest.raises(ValueError):
        calendar_of(version=version or " ")


def test_a_notice_is_kept_as_it_was_loaded():
    stored = publish(flood(region=COUNTY, order="咸政督〔2023〕7号", issued_on=day("2023-05-20")))
    assert (stored.number, stored.region, stored.loaded_by) == (1, COUNTY, "office")
    assert stored.loaded_at == clock.now()
    assert calendars.as_draft(CalendarNotice.objects.get()) == flood(
        region=COUNTY, order="咸政督〔2023〕7号", issued_on=day("2023-05-20")
    )
    with pytest.raises(LedgerIsAppendOnly):
        stored.save()
    with pytest.raises(LedgerIsAppendOnly):
        CalendarNotice.objects.all().delete()


def test_all_of_a_notice_comes_back_from_the_database():
    year = year_2027(off=days("2027-01-01 2027-01-02 2027-05-01 2027-10-01"))
    beside = notice(
        off=days("2023-07-06 2023-07-09"),
        working=days("2023-07-08"),
        recurring=(Yearly((12, 30), (1, 2), "岁首"),),
    )
    hours = notice("hours", hours=SUMMER)
    for draft in (year, beside, hours):
        publish(draft)
    assert [calendars.as_draft(each) for each in CalendarNotice.objects.all()] == [year, beside, hours]


# --- How often the database is asked ---------------------------------------------------------------------


def test_a_request_asks_once(client, django_assert_num_queries):
    publish(flood())
    calendar_of(COUNTY)
    client.get("/healthz")
    with django_assert_num_queries(1):
        for region in (COUNTY, TOWN, NEIGHBOUR, ""):
            calendar_of(region)
            calendar_of(region, "cn-2026")
        assert current_version() == "cn-2026+1"


def test_what_another_process_loaded_is_seen_by_the_next_request(client):
    assert current_version() == "cn-2026"
    row = CalendarNotice(
        number=1, kind="overlay", content={"off": ["2023-07-06"]}, loaded_at=clock.now(), digest="a"
    )
    row.save()
    assert current_version() == "cn-2026"
    client.get("/healthz")
    assert current_version() == "cn-2026+1"
    assert not calendar_of().is_workday(day("2023-07-06"))


def test_the_worker_can_ask_again():
    assert current_version() == "cn-2026"
    CalendarNotice(number=1, kind="overlay", content={}, loaded_at=clock.now(), digest="b").save()
    forget()
    assert current_version() == "cn-2026+1"


def test_what_was_rolled_back_leaves_nothing_behind():
    """Content is told by its digest: number 1 with other content is another calendar."""
    with transaction.atomic():
        publish(flood("2023-07-06"))
        assert not calendar_of().is_workday(day("2023-07-06"))
        transaction.set_rollback(True)
    forget()
    assert current_version() == "cn-2026"
    publish(flood("2023-07-07"))
    assert calendar_of(version="cn-2026+1").is_workday(day("2023-07-06"))
    assert not calendar_of(version="cn-2026+1").is_workday(day("2023-07-07"))


def test_towns_of_a_county_share_one_calendar():
    publish(flood(region=COUNTY))
    assert calendar_of(TOWN) is calendar_of(COUNTY) is calendar_of("422826102")
    assert calendar_of(COUNTY) is not calendar_of(NEIGHBOUR)


# --- Layers ----------------------------------------------------------------------------------------------


def test_a_year_extends_what_is_covered_and_reaches_into_the_december_before():
    assert add_workdays(day("2026-12-28"), 5, calendar_of()) == day("2027-01-04")
    publish(year_2027())
    now = calendar_of(COUNTY)
    assert now.coverage_end == day("2027-12-31")
    assert add_workdays(day("2026-12-28"), 5, now) == day("2027-01-06")
    assert not now.is_provisional(day("2027-01-06"))
    assert now.is_workday(day("2026-12-26"))


def test_a_later_notice_of_a_year_replaces_the_earlier_one():
    publish(year_2027(off=days("2027-01-01 2027-01-04 2027-10-01")))
    publish(year_2027(off=days("2027-01-01 2027-01-05 2027-10-01")))
    assert calendar_of().is_workday(day("2027-01-04"))
    assert not calendar_of().is_workday(day("2027-01-05"))
    publish(
        notice("year", year=2026, off=days("2026-01-01 2026-05-01 2026-10-01"), working=days("2026-01-10"))
    )
    assert calendar_of().is_workday(day("2026-10-02"))
    assert not calendar_of().is_workday(day("2027-01-05"))
    assert not calendar_of().is_workday(day("2025-10-02"))


def test_days_beside_the_arrangement_add_up():
    publish(flood("2023-07-06"))
    publish(flood("2023-07-07"))
    assert not calendar_of().is_workday(day("2023-07-06"))
    assert not calendar_of().is_workday(day("2023-07-07"))


def test_a_later_notice_takes_a_day_back():
    publish(flood("2023-07-06 2023-07-07"))
    publish(notice(working=days("2023-07-07")))
    assert not calendar_of().is_workday(day("2023-07-06"))
    assert calendar_of().is_workday(day("2023-07-07"))


def test_a_county_may_be_off_on_a_make_up_day_and_work_on_a_holiday():
    publish(notice(region=COUNTY, off=days("2026-02-14"), working=days("2026-02-16")))
    assert not calendar_of(COUNTY).is_workday(day("2026-02-14"))
    assert calendar_of(COUNTY).is_workday(day("2026-02-16"))
    assert calendar_of(NEIGHBOUR).is_workday(day("2026-02-14"))


@pytest.mark.parametrize(
    ("covered", "others"),
    [
        (PREFECTURE, {COUNTY: True, TOWN: True, NEIGHBOUR: True, PROVINCE: False, "": False}),
        (COUNTY, {COUNTY: True, TOWN: True, NEIGHBOUR: False, PREFECTURE: False, "": False}),
        ("", {COUNTY: True, TOWN: True, NEIGHBOUR: True, PROVINCE: True, "": True}),
    ],
)
def test_a_notice_covers_its_region_and_those_below(covered, others):
    publish(flood(region=covered))
    assert {region: not calendar_of(region).is_workday(day("2023-07-06")) for region in others} == others


def test_the_smaller_region_is_right_whichever_came_first():
    publish(notice(region=COUNTY, working=days("2023-07-06")))
    publish(flood("2023-07-06", region=PREFECTURE))
    assert calendar_of(COUNTY).is_workday(day("2023-07-06"))
    assert not calendar_of(NEIGHBOUR).is_workday(day("2023-07-06"))


def test_a_year_of_everywhere_leaves_a_countys_day_off():
    publish(flood("2027-07-06", region=COUNTY))
    publish(year_2027())
    assert not calendar_of(COUNTY).is_workday(day("2027-07-06"))


def test_yearly_days_off_come_back_and_a_later_list_replaces_them():
    publish(notice(region=COUNTY, recurring=(Yearly((8, 17), (8, 17), "州庆"),)))
    assert not calendar_of(TOWN).is_workday(day("2023-08-17"))
    assert not calendar_of(COUNTY).is_workday(day("2033-08-17"))
    publish(notice(region=COUNTY, recurring=(Yearly((8, 18), (8, 18), "州庆"),)))
    assert calendar_of(COUNTY).is_workday(day("2023-08-17"))
    assert not calendar_of(COUNTY).is_workday(day("2023-08-18"))
    publish(flood("2023-07-06", region=COUNTY))
    assert not calendar_of(COUNTY).is_workday(day("2023-08-18"))
    publish(notice(region=COUNTY, recurring=()))
    assert calendar_of(COUNTY).is_workday(day("2023-08-18"))


def test_a_countys_yearly_day_off_outweighs_the_nations_make_up_day_but_not_its_own_working_day():
    publish(notice(region=COUNTY, recurring=(Yearly((2, 14), (2, 14), "节"), Yearly((2, 28), (2, 28), "节"))))
    publish(notice(region=COUNTY, working=days("2026-02-28")))
    assert not calendar_of(COUNTY).is_workday(day("2026-02-14"))
    assert calendar_of(COUNTY).is_workday(day("2026-02-28"))
    assert calendar_of(NEIGHBOUR).is_workday(day("2026-02-14"))


def test_a_county_has_hours_of_its_own():
    publish(notice("hours", hours=SUMMER, region=COUNTY))
    assert calendar_of(TOWN).close_on(day("2023-05-22")) == time(19)
    assert calendar_of(TOWN).close_on(day("2023-10-09")) == time(18)
    assert calendar_of(NEIGHBOUR).close_on(day("2023-05-22")) == time(18)


# --- Preview and refusal ---------------------------------------------------------------------------------


def test_a_draft_shows_what_would_be_and_writes_nothing():
    draft = flood(region=COUNTY)
    assert not draft_calendar(draft, TOWN).is_workday(day("2023-07-06"))
    assert draft_calendar(draft, NEIGHBOUR).is_workday(day("2023-07-06"))
    assert draft_calendar(draft, COUNTY).version == "cn-2026+1"
    assert current_version() == "cn-2026"
    assert not CalendarNotice.objects.exists()


def test_the_published_calendar_is_the_drafts():
    publish(flood("2023-07-05"))
    draft = year_2027()
    shown = draft_calendar(draft, COUNTY)
    publish(draft)
    assert calendar_of(COUNTY) == shown


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (year_2027(year=2028, off=days("2028-05-01"), working=frozenset()), "2027"),
        (notice("year", year=2002, off=days("2002-01-01 2002-05-01 2002-10-01")), "2003"),
        (flood("2023-07-08"), "cn-2026"),
        (notice("year", year=2026, off=official().off & days("2026-01-01"), working=frozenset()), "2026-05-01"),
        (notice("hours", hours=OfficeHours()), "cn-2026"),
        (flood(region="abc"), "abc"),
        (flood(region="4"), "4"),
        (replace(flood(), title=" "), ""),
        (replace(flood(), source=""), ""),
        (replace(flood(), loaded_by=""), ""),
        (replace(flood(), title="长" * 201), "200"),
        (replace(flood(), order="令\0"), "令"),
        (flood("1900-01-01"), "1900-01-01"),
        (notice(off=days("2023-07-06"), working=days("2023-07-06")), "2023-07-06"),
        (notice(), ""),
        (notice("hours"), ""),
        (year_2027(off=days("2027-01-01 2027-10-01 2027-12-31 2028-03-01")), "2028-03-01"),
        (year_2027(working=days("2027-01-04")), "2027-01-04"),
        (year_2027(off=days("2027-01-01")), "2027-10-01"),
        (notice(recurring=(Yearly((1, 1), (12, 31)),)), "366"),
        (notice(recurring=(Yearly((3, 1), (3, 5)), Yearly((3, 5), (3, 6)))), "03-05/03-06"),
        (notice("hours", hours=OfficeHours(())), "0"),
        (notice("hours", hours=OfficeHours(((time(12), time(8)),))), "12:00"),
        (notice("hours", hours=OfficeHours(((time(8), time(12)), (time(11), time(18))))), "11:00"),
        (notice("hours", hours=OfficeHours(BASE, (SUMMER.seasons[0], Season(Yearly((9, 30), (10, 5)), BASE)))), "09-30/10-05"),
    ],
)  # fmt: skip
def test_refuses_what_cannot_be_right_and_says_which(draft, said):
    with pytest.raises(ValidationError) as fault:
        publish(draft)
    assert any(said in sentence for sentence in fault.value.messages)
    assert not CalendarNotice.objects.exists()


def test_refuses_a_calendar_in_which_hardly_anyone_works():
    summer = frozenset(
        date.fromordinal(n) for n in range(day("2023-05-01").toordinal(), day("2023-08-01").toordinal())
    )
    with pytest.raises(ValidationError, match="2023"):
        publish(notice(off=summer))


def test_refuses_what_was_loaded_already():
    publish(year_2027())
    with pytest.raises(ValidationError, match=r"cn-2026\+1"):
        publish(replace(year_2027(), title="另一份通知"))


def test_a_leaders_order_may_come_after_the_notice():
    publish(year_2027())
    publish(replace(year_2027(), order="县政府第12次常务会议"))
    assert [each.order for each in notices_between("cn-2026", current_version())] == [
        "",
        "县政府第12次常务会议",
    ]
    with pytest.raises(ValidationError):
        publish(replace(year_2027(), order="县政府第12次常务会议"))


def test_says_which_notices_touch_a_region():
    publish(flood(region=COUNTY))
    publish(flood("2023-07-07", region=NEIGHBOUR))
    publish(flood("2023-07-10"))
    assert [each.number for each in notices_of(TOWN)] == [1, 3]
    assert [each.number for each in versions_since("cn-2026") if each.covers(TOWN)] == [1, 3]


@pytest.mark.django_db(transaction=True)
def test_two_people_publish_one_after_the_other():
    """Each sees what the other wrote, so both notices stand and no number is given twice."""
    faults: list[Exception] = []

    def load(text: str) -> None:
        try:
            publish(flood(text))
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=load, args=(f"2023-07-{n:02}",)) for n in (3, 4, 5, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    forget()
    assert faults == []
    assert current_version() == "cn-2026+4"
    assert add_workdays(day("2023-06-30"), 1, calendar_of()) == day("2023-07-07")
