"""Two administrators who fill the same vacant post at the same moment: one of them is told."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from cast import LONG_AGO
from tisu.accounts.models import Delegation, PostHolding, User
from tisu.accounts.services import appoint_secretary, hold_post
from tisu.foundation import clock
from tisu.orgs.models import Post, Role

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


def at_once(acts: list[Callable[[], object]]) -> list[Exception]:
    """Each in a thread and a connection of its own, all let go together; what they were refused with."""
    together, refused = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        connection.ensure_connection()
        together.wait()
        try:
            act()
        except Exception as fault:
            refused.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.fixture
def people(county) -> list[User]:
    return [User.objects.create(username=f"new{n}", name=f"示例·新{n}") for n in range(2)]


def vacant(county, role: Role, unit: str, n: int) -> Post:
    return Post.objects.create(unit=county.units[unit], title=f"空缺{n}", role=role, since=LONG_AGO)


@pytest.mark.parametrize(("role", "unit"), [(Role.DEPT_LEAD, "zhujian"), (Role.COUNTY_LEADER, "xianzhengfu")])
def test_a_vacant_post_that_is_held_alone_gets_one_holder(county, people, role, unit):
    day = clock.today()
    for n in range(ROUNDS):
        post = vacant(county, role, unit, n)
        taken = [
            lambda user=user, post=post: hold_post(actor=None, post=post, user=user, since=day)
            for user in people
        ]
        [refused] = at_once(taken)
        assert isinstance(refused, ValidationError), refused
        assert PostHolding.objects.filter(post=post).count() == 1


def test_two_do_not_come_to_stand_in_for_one_another(county, people):
    """One takes the vacant post while the other, for whom that one is secretary, becomes secretary there."""
    day, (taker, chief), admin = clock.today(), people, county.people["admin"]
    for n in range(ROUNDS):
        post, other = (vacant(county, Role.COUNTY_LEADER, "xianzhengfu", place) for place in (n, n + ROUNDS))
        held = hold_post(actor=None, post=other, user=chief, since=day)
        stands_in = appoint_secretary(actor=admin, post=other, user=taker, since=day)
        [refused] = at_once(
            [
                lambda post=post: hold_post(actor=None, post=post, user=taker, since=day),
                lambda post=post: appoint_secretary(actor=admin, post=post, user=chief, since=day),
            ]
        )
        assert isinstance(refused, ValidationError), refused
        stands_in.delete(), held.delete()
        PostHolding.objects.filter(post=post).delete(), Delegation.objects.filter(post=post).delete()
