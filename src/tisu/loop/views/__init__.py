"""The pages of the loop, one file for each noun."""

from tisu.loop.views.acting import act
from tisu.loop.views.calendar import calendar, progress
from tisu.loop.views.conflicts import conflicts
from tisu.loop.views.desk import desk
from tisu.loop.views.listing import matters, search
from tisu.loop.views.loading import load
from tisu.loop.views.matter import matter
from tisu.loop.views.opening import new
from tisu.loop.views.paper import paper
from tisu.loop.views.recusal import recusal
from tisu.loop.views.rules import rules
from tisu.loop.views.together import together
from tisu.loop.views.walls import walls

__all__ = [
    "act",
    "calendar",
    "conflicts",
    "desk",
    "load",
    "matter",
    "matters",
    "new",
    "paper",
    "progress",
    "recusal",
    "rules",
    "search",
    "together",
    "walls",
]
