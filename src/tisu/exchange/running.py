"""What makes a file move on: the worker, and for small ones the page itself, so that nobody waits for a worker."""

import time

from django.utils import timezone

from tisu.exchange.carrying import carry_on, take_back_on
from tisu.exchange.checking import check
from tisu.exchange.holding import LostHold, let_go, take_hold
from tisu.exchange.models import ImportRun, RunState
from tisu.exchange.moves import TooLate
from tisu.exchange.staging import lay_out
from tisu.foundation.duerows import Aside

ASIDE = Aside()
AT_ONCE_BYTES = 512 * 1024  # files up to this size are dealt with while the person waits
PATIENCE = 4.0  # seconds that a page goes on before it leaves the rest to the worker


def step(run: ImportRun, *, trying: bool = True) -> bool:
    """Take the file one step along. False when there is nothing to do, or somebody else is at it."""
    if run.state in (RunState.CARRYING, RunState.UNDOING):
        go_on = carry_on if run.state == RunState.CARRYING else take_back_on
        return go_on(run.pk)
    return _in_one_go(run, trying=trying)


def _in_one_go(run: ImportRun, *, trying: bool) -> bool:
    """Reading and checking write nothing that matters, so they go through in one go under a lease."""
    if not run.is_working or not take_hold(run):
        return False
    try:
        lay_out(run) if run.state == RunState.WAITING else check(run, trying=trying)
    except (LostHold, TooLate):
        return False
    except BaseException:
        let_go(run)
        raise
    return True


def drive(run: ImportRun, *, seconds: float = PATIENCE) -> ImportRun:
    """Go on as long as there is something to do and time left; the run as it is then."""
    until = time.monotonic() + seconds
    while run.is_working and time.monotonic() < until:
        if not step(run):
            run = ImportRun.objects.get(pk=run.pk)
            if run.is_working and not _may_go_on(run):
                break
        run = ImportRun.objects.get(pk=run.pk)
    return run


def _may_go_on(run: ImportRun) -> bool:
    return run.held_until is None or run.held_until < timezone.now()


def drive_to_the_end(run: ImportRun) -> ImportRun:
    while run.is_working:
        step(run)
        run = ImportRun.objects.get(pk=run.pk)
    return run


def waiting_runs():
    free = ImportRun.objects.working().exclude(pk__in=ASIDE.keys)
    return free.exclude(held_until__gt=timezone.now()).order_by("began_at")


def take_one() -> bool:
    """The worker's part: one step of the file that waits longest."""
    run = waiting_runs().first()
    if run is None:
        return False
    with ASIDE.unless_it_fails(run.pk):
        return step(run)
