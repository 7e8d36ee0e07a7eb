from tisu.foundation.rooms import Room
from tisu.supervision.kinds import SupervisionItem, Task

ROOM = Room(kinds=(Task(), SupervisionItem()))
