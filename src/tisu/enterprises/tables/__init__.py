"""Firms and their contacts as tables."""

from tisu.enterprises.tables.contacts import CONTACTS
from tisu.enterprises.tables.firms import FIRMS, FIRMS_OUT

IMPORTS = (FIRMS, CONTACTS)
EXPORTS = (FIRMS_OUT,)
