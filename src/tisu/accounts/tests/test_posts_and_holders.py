"""The system administrator keeps units, posts and holders; the rules say what nobody may."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tisu.accounts.models import Delegation, PostHolding, User
from tisu.accounts.services import appoint_secretary, hold_post
from tisu.accounts.standing import standing_of
from tisu.audit.models import Entry
from tisu.orgs.models import Post, Role, Unit

pytestmark = pytest.mark.django_db
TODAY = "2023-05-22"
UNIT = {
    "name": "咸丰县交通运输局", "short_name": "交通局", "code": "jiaotong", "region": "422826", "duty": "handling",
    "since": TODAY,
}  # fmt: skip


def post_of(role: Role) -> Post:
    return Post.objects.filter(role=role).order_by("pk").first()


def holding_of(county, name: str) -> PostHolding:
    return PostHolding.objects.get(user=county.people[name])


def test_adds_a_unit_and_says_so_in_the_ledger(county, send):
    assert send("admin", "/org", "add_unit", **UNIT).status_code == 302
    assert Unit.objects.get(code="jiaotong").short_name == "交通局"
    entry = Entry.objects.get()
    assert (entry.act, entry.actor, "jiaotong" in entry.about) == ("add-unit", county.people["admin"], True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "zhujian"},
        {"code": "Jiao Tong"},
        {"duty": "office"},
        {"duty": "nothing"},
        {"region": "110000"},
        {"name": ""},
        {"since": "soon"},
    ],
)
def test_refuses_a_unit_that_cannot_be(county, send, wrong):
    before = Unit.objects.count()
    refused = send("admin", "/org", "add_unit", **UNIT | wrong)
    assert refused.status_code == 422
    assert re.search('class="field-error"|role="alert"', refused.content.decode())
    assert (Unit.objects.count(), Entry.objects.count()) == (before, 0)


def test_keeps_what_was_typed_when_it_refuses(county, send):
    assert (
        "咸丰县交通运输局" in send("admin", "/org", "add_unit", **UNIT | {"code": "zhujian"}).content.decode()
    )


def test_renames_a_unit_and_keeps_its_code(county, send):
    unit = county.units["zhujian"]
    send("admin", f"/org/units/{unit.pk}", "rename", name="咸丰县住建和城管局", short_name="住建城管局")
    unit.refresh_from_db()
    assert (unit.short_name, unit.code) == ("住建城管局", "zhujian")
    assert Entry.objects.get().details["before"]["short_name"] == "住建局"


def test_ends_a_unit_only_after_its_posts_and_a_post_only_after_its_holders(county, send):
    unit = county.units["fagai"]
    posts = list(unit.posts.all())
    assert send("admin", f"/org/units/{unit.pk}", "end", until=TODAY).status_code == 422
    assert send("admin", f"/org/posts/{posts[0].pk}", "end", until=TODAY).status_code == 422
    for post in posts:
        for holding in post.holdings.all():
            send("admin", f"/org/posts/{post.pk}", "end_holding", row=holding.pk, until=TODAY)
        assert send("admin", f"/org/posts/{post.pk}", "end", until=TODAY).status_code == 302
    assert send("admin", f"/org/units/{unit.pk}", "end", until=TODAY).status_code == 302
    assert not Unit.objects.on().filter(pk=unit.pk).exists()


def test_adds_a_post_that_fits_the_unit(county, send):
    path = f"/org/units/{county.units['zhujian'].pk}"
    assert send("admin", path, "add_post", title="副局长", role="dept_lead", since=TODAY).status_code == 302
    assert send("admin", path, "add_post", title="主任", role="office_lead", since=TODAY).status_code == 422
    assert (
        send("admin", path, "add_post", title="前任", role="dept_lead", since="2019-01-01").status_code == 422
    )


def test_makes_no_administrator_outside_the_administration(county, send):
    path = f"/org/units/{county.units['zhujian'].pk}"
    assert (
        send("admin", path, "add_post", title="管理员", role="system_admin", since=TODAY).status_code == 422
    )


def test_gives_a_post_from_a_day_on(county, send):
    post = post_of(Role.DEPT_CLERK)
    send("admin", f"/org/posts/{post.pk}", "hold", user="nobody", since="2023-06-01")
    assert standing_of(county.people["nobody"]).roles == ()
    assert PostHolding.objects.get(user=county.people["nobody"]).since == date(2023, 6, 1)


def test_changes_what_a_person_may_do_at_once(county, send):
    send("admin", f"/org/posts/{post_of(Role.DEPT_CLERK).pk}", "hold", user="nobody", since=TODAY)
    assert standing_of(User.objects.get(username="nobody")).has(Role.DEPT_CLERK)


def test_gives_no_post_twice(county, send):
    holding = holding_of(county, "zhujian")
    path = f"/org/posts/{holding.post_id}"
    assert send("admin", path, "hold", user="zhujian", since=TODAY).status_code == 422


def test_gives_a_post_again_after_it_has_ended(county, send):
    holding = holding_of(county, "zhujian")
    path = f"/org/posts/{holding.post_id}"
    assert send("admin", path, "end_holding", row=holding.pk, until=TODAY).status_code == 302
    assert send("admin", path, "hold", user="zhujian", since=TODAY).status_code == 302


def test_ends_nothing_before_it_began(county, send):
    holding = holding_of(county, "zhujian")
    path = f"/org/posts/{holding.post_id}"
    assert send("admin", path, "end_holding", row=holding.pk, until="2020-01-01").status_code == 422


@pytest.mark.parametrize(
    "name", ["zhujian", "office-lead", "leader", "secretary", "firm", "security", "auditor"]
)
def test_makes_nobody_an_administrator_who_is_anything_else(county, send, name):
    path = f"/org/posts/{post_of(Role.SYSTEM_ADMIN).pk}"
    assert send("admin", path, "hold", user=name, since=TODAY).status_code == 422


@pytest.mark.parametrize("name", ["security", "auditor"])
def test_gives_no_business_post_to_an_administrator(county, send, name):
    path = f"/org/posts/{post_of(Role.DEPT_CLERK).pk}"
    assert send("admin", path, "hold", user=name, since=TODAY).status_code == 422
    assert (
        send(
            "admin", f"/org/posts/{post_of(Role.COUNTY_LEADER).pk}", "secretary", user=name, since=TODAY
        ).status_code
        == 422
    )


def test_gives_no_business_post_to_who_will_be_an_administrator(county, send):
    path = f"/org/posts/{post_of(Role.AUDITOR).pk}"
    assert send("admin", path, "hold", user="nobody", since="2023-07-01").status_code == 302
    clerk = f"/org/posts/{post_of(Role.DEPT_CLERK).pk}"
    assert send("admin", clerk, "hold", user="nobody", since=TODAY).status_code == 422


def test_lets_no_administrator_change_their_own_posts(county, send):
    mine = holding_of(county, "admin")
    path = f"/org/posts/{mine.post_id}"
    assert send("admin", path, "end_holding", row=mine.pk, until=TODAY).status_code == 422
    assert (
        send(
            "admin", f"/org/posts/{post_of(Role.DEPT_CLERK).pk}", "hold", user="admin", since=TODAY
        ).status_code
        == 422
    )


def test_ends_no_last_system_administrator(county, send):
    path = f"/org/posts/{post_of(Role.SYSTEM_ADMIN).pk}"
    send("admin", path, "hold", user="nobody", since=TODAY)
    second = holding_of(county, "nobody")
    first = holding_of(county, "admin")
    assert send("nobody", path, "end_holding", row=first.pk, until=TODAY).status_code == 302
    PostHolding.objects.filter(pk=first.pk).update(until=None)
    User.objects.filter(username="admin").update(is_active=False)
    third = PostHolding.objects.create(
        post=second.post, user=User.objects.create_user("third", "示例"), since=TODAY
    )
    User.objects.filter(username="third").update(is_active=False)
    assert third.pk and send("nobody", path, "end_holding", row=second.pk, until=TODAY).status_code == 422


def test_appoints_a_secretary_to_a_leader_only(county, send):
    leader, clerk = post_of(Role.COUNTY_LEADER), post_of(Role.DEPT_CLERK)
    assert (
        send("admin", f"/org/posts/{leader.pk}", "secretary", user="nobody", since=TODAY).status_code == 302
    )
    assert Delegation.objects.filter(user=county.people["nobody"], post=leader).exists()
    assert send("admin", f"/org/posts/{clerk.pk}", "secretary", user="nobody", since=TODAY).status_code == 404


def test_ends_a_secretarys_time(county, send):
    leader = post_of(Role.COUNTY_LEADER)
    row = Delegation.objects.get()
    assert (
        send("admin", f"/org/posts/{leader.pk}", "end_secretary", row=row.pk, until=TODAY).status_code == 302
    )
    assert standing_of(User.objects.get(username="secretary")).roles == ()


def test_changes_a_leaders_charge(county, send):
    leader = post_of(Role.COUNTY_LEADER)
    units = [county.units[code].pk for code in ("gongdian", "zhujian")]
    assert send("admin", f"/org/posts/{leader.pk}", "charge", units=units).status_code == 302
    assert set(leader.in_charge_of.values_list("code", flat=True)) == {"gongdian", "zhujian"}
    assert Entry.objects.get().details == {"before": ["fagai", "zhujian"], "after": ["gongdian", "zhujian"]}


def test_adds_an_account_and_shows_its_password_once(county, send, sign_in):
    answer = send("admin", "/org/people", "add", username="newcomer", name="示例·新人")
    newcomer = User.objects.get(username="newcomer")
    shown = re.findall(r"[0-9a-z]{4}(?:-[0-9a-z]{4}){3}", answer.content.decode())
    [password] = [each for each in shown if newcomer.check_password(each)]
    again = sign_in("admin").get("/org/people").content.decode()
    assert "newcomer" in again and password not in again


@pytest.mark.parametrize("username", ["zhujian", "two words", ""])
def test_adds_no_account_with_a_name_that_will_not_do(county, send, username):
    before = User.objects.count()
    assert send("admin", "/org/people", "add", username=username, name="示例").status_code == 422
    assert User.objects.count() == before


def test_finds_units_and_people(county, sign_in):
    page = sign_in("admin")
    units = page.get("/org", {"q": "供电"}).content.decode()
    assert "供电公司" in units and "住建局" not in units.replace("住建局 经办", "")
    people = page.get("/org/people", {"q": "zhujian"}).content.decode()
    assert "zhujian-head" in people and "fagai-head" not in people


def test_keeps_a_mandate_holder_out_of_administration_even_with_a_later_start(county, send):
    assert county.people["firm"].mandates.exists()
    path = f"/org/posts/{post_of(Role.AUDITOR).pk}"
    assert send("admin", path, "hold", user="firm", since="2023-08-01").status_code == 422


def test_signs_the_ledger_with_the_post(county, send):
    send("admin", f"/org/posts/{post_of(Role.DEPT_CLERK).pk}", "hold", user="nobody", since=TODAY)
    assert Entry.objects.get().signed == "系统管理 系统管理员"


def test_knows_no_act_that_is_none(county, send):
    assert send("admin", "/org", "explode").status_code == 404


def test_gives_a_heads_post_to_one_person_at_a_time(county):
    head = Post.objects.get(role=Role.DEPT_LEAD, unit=county.units["zhujian"])
    with pytest.raises(ValidationError, match="示例·zhujian-head"):
        hold_post(
            actor=county.people["admin"], post=head, user=county.people["fagai"], since=date(2023, 5, 22)
        )
    clerk = Post.objects.get(role=Role.DEPT_CLERK, unit=county.units["zhujian"])
    assert hold_post(
        actor=county.people["admin"], post=clerk, user=county.people["fagai"], since=date(2023, 5, 22)
    )


def test_lets_nobody_stand_in_for_someone_who_stands_in_for_them(county):
    """leader2's secretary would be the leader whose secretary leader2 is."""
    admin, secretary = county.people["admin"], county.people["secretary"]
    second = Post.objects.create(
        unit=county.units["xianzhengfu"], title="副县长(二)", role=Role.COUNTY_LEADER, since=date(2021, 1, 1)
    )
    hold_post(actor=admin, post=second, user=secretary, since=date(2023, 5, 22))
    with pytest.raises(ValidationError, match=r"stand in|代"):
        appoint_secretary(actor=admin, post=second, user=county.people["leader"], since=date(2023, 5, 22))
    with pytest.raises(ValidationError):
        appoint_secretary(actor=admin, post=second, user=secretary, since=date(2023, 5, 22))


def leaders_post(county, title: str) -> Post:
    unit = county.units["xianzhengfu"]
    return Post.objects.create(unit=unit, title=title, role=Role.COUNTY_LEADER, since=date(2021, 1, 1))


def test_lets_no_circle_of_three_stand_in_for_one_another(county):
    """The secretary's own secretary cannot be the leader, by whichever act the circle would be closed."""
    admin, secretary, third = (county.people[name] for name in ("admin", "secretary", "nobody"))
    second, last = leaders_post(county, "副县长(二)"), leaders_post(county, "副县长(三)")
    today = date(2023, 5, 22)
    hold_post(actor=admin, post=second, user=secretary, since=today)
    appoint_secretary(actor=admin, post=second, user=third, since=today)
    appoint_secretary(actor=admin, post=last, user=county.people["leader"], since=today)
    with pytest.raises(ValidationError, match=r"stand|代理"):
        hold_post(actor=admin, post=last, user=third, since=today)
    last.delegations.update(until=today)
    assert hold_post(actor=admin, post=last, user=third, since=today)
    with pytest.raises(ValidationError, match=r"stand|代理"):
        appoint_secretary(actor=admin, post=last, user=county.people["leader"], since=today)


def test_refuses_a_secretary_for_a_post_that_has_ended(county):
    post = post_of(Role.COUNTY_LEADER)
    Post.objects.filter(pk=post.pk).update(until=date(2023, 6, 1))
    post.refresh_from_db()
    with pytest.raises(ValidationError, match=r"post|岗位"):
        appoint_secretary(
            actor=county.people["admin"], post=post, user=county.people["fagai"], since=date(2023, 6, 1)
        )
