"""The spine's nouns, one file each."""

from tisu.loop.models.assignment import Assignment
from tisu.loop.models.clock import Clock, ClockKind, ClockUnit, Pause
from tisu.loop.models.event import Audience, Event, EventContent, write_event
from tisu.loop.models.matter import Matter
from tisu.loop.models.matter_type import MatterType, Rules, publish_first_type, publish_type
from tisu.loop.models.rating import Rating
from tisu.loop.models.wall import Wall

__all__ = [
    "Assignment",
    "Audience",
    "Clock",
    "ClockKind",
    "ClockUnit",
    "Event",
    "EventContent",
    "Matter",
    "MatterType",
    "Pause",
    "Rating",
    "Rules",
    "Wall",
    "publish_first_type",
    "publish_type",
    "write_event",
]
