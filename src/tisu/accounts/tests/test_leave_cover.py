"""A colleague acts at a post while its holder is away: who may, from when to when, and how it ends."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cast import LONG_AGO, afresh
from tisu.accounts.covers import end_cover, take_leave
from tisu.accounts.models import Delegation, PostHolding, User
from tisu.accounts.services import appoint_secretary, end_holding, hold_post
from tisu.accounts.standing import standing_of
from tisu.audit.models import Entry
from tisu.foundation import clock
from tisu.orgs.models import Post, Role

pytestmark = pytest.mark.django_db
TODAY, FRIDAY = date(2023, 5, 22), date(2023, 5, 26)


@pytest.fixture
def away(county):
    """`away("zhujian-head", "zhujian")`: from today to Friday, arranged by the one who goes, unless named otherwise."""

    def _away(holder, cover, since=TODAY, last=FRIDAY, *, by="", role=None):
        rows = PostHolding.objects.filter(user=county.people[holder])
        holding = rows.get(post__role=role) if role else rows.get()
        actor = county.people[by or holder]
        return take_leave(actor=actor, holding=holding, user=county.people[cover], since=since, last=last)

    return _away


@pytest.fixture
def is_one(county):
    return lambda name, role: standing_of(afresh(county.people[name])).has(role)


@pytest.fixture
def second_leader(county):
    """`leader2`, who leads the county beside `leader`."""
    user = county.people["leader2"] = User.objects.create(username="leader2", name="示例·leader2")
    unit = county.units["xianzhengfu"]
    post = Post.objects.create(unit=unit, title="常务副县长", role=Role.COUNTY_LEADER, since=LONG_AGO)
    PostHolding.objects.create(post=post, user=user, since=LONG_AGO)
    return user


def at(day: str):
    return clock.at(clock.moment(date.fromisoformat(day), clock.now().time().replace(hour=9)))


# --- from when to when -----------------------------------------------------------------------------------


def test_acts_from_the_first_to_the_last_day(county, away, is_one):
    away("zhujian-head", "zhujian", date(2023, 5, 24), date(2023, 5, 25))
    found = []
    for day in ("2023-05-23", "2023-05-24", "2023-05-25", "2023-05-26"):
        with at(day):
            found.append(is_one("zhujian", Role.DEPT_LEAD))
    assert found == [False, True, True, False]


def test_a_leave_that_ends_today_is_covered_today(away, is_one):
    away("zhujian-head", "zhujian", last=TODAY)
    assert is_one("zhujian", Role.DEPT_LEAD)
    with at("2023-05-23"):
        assert not is_one("zhujian", Role.DEPT_LEAD)


def test_a_leave_crosses_the_end_of_the_year(away, is_one):
    away("zhujian-head", "zhujian", date(2023, 12, 29), date(2024, 1, 3))
    with at("2024-01-03"):
        assert is_one("zhujian", Role.DEPT_LEAD)
    with at("2024-01-04"):
        assert not is_one("zhujian", Role.DEPT_LEAD)


def test_is_named_as_cover_and_the_holder_keeps_the_post(county, away, is_one):
    away("zhujian-head", "zhujian")
    labels = [role.label for role in standing_of(afresh(county.people["zhujian"])).roles]
    assert labels == ["住建局 经办", "住建局 负责人（请假代理）"]
    assert is_one("zhujian-head", Role.DEPT_LEAD)


@pytest.mark.parametrize(
    ("since", "last"),
    [("2023-05-21", "2023-05-26"), ("2023-05-24", "2023-05-23"), ("2023-05-24", "9999-12-31")],
)
def test_refuses_days_that_cannot_be(away, since, last):
    with pytest.raises(ValidationError):
        away("zhujian-head", "zhujian", date.fromisoformat(since), date.fromisoformat(last))
    assert not Delegation.objects.filter(kind="cover").exists()


def test_ends_sooner_from_the_next_day_on(county, away, is_one):
    cover = away("zhujian-head", "zhujian")
    end_cover(actor=county.people["zhujian-head"], cover=cover, until=date(2023, 5, 23))
    assert is_one("zhujian", Role.DEPT_LEAD)
    with at("2023-05-23"):
        assert not is_one("zhujian", Role.DEPT_LEAD)


def test_one_that_has_not_begun_is_called_off(county, away):
    cover = away("zhujian-head", "zhujian", date(2023, 6, 1), date(2023, 6, 2))
    end_cover(actor=county.people["zhujian-head"], cover=cover, until=TODAY)
    with at("2023-06-01"):
        assert not Delegation.objects.on().filter(kind="cover").exists()
    away("zhujian-head", "zhujian", date(2023, 6, 1), date(2023, 6, 2))


@pytest.mark.parametrize("until", [date(2023, 5, 21), date(2023, 5, 27), date(2023, 6, 9)])
def test_does_not_end_in_the_past_nor_later_than_arranged(county, away, until):
    cover = away("zhujian-head", "zhujian")
    with pytest.raises(ValidationError):
        end_cover(actor=county.people["zhujian-head"], cover=cover, until=until)


# --- who may cover ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("holder", "cover"),
    [
        ("zhujian", "zhujian-head"),
        ("zhujian-head", "zhujian"),
        ("office", "office-lead"),
        ("office-lead", "office"),
        ("leader", "leader2"),
    ],
)
def test_a_colleague_covers(second_leader, away, holder, cover):
    assert away(holder, cover).user.username == cover


@pytest.mark.parametrize(
    ("holder", "cover"),
    [
        ("zhujian", "fagai"),  # another unit
        ("zhujian", "zhujian"),  # oneself
        ("office", "office2"),  # who holds the very post
        ("office", "supervisor"),
        ("leader", "custodian"),  # of the same unit, and no leader
        ("leader", "secretary"),
        ("zhujian-head", "leader"),  # in charge of it, and not of it
        ("zhujian", "nobody"),
        ("zhujian", "firm"),
        ("zhujian", "admin"),
    ],
)
def test_nobody_else_covers(second_leader, away, holder, cover):
    with pytest.raises(ValidationError):
        away(holder, cover)


@pytest.mark.parametrize("name", ["admin", "security", "auditor", "custodian"])
def test_whoever_stands_apart_has_no_cover(county, away, name):
    with pytest.raises(ValidationError, match="另行任命"):
        away(name, "zhujian")


def test_a_locked_account_covers_nothing(county, away, is_one):
    User.objects.filter(username="zhujian").update(is_active=False)
    with pytest.raises(ValidationError):
        away("zhujian-head", "zhujian")


# --- covers of covers ------------------------------------------------------------------------------------


def test_nobody_who_is_away_covers(county, away):
    away("zhujian", "zhujian-head")
    with pytest.raises(ValidationError, match="不在岗"):
        away("zhujian-head", "zhujian")


def test_whoever_covers_does_not_go_away_too(county, away):
    away("office", "office-lead")
    with pytest.raises(ValidationError, match="代理"):
        away("office-lead", "office2")


def test_they_cover_for_one_another_at_other_times(county, away):
    away("zhujian", "zhujian-head")
    assert away("zhujian-head", "zhujian", date(2023, 5, 27), date(2023, 5, 30))


def test_a_post_is_covered_by_one_at_a_time(county, away):
    away("office-lead", "office")
    with pytest.raises(ValidationError):
        away("office-lead", "office2", FRIDAY, date(2023, 6, 1))
    assert away("office-lead", "office2", date(2023, 5, 27), date(2023, 6, 1))


def test_leaders_do_not_stand_in_for_one_another_in_a_circle(county, second_leader, away):
    post = Post.objects.get(title="副县长")
    appoint_secretary(actor=county.people["admin"], post=post, user=second_leader, since=TODAY)
    with pytest.raises(ValidationError):
        away("leader2", "leader")


def test_a_holder_of_two_posts_is_covered_at_each(county, away, is_one):
    other = User.objects.create(username="gongdian2", name="示例·gongdian2")
    county.people["gongdian2"] = other
    post = Post.objects.create(
        unit=county.units["gongdian"], title="二号经办", role=Role.DEPT_CLERK, since=LONG_AGO
    )
    PostHolding.objects.create(post=post, user=other, since=LONG_AGO)
    away("gongdian", "gongdian2", role=Role.DEPT_LEAD)
    away("gongdian", "gongdian2", role=Role.DEPT_CLERK)
    assert len(standing_of(afresh(other)).roles) == 3


# --- when somebody leaves --------------------------------------------------------------------------------


def test_ends_with_the_time_of_the_holder(county, away, is_one):
    cover = away("zhujian-head", "zhujian")
    holding = PostHolding.objects.get(user=county.people["zhujian-head"])
    end_holding(actor=county.people["admin"], holding=holding, until=date(2023, 5, 24))
    cover.refresh_from_db()
    assert cover.until == date(2023, 5, 24)
    hold_post(
        actor=county.people["admin"],
        post=holding.post,
        user=county.people["zhujian"],
        since=date(2023, 5, 24),
    )


def test_ends_when_the_colleague_leaves_the_unit(county, away):
    cover = away("zhujian-head", "zhujian")
    holding = PostHolding.objects.get(user=county.people["zhujian"])
    end_holding(actor=county.people["admin"], holding=holding, until=date(2023, 5, 24))
    cover.refresh_from_db()
    assert cover.until == date(2023, 5, 24)


def test_an_administrator_is_made_of_nobody_who_covers(county, away):
    """Also not of one whose own post ends on the day before."""
    away("zhujian-head", "zhujian")
    post = Post.objects.get(role=Role.AUDITOR)
    with pytest.raises(ValidationError):
        hold_post(actor=county.people["admin"], post=post, user=county.people["zhujian"], since=TODAY)


# --- on the pages ----------------------------------------------------------------------------------------


def leave(county, holder="zhujian-head", cover="zhujian", **days):
    holding = PostHolding.objects.get(user=county.people[holder])
    return {
        "holding": holding.pk, "user": county.people[cover].pk, "since": "2023-05-22", "last": "2023-05-26",
    } | days  # fmt: skip


def test_the_holder_arranges_it_on_their_own_page(county, send):
    assert send("zhujian-head", "/me", "leave", **leave(county)).status_code == 302
    assert Entry.objects.get().details["cover"] == "zhujian"


def test_the_head_arranges_it_for_a_clerk_who_fell_ill(county, send):
    assert send("zhujian-head", "/me", "leave", **leave(county, "zhujian", "zhujian-head")).status_code == 302
    assert Delegation.objects.get(kind="cover").user == county.people["zhujian-head"]


def test_the_system_administrator_arranges_it_at_the_post(county, send):
    post = PostHolding.objects.get(user=county.people["zhujian"]).post_id
    sent = send("admin", f"/org/posts/{post}", "leave", **leave(county, "zhujian", "zhujian-head"))
    assert sent.status_code == 302


@pytest.mark.parametrize("name", ["fagai-head", "zhujian", "office-lead", "leader"])
def test_nobody_else_arranges_it(county, send, name):
    assert send(name, "/me", "leave", **leave(county)).status_code == 422
    assert not Delegation.objects.filter(kind="cover").exists()


def test_a_cover_arranges_no_leave_of_others(county, send, away):
    """What a head may arrange, the head's cover may not: covers would breed covers."""
    away("zhujian-head", "zhujian")
    other = PostHolding.objects.create(
        post=Post.objects.create(unit=county.units["zhujian"], title="副职", role=Role.DEPT_CLERK, since=LONG_AGO),
        user=county.people["nobody"], since=LONG_AGO,
    )  # fmt: skip
    sent = send("zhujian", "/me", "leave", **leave(county) | {"holding": other.pk})
    assert sent.status_code == 422


def test_full_width_digits_are_read(county, send):
    days = {"since": "２０２３-０５-２４", "last": "２０２３-０５-２５"}
    assert send("zhujian-head", "/me", "leave", **leave(county, **days)).status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"since": "soon"}, {"user": "x" * 5000}, {"holding": ""}, {"last": "２０２３-０２-３０"}]
)
def test_keeps_what_was_typed_when_it_refuses(county, send, wrong):
    refused = send("zhujian-head", "/me", "leave", **leave(county) | wrong)
    assert refused.status_code == 422
    assert "2023-05-2" in refused.content.decode()


def test_sent_twice_it_is_arranged_once(county, send):
    send("zhujian-head", "/me", "leave", **leave(county))
    assert send("zhujian-head", "/me", "leave", **leave(county)).status_code == 422
    assert Delegation.objects.filter(kind="cover").count() == 1


def test_the_holder_ends_it_on_their_own_page(county, send, away, is_one):
    cover = away("zhujian-head", "zhujian")
    assert send("zhujian-head", "/me", "end_leave", cover=cover.pk, until="2023-05-22").status_code == 302
    assert not is_one("zhujian", Role.DEPT_LEAD)


def test_the_cover_does_not_end_it(county, send, away):
    cover = away("zhujian-head", "zhujian")
    assert send("zhujian", "/me", "end_leave", cover=cover.pk, until="2023-05-22").status_code == 404


def test_the_page_shows_who_stands_in(county, sign_in, away):
    away("zhujian-head", "zhujian")
    assert "示例·zhujian" in sign_in("zhujian-head").get("/me").content.decode()
    page = sign_in("zhujian").get("/me").content.decode()
    assert "住建局 负责人" in page and "2023-05-26" in page


@pytest.mark.parametrize("name", ["firm", "nobody"])
def test_who_has_no_post_has_no_such_page(county, sign_in, name):
    assert sign_in(name).get("/me").status_code == 404
