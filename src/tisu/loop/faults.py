"""Why an act is refused, as a sentence: checked in the order 404, 403, 409, 422 (architecture.md §2)."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Sentence = str | Promise


class Refusal(Exception):
    """An act the loop does not carry out. Nothing was written."""

    status = 422

    def __init__(self, sentence: Sentence, errors: dict[str, list[Sentence]] | None = None) -> None:
        self.sentence = sentence
        self.errors = errors or {}
        super().__init__(str(sentence))


class NotVisible(Refusal):
    status = 404


class NotAllowed(Refusal):
    status = 403


class Conflict(Refusal):
    status = 409

    @classmethod
    def stale(cls) -> "Conflict":
        return cls(
            _("Someone else has acted on this matter since you opened it. Look at it again, then act.")
        )


class Unacceptable(Refusal):
    status = 422

    @classmethod
    def at(cls, field: str, sentence: Sentence) -> "Unacceptable":
        """One fault of one field."""
        return cls(sentence, {field: [sentence]})
