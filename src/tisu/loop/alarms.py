"""What rings: clocks whose next level has come, and matters whose suspension is over.

One due row at a time, in a transaction of its own (architecture.md §1): the matter's row is locked first, as
perform() does, and skipped when someone else holds it. After a standstill only the highest level is carried out;
the levels it overtook are written down as not sent (case 47).
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.foundation import clock
from tisu.foundation.calendars import current_version
from tisu.foundation.duerows import Aside
from tisu.foundation.prepared import Blank, Prepared
from tisu.foundation.writing import write
from tisu.loop.actor import RESUMES, rule
from tisu.loop.clocks import kept_dates, look_again_at
from tisu.loop.faults import Refusal, Unacceptable
from tisu.loop.levels import ESCALATION, WARN, Level, levels_of, moment_of
from tisu.loop.models import Alarm, Clock, ClockKind, Matter, StandingRule
from tisu.loop.perform import perform
from tisu.loop.recipients import handlers, lead, office, verifiers
from tisu.loop.redating import redate_matter
from tisu.loop.stages import Stage
from tisu.loop.tellings import Telling, send

ASIDE, SUSPENDED_ASIDE = Aside(), Aside()
TRIES = 50  # due rows looked at before giving up because others hold them all


def due_clocks(now: Any = None):
    return Clock.objects.filter(alarm_at__lte=now or clock.now()).order_by("alarm_at", "pk")


_DUE = Prepared(lambda: due_clocks(Blank("now", datetime)).values_list("pk", flat=True)[:TRIES])
# The matter first, as perform() does; then the clock, so that a row someone rang a moment ago is seen as it is now.
_HELD = Prepared(
    lambda: (
        due_clocks(Blank("now", datetime))
        .filter(pk=Blank("pk"))
        .select_related("matter__matter_type", "matter__opened_by_unit")
        .order_by()
        .select_for_update(of=("matter", "self"), skip_locked=True)
    )
)
_RUNG = Prepared(
    lambda: (
        Alarm.objects.filter(clock=Blank("clock"), due_at=Blank("due_at", datetime))
        .order_by("-level")
        .values_list("level", flat=True)[:1]
    )
)


def take_alarm() -> bool:
    """Ring one due clock. False when none is due, or every due one is in other hands."""
    for pk in _due_keys():
        with ASIDE.unless_it_fails(pk), transaction.atomic():
            if row := _HELD.first(pk=pk, now=clock.now()):
                _take(row)
                return True
    return False


def _due_keys() -> Iterable[int]:
    if aside := ASIDE.keys:
        return due_clocks().exclude(pk__in=aside).values_list("pk", flat=True)[:TRIES]
    return _DUE(now=clock.now())


def _take(row: Clock) -> None:
    """What a new calendar has not reached yet is reckoned anew first: it may be due later."""
    if row.reckoned_under == current_version():
        ring(row)
    else:
        redate_matter(row.matter_id)


def ring(row: Clock) -> None:
    """Carry out the highest level that has come, and look ahead to the next one.

    A clock that is due stands under the newest calendar, runs and is not paused: its dates are those it keeps.
    """
    now, rules, dates = clock.now(), row.matter.matter_type.rules, kept_dates(row)
    rung = _RUNG.first(clock=row.pk, due_at=row.due_at) or 0
    ahead = [level for level in levels_of(row, rules) if level.number > rung]
    come = [level for level in ahead if moment_of(level, dates, rules) <= now]
    heard = come[-1] if come and StandingRule.is_on(come[-1].rule) else None
    if come:
        write(
            *(
                Alarm(clock=row, level=each.number, due_at=row.due_at, sent=each is heard, at=now)
                for each in come
            )
        )
    look_again_at(row, dates, reached=come[-1].number if come else rung)
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
    words = _("It is overdue, and no result has been submitted.")
    try:
        _perform(row, "escalate", level, {"to": "", "text": words})
    except Unacceptable as nobody:
        if list(nobody.errors) != ["to"]:
            raise
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
            if due_suspensions().select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first():
                perform(pk, "resume", actor=rule(RESUMES), data={}, expected_version=None)
                return True
    return False
