"""One act while it is being carried out: what effects and the room's kind read and fill."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from tisu.foundation.moves import Move
from tisu.loop.actions import ACTIONS, Action
from tisu.loop.actor import Actor
from tisu.loop.clocks import Clocks
from tisu.loop.forms import ActionForm
from tisu.loop.kinds import Kind
from tisu.loop.models import Matter


@dataclass
class Performance:
    """`facts` go into the matter's update, `body` into the event; `step` is where the matter goes.

    `papers` came with the act, `passed_on` are copies of what came with the report.
    """

    matter: Matter
    action: Action
    actor: Actor
    data: dict[str, Any]
    at: datetime
    kind: Kind
    step: Move
    facts: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    papers: list = field(default_factory=list)
    passed_on: list = field(default_factory=list)

    @property
    def is_screened_kind(self) -> bool:
        return self.kind.is_screened

    @cached_property
    def clocks(self) -> Clocks:
        return Clocks(self.matter)

    @property
    def touched_clocks(self) -> bool:
        return "clocks" in vars(self)

    def form_of(self, code: str, data: dict[str, Any]) -> ActionForm:
        """The form of another action on this matter, to check again what was asked for earlier."""
        return ACTIONS[code].form(data=data, matter=self.matter)
