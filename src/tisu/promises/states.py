"""What a promise goes through (domain.md M3), what it ended as, and what it is made of. Overdue is no state: it is read
from the day."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    RECORDED = "recorded", pgettext_lazy("promise", "recorded")
    UNDER_REVIEW = "under_review", pgettext_lazy("promise", "under review")
    TO_BREAK_DOWN = "to_break_down", pgettext_lazy("promise", "to be broken down")
    IN_PROGRESS = "in_progress", pgettext_lazy("promise", "being kept")
    AWAITING_FIRM = "awaiting_firm", pgettext_lazy("promise", "waits for the firm")
    KEPT = "kept", pgettext_lazy("promise", "kept")
    PARTLY_KEPT = "partly_kept", pgettext_lazy("promise", "partly kept")
    CHANGED = "changed", pgettext_lazy("promise", "changed")
    IMPOSSIBLE = "impossible", pgettext_lazy("promise", "cannot be kept")
    ARCHIVED = "archived", pgettext_lazy("promise", "archived")


# The county still owes something: what is only partly kept is not kept.
OPEN = frozenset(
    {
        State.RECORDED,
        State.UNDER_REVIEW,
        State.TO_BREAK_DOWN,
        State.IN_PROGRESS,
        State.AWAITING_FIRM,
        State.PARTLY_KEPT,
    }
)
REVIEWED = frozenset({State.IN_PROGRESS, State.AWAITING_FIRM, State.PARTLY_KEPT, State.KEPT})


class Answer(TextChoices):
    """The beneficiary's word."""

    KEPT = "kept", pgettext_lazy("answer", "kept")
    PARTLY = "partly", pgettext_lazy("answer", "partly kept")
    NOT_KEPT = "not_kept", pgettext_lazy("answer", "not kept")


class Outcome(TextChoices):
    """What became of it: the firm's last word, or how the county ended it. It stays when the promise is archived."""

    KEPT = "kept", pgettext_lazy("promise", "kept")
    PARTLY = "partly", pgettext_lazy("promise", "partly kept")
    NOT_KEPT = "not_kept", pgettext_lazy("promise", "not kept")
    CHANGED = "changed", pgettext_lazy("promise", "changed")
    IMPOSSIBLE = "impossible", pgettext_lazy("promise", "cannot be kept")


class Form(TextChoices):
    """The form in which it was given."""

    CONTRACT = "contract", pgettext_lazy("promise", "contract")
    MINUTES = "minutes", pgettext_lazy("promise", "minutes of a meeting")
    LETTER = "letter", pgettext_lazy("promise", "official letter")
    SPOKEN = "spoken", pgettext_lazy("promise", "by word of mouth")


class Level(TextChoices):
    """Whose rule a promise rests on. National is a law, an administrative regulation, or an approval of the State Council."""

    NATIONAL = "national", pgettext_lazy("basis", "national")
    PROVINCIAL = "provincial", pgettext_lazy("basis", "provincial")
    PREFECTURE = "prefecture", pgettext_lazy("basis", "prefecture")
    COUNTY = "county", pgettext_lazy("basis", "county")
    NONE = "none", pgettext_lazy("basis", "none named")


class Benefit(TextChoices):
    """Whether this one firm gets what others do not, and what (公平竞争审查条例 art. 10)."""

    NONE = "none", _("no: open to every firm alike, or a service")
    TAX = "tax", _("a tax benefit")
    REWARD = "reward", _("a selective fiscal reward or subsidy")
    FACTORS = "factors", _("land, premises, power or another factor on better terms")
    FEES = "fees", _("fees or government funds reduced")
    INSURANCE = "insurance", _("social insurance contributions reduced")


class Finding(TextChoices):
    """What a review came to. An exception is allowed by the law itself, and names where."""

    PASSES = "passes", pgettext_lazy("review", "in order")
    EXCEPTION = "exception", pgettext_lazy("review", "an exception that the law allows")
    FAILS = "fails", pgettext_lazy("review", "not in order")
