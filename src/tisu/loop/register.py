"""How a matter begins: registered, with its number, its type and its first event."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.foundation.moves import begin
from tisu.foundation.writing import write
from tisu.loop.actor import Actor
from tisu.loop.clocks import Clocks
from tisu.loop.effects import headline
from tisu.loop.faults import Unacceptable
from tisu.loop.findable import make_findable
from tisu.loop.interests import concern_alike, firms_of
from tisu.loop.kinds import kind_of, kinds
from tisu.loop.models import ClockKind, Matter, MatterType, write_event
from tisu.loop.stages import Stage
from tisu.loop.walls import wall_alike


# Within another transaction without a savepoint of its own: where registering fails, what it was part of fails too.
@transaction.atomic(savepoint=False)
def register_matter(
    *,
    kind: str,
    title: str,
    text: str,
    region: str,
    actor: Actor,
    enterprise: Enterprise | None = None,
    requester: User | None = None,
    for_firm: Enterprise | None = None,
    opened_by_unit_id: int | None = None,
    parent: Matter | None = None,
) -> Matter:
    """Open a matter at the stage “to be assigned”, pinned to the type in force, its screening clock running.

    Where the type asks for approval (立项) it begins as a draft; a report never does, it is answered in any case.
    """
    if kind not in kinds():
        raise Unacceptable(_("There is no kind of matter “%(kind)s”.") % {"kind": kind})
    at = clock.now()
    matter_type = MatterType.objects.in_force(kind, clock.local_day(at))
    matter = Matter(
        kind=kind,
        matter_type=matter_type,
        region_id=region,
        title=title or headline(text),
        text=text,
        enterprise=enterprise,
        requester=requester,
        for_firm=for_firm,
        opened_by_unit_id=opened_by_unit_id,
        parent=parent,
        registered_at=at,
    )
    _begin(matter)
    if parent:
        concern_alike(matter, firms_of(parent))
    write_event(
        body={},
        is_first=True,
        matter=matter,
        action="register",
        actor=actor.user,
        signed=actor.signed,
        at=at,
        to_stage=matter.stage,
        version=matter.version,
        cycle=matter.cycle,
    )
    make_findable(matter, is_new=True)
    return matter


def _begin(matter: Matter) -> None:
    """Save it at its first stage. What its screening clock will say is foreseen, so that it is written once."""
    rules, is_screened = matter.matter_type.rules, kind_of(matter).is_screened
    clocks, screening = Clocks(matter, fresh=True), None
    if is_screened and rules.screen_days:
        screening = clocks.foresee(ClockKind.SCREEN, at=matter.registered_at, amount=rules.screen_days)
        for name, value in clocks.dates().items():
            setattr(matter, name, value)
    begin(matter, Stage.DRAFT if rules.needs_approval and not is_screened else Stage.REGISTERED)
    if screening:
        screening.matter = matter  # which has a key now
        write(screening)


def register_rest(act: Any) -> Matter:
    """The rest of a partly resolved matter: registered under the same walls, with the first one as parent."""
    done = act.matter
    rest = register_matter(
        kind=done.kind,
        title=rest_title(done),
        text=act.data["rest"] or done.text,
        region=done.region_id,
        actor=act.actor,
        enterprise=done.enterprise,
        requester=done.requester,
        for_firm=done.for_firm,
        opened_by_unit_id=done.opened_by_unit_id,
        parent=done,
    )
    wall_alike(rest, done.walls.standing())
    return rest


def rest_title(done: Matter) -> str:
    """It stands on record, so it is in the language of the house."""
    with translation.override(settings.LANGUAGE_CODE):
        return (_("Rest: %(title)s") % {"title": done.title})[:120]
