"""Firms, their contacts and their figures as tables."""

from tisu.enterprises.tables.contacts import CONTACTS
from tisu.enterprises.tables.figures import FIGURES, FIGURES_OUT
from tisu.enterprises.tables.firms import FIRMS, FIRMS_OUT

IMPORTS = (FIRMS, CONTACTS, FIGURES)
EXPORTS = (FIRMS_OUT, FIGURES_OUT)
