"""The promise ledger: what was promised, its reviews, its deliverables, the firm's word, and every step of it."""

from tisu.promises.models.confirmation import Confirmation, ConfirmationLink, Way
from tisu.promises.models.deliverable import Deliverable, Progress
from tisu.promises.models.ending import Ending
from tisu.promises.models.promise import Promise
from tisu.promises.models.review import Reach, Review, ReviewRule
from tisu.promises.models.step import Step

__all__ = [
    "Confirmation",
    "ConfirmationLink",
    "Deliverable",
    "Ending",
    "Progress",
    "Promise",
    "Reach",
    "Review",
    "ReviewRule",
    "Step",
    "Way",
]
