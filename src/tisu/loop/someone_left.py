"""Nobody may be kept out so that nobody is left: someone still dispatches a matter, and someone else verifies it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.models import User
from tisu.loop.actor import person
from tisu.loop.models import Matter
from tisu.loop.parties import is_party
from tisu.loop.queries import OVERSIGHT_ROLES, UNIT_ROLES
from tisu.loop.recipients import of_posts, office, people_of
from tisu.loop.tellings import Telling, send

EMPTY_PLACE = "empty-place/1"  # the rule by which the office is told
Parts = set[tuple[int, str]]


@contextmanager
def someone_left(matters: Iterable[int]) -> Iterator[None]:
    """Keep someone out of these matters, unless a matter thereby loses the last person to dispatch or verify it.

    Then ValidationError, and nothing of what was done inside stands. What nobody could do before is not held
    against it.
    """
    keys = set(matters)
    with transaction.atomic():
        before = _taken(keys)
        yield
        if before - _taken(keys):
            raise ValidationError(
                _(
                    "Then nobody of the office or supervision would be left to see to it: have another person "
                    "given a post there first, or wall off the office as a unit, so that supervision takes its place."
                )
            )


def _taken(keys: set[int]) -> Parts:
    """The parts in these matters that someone can still take."""
    found: Parts = set()
    for user in _overseers(keys):
        actor = person(user)
        for matter in Matter.objects.visible_to(user).filter(pk__in=keys).for_cards():
            parts = ("dispatcher", "verifier") if matter.is_open else ("dispatcher",)
            found |= {(matter.pk, part) for part in parts if is_party(actor, matter, (part,))}
    return found


def _overseers(keys: set[int]) -> Iterable[User]:
    """Whoever holds a post of the office or of supervision over these matters' regions, or stands in for its holder."""
    regions = Matter.objects.filter(pk__in=keys).order_by().values_list("region_id", flat=True).distinct()
    above = {code[:length] for code in regions for length in range(2, len(code) + 1)}
    return of_posts(role__in=OVERSIGHT_ROLES, unit__region__in=above)


def tell_of_empty_places(matters: Iterable[int]) -> None:
    """Where nobody of the lead unit sees a matter any more, the office is asked to give it to another one."""
    for matter in Matter.objects.filter(pk__in=set(matters)).for_cards():
        if matter.is_open and matter.lead and not _is_handled(matter):
            period = f"lead {matter.lead.pk}"
            send(matter, NOBODY_HANDLES, rule=EMPTY_PLACE, period=period)


def _is_handled(matter: Matter) -> bool:
    staff = people_of([matter.lead.unit_id], *UNIT_ROLES)
    return any(Matter.objects.visible_to(user).filter(pk=matter.pk).exists() for user in staff)


NOBODY_HANDLES = Telling(
    (office,),
    gettext_lazy("Nobody of the lead unit may see it any more: give it to another one"),
    urgent=True,
)
