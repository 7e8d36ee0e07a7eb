"""Where the same words stand: what a matter is merged with, what it was split from, its parts, the rest of it."""

from collections.abc import Callable

from tisu.loop.models import Matter


def kin_of(matter: Matter, *, apart: Matter | None = None) -> set[int]:
    """The keys of all matters where some of this one's words stand, its own among them.

    Up to what it was split from or is the rest of, down to its parts and its rest, never across to another
    part; and whatever any of these is merged with. `apart` is not followed into what it is merged into.
    """
    return _followed({matter.pk}, _above, apart) | _followed({matter.pk}, _below, apart)


def _followed(keys: set[int], step: Callable[[set[int]], set[int]], apart: Matter | None) -> set[int]:
    found, fresh = set(keys), set(keys)
    while fresh:
        fresh = (step(fresh) | _merged_with(fresh, {apart.pk} if apart else set())) - found
        found |= fresh
    return found


def _above(keys: set[int]) -> set[int]:
    rows = Matter.objects.filter(pk__in=keys, parent__isnull=False)
    return set(rows.order_by().values_list("parent_id", flat=True))


def _below(keys: set[int]) -> set[int]:
    return set(Matter.objects.filter(parent__in=keys).order_by().values_list("pk", flat=True))


def _merged_with(keys: set[int], apart: set[int]) -> set[int]:
    into = Matter.objects.filter(pk__in=keys - apart, merged_into__isnull=False)
    merged = Matter.objects.filter(merged_into__in=keys).exclude(pk__in=apart)
    return {*into.order_by().values_list("merged_into_id", flat=True)} | {
        *merged.order_by().values_list("pk", flat=True)
    }
