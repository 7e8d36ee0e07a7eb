"""What a firm asks for as a kind of matter: raised by its people, assigned by the office, closed when the firm was answered."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.firms.models import Ask, Sort
from tisu.loop.kinds import Kind, Panel
from tisu.loop.models import Matter
from tisu.loop.register import register_rest

KIND = "firm_ask"


class FirmAsk(Kind):
    """Opened on the firm's own side alone, never by hand: then it belongs to the firm and not to a person."""

    code = KIND
    label = gettext_lazy("firm's request")

    def open_rest(self, performance: Any) -> None:
        """The rest is asked for by the same firm."""
        done = performance.matter.ask
        rest = register_rest(performance)
        Ask.objects.create(matter=rest, enterprise=done.enterprise, sort=done.sort, about=done.about)

    def panels(self, matter: Matter, user: Any) -> Iterable[Panel]:
        """Whoever handles a correction reads where to look."""
        ask = Ask.objects.select_related("enterprise").get(matter=matter)
        if ask.sort == Sort.CORRECTION:
            facts = [
                {"label": _("What is wrong"), "value": ask.about},
                {"label": _("Firm"), "value": ask.enterprise},
            ]
            yield Panel("ask", _("To be corrected"), "firms/correction.html", {"facts": facts})
