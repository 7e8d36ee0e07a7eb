"""Who has an interest in a firm sees no report that concerns it, though no matter shows which firm that is."""

import importlib

import pytest
from django.apps import apps
from django.db import connection

from cast import COUNTY, FIRM_CODES, LONG_AGO
from tisu.loop.actor import person
from tisu.loop.conflicts import add_conflict
from tisu.loop.models import ConcernedFirm, ConflictOfInterest, Matter
from tisu.loop.register import register_matter
from tisu.voice.models import Report

FIRM, OTHER = FIRM_CODES


@pytest.fixture
def interest(county):
    def _interest(name: str = "office", nth: int = 0) -> None:
        ConflictOfInterest.objects.create(
            user=county.people[name], enterprise=county.firms[nth], since=LONG_AGO, reason="持有股份"
        )

    return _interest


@pytest.fixture
def parts(act):
    """`parts(report)`: the two that it is split into."""

    def _parts(report: Report) -> list[Matter]:
        act("office2", report.matter, "split", texts=["甲。", "乙。"])
        return list(Matter.objects.filter(parent=report.matter).order_by("pk"))

    return _parts


def test_closes_a_report_that_names_the_firm(take, interest, sees):
    interest()
    matter = take(enterprise=FIRM).report.matter
    assert sees("office", matter) == [False] and sees("office2", matter) == [True]


@pytest.mark.parametrize("path", ["/matters/{}", "/api/v1/matters/{}", "/reports/{}/identity"])
def test_is_a_404_and_opens_no_contact(take, interest, sign_in, path):
    report = take(enterprise=FIRM, anonymous=False, contact="示例联系方式").report
    client, address = sign_in("office"), path.format(report.matter.number)
    ask = client.post if "identity" in path else client.get
    interest("office-lead")
    assert ask(address, {"reason": "核实"}).status_code != 404
    interest()
    assert ask(address, {"reason": "核实"}).status_code == 404


def test_leaves_reports_on_other_firms_open(take, interest, sees):
    interest()
    assert sees("office", take(enterprise=OTHER).report.matter) == [True]


def test_closes_what_someone_reports_who_acts_for_the_firm(take, county, interest, sees):
    """Whichever firm the report names."""
    interest()
    told = {"anonymous": False, "user": county.people["firm"]}
    matters = [take(**told).report.matter, take(**told, enterprise=OTHER).report.matter]
    assert sees("office", *matters) == [False, False]
    interest("supervisor", 1)
    assert sees("supervisor", *matters) == [True, False]


def test_knows_nothing_of_who_reports_without_a_name(take, county):
    take(user=county.people["firm"])
    assert not ConcernedFirm.objects.exists()


def test_closes_every_part_and_the_rest(take, interest, sees, parts, act):
    whole = take(enterprise=FIRM).report
    one, two = parts(whole)
    act("office2", one, "assign", lead_unit="fagai", working_days=5)
    act("fagai", one, "accept")
    act("fagai-head", one, "submit", result="partly_resolved", summary="5月22日已办结甲的一半。")
    act("office2", one, "pass", opinion="余下待办。", method="visit", rest="余下一半。")
    interest()
    assert sees("office", whole.matter, one, two, Matter.objects.get(parent=one)) == [False] * 4


def test_closes_what_a_report_is_merged_into(take, interest, sees, act):
    report, other = take(enterprise=FIRM).report, take().report
    act("office2", report.matter, "merge", parent=other.matter.number)
    interest()
    assert sees("office", report.matter, other.matter) == [False, False]


def test_is_refused_where_it_would_leave_nobody_for_a_report(take, interest, county):
    take(enterprise=FIRM)
    interest("office")
    interest("office-lead")
    with pytest.raises(Exception, match="没有人能处理"):
        add_conflict(
            actor=county.people["security"], user=county.people["office2"], credit_code=FIRM,
            since=LONG_AGO, until=None, reason="持有股份",
        )  # fmt: skip


def test_shows_the_firm_to_no_unit_and_finds_nothing_by_it(take, act, county, sign_in):
    matter = take(enterprise=FIRM).report.matter
    act("office2", matter, "assign", lead_unit="zhujian", working_days=5)
    assert Matter.objects.get(pk=matter.pk).enterprise is None
    for path in (f"/matters/{matter.number}", f"/api/v1/matters/{matter.number}", f"/search?q={FIRM}"):
        page = sign_in("zhujian").get(path).content.decode()
        assert county.firms[0].name not in page and (FIRM not in page or matter.number not in page)


def test_is_forgotten_with_a_discipline_report_and_what_it_was_split_from(take, act, parts, county):
    whole = take(enterprise=FIRM, anonymous=False, user=county.people["firm"]).report
    one, two = parts(whole)
    for each in (whole.matter, one, two):
        assert each.concerned_firms.exists()
    act("office2", one, "screen", kind="B")
    assert [each.concerned_firms.exists() for each in (whole.matter, one, two)] == [False, False, True]


def test_is_forgotten_where_a_discipline_report_brought_it(take, act):
    report, other = take().report, take(enterprise=FIRM).report
    act("office2", report.matter, "merge", parent=other.matter.number)
    assert report.matter.concerned_firms.exists()
    act("office2", other.matter, "screen", kind="B")
    assert not ConcernedFirm.objects.exists()


# --- Reports from before this was known ------------------------------------------------------------------


def known_firms() -> set[tuple[int, int]]:
    return set(ConcernedFirm.objects.values_list("matter", "enterprise"))


def test_is_filled_in_for_older_matters_by_the_migration(take, act, parts, county):
    whole = take(enterprise=FIRM, anonymous=False, user=county.people["firm2"]).report
    one, _two = parts(whole)
    joined = register_matter(
        kind="task", title="示例", text="示例", region=COUNTY, actor=person(county.people["office2"])
    )
    act("office2", one, "merge", parent=joined.number)
    act("office2", take(enterprise=OTHER).report.matter, "screen", kind="B")
    take(user=county.people["firm"])
    known = known_firms()
    assert len(known) == 8
    ConcernedFirm.objects.all().delete()
    importlib.import_module("tisu.voice.migrations.0002_firms_behind_reports").fill(apps, connection)
    assert known_firms() == known
