"""Firms, their contacts, figures, visits and what else the register lists, as tables."""

from tisu.enterprises.tables.contacts import CONTACTS, CONTACTS_OUT
from tisu.enterprises.tables.figures import FIGURES, FIGURES_OUT
from tisu.enterprises.tables.firms import FIRMS, FIRMS_OUT
from tisu.enterprises.tables.lists import PAIRS_OUT, PARKS_OUT, VISITS_OUT

IMPORTS = (FIRMS, CONTACTS, FIGURES)
EXPORTS = (FIRMS_OUT, FIGURES_OUT, CONTACTS_OUT, VISITS_OUT, PAIRS_OUT, PARKS_OUT)
