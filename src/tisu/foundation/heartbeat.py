"""Whether a worker is alive, as its beats in the database tell. On the machine's own time."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from tisu.foundation.models import WorkerBeat

SILENT = timedelta(minutes=10)


def is_alive(beat: WorkerBeat, now: datetime) -> bool:
    """Not ended, and heard of within ten minutes; a beat from the future is a clock that was set back."""
    return beat.stopped_at is None and abs(now - beat.seen_at) <= SILENT


def somebody_works() -> bool:
    """Whether any worker is alive now; see is_alive."""
    now = timezone.now()
    around = Q(seen_at__gte=now - SILENT, seen_at__lte=now + SILENT, stopped_at__isnull=True)
    return WorkerBeat.objects.filter(around).exists()
