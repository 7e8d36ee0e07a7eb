"""Several things in one sentence, with the sign between them that the reader's language has."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import pgettext


def listed(parts: Iterable[Any]) -> str:
    """Names and other short things: 住建局、发改局."""
    return pgettext("between names", ", ").join(map(str, parts))


def listed_apart(parts: Iterable[Any]) -> str:
    """Whole clauses, which have commas of their own."""
    return pgettext("between clauses", "; ").join(map(str, parts))
