"""A line of twelve months as plain SVG numbers, with the same figures in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

WIDTH, HEIGHT, MARGIN = 120, 28, 3


@dataclass(frozen=True)
class Sparkline:
    """`trend` is (month, count) pairs, oldest first. The axis begins at zero, so that heights compare."""

    trend: tuple[tuple[str, int], ...]
    width: int = WIDTH
    height: int = HEIGHT

    def dots(self) -> list[tuple[float, float]]:
        top = max((count for _month, count in self.trend), default=0) or 1
        step = (self.width - 2 * MARGIN) / max(len(self.trend) - 1, 1)
        room = self.height - 2 * MARGIN
        return [
            (round(MARGIN + step * place, 1), round(self.height - MARGIN - room * count / top, 1))
            for place, (_month, count) in enumerate(self.trend)
        ]

    def points(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.dots())

    def last(self) -> tuple[float, float] | None:
        return self.dots()[-1] if self.trend else None

    def words(self) -> str:
        figures = pgettext("list", ", ").join(f"{month} {count}" for month, count in self.trend)
        return _("The last %(count)d months: %(figures)s") % {"count": len(self.trend), "figures": figures}
