from tisu.foundation.rooms import Room

ROOM = Room(public=frozenset({"set_language"}))
