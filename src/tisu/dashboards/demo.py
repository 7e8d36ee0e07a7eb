"""Two people of the demonstration left their posts when its matters were under way. All are 示例."""

from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password

from tisu.accounts.hand_overs import digest_of, lines_in, lists_for, sign_leaving, sign_taking
from tisu.accounts.models import HandOver, PostHolding, User
from tisu.accounts.services import end_holding
from tisu.foundation import clock
from tisu.foundation.demonstration import PASSWORD
from tisu.orgs.models import Post, Role

# User name, unit, how many days ago the time in the post ended, and whether both have signed.
LEFT = (("ziran-before", "ziran", 3, True), ("caizheng-before", "caizheng", 0, False))
SINCE = date(2021, 1, 1)


def load(today: date) -> None:
    for name, unit, days, signed in LEFT:
        post = Post.objects.get(unit__code=unit, role=Role.DEPT_CLERK)
        hand_over = _left(name, post, today - timedelta(days=days))
        if signed:
            _sign(hand_over, today)


def _left(name: str, post: Post, until: date) -> HandOver:
    """A second clerk, beside the one whose name is the unit's code."""
    user = User.objects.create(
        username=name, name=f"{post.unit.short_name}原经办(示例)", password=make_password(PASSWORD),
        is_demonstration=True,
    )  # fmt: skip
    holding = PostHolding.objects.create(post=post, user=user, since=SINCE)
    with clock.at(_morning(until)):
        end_holding(actor=User.objects.get(username="admin"), holding=holding, until=until)
    return HandOver.objects.select_related("holding__post__unit", "holding__user").get(holding=holding)


def _sign(hand_over: HandOver, today: date) -> None:
    leaver, taker = hand_over.holding.user, User.objects.get(username=hand_over.holding.post.unit.code)
    with clock.at(_morning(today)):
        lines = lines_in(lists_for(leaver, hand_over))
        notes = {f"{line.code}-{line.key}": "材料在二楼档案柜，企业联系人见卷内。" for line in lines[:1]}
        sign_leaving(actor=leaver, hand_over=hand_over, notes=notes, expected=digest_of(hand_over, lines))
        hand_over.refresh_from_db()
        seen = lines_in(lists_for(taker, hand_over))
        sign_taking(actor=taker, hand_over=hand_over, expected=digest_of(hand_over, seen))


def _morning(day: date) -> datetime:
    return clock.moment(day, time(8, 45))
