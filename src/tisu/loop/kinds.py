"""Kinds of matter. A room holds the key to its matter and declares the kind; the loop knows no room."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tisu.accounts.standing import Standing
from tisu.foundation.rooms import declared

if TYPE_CHECKING:
    from tisu.loop.actor import Actor
    from tisu.loop.models import Event, Matter
    from tisu.loop.perform import Performance


@dataclass(frozen=True)
class Panel:
    """A part of the matter page that a room fills. `tab` sets it apart from the timeline (a dialogue)."""

    code: str
    label: Any
    template: str
    context: dict[str, Any]
    tab: bool = False


class Kind:
    """A kind of matter: what it is called, who may open it, and what the room adds to each act."""

    code: str
    label: Any
    is_screened = False
    has_own_panel = (
        False  # its room shows it on a firm's page, so that the matter need not stand there a second time
    )

    def may_open(self, standing: Standing) -> bool:
        """Whether a person may register one by hand."""
        return False

    def open(
        self,
        *,
        actor: "Actor",
        title: str,
        text: str,
        region: str,
        enterprise: Any,
        unit_id: int | None,
        parent: "Matter | None" = None,
    ):
        """Register one by hand. A room whose kind keeps rows of its own extends this."""
        from tisu.loop.register import register_matter  # the door knows the kinds, so the kinds meet it late

        return register_matter(
            kind=self.code,
            title=title,
            text=text,
            region=region,
            actor=actor,
            enterprise=enterprise,
            opened_by_unit_id=unit_id,
            parent=parent,
        )

    def guard(self, performance: "Performance") -> None:
        """Refuse an act for the room's own reasons by raising a Refusal. Called before anything is written."""

    def on_move(self, performance: "Performance", event: "Event") -> None:
        """Write what the act means to the room, inside the same transaction."""

    def open_rest(self, performance: "Performance") -> None:
        """A result that is only partly resolved: a new matter carries the rest (loop.md §1, results)."""
        from tisu.loop.register import register_rest  # as above

        register_rest(performance)

    def on_parent_ended(self, matter: "Matter", performance: "Performance") -> None:
        """The matter into which this one was merged has ended: tell whoever raised this one."""

    def panels(self, matter: "Matter", user: Any) -> Iterable[Panel]:
        """What the room adds to the matter page for this reader."""
        return ()


def kinds() -> dict[str, Kind]:
    return {kind.code: kind for kind in declared("kinds")}


def kind_of(matter: "Matter") -> Kind:
    return kinds()[matter.kind]


def kinds_with_own_panel() -> list[str]:
    return [code for code, kind in kinds().items() if kind.has_own_panel]


def screened_kinds() -> list[str]:
    return [code for code, kind in kinds().items() if kind.is_screened]
