"""What the worker does for papers: removes what nobody handed in or what was erased, and checks what waits."""

from contextlib import closing
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from tisu.documents import scanning
from tisu.documents.keeping import drop, read_original
from tisu.documents.models import ORIGINAL, Document, DocumentQuerySet, Status
from tisu.foundation.duerows import Aside, one_due

ASIDE = Aside()
TAKEN_FOR = timedelta(minutes=5)


def removable() -> DocumentQuerySet:
    """Erased ones at once; uploads that nobody named within a day."""
    run_out = Document.objects.run_out().values("pk")
    gone = Q(status=Status.GOING) | Q(pk__in=run_out)
    return Document.objects.filter(gone).exclude(pk__in=ASIDE.keys)


def remove_one() -> bool:
    """The row is marked first and goes last: a crash in between leaves it due, and files that are gone stay gone."""
    with one_due(removable()) as row:
        if row is None:
            return False
        Document.objects.filter(pk=row.pk).update(status=Status.GOING)
    with ASIDE.unless_it_fails(row.pk):
        drop(row)
        Document.objects.filter(pk=row.pk, status=Status.GOING).delete()
    return True


def without_original() -> DocumentQuerySet:
    """Copies that were passed on and whose originals were erased where they came from."""
    return Document.objects.filter(has_original=False, size__gt=0).exclude(pk__in=ASIDE.keys)


def remove_original() -> bool:
    with one_due(without_original()) as row:
        if row is None:
            return False
    with ASIDE.unless_it_fails(row.pk):
        drop(row, ORIGINAL)
        Document.objects.filter(pk=row.pk).update(size=0)
    return True


def waiting() -> DocumentQuerySet:
    return Document.objects.filter(status=Status.PENDING, scan_due_at__lte=timezone.now()).order_by(
        "scan_due_at"
    )


def scan_one() -> bool:
    """Ask again for one paper that waits; what is found out makes it ready or refused for good."""
    with one_due(waiting()) as row:
        if row is None:
            return False
        row.scan_attempts += 1
        row.scan_due_at = timezone.now() + TAKEN_FOR
        row.save(update_fields=["scan_attempts", "scan_due_at"])
    with closing(read_original(row, row.original_key.open())) as chunks:
        verdict = scanning.verdict_on(chunks)
    mine = Document.objects.filter(pk=row.pk, status=Status.PENDING)
    if verdict == scanning.CLEAN:
        mine.update(status=Status.READY, scan_due_at=None)
    elif verdict == scanning.INFECTED:
        mine.update(status=Status.REFUSED, scan_due_at=None)
    else:
        mine.update(scan_due_at=scanning.next_try(row.scan_attempts))
    return True
