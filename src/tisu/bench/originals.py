"""The matters that a load is copied from: each one played step by step through perform(), in every stage and light.

The county is the demonstration's, without its rooms' own stories; the day is a Monday with no holiday near it, so
that a matter that is moved back by whole weeks keeps its dates.
"""

import json
from datetime import date, time
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from django.core.management import call_command

from tisu.accounts import demo as people
from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises import demo as firms
from tisu.foundation import clock
from tisu.foundation.assets import gather
from tisu.foundation.begin import load_reference
from tisu.foundation.demonstration import settle
from tisu.loop.actor import person
from tisu.loop.kinds import Kind, kinds
from tisu.loop.models import Matter
from tisu.loop.stagehand import Script, Stagehand
from tisu.loop.walls import ACCUSED, wall_off
from tisu.orgs import demo as places
from tisu.orgs.models import Duty, Unit

COUNTY = places.COUNTY
DAY, OPENS = date(2023, 8, 21), time(9, 30)
OFFICER = "office"
WALLED = 5  # every so many-eth report accuses a unit, which is walled off from it
# Stage, light, and what was said or asked on the way (loop/stagehand.py).
PLACES = (
    ("registered", "green", ""), ("registered", "yellow", ""), ("assigned", "green", ""), ("assigned", "red", "urge"),
    ("in_progress", "green", ""), ("in_progress", "yellow", "asks for time"), ("in_progress", "red", "urge"),
    ("in_progress", "red", "instruct"), ("in_progress", "yellow", "has more time"), ("in_progress", "green", "paused"),
    ("submitted", "green", ""), ("submitted", "red", "begun"), ("in_progress", "green", "cancelled"),
    ("closed", "on_time", ""), ("closed", "late", "urge"), ("closed", "on_time", "rework"), ("closed", "on_time", ""),
)  # fmt: skip


def words() -> list[dict[str, Any]]:
    return json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))


def make_county() -> None:
    """Tables, units, people and firms in an empty database."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    gather()
    with clock.at(clock.moment(DAY, OPENS)):
        load_reference()
        for part in (places, people, firms):
            part.load(DAY)


def play(rounds: int) -> None:
    """So many times through every place, for each sort of kind: screened first, or assigned at once."""
    with clock.at(clock.moment(DAY, OPENS)):
        hands, told = Stagehand(DAY), words()
        number = count()
        for kind in _one_of_each_sort():
            for stage, light, extra in PLACES * rounds:
                place = next(number)
                story = told[(place * 7 + place // len(PLACES)) % len(told)]
                matter = hands.play(_script(hands, kind, story, stage, light, extra, place))
                if kind.is_screened and not place % WALLED:
                    wall_off(matter, _other_unit(story["lead"]), reason=ACCUSED)
        settle()


def _other_unit(lead: str) -> Unit:
    return Unit.objects.filter(duty=Duty.HANDLING, region=COUNTY).exclude(code=lead).order_by("code")[0]


def _one_of_each_sort() -> list[Kind]:
    """Of those that an officer opens by hand: the others have rows of a room beside them."""
    standing = standing_of(User.objects.get(username=OFFICER))
    opened = [kind for kind in kinds().values() if kind.may_open(standing)]
    return [next(kind for kind in opened if kind.is_screened is sort) for sort in (True, False)]


def _script(
    hands: Stagehand, kind: Kind, story: dict, stage: str, light: str, extra: str, place: int
) -> Script:
    return Script(
        open_=partial(_open, kind, hands.people[OFFICER], story),
        stage=stage,
        light=light,
        extra=extra,
        lead=story["lead"],
        co_units=tuple(story["co"]) if place % 2 else (),
        facts=story["text"] if kind.is_screened and stage != "registered" else "",
        progress=(story["text"],) * (place % 3),
        summary=story["text"],
        requirement=story["title"],
        closed_ago=2 + place % 9,
    )


def _open(kind: Kind, officer: User, story: dict) -> Matter:
    return kind.open(
        actor=person(officer),
        title=story["title"],
        text=story["text"],
        region=COUNTY,
        enterprise=None,
        unit_id=None,
    )
