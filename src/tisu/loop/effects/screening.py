"""Screening: who is competent, who is accused, and what ends before it is handled (domain.md M10.1)."""

import re

from django.db.models import Q
from django.utils.translation import gettext as _

from tisu.loop.effects.requests import lapse
from tisu.loop.faults import Conflict, Unacceptable
from tisu.loop.papers import pass_on
from tisu.loop.stages import (
    Result,
    Screening,
)
from tisu.loop.walls import wall_off
from tisu.orgs.models import Duty, Unit

# What a discipline report leaves of its matter besides number, time and officer (domain.md M10.1, kind B).
NOTHING_LEFT = {"title": "", "text": "", "requester": None, "enterprise": None}


def screen(act) -> None:
    """Kind A–H, who is accused, who could solve it, the facts that units will read and the papers that they get.

    Accused and able to solve it at once: the wall wins, and no responsible unit is kept.
    """
    data, matter = act.data, act.matter
    act.facts["screened_as"] = data["kind"]
    if data["kind"] == Screening.DISCIPLINE:
        act.facts |= NOTHING_LEFT
        act.body = {"kind": data["kind"]}
        return
    if accused := data["accused_unit"]:
        _leave_someone_to_dispatch(matter, accused)
        wall_off(matter, accused, reason="accused")
        if data["responsible_unit"] == accused:
            data["responsible_unit"], act.body["responsible_unit"] = None, None
    pass_on(act)
    if data["facts"]:
        act.facts |= {"text": data["facts"], "title": headline(data["facts"])}


def _leave_someone_to_dispatch(matter, accused: Unit) -> None:
    """Office and supervision stand in for each other; walled off both, nobody would see it again."""
    walled = {wall.unit.duty for wall in matter.standing_walls if wall.unit_id}
    if {Duty.OFFICE, Duty.SUPERVISION} <= walled | {accused.duty}:
        raise Unacceptable.at(
            "accused_unit",
            _("Then neither office nor supervision could handle it: hand it over to the commission instead."),
        )


# A page copied whole begins with the path to it: 首页 > 新闻 > 地方.
_PATH_TO_PAGE = re.compile(r"\S\s*[>›»]\s*\S")


def headline(text: str) -> str:
    """The first sentence of a text, cut to forty characters, as a title; a copied page's path is passed over."""
    lines = [line for line in text.splitlines() if line.strip()]
    told = [line for line in lines if not _PATH_TO_PAGE.search(line)] or lines or [""]
    first = re.split("[。；;!！?？]", told[0].strip())[0]
    return first if len(first) <= 40 else first[:39] + "…"


def hand_over(act) -> None:
    """To a unit of the county or a body outside it, by name. Of the units only discipline then sees it."""
    matter = act.matter
    unit = _unit_named(matter, act.data["to"])
    if unit and unit.pk in matter.walled_units:
        raise Unacceptable(
            _("Choose where to hand it over."),
            {"to": [_("This report accuses %(unit)s: hand it over elsewhere.") % {"unit": unit}]},
        )
    act.facts["handed_to"] = unit if unit and unit.duty == Duty.DISCIPLINE else None
    act.body["to_name"] = unit.name if unit else act.data["to"]
    _end(act, Result.HANDED_OVER)


def _unit_named(matter, words: str) -> Unit | None:
    """A unit of the county by its code or by a name that people call it."""
    called = Q(code=words.lower()) | Q(name=words) | Q(short_name=words)
    return Unit.objects.on().filter(called, region=matter.region_id).first()


def refuse_acceptance(act) -> None:
    _end(act, Result.NOT_ACCEPTED)


def split(act) -> None:
    """Ends here; the room opens one registered matter per text (Kind.on_move)."""
    if act.matter.screened_as == Screening.DISCIPLINE:
        raise Conflict(_("A discipline report keeps no text that could be split: hand it over."))
    act.body = {"parts": len(act.data["texts"])}
    _end(act, Result.SPLIT)


def _end(act, result: str) -> None:
    lapse(act, act.matter.requests.all())
    act.clocks.stop_all(at=act.at)
    act.facts |= {"result": result, "closed_at": act.at}
