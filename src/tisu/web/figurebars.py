"""Figures of several periods as bars from zero, each with its amount beside it and what sort of figure it is."""

from collections.abc import Sequence
from dataclasses import dataclass

FULL = 1000


@dataclass(frozen=True)
class Bar:
    """`status` is a code of the statement tag; `words` are the amount as it was said."""

    label: str
    status: str
    value: int
    words: str
    url: str = ""


@dataclass(frozen=True)
class BarGroup:
    """Bars that are measured against each other: years with years, quarters with quarters."""

    label: str
    bars: Sequence[Bar]

    def drawn(self) -> list[tuple[Bar, int]]:
        """Each with its length in thousandths of the longest; what is not nothing is seen."""
        longest = max((bar.value for bar in self.bars), default=0) or 1
        return [(bar, max(bar.value * FULL // longest, 4 if bar.value else 0)) for bar in self.bars]
