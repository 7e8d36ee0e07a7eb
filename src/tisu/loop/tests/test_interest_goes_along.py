"""An interest in a firm reaches wherever the firm's matter goes: what it is merged with, its rest, and no further."""

import pytest

from cast import COUNTY, FIRM_CODES, LONG_AGO
from tisu.loop.actor import person
from tisu.loop.conflicts import add_conflict
from tisu.loop.faults import Conflict, Unacceptable
from tisu.loop.models import ConcernedFirm, ConflictOfInterest, Matter, Wall
from tisu.loop.register import register_matter
from tisu.loop.services import open_by_hand
from tisu.loop.superiors import superiors_of
from tisu.loop.walls import recuse

FIRM, OTHER = FIRM_CODES


@pytest.fixture
def opened(county):
    """`opened(0)`: a task that concerns the first firm; `opened()`: one that concerns none."""

    def _opened(nth: int | None = None) -> Matter:
        return register_matter(
            kind="task", title="示例", text="示例", region=COUNTY, actor=person(county.people["office2"]),
            enterprise=None if nth is None else county.firms[nth],
        )  # fmt: skip

    return _opened


@pytest.fixture
def interest(county):
    """`interest("office")`: since long ago, in the first firm unless told otherwise."""

    def _interest(name: str, nth: int = 0) -> None:
        ConflictOfInterest.objects.create(
            user=county.people[name], enterprise=county.firms[nth], since=LONG_AGO, reason="持有股份"
        )

    return _interest


@pytest.fixture
def merge(act):
    return lambda child, parent: act("office2", child, "merge", parent=parent.number)


@pytest.mark.parametrize("firms", [(0, None), (None, 0), (0, 1), (1, 0)])
@pytest.mark.parametrize("begun", ["before", "after"])
def test_reaches_both_of_two_merged_whichever_the_firm_is_in(opened, interest, sees, merge, firms, begun):
    child, parent = (opened(nth) for nth in firms)
    if begun == "before":
        interest("office")
    merge(child, parent)
    if begun == "after":
        interest("office")
    assert sees("office", child, parent) == [False, False]
    assert sees("office-lead", child, parent) == [True, True]


@pytest.mark.parametrize("firms", [(0, None), (None, 0), (0, 1), (1, 0)])
def test_is_gone_again_where_it_came_along_when_they_are_taken_apart(
    opened, interest, sees, merge, act, firms
):
    child, parent = (opened(nth) for nth in firms)
    interest("office")
    merge(child, parent)
    act("office2", child, "unmerge")
    assert sees("office", child, parent) == [nth != 0 for nth in firms]


def test_stays_where_another_merged_one_still_needs_it(opened, interest, sees, merge, act):
    one, two, into = opened(0), opened(0), opened()
    interest("office")
    merge(one, into)
    merge(two, into)
    act("office2", one, "unmerge")
    assert sees("office", one, two, into) == [False, False, False]
    act("office2", two, "unmerge")
    assert sees("office", one, two, into) == [False, False, True]


def test_reaches_what_else_is_merged_into_the_same(opened, interest, sees, merge):
    one, two, into = opened(0), opened(), opened()
    interest("office")
    merge(one, into)
    merge(two, into)
    assert sees("office", one, two, into) == [False, False, False]


def test_reaches_what_was_split_and_the_part_that_is_merged_but_no_other_part(
    reported, act, opened, interest, sees, merge
):
    whole = reported("路坏了，用电也没批。").matter
    act("office2", whole, "split", texts=["路坏了。", "用电没批。"])
    one, two = Matter.objects.filter(parent=whole).order_by("pk")
    interest("office")
    merge(one, opened(0))
    assert sees("office", whole, one, two) == [False, False, True]
    act("office2", one, "unmerge")
    assert sees("office", whole, one, two) == [True, True, True]


def test_reaches_the_rest_of_what_was_merged_with_a_firms_matter(
    at_stage, opened, interest, sees, merge, act
):
    done = at_stage("in_progress")
    merge(opened(0), done)
    act("zhujian-head", done, "submit", result="partly_resolved", summary="一号地块已于5月22日清理完毕。")
    act("supervisor", done, "pass", opinion="二号地块待办。", method="visit", rest="二号地块未清理。")
    interest("office")
    assert sees("office", Matter.objects.get(parent=done)) == [False]


def test_tells_no_leader_who_has_one_in_a_merged_firm(opened, interest, merge, act):
    child, parent = opened(0), opened()
    act("office2", parent, "assign", lead_unit="zhujian", working_days=5)
    assert superiors_of(Matter.objects.get(pk=parent.pk))
    merge(child, parent)
    interest("leader")
    assert superiors_of(Matter.objects.get(pk=parent.pk)) == []


def test_is_refused_where_it_would_leave_nobody_for_what_was_merged(opened, interest, merge, county):
    child, parent = opened(0), opened()
    merge(child, parent)
    interest("office")
    interest("office-lead")
    with pytest.raises(Exception, match="没有人能处理"):
        add_conflict(
            actor=county.people["security"], user=county.people["office2"], credit_code=FIRM,
            since=LONG_AGO, until=None, reason="持有股份",
        )  # fmt: skip


def test_keeps_two_from_being_merged_where_nobody_would_be_left_for_them(opened, interest, act):
    child, parent = opened(0), opened(1)
    for name, nth in (("office", 0), ("office-lead", 0), ("office2", 1)):
        interest(name, nth)
    with pytest.raises(Unacceptable, match="没有人能处理"):
        act("supervisor", child, "merge", parent=parent.number)
    assert not ConcernedFirm.objects.exists()


def test_shows_the_firm_that_came_along_to_nobody(opened, merge, sign_in, county):
    child, parent = opened(0), opened()
    merge(child, parent)
    for path in (f"/matters/{parent.number}", f"/api/v1/matters/{parent.number}", "/matters?q=示例甲"):
        page = sign_in("office2").get(path).content.decode()
        assert FIRM not in page and (county.firms[0].name not in page or parent.number not in page)


# --- What a merged one tells of the other ----------------------------------------------------------------


@pytest.fixture
def half_seen(opened, merge, county):
    """A pair of which `office` sees the merged one alone, as walls by themselves would not leave it."""
    child, parent = opened(), opened()
    merge(child, parent)
    recuse(parent, county.people["office"], reason="示例")
    Wall.objects.filter(matter=child).delete()
    return child, parent


@pytest.mark.parametrize("path", ["/matters/{}", "/api/v1/matters/{}"])
def test_names_no_other_matter_that_its_reader_may_not_see(half_seen, sign_in, path):
    child, parent = half_seen
    page = sign_in("office").get(path.format(child.number))
    assert page.status_code == 200 and parent.number not in page.content.decode()
    assert parent.number in sign_in("office2").get(path.format(child.number)).content.decode()


def test_refuses_to_take_apart_without_naming_the_other_one(half_seen, act):
    child, parent = half_seen
    act("office2", parent, "request_cancellation", reason="企业已撤回。")
    act("leader", parent, "grant", request=1)
    with pytest.raises(Conflict) as refusal:
        act("office", child, "unmerge")
    assert parent.number not in str(refusal.value)


def test_goes_along_into_what_goes_on_from_an_ended_matter(opened, act, interest, sees, county):
    first = opened(0)
    act("office2", first, "request_cancellation", reason="企业已撤回。")
    act("leader", first, "grant", request=1)
    interest("office")
    next_one = open_by_hand(
        user=county.people["office2"], kind="task", title="", text="接着办。", after=first.number
    )
    assert sees("office", first, next_one) == [False, False]
    assert sees("office2", first, next_one) == [True, True]
