"""Figures with the target beside each, and whether it was reached."""

from dataclasses import dataclass
from typing import Any

AT_MOST, AT_LEAST = "at most", "at least"


@dataclass(frozen=True)
class Target:
    bound: str
    value: float

    def is_reached(self, value: float) -> bool:
        return value <= self.value if self.bound == AT_MOST else value >= self.value

    def __str__(self) -> str:
        return f"{self.bound} {self.value:,g}"


def at_most(value: float) -> Target:
    return Target(AT_MOST, value)


def at_least(value: float) -> Target:
    return Target(AT_LEAST, value)


def figure(value: float, unit: str, target: Target | None = None) -> dict[str, Any]:
    """What the JSON holds of one figure; without a target it is told for comparison only."""
    told = {"value": _rounded(value), "unit": unit}
    if target is not None:
        told |= {"target": str(target), "reached": target.is_reached(value)}
    return told


def _rounded(value: float) -> float:
    return round(value, 1) if abs(value) >= 100 else float(f"{value:.3g}")


def missed(sections: dict[str, dict[str, Any]]) -> list[str]:
    return [
        f"{section}.{name}"
        for section, figures in sections.items()
        for name, told in figures.items()
        if isinstance(told, dict) and told.get("reached") is False
    ]
