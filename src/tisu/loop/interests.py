"""Which firms a matter concerns, so that whoever has an interest in one of them is kept out.

The firm that a matter shows is its `enterprise`. What it keeps to itself stands in `ConcernedFirm`: the firm that a
report names, the reporter's own, and those of matters where the same words stand. An interest in one row of the
register binds for every row that is the same firm. See docs/walls.md.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from tisu.accounts.standing import Standing
from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.foundation.prepared import Blank, Prepared
from tisu.loop.kin import kin_of
from tisu.loop.models import ConcernedFirm, ConflictOfInterest, Matter

Firms = set[tuple[int, int]]  # (firm, the matter that it comes from)


def concern(matter: Matter, firms: Iterable[Enterprise]) -> None:
    """A matter concerns these firms without showing them."""
    rows = [ConcernedFirm(matter=matter, enterprise=firm) for firm in firms]
    if rows:
        ConcernedFirm.objects.bulk_create(rows, ignore_conflicts=True)


def concern_alike(matter: Matter, firms: Iterable[int]) -> None:
    """A new matter where words of another one stand concerns the firms of that one, for good."""
    concern(matter, Enterprise.objects.filter(pk__in=set(firms) - {matter.enterprise_id}))


def firms_of(matter: Matter) -> set[int]:
    return {firm for firm, _origin in _firms_with_origin(matter)}


def interested_in(matter: Matter) -> set[int]:
    """Who has an interest in one of its firms today."""
    return set(_INTERESTED(matter=matter.pk, shown=matter.enterprise_id, day=clock.today()))


def is_kept_out(matter: Matter, standing: Standing) -> bool:
    """Whether an interest keeps this person out now, however long ago they were let see it: for whoever holds the row."""
    return not standing.persons.isdisjoint(interested_in(matter))


def _interested() -> QuerySet:
    """An interest in any row of the register that is the same firm as one of the matter's."""
    hidden = ConcernedFirm.objects.filter(matter=Blank("matter")).values("enterprise")
    root = Coalesce("survivor_id", "pk")
    roots = Enterprise.objects.filter(Q(pk=Blank("shown")) | Q(pk__in=hidden)).order_by().values(root=root)
    own = Q(enterprise__survivor=None, enterprise__in=roots) | Q(enterprise__survivor__in=roots)
    rows = ConflictOfInterest.objects.on(Blank("day", date)).filter(own)
    return rows.order_by().values_list("user_id", flat=True)


_INTERESTED = Prepared(_interested)


def share_firms(matter: Matter, merged: Matter) -> None:
    """What is handled together concerns the same firms: each one's go to the other and to its kin."""
    here, there = kin_of(matter, apart=merged), kin_of(merged, apart=merged)
    back = _firms_with_origin(matter)
    _carry(_firms_with_origin(merged), here)
    _carry(back, there)


def part_firms(matter: Matter, merged: Matter) -> None:
    """Taken apart again, each keeps its own, and what still reaches it from elsewhere."""
    here, there = kin_of(matter, apart=merged), kin_of(merged, apart=merged)
    crossed = Q(matter__in=here, inherited_from__in=there) | Q(matter__in=there, inherited_from__in=here)
    if not ConcernedFirm.objects.filter(crossed).delete()[0]:
        return
    for near in Matter.objects.filter(pk__in=here | there):
        own = {(firm, origin) for firm, origin in _firms_with_origin(near) if origin == near.pk}
        if own:
            _carry(own, kin_of(near, apart=merged))


def forget_firms(matter: Matter) -> None:
    """No firm is known of it any more, nor elsewhere because of it."""
    ConcernedFirm.objects.filter(Q(matter=matter) | Q(inherited_from=matter)).delete()


def _firms_with_origin(matter: Matter) -> Firms:
    rows = ConcernedFirm.objects.filter(matter=matter).values_list("enterprise_id", "inherited_from_id")
    found = {(firm, origin or matter.pk) for firm, origin in rows}
    return found | ({(matter.enterprise_id, matter.pk)} if matter.enterprise_id else set())


def _carry(firms: Firms, matters: set[int]) -> None:
    ConcernedFirm.objects.bulk_create(
        [
            ConcernedFirm(matter_id=key, enterprise_id=firm, inherited_from_id=origin)
            for firm, origin in sorted(firms)
            for key in sorted(matters - {origin})
        ],
        ignore_conflicts=True,
    )
