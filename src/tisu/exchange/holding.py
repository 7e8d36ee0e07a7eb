"""Who is at a file: one at a time, for as long as they show life. On real time, like every lease."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from tisu.exchange.models import ImportRun

LEASE = timedelta(seconds=60)


class LostHold(Exception):
    """Somebody else went on with it: this process was away for longer than its lease."""


def take_hold(run: ImportRun) -> bool:
    """Whether this process may go on with the file."""
    now = timezone.now()
    free = Q(held_until__isnull=True) | Q(held_until__lt=now)
    held = ImportRun.objects.filter(free, pk=run.pk, version=run.version).update(held_until=now + LEASE)
    if held:
        run.held_until = now + LEASE
    return bool(held)


def keep_hold(run: ImportRun, **facts: Any) -> None:
    """Show life and how far it has come. LostHold when the file is no longer ours."""
    until = timezone.now() + LEASE
    held = ImportRun.objects.filter(pk=run.pk, version=run.version, held_until=run.held_until)
    if not held.update(held_until=until, **facts):
        raise LostHold
    run.held_until = until
    for name, value in facts.items():
        setattr(run, name, value)


def let_go(run: ImportRun) -> None:
    ImportRun.objects.filter(pk=run.pk, held_until=run.held_until).update(held_until=None)
