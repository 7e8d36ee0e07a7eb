"""Every address of people and posts × everyone it is not for: nothing answers, nothing changes.

The addresses come from the resolver and the acts from the pages themselves, so a new one is covered by being there.
"""

import re
from datetime import date

import pytest
from django.db import connection

from tisu.accounts.covers import take_leave
from tisu.accounts.models import Delegation, HandOver, PostHolding, User
from tisu.accounts.services import end_holding
from tisu.accounts.unit_changes import plan_change
from tisu.audit.models import Entry
from tisu.orgs.models import Post, Role, Unit, UnitChange

pytestmark = pytest.mark.django_db
TODAY = date(2023, 5, 22)
ROLES = (
    "office", "office-lead", "supervisor", "leader", "secretary", "zhujian", "zhujian-head", "fagai-head", "gongdian",
    "discipline", "custodian", "security", "auditor", "firm", "nobody", "outsider",
)  # fmt: skip


@pytest.fixture
def world(county) -> dict[str, str]:
    """Something at every address: a hand-over and a cover of the clerk of zhujian, a planned merger of gongdian."""
    admin, people = county.people["admin"], county.people
    holding = PostHolding.objects.get(user=people["zhujian"])
    end_holding(actor=admin, holding=holding, until=TODAY)
    head = PostHolding.objects.get(user=people["office-lead"])
    take_leave(actor=admin, holding=head, user=people["office"], since=TODAY, last=TODAY)
    gongdian, fagai = county.units["gongdian"], county.units["fagai"]
    plan_change(
        actor=admin, unit=gongdian, successors=[fagai], heir=fagai, day=date(2023, 6, 1), moves_people=True
    )
    return {
        "units": "/org",
        "unit": f"/org/units/{gongdian.pk}",
        "unit to merge": f"/org/units/{county.units['zhujian'].pk}",
        "post": f"/org/posts/{Post.objects.get(role=Role.COUNTY_LEADER).pk}",
        "clerk's post": f"/org/posts/{holding.post_id}",
        "people": "/org/people",
        "person": f"/org/people/{people['zhujian'].pk}",
    }


def everything() -> tuple:
    """All that such an act could have changed."""
    rows = [
        list(model.objects.order_by("pk").values())
        for model in (User, Unit, Post, PostHolding, Delegation, HandOver, UnitChange, Entry)
    ]
    for each in rows[0]:
        each.pop("last_login")
    with connection.cursor() as cursor:
        cursor.execute("SELECT post_id, unit_id FROM orgs_post_in_charge_of ORDER BY 1, 2")
        return (*rows, cursor.fetchall())


def acts_on(page: str) -> list[dict[str, str]]:
    """Each form of the page with what it asks for, filled as far as its fields say."""
    found = []
    for form in re.findall(r'<form class="act.*?</form>', page, re.S):
        fields = dict(re.findall(r'name="([^"]+)"[^>]*?value="([^"]*)"', form))
        for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.S):
            fields[name] = next((value for value in re.findall(r'value="([^"]+)"', options) if value), "")
        for name in re.findall(r'name="([^"]+)"', form):
            fields.setdefault(name, "2023-06-01")
        fields.pop("csrfmiddlewaretoken", None)
        found.append(fields)
    return found


def test_every_act_of_the_administrator_is_for_nobody_else(world, sign_in):
    """What is read from the administrator's pages is sent by everyone else."""
    admin, sent = sign_in("admin"), 0
    probes = {name: sign_in(name) for name in ROLES}
    for url in world.values():
        acts = acts_on(admin.get(url).content.decode())
        assert acts, url
        before = everything()
        for fields in acts:
            for name, browser in probes.items():
                assert (url, name, browser.post(url, fields).status_code) == (url, name, 404)
                sent += 1
        assert everything() == before
    assert sent > 20 * len(ROLES)


def test_the_pages_themselves_are_for_nobody_else(world, sign_in):
    for name in ROLES:
        browser = sign_in(name)
        assert {url: browser.get(url).status_code for url in world.values()} == dict.fromkeys(
            world.values(), 404
        )


def test_an_act_that_the_page_does_not_offer_is_not_there(world, sign_in):
    admin, before = sign_in("admin"), everything()
    for url in world.values():
        for act in (
            "",
            "x",
            "merge" if url == world["unit"] else "call_off",
            "charge" if "units" in url else "rename_unit",
        ):
            assert admin.post(url, {"act": act}).status_code == 404
    assert everything() == before


@pytest.mark.parametrize("name", ROLES)
def test_nobody_signs_for_others(world, sign_in, name, county):
    row, browser = HandOver.objects.get(), sign_in(name)
    url = f"/me/handovers/{row.pk}"
    theirs = name in ("zhujian", "zhujian-head")  # who leaves, and who takes over while the post is vacant
    before = everything()
    for path in (url, f"{url}/print"):
        assert browser.get(path).status_code == (200 if theirs else 404)
    for act in ("leave", "take"):
        status = browser.post(url, {"act": act, "expected": "0" * 64}).status_code
        assert status == (422 if theirs else 404)
    assert everything() == before


@pytest.mark.parametrize("name", [name for name in ROLES if name not in ("office", "office-lead")])
def test_nobody_ends_or_arranges_the_leave_of_others(world, sign_in, name, county):
    browser, cover = sign_in(name), Delegation.objects.get(kind="cover")
    other = PostHolding.objects.get(user=county.people["office2"])
    before = everything()
    acts = (
        {"act": "end_leave", "cover": cover.pk, "until": "2023-05-22"},
        {"act": "leave", "holding": other.pk, "user": county.people["office-lead"].pk, "since": "2023-05-22", "last": "2023-05-23"},
    )  # fmt: skip
    for fields in acts:
        assert browser.post("/me", fields).status_code in (404, 422)
    assert everything() == before


@pytest.mark.parametrize("name", ROLES)
def test_nobody_takes_the_role_of_another(world, sign_in, name):
    browser = sign_in(name)
    for post in Post.objects.all():
        for kind in ("own", "secretary", "cover"):
            answer = browser.post("/me/acting-as", {"role": f"{post.role}-{post.pk}-{kind}"})
            if answer.status_code != 404:
                held = PostHolding.objects.on().filter(post=post, user__username=name)
                lent = Delegation.objects.on().filter(post=post, user__username=name, kind=kind)
                assert held.exists() if kind == "own" else lent.exists()


def test_a_stranger_is_asked_to_sign_in(world, client):
    for url in (*world.values(), "/me", "/org/chart", "/org/handovers", "/me/handovers/1", "/me/acting-as"):
        assert client.get(url).status_code == 302
        assert client.post(url, {"act": "end"}).status_code == 302
