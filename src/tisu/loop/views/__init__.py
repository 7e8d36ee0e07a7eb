"""The pages of the loop, one file for each noun."""

from tisu.loop.views.acting import act
from tisu.loop.views.desk import desk
from tisu.loop.views.listing import matters, search
from tisu.loop.views.matter import matter
from tisu.loop.views.opening import new
from tisu.loop.views.paper import paper

__all__ = ["act", "desk", "matter", "matters", "new", "paper", "search"]
