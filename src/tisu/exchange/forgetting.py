"""What a file held is kept no longer than it is needed (domain.md §8): a week until it is in
(a day for what is private), a month to take it back."""

from datetime import timedelta

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q

from tisu.exchange.emptying import empty
from tisu.exchange.kinds import all_kinds
from tisu.exchange.models import Finding, ImportRun, RunState, StagedRow
from tisu.foundation import clock
from tisu.foundation.duerows import one_due

UNTIL_IN = timedelta(days=7)
UNTIL_IN_PRIVATE = timedelta(days=1)
UNTIL_FORGOTTEN = timedelta(days=30)
ENDED = (RunState.DONE, RunState.UNDONE, RunState.FAILED)


def old_runs():
    """Runs whose rows are still kept although nobody needs them any more."""
    now = clock.now()
    waits = Q(state__in=[RunState.READ, RunState.CHECKED])
    private = Q(kind__in=[kind.code for kind in all_kinds() if kind.private])
    never_in = waits & (Q(began_at__lt=now - UNTIL_IN) | private & Q(began_at__lt=now - UNTIL_IN_PRIVATE))
    long_over = Q(state__in=ENDED, ended_at__lt=now - UNTIL_FORGOTTEN)
    kept = Q(pk__in=StagedRow.objects.values("run")) | Q(pk__in=Finding.objects.values("run"))
    return ImportRun.objects.filter(never_in | long_over).filter(kept).order_by("began_at")


def forget_one() -> bool:
    """Empty one: its cells, what was written in them, what stood before. Its counts and sentences stay."""
    with one_due(old_runs()) as run:
        if run is None:
            return False
        run.arrivals.update(before=None)
        empty(run)
        run.findings.all().delete()
        transaction.on_commit(lambda: storages["sheets"].delete(f"{run.pk}.sheet"))
    return True
