"""Two rows of the register that are one firm, and the way back (ADR 0027).

Nothing is moved: a merged row keeps its mandates, months, contacts and visits, and whoever reads a firm reads those of
its kin. So undoing a merger restores exactly what was, whatever happened in between.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.enterprises.duplicates import are_branches
from tisu.enterprises.models import Enterprise, Merger
from tisu.enterprises.noted import write_down
from tisu.enterprises.services import keeps_register
from tisu.foundation import clock
from tisu.foundation.rooms import declared


@transaction.atomic
def merge_firms(*, actor: User, gone: Enterprise, kept: Enterprise, reason: str) -> Merger:
    """`gone` is the same firm as `kept`: its code and its names lead there from now on."""
    gone, kept = _held_fast(gone, kept)
    for firm in (gone, kept):
        _stands(firm)
        _is_kept_by(actor, firm)
    if gone.pk == kept.pk:
        raise ValidationError(_("These are one and the same row: choose another firm."))
    if are_branches(gone, kept):
        raise ValidationError(_("One is a branch of the other, so they are two: only duplicates are merged."))
    merger = Merger(gone=gone, kept=kept, reason=reason, merged_at=clock.now(), merged_by=actor)
    with _seen_to(gone, kept) as kept_then:
        Enterprise.objects.filter(survivor=gone).update(survivor=kept)
        Enterprise.objects.filter(pk=gone.pk).update(merged_into=kept, survivor=kept)
    merger.kept_then = kept_then
    merger.full_clean()
    merger.save()
    kept.save()  # what it is found by
    _record(actor, "merge-firms", merger, reason)
    return merger


@transaction.atomic
def undo_merger(*, actor: User, merger: Merger, reason: str) -> Merger:
    """They are two firms after all: each has again what was its own."""
    merger = Merger.objects.select_for_update(of=("self",)).get(pk=merger.pk)
    if merger.undone_at:
        raise ValidationError(_("This merger was undone already."))
    gone, kept = _held_fast(merger.gone, merger.kept)
    _is_kept_by(actor, kept)
    stood_for = Enterprise.objects.get(pk=gone.survivor_id)
    for joining in declared("joinings"):
        joining.parted(kept, gone, merger.kept_then.get(joining.code, {}))
    Enterprise.objects.filter(pk__in=_below(gone)).update(survivor=gone)
    Enterprise.objects.filter(pk=gone.pk).update(merged_into=None, survivor=None)
    merger.undone_at, merger.undone_by = clock.now(), actor
    merger.save(update_fields=["undone_at", "undone_by"])
    for firm in (stood_for, Enterprise.objects.get(pk=gone.pk)):
        firm.save()  # what they are found by
    _record(actor, "undo-merger", merger, reason)
    return merger


@contextmanager
def _seen_to(gone: Enterprise, kept: Enterprise) -> Iterator[dict[str, dict]]:
    """Every room that has something on firms looks at it, and may refuse."""
    with ExitStack() as stack:
        yield {
            joining.code: stack.enter_context(joining.joined(kept, gone)) for joining in declared("joinings")
        }


def _held_fast(gone: Enterprise, kept: Enterprise) -> tuple[Enterprise, Enterprise]:
    """Both rows locked, the older one first, so that two who merge crosswise wait for one another."""
    rows = Enterprise.objects.select_for_update(of=("self",)).select_related("region")
    found = {row.pk: row for row in rows.filter(pk__in=[gone.pk, kept.pk]).order_by("pk")}
    return found[gone.pk], found[kept.pk]


def _stands(firm: Enterprise) -> None:
    if firm.survivor_id is not None:
        raise ValidationError(
            _("%(firm)s is merged into another one already: undo that first.") % {"firm": firm}
        )


def _is_kept_by(actor: User, firm: Enterprise) -> None:
    if not keeps_register(actor, firm.region_id):
        raise ValidationError(_("%(firm)s is kept by another office.") % {"firm": firm})


def _below(firm: Enterprise) -> list[int]:
    """Every row that was merged into this one, directly or by way of others."""
    found: list[int] = []
    step = [firm.pk]
    while step:
        step = list(Enterprise.objects.filter(merged_into__in=step).values_list("pk", flat=True))
        found += step
    return found


def _record(actor: User, act: str, merger: Merger, reason: str) -> None:
    write_down(actor, act, merger.kept.credit_code, reason=reason, gone=merger.gone.credit_code)
