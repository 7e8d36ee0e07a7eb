"""What rings: clocks whose next level has come, and matters whose suspension is over.

One due row at a time, in a transaction of its own (architecture.md §1): the matter's row is locked first, as
perform() does, and skipped when someone else holds it. After a standstill only the highest level is carried out;
the levels it overtook are written down as not sent (case 47).
"""

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.foundation import clock
from tisu.foundation.calendars import current_version
from tisu.foundation.duerows import Aside
from tisu.loop.actor import RESUMES, rule
from tisu.loop.clocks import deadline_of, refresh
from tisu.loop.faults import Refusal
from tisu.loop.levels import ESCALATION, WARN, Level, levels_of, moment_of
from tisu.loop.models import Alarm, Clock, ClockKind, Matter, StandingRule
from tisu.loop.perform import perform
from tisu.loop.redating import redate_matter
from tisu.loop.stages import Stage
from tisu.loop.superiors import superiors_of
from tisu.loop.tellings import Telling, handlers, lead, office, send, verifiers

ASIDE, SUSPENDED_ASIDE = Aside(), Aside()
TRIES = 50  # due rows looked at before giving up because others hold them all


def due_clocks():
    return Clock.objects.filter(alarm_at__lte=clock.now()).order_by("alarm_at", "pk")


def take_alarm() -> bool:
    """Ring one due clock. False when none is due, or every due one is in other hands."""
    for pk, matter_pk in due_clocks().exclude(pk__in=ASIDE.keys).values_list("pk", "matter_id")[:TRIES]:
        with ASIDE.unless_it_fails(pk), transaction.atomic():
            if _hold(matter_pk) and (row := due_clocks().filter(pk=pk).first()):
                _take(row)
                return True
    return False


def _take(row: Clock) -> None:
    """What a new calendar has not reached yet is reckoned anew first: it may be due later."""
    if row.reckoned_under == current_version():
        ring(row)
    else:
        redate_matter(row.matter_id)


def _hold(matter_pk: int) -> bool:
    rows = Matter.objects.filter(pk=matter_pk)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(of=("self",), skip_locked=True)
    return rows.first() is not None


def ring(row: Clock) -> None:
    """Carry out the highest level that has come, and look ahead to the next one."""
    now, rules, deadline = clock.now(), row.matter.matter_type.rules, deadline_of(row)
    rung = set(row.alarms.filter(due_at=deadline.due_at).values_list("level", flat=True))
    come = [
        level
        for level in levels_of(row, rules)
        if level.number > max(rung, default=0) and moment_of(level, deadline, rules) <= now
    ]
    heard = come[-1] if come and StandingRule.is_on(come[-1].rule) else None
    for level in come:
        Alarm.objects.create(
            clock=row, level=level.number, due_at=deadline.due_at, sent=level is heard, at=now
        )
    highest = max([*rung, *(level.number for level in come)], default=0)
    refresh(row, reached=highest)
    if heard:
        _carry_out(row, heard)


def _carry_out(row: Clock, level: Level) -> None:
    acts = {"auto-accept/1": _auto_accept, "urge/1": _urge, ESCALATION: _escalate}
    acts.get(level.rule, _tell)(row, level)


def _auto_accept(row: Clock, level: Level) -> None:
    _perform(row, "auto_accept", level, {})


def _urge(row: Clock, level: Level) -> None:
    """The lead unit reads it on the matter, and is told at once that the light is red."""
    _perform(
        row,
        "urge",
        level,
        {"text": _("The due day has passed. Submit the result, or ask for what is needed.")},
    )
    _tell(row, level)


def _escalate(row: Clock, level: Level) -> None:
    """To the next superior; where none is left, the office is told."""
    if superiors_of(row.matter):
        words = _("It is overdue, and no result has been submitted.")
        _perform(row, "escalate", level, {"to": "", "text": words})
    else:
        _send(row, level, (office,), gettext_lazy("Overdue, and every superior knows"), urgent=False)


def _perform(row: Clock, action: str, level: Level, data: dict[str, Any]) -> None:
    """By rule, with its version as the actor. What is not possible any more is not forced."""
    try:
        perform(row.matter_id, action, actor=rule(level.rule), data=data, expected_version=None)
    except Refusal as refusal:
        if refusal.status not in (404, 409):
            raise


# Who is told that a limit runs out, or has run out, and in which words.
WORDS: dict[str, tuple[Callable, Any, Any]] = {
    ClockKind.SCREEN: (office, gettext_lazy("To be screened soon"), gettext_lazy("Screening is overdue")),
    ClockKind.SOLVE: (handlers, gettext_lazy("Due soon"), gettext_lazy("Overdue")),
    ClockKind.CO_OPERATE: (
        handlers,
        gettext_lazy("A co-unit's part is due soon"),
        gettext_lazy("A co-unit's part is overdue"),
    ),
    ClockKind.REPORT: (lead, None, gettext_lazy("A progress report is overdue")),
    ClockKind.VERIFY: (
        verifiers,
        gettext_lazy("To be verified soon"),
        gettext_lazy("Verification is overdue"),
    ),
}


def _tell(row: Clock, level: Level) -> None:
    """A warning waits for the digest; that a limit has passed is told at once."""
    group, soon, late = WORDS[row.kind]
    _send(row, level, (group,), soon if level.number == WARN else late, urgent=level.number != WARN)


def _send(row: Clock, level: Level, to: tuple, sentence: Any, *, urgent: bool) -> None:
    period = f"{row.pk}:{level.number}:{row.due_at:%Y%m%d%H%M}"
    send(row.matter, Telling(to, sentence, urgent), rule=level.rule, period=period)


# --- suspensions that are over ----------------------------------------------------------------------------


def due_suspensions():
    return Matter.objects.filter(suspended_until__lte=clock.now(), stage=Stage.IN_PROGRESS).order_by(
        "suspended_until", "pk"
    )


def take_resumption() -> bool:
    """Resume one suspended matter as of the day that was named, however late."""
    for pk in due_suspensions().exclude(pk__in=SUSPENDED_ASIDE.keys).values_list("pk", flat=True)[:TRIES]:
        with SUSPENDED_ASIDE.unless_it_fails(pk), transaction.atomic():
            if _hold(pk) and due_suspensions().filter(pk=pk).exists():
                perform(pk, "resume", actor=rule(RESUMES), data={}, expected_version=None)
                return True
    return False
