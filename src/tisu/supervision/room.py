from tisu.foundation.rooms import Room
from tisu.supervision.kinds import Task

ROOM = Room(kinds=(Task(),))
