"""Parts of wholes as horizontal bars from zero, one for each name, the figure beside it in words."""

from dataclasses import dataclass

FULL = 1000


@dataclass(frozen=True)
class Bar:
    """`part` of `whole`, and both as text."""

    label: str
    whole: int
    part: int
    words: str


@dataclass(frozen=True)
class Bars:
    """`whole` and `part` say what the light and the full stretch of a bar are. All bars have one scale."""

    rows: tuple[Bar, ...]
    whole: str = ""
    part: str = ""

    def drawn(self) -> list[dict]:
        """Each with the widths of its two stretches, in thousandths of the longest."""
        longest = max((row.whole for row in self.rows), default=0) or 1
        return [
            {
                "label": row.label,
                "words": row.words,
                "whole": row.whole * FULL // longest,
                "part": row.part * FULL // longest,
            }
            for row in self.rows
        ]
