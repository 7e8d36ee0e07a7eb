"""What a file held is kept no longer than it is needed (domain.md §8): a week until it is in, a month to take it back."""

from datetime import timedelta

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q

from tisu.exchange.models import ImportRun, RunState, StagedRow
from tisu.foundation import clock
from tisu.foundation.duerows import one_due

UNTIL_IN = timedelta(days=7)
UNTIL_FORGOTTEN = timedelta(days=30)
ENDED = (RunState.DONE, RunState.UNDONE, RunState.FAILED)


def old_runs():
    """Runs whose rows are still kept although nobody needs them any more."""
    now = clock.now()
    never_in = Q(state__in=[RunState.READ, RunState.CHECKED], began_at__lt=now - UNTIL_IN)
    long_over = Q(state__in=ENDED, ended_at__lt=now - UNTIL_FORGOTTEN)
    kept = StagedRow.objects.values("run")
    return ImportRun.objects.filter(never_in | long_over, pk__in=kept).order_by("began_at")


def forget_one() -> bool:
    """Empty one: its cells, what was written in them, what stood before. Its counts and sentences stay."""
    with one_due(old_runs()) as run:
        if run is None:
            return False
        run.staged.all().delete()
        run.arrivals.update(before=None)
        run.findings.update(value="")
        ImportRun.objects.filter(pk=run.pk).update(sample=[], file="")
        transaction.on_commit(lambda: storages["sheets"].delete(f"{run.pk}.sheet"))
    return True
