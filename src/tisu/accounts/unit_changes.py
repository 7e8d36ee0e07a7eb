"""Units merged and split: planned for a day, carried out by the worker when it comes, called off until then.

Matters follow by themselves (loop/succession.py): here are the posts and their people.
"""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tisu.accounts.models import PostHolding, User
from tisu.accounts.services import HELD_ALONE, end_holding, end_post, hold_post
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation import clock
from tisu.foundation.duerows import Aside
from tisu.foundation.rooms import declared
from tisu.foundation.telling import tell
from tisu.orgs.models import Duty, Post, Unit, UnitChange
from tisu.orgs.services import add_post

RULE = "unit-change/1"  # signs what happens when the day has come
ASIDE = Aside()


@transaction.atomic
def plan_change(
    *, actor: User, unit: Unit, successors: Iterable[Unit], heir: Unit, day: date, moves_people: bool
) -> UnitChange:
    """From that day on the unit is no more and these go on with its work, the heir with what is open.

    ValidationError, naming the field, for units that cannot be merged, and for a circle.
    """
    keys = {each.pk for each in (*successors, heir)}
    held = {each.pk: each for each in _held(keys | {unit.pk})}
    unit, successors = held[unit.pk], [held[key] for key in sorted(keys)]
    _day_is_to_come(day)
    _can_end(unit, day)
    for each in successors:
        _can_go_on(unit, each, day)
    change = UnitChange.objects.create(
        unit=unit, heir=heir, day=day, moves_people=moves_people, planned_at=clock.now()
    )
    change.successors.set(successors)
    _tell(
        change,
        "unit-change/1",
        lambda: _("On %(day)s %(heir)s takes over the work of %(unit)s") % _words(change),
    )
    codes = sorted(each.code for each in successors)
    _record(
        "plan-change", change, actor, into=codes, heir=heir.code, day=day.isoformat(), people=moves_people
    )
    return change


def _held(keys: set[int]) -> Iterable[Unit]:
    """Always in the same order, so that of two who plan at once one waits."""
    return Unit.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")


@transaction.atomic
def call_off(*, actor: User, change: UnitChange) -> UnitChange:
    change = (
        UnitChange.objects.select_for_update(of=("self",)).select_related("unit", "heir").get(pk=change.pk)
    )
    if change.done_at or change.called_off_at or change.day <= clock.today():
        raise ValidationError(_("The day has come, or it was called off already: it stays as it is."))
    change.called_off_at = clock.now()
    change.save(update_fields=["called_off_at"])
    _tell(
        change, "unit-change-off/1", lambda: _("Called off: %(unit)s goes on with its work") % _words(change)
    )
    _record("call-off-change", change, actor, day=change.day.isoformat())
    return change


def what_moves(unit: Unit) -> list[tuple[str, int]]:
    """What will go on elsewhere: counts, for whoever decides; never which."""
    held = PostHolding.objects.on().filter(post__unit=unit)
    return [
        *((str(label), count(unit)) for label, count in declared("unit_counts")),
        (_("Posts"), unit.posts.on().count()),
        (_("People"), held.values("user").distinct().count()),
    ]


# --- when the day has come -------------------------------------------------------------------------------


def take_change() -> bool:
    """Carry out one change whose day has come. False when none is due."""
    for pk in (
        UnitChange.objects.due().exclude(pk__in=ASIDE.keys).order_by("day", "pk").values_list("pk", flat=True)
    ):
        with ASIDE.unless_it_fails(pk), transaction.atomic():
            change = (
                UnitChange.objects.due()
                .filter(pk=pk)
                .select_for_update(of=("self",), skip_locked=True)
                .first()
            )
            if change:
                _carry_out(change)
                return True
    return False


def _carry_out(change: UnitChange) -> None:
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=change.unit_id)
    for post in unit.posts.lasting_beyond(change.day):
        _end_post(post, change)
    unit.until, unit.heir = change.day, change.heir
    unit.save(update_fields=["until", "heir"])
    Unit.objects.filter(heir=unit).update(heir=change.heir)
    for each in change.successors.select_for_update(of=("self",)):
        each.took_over = sorted({*each.took_over, *unit.took_over, unit.pk})
        each.save(update_fields=["took_over"])
    change.done_at = clock.now()
    change.save(update_fields=["done_at"])
    _record("carry-out-change", change, None, day=change.day.isoformat())


def _end_post(post: Post, change: UnitChange) -> None:
    """Its holders go along to a post of the same title where that was planned; a head's post ends with the unit."""
    day = max(change.day, post.since)
    people = [_leave(holding, day) for holding in post.holdings.lasting_beyond(day).select_related("user")]
    if change.moves_people and post.role not in HELD_ALONE and people:
        there = _like(post, change.heir, change.day)
        for user in people:
            if not there.holdings.filter(user=user).lasting_beyond(change.day).exists():
                hold_post(actor=None, post=there, user=user, since=change.day)
    if post.until is None:
        end_post(actor=None, post=post, until=day)
    else:
        post.until = day
        post.save(update_fields=["until"])


def _leave(holding: PostHolding, day: date) -> User:
    """Also sooner than was set already."""
    if holding.until is None:
        end_holding(actor=None, holding=holding, until=max(day, holding.since))
    else:
        holding.until = max(day, holding.since)
        holding.save(update_fields=["until"])
    return holding.user


def _like(post: Post, heir: Unit, day: date) -> Post:
    known = heir.posts.on(day).filter(title=post.title, role=post.role).first()
    return known or add_post(actor=None, unit=heir, title=post.title, role=post.role, since=day)


# --- rules -----------------------------------------------------------------------------------------------


def _day_is_to_come(day: date) -> None:
    if day <= clock.today():
        raise ValidationError({"day": _("Choose a day that comes, so that it can still be called off.")})


def _can_end(unit: Unit, day: date) -> None:
    if unit.duty != Duty.HANDLING:
        words = _("%(unit)s is the %(duty)s: only units that handle matters are merged or split.")
        raise ValidationError(words % {"unit": unit, "duty": unit.get_duty_display()})
    if unit.until is not None:
        raise ValidationError(_("%(unit)s has an end already.") % {"unit": unit})
    if planned := unit.changes.planned().first():
        raise ValidationError(
            _("A change is planned already: %(change)s. Call it off first.") % {"change": planned}
        )
    if UnitChange.objects.planned().filter(successors=unit, day__gte=day).exists():
        raise ValidationError({"day": _("Another unit is to go over into this one on that day or later.")})


def _can_go_on(unit: Unit, other: Unit, day: date) -> None:
    words = None
    if other.pk == unit.pk:
        words = _("A unit does not go over into itself.")
    elif other.duty != Duty.HANDLING or other.region_id != unit.region_id:
        words = _("%(other)s handles no matters of this region.")
    elif other.until is not None or not other.is_in_force(day):
        words = _("%(other)s does not exist on that day.")
    elif UnitChange.objects.planned().filter(Q(unit=other)).exists():
        words = _("%(other)s is to end itself: call that off first.")
    if words:
        raise ValidationError({"heir": words % {"other": other}})


# --- what is said of it ----------------------------------------------------------------------------------


def _words(change: UnitChange) -> dict[str, object]:
    return {"unit": change.unit, "heir": change.heir, "day": change.day}


def _tell(change: UnitChange, rule: str, subject) -> None:
    units = [change.unit_id, *change.successors.values_list("pk", flat=True)]
    people = User.objects.filter(pk__in=PostHolding.objects.on().filter(post__unit__in=units).values("user"))
    tell(rule=rule, about=None, period=str(change.pk), recipients=people, subject=subject, url="/me")


def _record(act: str, change: UnitChange, actor: User | None, **details: object) -> None:
    signed = standing_of(actor).label if actor else RULE
    about = f"{change.unit} ({change.unit.region_id}/{change.unit.code})"
    record(act=act, about=about, actor=actor, signed=signed, **details)
