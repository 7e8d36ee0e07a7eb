"""What follows an act in the same transaction: its papers, the rest of what was partly solved, merged matters, messages."""

from collections.abc import Iterator
from typing import Any

from tisu.loop import papers, tellings
from tisu.loop.kinds import kind_of
from tisu.loop.models import Event, Matter
from tisu.loop.stages import ENDED, Result, Stage
from tisu.loop.superiors import superiors_of


def follow(act: Any, event: Event) -> None:
    matter = act.matter
    papers.hang_brought(act, event)
    papers.hang_passed_on(act, event)
    if act.facts.get("result") == Result.PARTLY_RESOLVED:
        act.kind.open_rest(act)
    if matter.stage in ENDED and matter.stage != Stage.MERGED:
        for child in Matter.objects.filter(merged_into=matter).select_related("matter_type"):
            kind_of(child).on_parent_ended(child, act)
            tellings.send(child, tellings.PARENT_ENDED, rule="parent-ended/1", period=str(event.seq))
    tellings.tell_about(act, event)


def carried_by(act: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The act that a leader's instruction carries, with its data (loop.md §1, row 21b)."""
    code, text = act.data.get("carries"), act.data.get("text")
    if act.action.code != "instruct" or not code:
        return
    if code == "assign":
        yield (
            code,
            {
                "lead_unit": act.data["lead_unit"].code,
                "working_days": act.data["working_days"],
                "requirement": text,
            },
        )
    elif code == "escalate":
        yield code, {"to": str(superiors_of(act.matter)[0].pk), "text": text}
    else:
        yield code, {"text": text}
