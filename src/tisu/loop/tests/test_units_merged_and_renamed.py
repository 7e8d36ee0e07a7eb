"""A unit is renamed, merged or split: its matters go on, and what was so before is still told."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cast import LONG_AGO, afresh
from tisu.accounts.hand_overs import hand_overs_of
from tisu.accounts.models import HandOver, PostHolding
from tisu.accounts.room import ROOM as PEOPLE
from tisu.accounts.services import end_holding
from tisu.accounts.standing import standing_of
from tisu.accounts.unit_changes import call_off, plan_change, what_moves
from tisu.audit.models import Entry
from tisu.loop.faults import NotAllowed, Unacceptable
from tisu.loop.models import Clock, Matter, Wall
from tisu.loop.rebuild import differences
from tisu.loop.walls import ACCUSED, lift, wall_off
from tisu.orgs.models import Duty, Post, Role, Unit, UnitChange
from tisu.orgs.services import end_unit, rename_unit

pytestmark = pytest.mark.django_db
JUNE = date(2023, 6, 1)


@pytest.fixture
def plan(county):
    """`plan("zhujian", "fagai")`: from the first of June on, clerks along, unless named otherwise."""

    def _plan(unit, *into, day=JUNE, heir="", moves_people=True):
        units = [county.units[code] for code in into]
        return plan_change(
            actor=county.people["admin"], unit=county.units[unit], successors=units,
            heir=county.units[heir or into[0]], day=day, moves_people=moves_people,
        )  # fmt: skip

    return _plan


@pytest.fixture
def come(on, work):
    """`with come():` it is the morning of the first of June and the worker has done what was due."""

    @contextmanager
    def _come(day="2023-06-01"):
        with on(day):
            [job] = [job for job in PEOPLE.jobs if job.code == "unit-changes"]
            while job.take():
                pass
            work()
            yield

    return _come


def lead_of(matter: Matter) -> str:
    return Matter.objects.get(pk=matter.pk).lead.unit.code


# --- merged ----------------------------------------------------------------------------------------------


def test_nothing_moves_before_the_day(county, plan, come, at_stage, sees):
    matter = at_stage("in_progress")
    plan("zhujian", "fagai")
    with come("2023-05-31"):
        assert (lead_of(matter), sees("fagai", matter)) == ("zhujian", [False])


def test_open_matters_go_on_at_the_heir_with_one_event(county, plan, come, at_stage, sees, act):
    matter = at_stage("in_progress", working_days=20)
    plan("zhujian", "fagai")
    with come():
        assert (lead_of(matter), sees("fagai", matter)) == ("fagai", [True])
        event = matter.events.latest("seq")
        assert (event.action, event.signed) == ("succeed", "unit-change/1")
        assert event.content.body == {"from_unit": ["zhujian"], "unit": ["fagai"]}
        act("fagai", matter, "report", text="已接手。")


def test_the_part_of_the_one_that_ended_stays_as_it_was(county, plan, come, at_stage):
    matter = at_stage("in_progress")
    plan("zhujian", "fagai")
    with come():
        was, now = matter.assignments.order_by("pk")
        assert (was.unit.code, was.state, was.handler) == ("zhujian", "transferred", "示例·zhujian")
        assert (now.unit.code, now.state, now.handler) == ("fagai", "accepted", "")
        signed = matter.events.get(action="accept").signed
        assert signed == "住建局 经办"


@pytest.mark.parametrize("stage", ["assigned", "in_progress", "submitted"])
def test_stage_and_dates_stay(county, plan, come, at_stage, stage):
    matter = at_stage(stage, working_days=20)
    before = Clock.objects.filter(matter=matter).values_list("kind", "due_at").order_by("pk")
    told = list(before)
    plan("zhujian", "fagai", day=date(2023, 5, 23))
    with come("2023-05-23"):
        matter.refresh_from_db()
        assert (matter.stage, list(before)) == (stage, told)
        assert list(differences()) == []


def test_a_suspended_matter_stays_suspended(county, plan, come, at_stage, ask, act):
    matter = at_stage("in_progress")
    number = ask("zhujian", matter, "suspension", reason="supplement", until="2023-06-09")
    act("office", matter, "grant", request=number, opinion="同意。")
    plan("zhujian", "fagai")
    with come():
        matter.refresh_from_db()
        assert matter.is_suspended and lead_of(matter) == "fagai"
    with come("2023-06-12"):
        matter.refresh_from_db()
        assert not matter.is_suspended
        assert list(differences()) == []


def test_a_request_that_waits_is_the_heirs_to_withdraw(county, plan, come, at_stage, ask, act):
    matter = at_stage("in_progress", working_days=20)
    number = ask("zhujian", matter, "extension", working_days=3)
    plan("zhujian", "fagai")
    with come():
        act("fagai", matter, "withdraw_request", request=number)
        assert matter.requests.get().signed == "住建局 经办"


@pytest.mark.parametrize(
    ("ending", "heir", "lead"), [("zhujian", "fagai", "fagai"), ("fagai", "zhujian", "zhujian")]
)
def test_lead_and_co_unit_become_one(county, plan, come, act, task, ending, heir, lead):
    act("office", task, "assign", lead_unit="zhujian", co_units=["fagai"], working_days=20)
    act("zhujian", task, "accept")
    plan(ending, heir)
    with come():
        matter = Matter.objects.get(pk=task.pk)
        assert (matter.lead.unit.code, matter.co_assignments) == (lead, [])
        assert list(differences()) == []
        act(f"{lead}-head", matter, "submit", result="resolved", summary="场地已清理完毕并移交。")


def test_a_co_units_part_goes_on(county, plan, come, act, task):
    act("office", task, "assign", lead_unit="zhujian", co_units=["fagai"], working_days=20)
    plan("fagai", "gongdian")
    with come():
        act("gongdian", task, "co_done", text="已办结。")


def test_heirs_of_heirs_have_it_in_the_end(county, plan, come, at_stage):
    matter = at_stage("in_progress")
    plan("zhujian", "fagai")
    with come():
        plan("fagai", "gongdian", day=date(2023, 7, 3))
    with come("2023-07-03"):
        assert lead_of(matter) == "gongdian"
        assert Unit.objects.get(code="zhujian").heir == county.units["gongdian"]


def test_closed_matters_are_read_and_answered_for_by_the_heir(county, plan, come, at_stage, sees, act):
    matter = at_stage("closed")
    plan("zhujian", "fagai")
    with come():
        assert (lead_of(matter), sees("fagai", matter)) == ("zhujian", [True])


def test_what_is_reopened_later_goes_on_at_the_heir(county, plan, come, at_stage, act, work):
    matter = at_stage("closed")
    plan("zhujian", "fagai")
    with come():
        act("supervisor", matter, "reopen", reason="企业反映未办完。")
        work()
        assert lead_of(matter) == "fagai"


def test_whoever_merged_into_the_unit_verifies_nothing_it_handled(county, plan, come, at_stage, act):
    """The office's clerk who also holds a post of the heir."""
    post = Post.objects.get(unit=county.units["fagai"], role=Role.DEPT_CLERK)
    PostHolding.objects.create(post=post, user=county.people["office"], since=LONG_AGO)
    matter = at_stage("submitted")
    plan("zhujian", "fagai")
    with come(), pytest.raises(NotAllowed):
        act("office", matter, "pass", opinion="已核实。", method="visit")


# --- people ----------------------------------------------------------------------------------------------


def test_clerks_go_along_and_the_heads_post_ends(county, plan, come):
    plan("zhujian", "fagai")
    with come():
        roles = {name: [role.label for role in standing_of(afresh(county.people[name])).roles]
                 for name in ("zhujian", "zhujian-head", "fagai-head")}  # fmt: skip
    assert roles == {"zhujian": ["发改局 经办"], "zhujian-head": [], "fagai-head": ["发改局 负责人"]}


def test_nobody_goes_along_where_that_was_not_planned(county, plan, come):
    plan("zhujian", "fagai", moves_people=False)
    with come():
        assert standing_of(afresh(county.people["zhujian"])).roles == ()


def test_whoever_leaves_hands_over(county, plan, come):
    plan("zhujian", "fagai")
    with come():
        assert {row.holding.user.username for row in HandOver.objects.all()} == {"zhujian", "zhujian-head"}
        assert hand_overs_of(county.people["zhujian"])


def test_a_time_in_a_post_that_would_have_ended_later_ends_with_the_unit(county, plan, come):
    holding = PostHolding.objects.get(user=county.people["zhujian"])
    end_holding(actor=county.people["admin"], holding=holding, until=date(2023, 12, 1))
    plan("zhujian", "fagai")
    with come():
        holding.refresh_from_db()
        assert holding.until == JUNE


# --- walls -----------------------------------------------------------------------------------------------


def test_walls_against_the_one_that_ended_bind_the_heir(county, plan, come, at_stage, sees):
    matter = at_stage("registered")
    wall_off(matter, county.units["zhujian"], reason=ACCUSED)
    plan("zhujian", "fagai")
    with come():
        assert (
            Wall.objects.standing().filter(matter=matter, unit=county.units["fagai"], reason=ACCUSED).exists()
        )
        assert sees("fagai", matter) == [False]


def test_an_accused_unit_that_merged_is_not_made_to_handle_it(county, plan, come, at_stage, act):
    matter = at_stage("registered")
    wall_off(matter, county.units["zhujian"], reason=ACCUSED)
    plan("zhujian", "fagai")
    with come(), pytest.raises(Unacceptable):
        act("office", matter, "assign", lead_unit="fagai", working_days=5)


def test_bind_at_once_before_the_worker_has_written_them(county, plan, at_stage, sees, on):
    matter = at_stage("registered")
    wall_off(matter, county.units["zhujian"], reason=ACCUSED)
    plan("zhujian", "fagai")
    with on("2023-06-01"):
        for job in PEOPLE.jobs:
            job.take()
        post = Post.objects.get(unit=county.units["fagai"], role=Role.DEPT_CLERK)
        assert county.units["zhujian"].pk in standing_of(afresh(county.people["fagai"])).all_units
        assert post.unit.took_over == [county.units["zhujian"].pk]


def test_what_the_heir_may_not_see_is_told_to_the_office(county, plan, come, at_stage, told, sees):
    matter = at_stage("in_progress")
    wall_off(matter, county.units["fagai"], reason=ACCUSED)
    plan("zhujian", "fagai")
    with come():
        assert (lead_of(matter), sees("fagai", matter)) == ("zhujian", [False])
        assert "empty-place/1" in told("office")


def test_a_wall_lifted_at_the_heir_is_not_built_again(county, plan, come, at_stage, work):
    matter = at_stage("registered")
    wall_off(matter, county.units["zhujian"], reason="亲属")
    plan("zhujian", "fagai")
    with come():
        lift(Wall.objects.get(matter=matter, unit=county.units["fagai"]))
        work()
        assert not Wall.objects.standing().filter(matter=matter, unit=county.units["fagai"]).exists()


# --- split -----------------------------------------------------------------------------------------------


def test_of_several_the_heir_takes_what_is_open_and_walls_bind_all(county, plan, come, at_stage, act, opened):
    matter, other = at_stage("in_progress"), opened()
    wall_off(other, county.units["zhujian"], reason=ACCUSED)
    plan("zhujian", "fagai", "gongdian", heir="gongdian")
    with come():
        assert lead_of(matter) == "gongdian"
        walled = Wall.objects.standing().filter(matter=other).values_list("unit__code", flat=True)
        assert set(walled) == {"zhujian", "fagai", "gongdian"}


# --- what cannot be --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "into", "day"),
    [
        ("zhujian", "zhujian", JUNE),
        ("yingshangban", "fagai", JUNE),
        ("duchashi", "fagai", JUNE),
        ("zhujian", "yingshangban", JUNE),
        ("zhujian", "jiwei", JUNE),
        ("zhujian", "fagai", date(2023, 5, 22)),
        ("zhujian", "fagai", date(2023, 5, 21)),
    ],
)
def test_refuses_what_cannot_be(county, plan, unit, into, day):
    with pytest.raises(ValidationError):
        plan(unit, into, day=day)
    assert not UnitChange.objects.exists()


def test_refuses_a_unit_that_has_ended(county, plan, come):
    plan("zhujian", "fagai")
    with come():
        for unit, into in (("zhujian", "gongdian"), ("gongdian", "zhujian")):
            with pytest.raises(ValidationError):
                plan(unit, into, day=date(2023, 7, 3))


def test_refuses_a_circle_and_a_second_plan(county, plan):
    plan("zhujian", "fagai")
    for unit, into in (
        ("fagai", "zhujian"),
        ("gongdian", "zhujian"),
        ("zhujian", "gongdian"),
        ("fagai", "gongdian"),
    ):
        with pytest.raises(ValidationError):
            plan(unit, into)


def test_refuses_a_unit_of_another_region(county, plan):
    elsewhere = Unit.objects.create(
        code="zhujian",
        region_id="422827",
        name="来凤县住建局",
        short_name="来凤住建局",
        duty=Duty.HANDLING,
        since=LONG_AGO,
    )
    county.units["elsewhere"] = elsewhere
    with pytest.raises(ValidationError):
        plan("zhujian", "elsewhere")


def test_is_not_ended_by_hand_while_a_change_is_planned(county, plan):
    plan("zhujian", "fagai")
    for code in ("zhujian", "fagai"):
        with pytest.raises(ValidationError, match="先撤销"):
            end_unit(actor=county.people["admin"], unit=county.units[code], until=date(2023, 7, 1))


def test_is_called_off_until_the_day_comes(county, plan, come, at_stage, on):
    matter = at_stage("in_progress")
    change = plan("zhujian", "fagai")
    call_off(actor=county.people["admin"], change=change)
    with come():
        assert lead_of(matter) == "zhujian"
    again = plan("zhujian", "fagai")
    with on("2023-06-01"), pytest.raises(ValidationError):
        call_off(actor=county.people["admin"], change=again)


def test_units_are_told_and_the_ledger_names_who_planned_it(county, plan, told):
    plan("zhujian", "fagai")
    assert "unit-change/1" in told("zhujian-head") and "unit-change/1" in told("fagai")
    assert Entry.objects.get(act="plan-change").details["heir"] == "fagai"


def test_says_beforehand_what_will_move(county, at_stage, sign_in):
    matter = at_stage("in_progress")
    assert [count for _label, count in what_moves(county.units["zhujian"]) if count] == [1, 2, 2]
    page = sign_in("admin").get(f"/org/units/{county.units['zhujian'].pk}").content.decode()
    assert "未办结事项 1" in page and matter.number not in page


# --- on the page -----------------------------------------------------------------------------------------


def send(browser, unit, act, **data):
    return browser.post(f"/org/units/{unit.pk}", {"act": act, **data})


def test_is_planned_and_called_off_on_the_page_of_the_unit(county, sign_in):
    browser, unit = sign_in("admin"), county.units["zhujian"]
    fagai = county.units["fagai"].pk
    assert send(browser, unit, "merge", heir=fagai, day="2023-06-01", moves_people="on").status_code == 302
    assert send(browser, unit, "merge", heir=fagai, day="2023-06-01").status_code == 404  # no longer offered
    assert send(browser, unit, "call_off").status_code == 302
    assert not UnitChange.objects.planned().exists()


def test_is_split_on_the_page_of_the_unit(county, sign_in):
    browser, unit = sign_in("admin"), county.units["zhujian"]
    fagai, gongdian = county.units["fagai"].pk, county.units["gongdian"].pk
    for into in ([fagai], [gongdian], [fagai, unit.pk], []):
        assert send(browser, unit, "split", successors=into, heir=fagai, day="2023-06-01").status_code == 422
    sent = send(browser, unit, "split", successors=[fagai, gongdian], heir=fagai, day="2023-06-01")
    assert sent.status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"heir": "x"}, {"heir": "99999"}, {"day": "2023-02-30"}, {"day": ""}, {"day": "2023-05-22"}]
)
def test_keeps_what_was_typed_when_it_refuses(county, sign_in, wrong):
    data = {"heir": county.units["fagai"].pk, "day": "2023-06-01"} | wrong
    assert send(sign_in("admin"), county.units["zhujian"], "merge", **data).status_code == 422
    assert not UnitChange.objects.exists()


# --- renamed ---------------------------------------------------------------------------------------------


def rename(county, since, short="住建和城管局"):
    return rename_unit(
        actor=county.people["admin"],
        unit=county.units["zhujian"],
        name=f"咸丰县{short}",
        short_name=short,
        since=since,
    )


def test_what_it_was_called_is_kept_with_its_days(county):
    unit = rename(county, date(2022, 3, 1))
    assert [unit.called_on(day).short_name for day in (LONG_AGO, date(2022, 2, 28), date(2022, 3, 1))] == [
        "住建局", "住建局", "住建和城管局",
    ]  # fmt: skip


def test_a_slip_mended_on_the_same_day_leaves_no_former_name(county):
    rename(county, date(2023, 5, 22), "住健局")
    unit = rename(county, date(2023, 5, 22), "住建城管局")
    assert [row.short_name for row in unit.former_names.all()] == ["住建局"]


def test_a_name_taken_back_on_the_same_day_was_never_another(county):
    rename(county, date(2023, 5, 22), "住健局")
    actor, unit = county.people["admin"], county.units["zhujian"]
    rename_unit(actor=actor, unit=unit, name="咸丰县住房和城乡建设局", short_name="住建局")
    assert not unit.former_names.exists()


@pytest.mark.parametrize("since", [date(2023, 5, 23), date(2020, 12, 31)])
def test_refuses_a_day_that_does_not_fit(county, since):
    with pytest.raises(ValidationError):
        rename(county, since)


def test_is_found_by_its_former_name(county, sign_in):
    rename(county, date(2022, 3, 1))
    assert "住建和城管局" in sign_in("admin").get("/org?q=住建局").content.decode()


def test_a_closed_matter_names_the_unit_as_it_was_called(county, at_stage, sign_in, on):
    matter = at_stage("closed")
    with on("2023-07-03"):
        rename(county, date(2023, 7, 1))
        page = sign_in("office").get(f"/matters/{matter.number}").content.decode()
        assert "住建局（今住建和城管局）" in page
        paper = sign_in("office").get(f"/matters/{matter.number}/print").content.decode()
        assert "咸丰县住房和城乡建设局" in paper


def test_an_open_matter_names_it_as_it_is_called_now(county, at_stage, sign_in, on):
    matter = at_stage("in_progress", working_days=60)
    with on("2023-07-03"):
        rename(county, date(2023, 7, 1))
        assert "住建和城管局" in sign_in("office").get(f"/matters/{matter.number}").content.decode()
