"""What the county is asked to provide, what is done on the way, what can go wrong, and who works on it together."""

from tisu.support.models.force import TASK, Continuation, ForceTask, TaskForce
from tisu.support.models.records import Guidance, Introduction, Order, PowerGuarantee, Transport
from tisu.support.models.request import KIND, FactorRequest, Origin
from tisu.support.models.risk import Risk, RiskList
from tisu.support.models.step import Step, StepKind

__all__ = [
    "KIND",
    "TASK",
    "Continuation",
    "FactorRequest",
    "ForceTask",
    "Guidance",
    "Introduction",
    "Order",
    "Origin",
    "PowerGuarantee",
    "Risk",
    "RiskList",
    "Step",
    "StepKind",
    "TaskForce",
    "Transport",
]
