"""The spine's nouns, one file each."""

from tisu.loop.models.assignment import Assignment
from tisu.loop.models.clock import Adjustment, Alarm, Clock, ClockKind, ClockUnit, Pause
from tisu.loop.models.event import Audience, Event, EventContent, write_event
from tisu.loop.models.judgement import Judgement
from tisu.loop.models.matter import Matter
from tisu.loop.models.matter_type import MatterType, publish_first_type, publish_type
from tisu.loop.models.rating import Rating
from tisu.loop.models.request import Request, RequestKind, RequestState
from tisu.loop.models.rules import Rules
from tisu.loop.models.standing_rule import StandingRule
from tisu.loop.models.wall import ConcernedFirm, ConflictOfInterest, Wall
from tisu.loop.models.watch import Watch

__all__ = [
    "Adjustment",
    "Alarm",
    "Assignment",
    "Audience",
    "Clock",
    "ClockKind",
    "ClockUnit",
    "ConcernedFirm",
    "ConflictOfInterest",
    "Event",
    "EventContent",
    "Judgement",
    "Matter",
    "MatterType",
    "Pause",
    "Rating",
    "Request",
    "RequestKind",
    "RequestState",
    "Rules",
    "StandingRule",
    "Wall",
    "Watch",
    "publish_first_type",
    "publish_type",
    "write_event",
]
