"""The security administrator builds and lifts walls by number, with a reason, and learns nothing of a matter."""

import pytest
from django.utils import timezone

from cast import NEIGHBOUR, afresh
from tisu.accounts.models import Delegation, PostHolding
from tisu.audit.models import Entry
from tisu.inbox.models import Message
from tisu.loop.actor import person
from tisu.loop.models import Matter, Wall
from tisu.loop.register import register_matter
from tisu.loop.walls import wall_off
from tisu.orgs.models import Role, Unit

PAGE = "/security/walls"
REASON = "近亲属在该单位任职"


@pytest.fixture
def build(sign_in, task):
    """`build(unit="zhujian")`: the form as the security administrator sends it, for the task unless told otherwise."""

    def _build(unit: str = "", **data):
        if unit:
            data["unit"] = Unit.objects.get(code=unit, region="422826").pk
        return sign_in("security").post(
            PAGE, {"act": "build", "number": task.number, "reason": REASON} | data
        )

    return _build


@pytest.fixture
def lift(sign_in):
    def _lift(wall: Wall, reason: str = "查明并无利害关系"):
        return sign_in("security").post(PAGE, {"act": "lift", "row": wall.pk, "reason": reason})

    return _lift


@pytest.fixture
def sees(county):
    return lambda name, matter: (
        Matter.objects.visible_to(afresh(county.people[name])).filter(pk=matter.pk).exists()
    )


def refused(answer, words: str) -> bool:
    return answer.status_code == 422 and words in answer.content.decode()


# --- Building --------------------------------------------------------------------------------------------


def test_closes_a_matter_to_a_unit_at_once(build, at_stage, sees):
    matter = at_stage("in_progress")
    assert build("zhujian").status_code == 302
    assert not any(sees(name, matter) for name in ("zhujian", "zhujian-head", "leader", "secretary"))
    assert sees("office", matter)


def test_closes_a_matter_to_one_person_alone(build, task, sees):
    build(user="office")
    assert (sees("office", task), sees("office2", task)) == (False, True)


def test_leaves_an_entry_in_the_ledger(build, task):
    build(user="office")
    entry = Entry.objects.get()
    assert (entry.act, entry.about, entry.reason) == ("build-wall", task.number, REASON)
    assert (entry.actor.username, entry.details) == ("security", {"person": "office"})


@pytest.mark.parametrize("typed", ["lower", "bare", "wide"])
def test_reads_a_number_however_it_is_typed(build, task, sees, typed):
    number = {
        "lower": task.number.lower(),
        "bare": task.number.replace("-", ""),
        "wide": task.number.translate({code: code + 0xFEE0 for code in range(33, 127)}),
    }[typed]
    assert build(user="office", number=number).status_code == 302
    assert not sees("office", task)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"number": "00000-00000", "user": "office"}, "没有编号为"),
        ({"user": "nobody-like-this"}, "没有这个用户名"),
        ({}, "二者选其一"),
        ({"user": "office", "reason": " "}, "还差这一项"),
        ({"user": "security"}, "另一位安全管理员"),
        ({"user": "outsider"}, "在本地区没有"),
    ],
)
def test_says_what_is_wrong_and_builds_nothing(build, data, words):
    assert refused(build(**data), words)
    assert not Wall.objects.exists() and not Entry.objects.exists()


def test_takes_either_a_unit_or_a_person(build):
    assert refused(build("zhujian", user="office"), "二者选其一")


def test_keeps_what_was_typed_when_it_is_refused(build):
    assert 'value="00000-00000"' in build(number="00000-00000", user="office").content.decode()


def test_does_not_build_the_same_wall_twice(build):
    build(user="office")
    assert refused(build(user="office"), "2023-05-22")
    assert Wall.objects.count() == 1


def test_knows_no_matter_of_another_county(build, county):
    matter = register_matter(
        kind="task", title="来凤事项", text="示例", region=NEIGHBOUR, actor=person(county.people["outsider"])
    )
    assert refused(build(user="office", number=matter.number), "没有编号为")


def test_knows_no_unit_of_another_county(sign_in, task):
    other = Unit.objects.get(region=NEIGHBOUR)
    answer = sign_in("security").post(
        PAGE, {"act": "build", "number": task.number, "unit": other.pk, "reason": REASON}
    )
    assert answer.status_code == 422 and not Wall.objects.exists()


# --- Nobody is left --------------------------------------------------------------------------------------


def test_does_not_wall_off_both_office_and_supervision(build, task, sees):
    assert build("yingshangban").status_code == 302
    assert refused(build("duchashi"), "没有人能处理")
    assert sees("supervisor", task)


def test_does_not_recuse_the_last_person_of_the_office(build, sees, task):
    """Supervision would see it, but dispatches only what is walled off from the office as a unit."""
    build(user="office")
    build(user="office2")
    assert refused(build(user="office-lead"), "没有人能处理")
    assert sees("office-lead", task)


def test_does_not_take_away_the_last_who_may_verify(build, at_stage, county):
    PostHolding.objects.filter(post__role=Role.SUPERVISION).update(until="2023-05-01")
    at_stage("submitted")
    for name in ("office", "office2"):
        assert build(user=name).status_code == 302
    assert refused(build(user="office-lead"), "没有人能处理")


def test_counts_who_stands_in_for_a_holder(build, county):
    build("yingshangban")
    supervision = PostHolding.objects.get(user=county.people["supervisor"]).post
    Delegation.objects.create(post=supervision, user=county.people["nobody"], since="2023-01-01")
    assert refused(build(user="supervisor"), "没有人能处理"), "who stands in is bound like the holder"


def test_does_not_count_who_may_not_sign_in(build, county):
    for name in ("office", "office2"):
        county.people[name].is_active = False
        county.people[name].save()
    assert refused(build(user="office-lead"), "没有人能处理")


# --- Who handles it is walled off ------------------------------------------------------------------------


def test_asks_the_office_to_give_it_to_another_unit(build, at_stage, county):
    matter = at_stage("in_progress")
    build("zhujian")
    told = Message.objects.filter(rule="empty-place/1", about_key=matter.pk)
    assert {row.recipient.username for row in told} == {"office", "office2", "office-lead"}


def test_says_nothing_of_who_handles_it_to_the_administrator(build, at_stage, sign_in):
    matter = at_stage("in_progress")
    client = sign_in("security")
    build("zhujian")
    page = client.get(PAGE).content.decode()
    assert matter.title not in page and "牵头" not in page and "请改由" not in page


def test_does_not_ask_while_someone_of_the_unit_still_sees_it(build, at_stage):
    at_stage("in_progress")
    build(user="zhujian")
    assert not Message.objects.filter(rule="empty-place/1").exists()


# --- Lifting ---------------------------------------------------------------------------------------------


def test_lifts_with_a_reason(build, lift, task, sees):
    build(user="office")
    assert lift(Wall.objects.get()).status_code == 302
    assert sees("office", task)
    assert [(entry.act, entry.reason) for entry in Entry.objects.order_by("seq")][-1] == (
        "lift-wall",
        "查明并无利害关系",
    )


def test_asks_why_and_keeps_the_form_open(build, lift, task, sees):
    build(user="office")
    answer = lift(Wall.objects.get(), reason="")
    assert answer.status_code == 422 and '<details class="act" open>' in answer.content.decode()
    assert not sees("office", task)


def test_does_not_lift_twice(build, lift):
    build(user="office")
    wall = Wall.objects.get()
    lift(wall)
    assert refused(lift(wall), "已经解除")
    assert Entry.objects.filter(act="lift-wall").count() == 1


def test_builds_a_lifted_wall_anew(build, lift):
    build(user="office")
    lift(Wall.objects.get())
    assert build(user="office").status_code == 302
    assert Wall.objects.standing().count() == 1 and Wall.objects.count() == 2


def test_never_lifts_what_an_accusation_built(county, lift, sees, reported):
    matter = reported("示例反映", accused_unit="yingshangban").matter
    assert refused(lift(Wall.objects.get()), "承诺")
    assert not sees("office", matter)


def test_does_not_let_an_accusation_be_covered_by_a_wall_that_can_be_lifted(
    county, act, build, lift, reported
):
    matter = reported("示例反映").matter
    build("zhujian", number=matter.number)
    act("office", matter, "screen", kind="A", accused_unit="zhujian")
    assert refused(lift(Wall.objects.get()), "承诺")


def test_does_not_lift_a_wall_of_another_county(county, lift):
    matter = register_matter(
        kind="task", title="来凤事项", text="示例", region=NEIGHBOUR, actor=person(county.people["outsider"])
    )
    wall_off(matter, Unit.objects.get(region=NEIGHBOUR), reason=REASON)
    assert lift(Wall.objects.get()).status_code == 404


@pytest.mark.parametrize("row", ["", "x", "-1", "9" * 40, "١"])
def test_knows_no_wall_by_a_made_up_key(sign_in, row):
    answer = sign_in("security").post(PAGE, {"act": "lift", "row": row, "reason": REASON})
    assert answer.status_code == 404


# --- The list --------------------------------------------------------------------------------------------


def test_lists_number_whom_since_and_why_and_nothing_else(build, task, sign_in, at_stage):
    at_stage("in_progress")
    build("fagai")
    page = sign_in("security").get(PAGE).content.decode()
    assert all(words in page for words in (task.number, "发改局", "2023-05-22", REASON))
    assert task.title not in page and task.text not in page


def test_says_accused_in_words(county, sign_in, reported):
    reported("示例反映", accused_unit="zhujian")
    page = sign_in("security").get(PAGE).content.decode()
    assert "accused" not in page.replace("accused-", "") and "承诺" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"office"}), ("?state=over", {"office2"}), ("?state=all", {"office", "office2"}),
        ("?q=office2&state=all", {"office2"}), ("?q=nothing", set()), ("?state=nonsense", {"office"}),
    ],
)  # fmt: skip
def test_is_looked_through_by_state_and_words(build, lift, sign_in, query, shown):
    build(user="office2")
    lift(Wall.objects.get())
    build(user="office")
    page = sign_in("security").get(PAGE + query).content.decode()
    assert {name for name in ("office", "office2") if f"({name})" in page} == shown


def test_finds_walls_by_number_however_it_is_typed(build, task, sign_in):
    build(user="office")
    page = sign_in("security").get(PAGE, {"q": task.number.lower().replace("-", "")}).content.decode()
    assert "(office)" in page


def test_costs_the_same_however_many_walls_there_are(build, sign_in, django_assert_num_queries, county, task):
    for name in ("office", "fagai", "zhujian", "gongdian"):
        build(user=name)
    client = sign_in("security")
    client.get(PAGE)
    with django_assert_num_queries(10):
        client.get(PAGE)


@pytest.mark.parametrize("path", [PAGE, "/security/conflicts"])
def test_is_there_for_nobody_else(county, sign_in, path):
    for name in set(county.people) - {"security"}:
        assert sign_in(name).get(path).status_code == 404, name
        assert sign_in(name).post(path, {"act": "build"}).status_code == 404, name


def test_leaves_real_time_alone(build):
    """Walls live on the county's time, like all that happens to matters."""
    build(user="office")
    assert Wall.objects.get().built_at < timezone.now()
