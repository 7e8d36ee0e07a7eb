"""How much is taken, and the sentence for what is more."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

MB = 1024 * 1024


def most_bytes() -> int:
    return settings.DOCUMENT_MB * MB


def too_large(name: str) -> str:
    words = _("“%(name)s” is larger than %(most)s MB: send a smaller one, or send it in parts.")
    return words % {"name": name, "most": settings.DOCUMENT_MB}


def too_many() -> str:
    words = _("At most %(most)s documents can be handed in at once: leave some out or join them into one.")
    return words % {"most": settings.DOCUMENTS_AT_ONCE}


def too_much_together(sizes: Iterable[int]) -> str:
    words = _(
        "Together they have %(size)s MB; %(most)s MB are the most: leave some out or send smaller ones."
    )
    return words % {"size": -(-sum(sizes) // MB), "most": settings.DOCUMENTS_MB}


def most_files() -> int:
    return settings.DOCUMENTS_AT_ONCE


def most_in_words() -> str:
    words = _("Up to %(files)s documents of %(each)s MB each, %(all)s MB together.")
    return words % {
        "files": settings.DOCUMENTS_AT_ONCE,
        "each": settings.DOCUMENT_MB,
        "all": settings.DOCUMENTS_MB,
    }
