"""Checking every chain and every anchor, at once or as a job that anyone can watch."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tisu.audit.anchored import broken_anchors, lost_links, unlike
from tisu.audit.models import Anchor, Verification
from tisu.audit.telling import Erasure
from tisu.foundation.rooms import declared

AT_ONCE = 20_000  # so many entries are checked within a second or two, while the page waits
INTERRUPTED = timedelta(minutes=10)
MOST_FINDINGS = 200


def verify(
    only: str = "", seen: Callable[[int], None] = lambda read: None, file: Path | None = None
) -> Iterator[str]:
    """A sentence for whatever is not as it was written; nothing when all is. `only` names one chain.

    `file` is what someone kept of the anchors; without it the file that this installation writes is compared.
    """
    for ledger in declared("ledgers"):
        for _chain, sentence in ledger.verify(only, seen):
            yield sentence
        yield from lost_links(ledger, only)
    yield from broken_anchors()
    yield from unlike(file, whole=False) if file else _own_file(settings.ANCHORS)


def _own_file(path: Path) -> Iterator[str]:
    """The file that this installation writes agrees with the anchors, and is there once one was taken."""
    if path.exists():
        yield from unlike(path, whole=True)
    elif Anchor.objects.exists():
        yield _(
            "The file of anchors %(file)s is not there, although anchors were taken: it was lost or removed. "
            "Put the kept one back."
        ) % {"file": path}


def entries() -> int:
    return sum(ledger.links().count() for ledger in declared("ledgers"))


def erasures(only: str = "") -> Iterator[tuple[str, Erasure]]:
    """What was taken out lawfully, newest first: the words for its chain, and who, when, under which rule."""
    for ledger in declared("ledgers"):
        for erasure in ledger.erasures(only):
            yield ledger.words(erasure.chain, None), erasure


def ask(by: Any) -> Verification:
    """Have everything verified: at once where that is quick, otherwise by the next worker."""
    standing = Verification.objects.filter(finished_at=None).first()
    row = standing or Verification.objects.create(asked_at=timezone.now(), asked_by=by, due=entries())
    if row.due <= AT_ONCE and _taken(row.pk):
        _carry_out(row.pk)
    return Verification.objects.get(pk=row.pk)


def take() -> bool:
    """The job: carry out the next verification that was asked for, or that was interrupted."""
    row = Verification.objects.filter(_open()).order_by("pk").first()
    if row is None or not _taken(row.pk):
        return False
    _carry_out(row.pk)
    return True


def waiting() -> int:
    return Verification.objects.filter(_open()).count()


def _open() -> Q:
    untouched = Q(seen_at=None) | Q(seen_at__lt=timezone.now() - INTERRUPTED)
    return Q(finished_at=None) & untouched


def _taken(pk: int) -> bool:
    now = timezone.now()
    return bool(Verification.objects.filter(_open(), pk=pk).update(begun_at=now, seen_at=now, checked=0))


def _carry_out(pk: int) -> None:
    row, checked = Verification.objects.filter(pk=pk), 0

    def seen(read: int) -> None:
        nonlocal checked
        checked += read
        row.update(checked=checked, seen_at=timezone.now())

    findings = []
    for sentence in verify(seen=seen):
        if len(findings) < MOST_FINDINGS:
            findings.append(sentence)
    row.update(findings=findings, checked=checked, finished_at=timezone.now())
