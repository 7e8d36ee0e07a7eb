"""A wall stands wherever the same words stand: merged matters, parts of what was split, and the rest of it."""

import pytest

from cast import COUNTY
from tisu.audit.models import Entry
from tisu.loop.actor import person
from tisu.loop.models import Matter, Wall
from tisu.loop.register import register_matter
from tisu.loop.walling import build_wall, lift_wall
from tisu.loop.walls import recuse, wall_off

REASON = "近亲属在该单位任职"


@pytest.fixture
def tasks(county) -> list[Matter]:
    actor = person(county.people["office"])
    return [
        register_matter(kind="task", title=f"示例{place}", text="示例", region=COUNTY, actor=actor)
        for place in range(3)
    ]


@pytest.fixture
def build(county):
    def _build(matter: Matter, name: str) -> Wall:
        return build_wall(
            actor=county.people["security"], number=matter.number, user=county.people[name], reason=REASON
        )

    return _build


@pytest.fixture
def lift(county):
    return lambda wall: lift_wall(actor=county.people["security"], wall=wall, reason="查明并无利害关系")


def merge(act, one: Matter, into: Matter, name: str = "office2") -> None:
    act(name, one, "merge", parent=into.number)


# --- Merged ----------------------------------------------------------------------------------------------


def test_reaches_what_a_matter_is_merged_into(act, tasks, sees, county):
    one, other, _third = tasks
    recuse(one, county.people["office"], reason=REASON)
    merge(act, one, other)
    assert sees("office", one, other) == [False, False]


def test_reaches_what_is_merged_into_a_matter(act, tasks, sees, county):
    """Or the merged one would tell of another matter that its reader may not see."""
    one, other, _third = tasks
    recuse(other, county.people["office"], reason=REASON)
    merge(act, one, other)
    assert sees("office", one, other) == [False, False]


def test_is_gone_again_when_they_are_taken_apart(act, tasks, sees, county):
    one, other, _third = tasks
    recuse(one, county.people["office"], reason=REASON)
    recuse(other, county.people["office-lead"], reason=REASON)
    merge(act, one, other)
    act("office2", one, "unmerge")
    assert sees("office", one, other) == [False, True]
    assert sees("office-lead", one, other) == [True, False]


def test_stays_after_taking_apart_what_another_merged_one_still_needs(act, tasks, sees, county):
    """Two with the same wall in one: taking the first out must not open it."""
    one, two, into = tasks
    for each in (one, two):
        recuse(each, county.people["office"], reason=REASON)
        merge(act, each, into)
    act("office2", one, "unmerge")
    assert sees("office", one, two, into) == [False, False, False]
    act("office2", two, "unmerge")
    assert sees("office", one, two, into) == [False, False, True]


def test_stays_after_taking_apart_what_was_built_here_as_well(act, tasks, sees, county, build):
    one, into, _third = tasks
    recuse(one, county.people["office"], reason=REASON)
    merge(act, one, into)
    build(into, "office")
    act("office2", one, "unmerge")
    assert sees("office", one, into) == [False, False]


def test_reaches_merged_matters_when_it_is_built_later(act, tasks, sees, build):
    one, two, into = tasks
    merge(act, one, into)
    merge(act, two, into)
    build(one, "office")
    assert sees("office", one, two, into) == [False, False, False]
    act("office2", one, "unmerge")
    assert sees("office", one, two, into) == [False, True, True]


def test_goes_with_the_one_it_comes_from_when_that_is_lifted(act, tasks, sees, build, lift):
    one, into, _third = tasks
    merge(act, one, into)
    wall = build(one, "office")
    lift(wall)
    assert sees("office", one, into) == [True, True]


def test_is_not_lifted_where_it_only_came_along(act, tasks, build, county, sign_in):
    one, into, _third = tasks
    merge(act, one, into)
    build(one, "office")
    along = Wall.objects.get(matter=into)
    answer = sign_in("security").post("/security/walls", {"act": "lift", "row": along.pk, "reason": "解除"})
    assert answer.status_code == 422 and one.number in answer.content.decode()
    assert Wall.objects.standing().count() == 2


def test_stands_on_for_another_reason_when_one_is_lifted(act, tasks, sees, build, lift):
    one, two, into = tasks
    first, _second = build(one, "office"), build(two, "office")
    merge(act, one, into)
    merge(act, two, into)
    lift(first)
    assert sees("office", one, two, into) == [False, False, False]


def test_names_all_it_reaches_in_the_ledger(act, tasks, build, lift):
    one, into, _third = tasks
    merge(act, one, into)
    lift(build(one, "office"))
    assert [entry.details["also"] for entry in Entry.objects.all()] == [[into.number], [into.number]]


# --- Split, and the rest ---------------------------------------------------------------------------------


@pytest.fixture
def split(act, county, reported):
    """A report, and the two parts it was split into."""
    whole = reported("路坏了，用电也没批。").matter
    act("office", whole, "split", texts=["路坏了。", "用电没批。"])
    return [whole, *Matter.objects.filter(parent=whole).order_by("pk")]


def test_built_before_the_whole_reaches_its_parts(split, sees, build):
    build(split[0], "office")
    assert sees("office", *split) == [False, False, False]


def test_built_before_a_part_reaches_the_whole_and_no_other_part(split, sees, build):
    build(split[1], "office")
    assert sees("office", *split) == [False, False, True]


def test_is_lifted_from_the_whole_together_with_the_part(split, sees, build, lift):
    lift(build(split[1], "office"))
    assert sees("office", *split) == [True, True, True]


def test_stays_before_the_whole_while_another_part_needs_it(split, sees, build, lift):
    first, _second = build(split[1], "office"), build(split[2], "office")
    lift(first)
    assert sees("office", *split) == [False, True, False]


def test_was_there_before_the_split_and_is_before_each_part(act, county, sees, reported):
    whole = reported("路坏了，用电也没批。").matter
    recuse(whole, county.people["office"], reason=REASON)
    act("office2", whole, "split", texts=["路坏了。", "用电没批。"])
    parts = Matter.objects.filter(parent=whole)
    assert sees("office", *parts) == [False, False]


@pytest.fixture
def partly_done(act, at_stage):
    done = at_stage("in_progress")
    act("zhujian-head", done, "submit", result="partly_resolved", summary="一号地块已于5月22日清理完毕。")
    act("office2", done, "pass", opinion="二号地块待办。", method="visit", rest="二号地块未清理。")
    return [done, Matter.objects.get(parent=done)]


def test_built_before_what_is_done_reaches_the_rest(partly_done, sees, build):
    build(partly_done[0], "office")
    assert sees("office", *partly_done) == [False, False]


def test_built_before_the_rest_reaches_what_is_done(partly_done, sees, build):
    build(partly_done[1], "office")
    assert sees("office", *partly_done) == [False, False]


def test_was_there_before_and_is_before_the_rest(act, at_stage, sees, county):
    done = at_stage("in_progress")
    recuse(done, county.people["office"], reason=REASON)
    act("zhujian-head", done, "submit", result="partly_resolved", summary="一号地块已于5月22日清理完毕。")
    act("office2", done, "pass", opinion="二号地块待办。", method="visit", rest="二号地块未清理。")
    assert sees("office", Matter.objects.get(parent=done)) == [False]


def test_goes_from_a_part_through_the_whole_no_further(split, sees, county, act, build, reported):
    """A part is merged with something else: that is reached, its sister is not."""
    whole, one, two = split
    other = reported("另一件。").matter
    merge(act, one, other)
    build(other, "office")
    assert sees("office", whole, one, two, other) == [False, False, True, False]


def test_costs_few_queries_where_there_is_no_kin(task, county, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        wall_off(task, county.units["zhujian"], reason=REASON)
