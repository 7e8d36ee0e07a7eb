"""What is left of a request that was met in part: a request of its own, for the amount that was not granted."""

from typing import Any

from tisu.foundation import clock
from tisu.loop.models import Matter
from tisu.loop.register import register_rest
from tisu.support.asking import Wanted, write_request
from tisu.support.models import FactorRequest


def open_rest(performance: Any) -> None:
    """Under the same walls, needed by the same day or from now on, at the same level."""
    done: FactorRequest = performance.matter.factor_request
    matter: Matter = register_rest(performance)
    wanted = Wanted(
        factor=done.factor,
        needed_by=max(done.needed_by, clock.today()),
        level=done.level,
        case=done.case,
        measure=done.measure,
        basis=done.basis,
        asked=done.asked - done.granted if done.measure else None,
    )
    write_request(matter, wanted, origin=done.origin, entered_by=performance.actor.user)
