"""Task forces: set up, given tasks, continued, dissolved. The door of rooms above is set_up_task_force()."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation import clock
from tisu.loop.actor import person
from tisu.loop.faults import Conflict, NotAllowed, NotVisible, Unacceptable
from tisu.loop.models import Matter
from tisu.loop.perform import perform
from tisu.loop.queries import OFFICE_ROLES
from tisu.loop.register import register_matter
from tisu.loop.services import checked_words
from tisu.orgs.models import Post, Role, Unit
from tisu.support.models import TASK, Continuation, FactorRequest, ForceTask, TaskForce
from tisu.support.never import refuse_ways_around
from tisu.support.risks import list_from

LONGEST = 3 * 366  # days that a task force is set up for at the most


def set_up_task_force(
    *,
    user: User,
    name: str,
    purpose: str,
    lead: Post,
    members: Iterable[Unit],
    since: date,
    ends_on: date | None = None,
    review_on: date | None = None,
    keeps_permits: bool,
    request: FactorRequest | None = None,
    template: str = "",
    key: str = "",
) -> TaskForce:
    """Set one up and give it. Sent again with the same key it is the same one.

    The office does it, for a leader's post of its region. `keeps_permits` is the word that it replaces no permit: a
    task force coordinates, and every permit is applied for beside it. Unacceptable, naming the field, for one without
    end and review, without members, or with days that cannot be.
    """
    region = _office_region(user)
    members = list(members)
    _check(name, purpose, lead, members, region, keeps_permits)
    _check_days(since, ends_on, review_on)
    if request and not FactorRequest.objects.visible_to(user).filter(pk=request.pk).exists():
        raise Unacceptable.at("request", _("There is no such request, or it is not yours to see."))
    try:
        with transaction.atomic():
            if before := _sent_before(user, key):
                return before
            risks = (request and request.risk_list) or (list_from(template) if template else None)
            force = TaskForce.objects.create(
                name=name, purpose=purpose, lead=lead, region_id=region, request=request, risk_list=risks, since=since,
                ends_on=ends_on, review_on=review_on, signed=_signature(user), set_up_at=clock.now(), set_up_by=user,
                key=key or None,
            )  # fmt: skip
            force.members.set(members)
            _note(user, "set-up-task-force", force, until=force.due_on.isoformat())
            return force
    except IntegrityError:
        if before := _sent_before(user, key):
            return before
        raise


def _sent_before(user: User, key: str) -> TaskForce | None:
    return TaskForce.objects.filter(key=key, set_up_by=user).first() if key else None


def keeps_task_forces(user: User) -> bool:
    return standing_of(user).has(*OFFICE_ROLES)


def _office_region(user: User) -> str:
    role = next(standing_of(user).having(*OFFICE_ROLES), None)
    if role is None:
        raise NotAllowed(_("Task forces are set up by the office."))
    return role.region


def _signature(user: User) -> str:
    return standing_of(user).label_as(*OFFICE_ROLES, Role.COUNTY_LEADER)[:120]


def _check(
    name: str, purpose: str, lead: Post, members: list[Unit], region: str, keeps_permits: bool
) -> None:
    if not name.strip() or not purpose.strip():
        field = "purpose" if name.strip() else "name"
        raise Unacceptable.at(field, _("One thing is missing: what it is called and what it is for."))
    if lead.role != Role.COUNTY_LEADER or not lead.unit.region_id.startswith(region):
        raise Unacceptable.at("lead", _("A county leader leads it: choose a leader's post."))
    if not members:
        raise Unacceptable.at("members", _("Name the units that work together."))
    if strangers := [unit for unit in members if not unit.region_id.startswith(region)]:
        raise Unacceptable.at("members", _("%(unit)s is not of this county.") % {"unit": strangers[0]})
    if not keeps_permits:
        raise Unacceptable.at(
            "keeps_permits", _("Say that no permit is replaced: without it there is no task force.")
        )
    refuse_ways_around(name=name, purpose=purpose)


def _check_days(since: date, ends_on: date | None, review_on: date | None) -> None:
    if ends_on is None and review_on is None:
        raise Unacceptable(
            _("Say when it ends, or when its leader looks whether it is still needed."),
            {"ends_on": [_("A task force without an end is an office. Give its end or a day of review.")]},
        )
    for field, day in (("ends_on", ends_on), ("review_on", review_on)):
        if day and day < since:
            raise Unacceptable.at(field, _("This day lies before its beginning."))
        if day and (day - since).days > LONGEST:
            raise Unacceptable.at(field, _("More than three years are no task force: look at the year."))


# --- while it works -------------------------------------------------------------------------------------------


def directs(user: User, force: TaskForce) -> bool:
    """Who leads it, and their secretary; and the office of its region."""
    standing = standing_of(user)
    if force.lead_id in standing.posts(Role.COUNTY_LEADER):
        return True
    return any(force.region_id.startswith(region) for region in standing.regions(*OFFICE_ROLES))


def works_in(user: User, force: TaskForce) -> bool:
    """A member unit's people too: they may say that a risk is seen to."""
    return directs(user, force) or force.members.filter(pk__in=standing_of(user).all_units).exists()


@transaction.atomic
def give_task(
    *, user: User, force: TaskForce, title: str, text: str, lead_unit: Unit, due_on: date
) -> ForceTask:
    """Register a matter for one of the members and assign it, as the office does with any other."""
    row = _held(user, force)
    if not any(row.region_id.startswith(region) for region in standing_of(user).regions(*OFFICE_ROLES)):
        raise NotAllowed(_("Tasks of a task force are given by the office."))
    _refuse_dissolved(row)
    if not row.members.filter(pk=lead_unit.pk).exists():
        raise Unacceptable.at(
            "lead_unit", _("%(unit)s is no member: give it to one that is.") % {"unit": lead_unit}
        )
    title, text = checked_words(title, text)
    refuse_ways_around(title=title, text=text)
    role = next(standing_of(user).having(*OFFICE_ROLES))
    actor = person(user).signing_as(role)
    matter = register_matter(
        kind=TASK, title=title, text=text, region=row.region_id, actor=actor, opened_by_unit_id=role.unit_id,
        enterprise=row.request and row.request.matter.enterprise,
    )  # fmt: skip
    task = ForceTask.objects.create(task_force=row, matter=matter)
    assigned = {"lead_unit": lead_unit.code, "due_on": due_on.isoformat()}
    task.matter = perform(matter, "assign", actor=actor, data=assigned, expected_version=matter.version)
    return task


@transaction.atomic
def go_on(
    *,
    user: User,
    force: TaskForce,
    reason: str,
    ends_on: date | None,
    review_on: date | None,
    seen_version: int,
) -> Continuation:
    """Its leader looked, and it is still needed: to another day, which lies ahead."""
    row = _held(user, force)
    _refuse_strangers(user, row)
    _refuse_stale(row, seen_version)
    _refuse_dissolved(row)
    if not reason.strip():
        raise Unacceptable.at("reason", _("One thing is missing: why it is still needed."))
    _check_days(row.since, ends_on, review_on)
    today = clock.today()
    if min(day for day in (ends_on, review_on) if day) <= today:
        raise Unacceptable.at("ends_on", _("Name a day that lies ahead."))
    made = Continuation.objects.create(
        task_force=row, on=today, due_before=row.due_on, ends_on=ends_on, review_on=review_on, reason=reason,
        signed=_signature(user), at=clock.now(),
    )  # fmt: skip
    _change(row, ends_on=ends_on, review_on=review_on)
    _note(user, "continue-task-force", row, until=row.due_on.isoformat())
    return made


@transaction.atomic
def dissolve(
    *, user: User, force: TaskForce, result: str, on: date, despite: bool, seen_version: int
) -> TaskForce:
    """It is over, with what came of it. Tasks that are still open stay with their units, once that was seen."""
    row = _held(user, force)
    _refuse_strangers(user, row)
    _refuse_stale(row, seen_version)
    _refuse_dissolved(row)
    if not result.strip():
        raise Unacceptable.at("result", _("One thing is missing: what came of it."))
    if not row.since <= on <= clock.today():
        raise Unacceptable.at("on", _("Name a day from its beginning until today."))
    if (count := open_tasks(row)) and not despite:
        raise Unacceptable.at(
            "despite",
            _(
                "Tasks that are still open: %(count)d. Close them, or say that their units go on with them alone."
            )
            % {"count": count},
        )
    _change(row, dissolved_on=on, result=result, dissolved_by=_signature(user))
    _note(user, "dissolve-task-force", row, on=on.isoformat())
    return row


def task_forces_of(unit: Unit) -> int:
    """What a unit that ends is still a member of."""
    return TaskForce.objects.at_work().filter(members=unit).count()


def open_tasks(force: TaskForce) -> int:
    return Matter.objects.open().filter(force_task__task_force=force).count()


def _held(user: User, force: TaskForce) -> TaskForce:
    row = TaskForce.objects.visible_to(user).select_for_update(of=("self",)).filter(pk=force.pk).first()
    if row is None:
        raise NotVisible(_("There is no such task force, or it is not yours to see."))
    return row


def _change(row: TaskForce, **facts: Any) -> None:
    row.version += 1
    for name, value in facts.items():
        setattr(row, name, value)
    row.save(update_fields=[*facts, "version"])


def _note(user: User, act: str, row: TaskForce, **days: str) -> None:
    """Last in the transaction, as the ledger asks."""
    record(act=act, about=row, actor=user, signed=_signature(user), task_force=row.pk, **days)


def _refuse_strangers(user: User, row: TaskForce) -> None:
    if not directs(user, row):
        raise NotAllowed(_("Only its leader and the office decide on a task force."))


def _refuse_stale(row: TaskForce, seen_version: int) -> None:
    if seen_version != row.version:
        raise Conflict(_("Someone changed this task force since you opened it: look at it again."))


def _refuse_dissolved(row: TaskForce) -> None:
    if row.is_dissolved:
        raise Conflict(_("This task force was dissolved on %(day)s.") % {"day": row.dissolved_on})
