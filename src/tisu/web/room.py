from tisu.foundation.rooms import Room

ROOM = Room(public=frozenset({"web:choose_language"}))
