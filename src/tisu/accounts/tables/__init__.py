"""Units, posts and people as tables: an office begins with the lists that it has."""

from tisu.accounts.tables.entries import ENTRIES_OUT
from tisu.accounts.tables.kept import ACCOUNTS_OUT, ANCHORS_OUT, HAND_OVERS_OUT
from tisu.accounts.tables.people import PEOPLE, PEOPLE_OUT
from tisu.accounts.tables.posts import POSTS, POSTS_OUT
from tisu.accounts.tables.units import UNITS, UNITS_OUT

IMPORTS = (UNITS, POSTS, PEOPLE)
EXPORTS = (UNITS_OUT, POSTS_OUT, PEOPLE_OUT, ENTRIES_OUT, ACCOUNTS_OUT, HAND_OVERS_OUT, ANCHORS_OUT)
