"""Whoever leaves a post hands over what is open there; whoever takes it over signs; nothing waits for either."""

from datetime import date

import pytest

from cast import LONG_AGO, afresh
from tisu.accounts.hand_overs import lines_in, lists_for
from tisu.accounts.models import HandedOver, HandOver, PostHolding, User
from tisu.accounts.services import end_holding, hold_post
from tisu.audit.models import Entry
from tisu.foundation import clock
from tisu.loop.erasing import DECISIONS, erase_content
from tisu.loop.models import Matter
from tisu.orgs.models import Post, Role

pytestmark = pytest.mark.django_db
TODAY = date(2023, 5, 22)


@pytest.fixture
def leaves(county):
    """`leaves("zhujian")`: their time in the post ends today, or on the day named."""

    def _leaves(name, until=TODAY):
        holding = PostHolding.objects.get(user=county.people[name])
        end_holding(actor=county.people["admin"], holding=holding, until=until)
        return HandOver.objects.get(holding=holding)

    return _leaves


@pytest.fixture
def follows(county):
    """`follows(row)`: `nobody` holds the post from today on."""

    def _follows(row):
        hold_post(
            actor=county.people["admin"], post=row.holding.post, user=county.people["nobody"], since=TODAY
        )
        return county.people["nobody"]

    return _follows


@pytest.fixture
def sign(sign_in):
    """`sign("zhujian", row, "leave")`: the form as the page shows it."""

    def _sign(name, row, act, **typed):
        browser, url = sign_in(name), f"/me/handovers/{row.pk}"
        shown = browser.get(url).context
        return browser.post(url, {"act": act, "expected": shown["expected"] if shown else "", **typed})

    return _sign


def texts(user, row):
    return [line.text for line in lines_in(lists_for(afresh(user), row))]


# --- who is told -----------------------------------------------------------------------------------------


def test_begins_when_an_end_is_set_and_both_are_told(county, leaves, told):
    leaves("zhujian", date(2023, 6, 1))
    assert told("zhujian") == ["hand-over/1"]
    assert told("zhujian-head") == ["take-over/1"]


def test_tells_the_next_holder_that_it_waits(county, leaves, follows, told):
    follows(leaves("zhujian"))
    assert told("nobody") == ["take-over/1"]


def test_an_administrator_hands_nothing_over(county):
    holding = PostHolding.objects.get(user=county.people["auditor"])
    end_holding(actor=county.people["admin"], holding=holding, until=TODAY)
    assert not HandOver.objects.exists()


# --- what follows the post -------------------------------------------------------------------------------


def test_matters_follow_the_post_signed_or_not(county, at_stage, leaves, follows, sees, act):
    matter = at_stage("in_progress")
    follows(leaves("zhujian"))
    assert (sees("zhujian", matter), sees("nobody", matter)) == ([False], [True])
    act("nobody", matter, "report", text="已接手。")
    assert matter.events.latest("seq").signed == "住建局 经办"


def test_lists_what_is_open_with_its_handler(county, at_stage, leaves):
    matter = at_stage("in_progress")
    row = leaves("zhujian")
    listed = next(each for each in lists_for(county.people["zhujian"], row) if each.lines)
    assert [str(listed.label), listed.lines[0].text] == ["未办结事项", "清理场地（经办人：示例·zhujian）"]
    assert listed.lines[0].cells == (matter.number, "办理中", "正常", "2023-05-29")


def test_lists_what_was_submitted_and_not_what_is_closed(county, at_stage, act, leaves, opened, take):
    at_stage("closed")
    other = take(opened(), "submitted")
    row = leaves("zhujian-head")
    assert [line.key for line in lines_in(lists_for(county.people["zhujian-head"], row))] == [other.pk]


def test_lists_requests_that_wait_for_the_post(county, at_stage, ask, leaves):
    number = ask("zhujian", matter := at_stage("in_progress"), "extension", working_days=3)
    row = leaves("office-lead")
    lines = lines_in(lists_for(county.people["office-lead"], row))
    assert [line.cells[1] for line in lines if line.code == DECISIONS] == [
        matter.requests.get(number=number).get_kind_display()
    ]


def test_lists_secretaries_of_a_leader(county, leaves):
    row = leaves("leader")
    assert "示例·secretary" in texts(county.people["leader"], row)


# --- signing ---------------------------------------------------------------------------------------------


def test_both_sign_and_the_ledger_keeps_the_digest(county, at_stage, leaves, follows, sign):
    matter, row = at_stage("in_progress"), leaves("zhujian")
    follows(row)
    assert (
        sign("zhujian", row, "leave", **{f"note-matters-{matter.pk}": "企业电话打不通，找园区。"}).status_code
        == 302
    )
    assert sign("nobody", row, "take").status_code == 302
    row.refresh_from_db()
    assert row.is_signed and row.left_digest == row.taken_digest
    entries = {entry.act: entry for entry in Entry.objects.filter(act__startswith="sign-")}
    assert entries["sign-hand-over"].details["digest"] == row.left_digest
    assert entries["sign-take-over"].signed == "住建局 经办"
    assert row.lines.get().note == "企业电话打不通，找园区。"


def test_is_frozen_by_the_first_signature(county, at_stage, leaves, follows, sign, act):
    matter, row = at_stage("in_progress"), leaves("zhujian")
    sign("zhujian", row, "leave")
    act("zhujian-head", matter, "submit", result="resolved", summary="场地已清理完毕并移交。")
    row.refresh_from_db()
    taker = follows(row)
    [line] = lines_in(lists_for(taker, row))
    assert line.cells[1] == "办理中"


def test_refuses_a_list_that_has_changed_since_it_was_read(county, at_stage, leaves, sign_in, act):
    matter, row = at_stage("in_progress"), leaves("zhujian")
    browser, url = sign_in("zhujian"), f"/me/handovers/{row.pk}"
    expected = browser.get(url).context["expected"]
    act("zhujian-head", matter, "submit", result="resolved", summary="场地已清理完毕并移交。")
    refused = browser.post(url, {"act": "leave", "expected": expected, f"note-matters-{matter.pk}": "留言"})
    assert refused.status_code == 422 and "留言" in refused.content.decode()
    row.refresh_from_db()
    assert row.left_at is None


def test_is_signed_once(county, at_stage, leaves, sign):
    at_stage("in_progress")
    row = leaves("zhujian")
    sign("zhujian", row, "leave")
    assert sign("zhujian", row, "leave").status_code == 422
    assert Entry.objects.filter(act="sign-hand-over").count() == 1


def test_is_taken_over_where_whoever_left_never_signed(county, at_stage, leaves, follows, sign):
    at_stage("in_progress")
    row = leaves("zhujian")
    follows(row)
    assert sign("nobody", row, "take").status_code == 302
    row.refresh_from_db()
    assert (row.left_at, row.taken_by) == (None, county.people["nobody"])


def test_is_not_taken_over_before_the_day(county, at_stage, leaves, sign):
    row = leaves("zhujian", date(2023, 6, 1))
    assert sign("zhujian-head", row, "take").status_code == 422


def test_the_head_takes_over_where_the_post_is_vacant(county, at_stage, leaves, sign):
    row = leaves("zhujian")
    assert sign("zhujian-head", row, "take").status_code == 302


def test_a_clerk_takes_over_where_the_heads_post_is_vacant(county, leaves, sign):
    assert sign("zhujian", leaves("zhujian-head"), "take").status_code == 302


def test_the_head_no_longer_takes_over_once_someone_follows(county, leaves, follows, sign_in):
    row = leaves("zhujian")
    follows(row)
    assert sign_in("zhujian-head").get(f"/me/handovers/{row.pk}").status_code == 404


def test_another_holder_of_the_post_takes_over(county, leaves, sign, sign_in):
    row = leaves("office")
    assert sign_in("office-lead").get(f"/me/handovers/{row.pk}").status_code == 404
    assert sign("office2", row, "take").status_code == 302


def test_a_leaders_post_that_nobody_holds_is_taken_over_by_the_office(county, leaves, sign):
    assert sign("office-lead", leaves("leader"), "take").status_code == 302


@pytest.mark.parametrize("typed", [{"act": "leave"}, {"act": "x"}, {"expected": "0" * 64}])
def test_refuses_what_does_not_fit(county, leaves, sign_in, typed):
    row = leaves("zhujian")
    said = {"act": "take", "expected": "x"} | typed
    assert sign_in("zhujian-head").post(f"/me/handovers/{row.pk}", said).status_code in (404, 422)
    row.refresh_from_db()
    assert (row.left_at, row.taken_at) == (None, None)


def test_refuses_a_huge_note_and_keeps_it(county, at_stage, leaves, sign):
    matter, row = at_stage("in_progress"), leaves("zhujian")
    refused = sign("zhujian", row, "leave", **{f"note-matters-{matter.pk}": "长" * 201})
    assert refused.status_code == 422 and "长" * 201 in refused.content.decode()


def test_takes_no_note_on_what_is_not_in_the_list(county, at_stage, leaves, sign):
    at_stage("in_progress")
    row = leaves("zhujian")
    sign("zhujian", row, "leave", **{"note-matters-999": "x", "note-": "y"})
    assert not HandedOver.objects.exclude(note="").exists()


# --- walls -----------------------------------------------------------------------------------------------


@pytest.fixture
def two(county, opened, take) -> list[Matter]:
    return [take(opened(), "in_progress") for _each in range(2)]


def recuse(matter: Matter, user: User) -> None:
    matter.walls.create(user=user, reason="亲属", built_at=clock.now())


def test_the_taker_sees_only_what_the_taker_may_see(county, two, leaves, follows, sign, sign_in):
    row = leaves("zhujian")
    taker = follows(row)
    recuse(two[1], taker)
    sign("zhujian", row, "leave")
    page = sign_in("nobody").get(f"/me/handovers/{row.pk}").content.decode()
    assert two[0].number in page and two[1].number not in page
    assert sign("nobody", row, "take").status_code == 302
    row.refresh_from_db()
    assert row.taken_digest != row.left_digest
    after = sign_in("nobody").get(f"/me/handovers/{row.pk}").content.decode()
    assert row.left_digest not in after and two[1].number not in after


def test_tells_the_taker_alike_whether_or_not_something_is_walled_off(county, two, leaves, follows, sign_in):
    row = leaves("zhujian")
    taker = follows(row)
    recuse(two[1], taker)
    lines = lines_in(lists_for(afresh(taker), row))
    assert [line.key for line in lines] == [two[0].pk]
    for page in ("", "/print"):
        assert two[1].number not in sign_in("nobody").get(f"/me/handovers/{row.pk}{page}").content.decode()


def test_a_wall_built_later_takes_the_line_from_a_signed_list(county, two, leaves, sign, sign_in):
    row = leaves("zhujian")
    sign("zhujian", row, "leave")
    recuse(two[0], county.people["zhujian"])
    page = sign_in("zhujian").get(f"/me/handovers/{row.pk}").content.decode()
    assert two[0].number not in page and two[1].number in page


def test_a_wall_against_the_unit_takes_it_from_whoever_left_the_unit(county, two, leaves, sign, sign_in):
    row = leaves("zhujian")
    sign("zhujian", row, "leave")
    two[0].walls.create(unit=county.units["zhujian"], reason="accused", built_at=clock.now())
    assert two[0].number not in sign_in("zhujian").get(f"/me/handovers/{row.pk}").content.decode()


def test_who_becomes_an_administrator_reads_no_line_any_more(county, two, leaves, sign, sign_in):
    row = leaves("zhujian")
    sign("zhujian", row, "leave")
    auditor = Post.objects.get(role=Role.AUDITOR)
    PostHolding.objects.create(post=auditor, user=county.people["zhujian"], since=LONG_AGO)
    assert two[0].number not in sign_in("zhujian").get(f"/me/handovers/{row.pk}").content.decode()


def test_notes_go_with_a_lawful_erasure(county, two, leaves, sign):
    row = leaves("zhujian")
    sign("zhujian", row, "leave", **{f"note-matters-{two[0].pk}": "密语"})
    digest = HandOver.objects.get(pk=row.pk).left_digest
    erase_content(two[0], rule="test/1")
    line = HandedOver.objects.get(key=two[0].pk)
    assert (line.note, bool(line.note_digest)) == ("", True)
    assert HandOver.objects.get(pk=row.pk).left_digest == digest


# --- who reads what --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["fagai-head", "office", "leader", "admin", "auditor", "security", "firm", "nobody"]
)
@pytest.mark.parametrize("page", ["", "/print"])
def test_nobody_else_reads_or_signs_it(county, at_stage, leaves, sign_in, name, page):
    at_stage("in_progress")
    row = leaves("zhujian")
    url = f"/me/handovers/{row.pk}{page}"
    assert sign_in(name).get(url).status_code == 404
    assert sign_in(name).post(url, {"act": "take", "expected": ""}).status_code == 404
    row.refresh_from_db()
    assert row.taken_at is None


@pytest.mark.parametrize("name", ["admin", "office", "office-lead"])
def test_the_state_is_shown_without_a_line(county, at_stage, leaves, sign_in, name):
    matter = at_stage("in_progress")
    leaves("zhujian")
    page = sign_in(name).get("/org/handovers").content.decode()
    assert "住建局 经办" in page and matter.number not in page


@pytest.mark.parametrize("name", ["zhujian-head", "leader", "security", "auditor", "firm", "supervisor"])
def test_the_state_is_for_nobody_else(county, sign_in, name):
    assert sign_in(name).get("/org/handovers").status_code == 404


def test_the_office_next_door_sees_none_of_ours(county, leaves, sign_in):
    leaves("zhujian")
    assert "住建局 经办" not in sign_in("outsider").get("/org/handovers").content.decode()


def test_stands_on_the_pages_of_both(county, leaves, follows, sign_in):
    row = leaves("zhujian")
    follows(row)
    for name in ("zhujian", "nobody"):
        assert f"/me/handovers/{row.pk}" in sign_in(name).get("/me").content.decode()


def test_is_printed(county, at_stage, leaves, sign_in):
    matter, row = at_stage("in_progress"), leaves("zhujian")
    page = sign_in("zhujian").get(f"/me/handovers/{row.pk}/print").content.decode()
    assert matter.number in page and "尚未签字" in page


def test_costs_no_more_for_more_matters(county, opened, take, leaves, sign_in, django_assert_max_num_queries):
    for _each in range(12):
        take(opened(), "in_progress")
    row = leaves("zhujian")
    browser = sign_in("zhujian")
    with django_assert_max_num_queries(45):
        browser.get(f"/me/handovers/{row.pk}")
