"""How far a request is (domain.md M4): told by the stage of its matter and the last step that stands, never stored."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from tisu.loop.stages import Stage


class State(TextChoices):
    ASKED = "asked", pgettext_lazy("request", "asked for")
    TAKEN_UP = "taken_up", pgettext_lazy("request", "taken up")
    COORDINATED = "coordinated", pgettext_lazy("request", "being coordinated")
    REFERRED = "referred", pgettext_lazy("request", "referred to a higher level")
    DECIDED = "decided", pgettext_lazy("request", "decided")
    DELIVERED = "delivered", pgettext_lazy("request", "delivered")
    CONFIRMED = "confirmed", pgettext_lazy("request", "confirmed by the firm")
    DONE = "done", pgettext_lazy("request", "done")
    UNMET = "unmet", pgettext_lazy("request", "cannot be met")
    ENDED = "ended", pgettext_lazy("request", "ended without a result")


# In order; the first that fits. A step that says how much was used says nothing of how far it is.
BY_STAGE: tuple[tuple[Stage, State], ...] = (
    (Stage.CANCELLED, State.ENDED),
    (Stage.MERGED, State.ENDED),
    (Stage.REGISTERED, State.ASKED),
    (Stage.ASSIGNED, State.TAKEN_UP),
)
STEPS = ("referred", "decided", "delivered", "confirmed", "unmet")
# The way that most requests go, as the map on their page shows it.
WAY = (
    State.ASKED, State.TAKEN_UP, State.COORDINATED, State.REFERRED, State.DECIDED, State.DELIVERED, State.CONFIRMED,
    State.DONE,
)  # fmt: skip
OPEN_STATES = frozenset(State) - {State.DONE, State.UNMET, State.ENDED}
