"""Leave cover (请假代理): a colleague acts at a post while its holder is away, from a first to a last day.

The three administrators and the custodian have none: they stand apart, and a second one is appointed instead
(docs/decisions/0025-a-cover-acts-and-is-named.md).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from tisu.accounts.circles import runs_in_no_circle
from tisu.accounts.models import Delegation, PostHolding, StandIn, User
from tisu.accounts.standing import Standing, standing_of
from tisu.audit.record import record
from tisu.foundation import clock
from tisu.foundation.telling import tell
from tisu.orgs.models import Post, Role, within

_OF_UNIT, _OF_OFFICE = (
    frozenset({Role.DEPT_LEAD, Role.DEPT_CLERK}),
    frozenset({Role.OFFICE_LEAD, Role.OFFICE_STAFF}),
)
# Who may act at a post of each role; all of one's own unit, a county leader's of the county.
COVERED_BY: dict[str, frozenset[str]] = {
    Role.DEPT_LEAD: _OF_UNIT,
    Role.DEPT_CLERK: _OF_UNIT,
    Role.OFFICE_LEAD: _OF_OFFICE,
    Role.OFFICE_STAFF: _OF_OFFICE,
    Role.SUPERVISION: frozenset({Role.SUPERVISION}),
    Role.DISCIPLINE: frozenset({Role.DISCIPLINE}),
    Role.COUNTY_LEADER: frozenset({Role.COUNTY_LEADER}),
}
HEADS = (Role.DEPT_LEAD, Role.OFFICE_LEAD)


def holdings_arranged_by(user: User) -> QuerySet[PostHolding]:
    """Whose leave this person may enter, from today on.

    - one's own, at posts that can be covered;
    - as the head of a unit in one's own right, that of everyone there;
    - as system administrator, everyone's.
    """
    rows = PostHolding.objects.lasting_beyond(clock.today()).filter(post__role__in=COVERED_BY)
    standing = standing_of(user)
    if not standing.has(Role.SYSTEM_ADMIN):
        rows = rows.filter(Q(user=user) | Q(post__unit__in=_headed_by(standing)))
    return rows.select_related("post__unit", "user")


def covers_arranged_by(user: User) -> QuerySet[Delegation]:
    """The covers that run or will, and that this person may end: of the same people."""
    rows = Delegation.objects.filter(kind=StandIn.COVER, until__gt=clock.today())
    standing = standing_of(user)
    if not standing.has(Role.SYSTEM_ADMIN):
        rows = rows.filter(Q(holder=user) | Q(post__unit__in=_headed_by(standing)))
    return rows.exclude(until=F("since")).select_related("post__unit", "user", "holder")


def _headed_by(standing: Standing) -> set[int]:
    return {role.unit_id for role in standing.having(*HEADS) if not role.on_behalf}


def colleagues(posts: Iterable[Post], day: date) -> QuerySet[User]:
    """Who may act at one of these posts: people of its unit, for a county leader the other leaders of the county."""
    fitting = reduce(or_, map(_fitting, posts), Q(pk__in=[]))
    held = PostHolding.objects.on(day).filter(fitting)
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def _fitting(post: Post) -> Q:
    fitting = Q(post__role__in=COVERED_BY.get(post.role, ()))
    if post.role == Role.COUNTY_LEADER:
        return fitting & within("post__unit__region_id", post.unit.region_id)
    return fitting & Q(post__unit=post.unit_id)


@transaction.atomic
def take_leave(*, actor: User, holding: PostHolding, user: User, since: date, last: date) -> Delegation:
    """From the first day to the last one this person acts at the post, bound like its holder; then it ends by itself.

    ValidationError, naming the field, for a post that has no cover, days that cannot be, and who may not.
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("unit").get(pk=holding.post_id)
    holding = PostHolding.objects.select_related("user").get(pk=holding.pk)
    user, until = User.objects.select_for_update().get(pk=user.pk), _day_after(last)
    _can_be_covered(post)
    _days_fit(holding, since, last)
    _is_colleague(post, user, since)
    _is_free(holding, user, since, until)
    runs_in_no_circle(post, user, since, until)
    cover = Delegation.objects.create(
        kind=StandIn.COVER, post=post, user=user, holder=holding.user, since=since, until=until
    )
    _tell(cover, "cover-arranged/1", {user, holding.user} - {actor}, _arranged(cover))
    _record("take-leave", cover, actor, since=since.isoformat(), last=last.isoformat())
    return cover


@transaction.atomic
def end_cover(*, actor: User, cover: Delegation, until: date) -> Delegation:
    """Sooner than was arranged: `until` is the first day on which it no longer applies, today at the earliest."""
    cover = (
        Delegation.objects.select_for_update(of=("self",))
        .select_related("post", "user", "holder")
        .get(pk=cover.pk)
    )
    if cover.kind != StandIn.COVER or cover.until <= max(until, clock.today()):
        raise ValidationError({"until": _("It ends by itself before that day: choose an earlier one.")})
    if until < clock.today():
        raise ValidationError(
            {"until": _("What was done under it has been done: today is the earliest day.")}
        )
    _shorten(cover, until)
    _tell(cover, "cover-ended/1", {cover.user, cover.holder} - {actor}, _ended(cover))
    _record("end-leave", cover, actor, until=cover.until.isoformat())
    return cover


def end_covers_after(holding: PostHolding) -> None:
    """With the holder's time ends the cover of it, and with a colleague's time in the unit what they cover there."""
    until, day = holding.until, max(holding.until, clock.today())
    rows = (
        Delegation.objects.filter(kind=StandIn.COVER)
        .lasting_beyond(until)
        .select_related("post__unit", "user")
    )
    for cover in rows.filter(post=holding.post_id, holder=holding.user_id):
        _shorten(cover, until)
    for cover in rows.filter(user=holding.user_id):
        if not colleagues([cover.post], max(day, cover.since)).filter(pk=cover.user_id).exists():
            _shorten(cover, until)


def _shorten(cover: Delegation, until: date) -> None:
    """One that had not begun stays as a row without a day."""
    cover.until = max(until, cover.since)
    cover.save(update_fields=["until"])


# --- rules -----------------------------------------------------------------------------------------------


def _can_be_covered(post: Post) -> None:
    if post.role not in COVERED_BY:
        words = _("The post “%(post)s” stands apart and has no cover: another holder is appointed.")
        raise ValidationError({"holding": words % {"post": post}})


def _days_fit(holding: PostHolding, since: date, last: date) -> None:
    if since < clock.today():
        raise ValidationError({"since": _("A leave is entered before it begins: today is the earliest day.")})
    if last < since:
        raise ValidationError({"last": _("The last day comes before the first one.")})
    if not holding.is_in_force(since):
        words = _("%(person)s does not hold this post on that day.")
        raise ValidationError({"since": words % {"person": holding.user}})


def _is_colleague(post: Post, user: User, since: date) -> None:
    if not colleagues([post], since).filter(pk=user.pk).exists():
        words = (
            _("Another county leader covers a leader: %(person)s is none on that day.")
            if post.role == Role.COUNTY_LEADER
            else _("Someone of the same unit covers: %(person)s has no fitting post there on that day.")
        )
        raise ValidationError({"user": words % {"person": user}})


def _is_free(holding: PostHolding, user: User, since: date, until: date) -> None:
    """Nobody covers who is away, nor goes away who covers; and a post is covered by one at a time."""
    covers = Delegation.objects.filter(kind=StandIn.COVER).overlapping(since, until)
    if covers.filter(holder=user).exists():
        raise ValidationError({"user": _("%(person)s is away in these days.") % {"person": user}})
    if covers.filter(user=holding.user).exists():
        words = _("%(person)s covers for someone in these days: have that covered by another one first.")
        raise ValidationError({"holding": words % {"person": holding.user}})
    if covers.filter(holder=holding.user, post=holding.post_id).exists():
        raise ValidationError({"since": _("These days are covered already: end that cover first.")})


def _day_after(day: date) -> date:
    try:
        return day + timedelta(days=1)
    except OverflowError as never:
        raise ValidationError({"last": _("Choose a day that comes.")}) from never


# --- what is said of it ----------------------------------------------------------------------------------


def _words(cover: Delegation) -> dict[str, object]:
    return {
        "cover": cover.user, "holder": cover.holder, "post": cover.post, "since": cover.since, "last": cover.last_day,
    }  # fmt: skip


def _arranged(cover: Delegation):
    return lambda: _("%(cover)s covers for %(holder)s from %(since)s to %(last)s: %(post)s") % _words(cover)


def _ended(cover: Delegation):
    return lambda: _("The cover of %(holder)s by %(cover)s ends sooner: %(post)s") % _words(cover)


def _tell(cover: Delegation, rule: str, people: set[User], subject) -> None:
    tell(
        rule=rule, about=None, period=f"{cover.pk} {cover.until}", recipients=people, subject=subject, url="/me",
        urgent=True,
    )  # fmt: skip


def _signed(actor: User, cover: Delegation) -> str:
    """By the holder's own post, as head of its unit, or as system administrator."""
    if actor.pk == cover.holder_id:
        return str(cover.post)
    return standing_of(actor).label_as(Role.SYSTEM_ADMIN, *HEADS)


def _record(act: str, cover: Delegation, actor: User, **days: str) -> None:
    record(
        act=act, about=cover.post, actor=actor, signed=_signed(actor, cover), person=cover.holder.username,
        cover=cover.user.username, **days,
    )  # fmt: skip
