"""What the county is asked to provide, what is done on the way, what can go wrong, and who works on it together."""

from tisu.support.models.request import KIND, FactorRequest, Origin
from tisu.support.models.step import Step, StepKind

__all__ = ["KIND", "FactorRequest", "Origin", "Step", "StepKind"]
