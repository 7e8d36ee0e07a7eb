"""The accused unit learns nothing of a report, by no path; it can neither be given it nor find it."""

import pytest
from django.urls import reverse

from tisu.loop.desk import desk_of
from tisu.loop.faults import Conflict, NotVisible, Unacceptable
from tisu.loop.models import Matter
from tisu.voice.models import Report

TEXT = "窗口甲号拒收材料五次"


@pytest.fixture
def report(take):
    """Accuses zhujian, and is on zhujian's desk in every way that the wall must outweigh."""
    return take(text=TEXT, accused_unit="zhujian").report


ACCUSED = ["zhujian", "zhujian-head", "leader", "secretary"]


@pytest.mark.parametrize("name", ACCUSED)
def test_is_not_in_what_the_accused_and_their_leader_see(report, county, name):
    user = county.people[name]
    assert not Matter.objects.visible_to(user).exists()
    assert not Report.objects.visible_to(user).exists()
    assert not any(rows.exists() for _list, rows in desk_of(user))


@pytest.mark.parametrize("name", ACCUSED)
@pytest.mark.parametrize("until", ["assigned", "in_progress", "submitted", "closed"])
def test_stays_unseen_while_another_unit_handles_it(report, handle, county, name, until):
    handle(report, until=until)
    assert not Matter.objects.visible_to(county.people[name]).exists()


@pytest.mark.parametrize("name", ACCUSED)
def test_is_on_no_page_and_in_no_answer(report, handle, sign_in, name):
    handle(report, until="in_progress")
    client, number = sign_in(name), report.matter.number
    for path in ("/desk", "/matters", "/search?q=拒收材料", "/matters?q=拒收材料", f"/search?q={number}"):
        page = client.get(path, follow=True)
        assert page.status_code == 200
        assert TEXT not in page.content.decode()
        assert reverse("loop:matter", args=[number]) not in page.content.decode()
    assert client.get("/api/v1/matters").json()["items"] == []
    assert client.get("/api/v1/matters", {"q": "拒收材料"}).json()["items"] == []


@pytest.mark.parametrize("name", ACCUSED)
def test_answers_as_if_there_were_none(report, sign_in, name):
    client, number = sign_in(name), report.matter.number
    unknown = client.get("/api/v1/matters/00000-00000")
    walled = client.get(f"/api/v1/matters/{number}")
    assert (walled.status_code, walled.content) == (404, unknown.content)
    body = {"data": {}, "expected_version": 1}
    act = client.post(f"/api/v1/matters/{number}/actions/accept", body, content_type="application/json")
    assert act.status_code == 404
    assert client.get(reverse("loop:matter", args=[number])).status_code == 404
    assert client.post(reverse("voice:say", args=[number]), {"text": "x"}).status_code == 404
    assert client.post(reverse("voice:identity", args=[number]), {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("data", [{"lead_unit": "zhujian"}, {"lead_unit": "fagai", "co_units": ["zhujian"]}])
def test_cannot_be_assigned_to_the_accused(report, act, data):
    with pytest.raises(Unacceptable):
        act("office", report.matter, "assign", **data)


def test_cannot_be_handed_over_to_the_accused(report, act):
    with pytest.raises(Unacceptable):
        act("office", report.matter, "hand_over", to="zhujian", reason="请自查。")


def test_is_walled_when_only_the_screening_finds_who_is_accused(take, act, county):
    report = take(text=TEXT, responsible_unit="zhujian").report
    act("office", report.matter, "screen", kind="A", accused_unit="zhujian", responsible_unit="zhujian")
    report.refresh_from_db()
    assert (report.accused_unit.code, report.responsible_unit) == ("zhujian", None)
    assert not Matter.objects.visible_to(county.people["zhujian"]).exists()


def test_does_not_let_a_later_screening_make_the_accused_responsible(report, act):
    act("office", report.matter, "screen", kind="A", responsible_unit="zhujian")
    report.refresh_from_db()
    assert (report.accused_unit.code, report.responsible_unit) == ("zhujian", None)


def test_keeps_every_unit_out_that_any_screening_named(report, act, county):
    act("office", report.matter, "screen", kind="A", accused_unit="gongdian", responsible_unit="zhujian")
    report.refresh_from_db()
    assert report.responsible_unit is None
    for name in ("zhujian", "gongdian"):
        assert not Matter.objects.visible_to(county.people[name]).exists()


def test_goes_to_supervision_when_it_accuses_the_office(take, act, county):
    report = take(text=TEXT, accused_unit="yingshangban").report
    for name in ("office", "office2", "office-lead"):
        with pytest.raises(NotVisible):
            act(name, report.matter, "screen", kind="A")
    assert act("supervisor", report.matter, "screen", kind="A").screened_as == "A"


def test_is_not_assigned_to_who_is_its_own_reporter_when_accused(take, county):
    """A clerk of the accused unit who reports it while signed in follows it by receipt alone."""
    report = take(anonymous=False, user=county.people["zhujian"], accused_unit="zhujian").report
    assert not Matter.objects.visible_to(county.people["zhujian"]).exists()
    assert report.matter.requester == county.people["zhujian"]


def test_stands_although_the_matter_was_screened_elsewhere_already(report, act):
    act("office", report.matter, "screen", kind="C")
    with pytest.raises(Conflict):
        act("office", report.matter, "assign", lead_unit="fagai")
