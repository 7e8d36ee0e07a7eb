"""What rooms show of a firm: their parts of a page about it, and their lanes of its time line."""

from typing import Any

from django.http import HttpRequest

from tisu.enterprises.models import Enterprise
from tisu.foundation.rooms import declared

STAFF, OWN = "staff", "own"


def panels_on(place: str, request: HttpRequest, firm: Enterprise) -> list[dict[str, Any]]:
    """The parts that have something to show, each as template and what it speaks of."""
    panels = sorted(
        (panel for panel in declared("firm_panels") if panel.place == place), key=lambda panel: panel.order
    )
    filled = ((panel.template, panel.context(request, firm)) for panel in panels)
    return [{"template": template, "pane": pane} for template, pane in filled if pane is not None]
