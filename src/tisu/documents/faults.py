"""Why a paper is not taken, in a sentence: what is wrong, and what to send instead."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from tisu.foundation.bounded import Unreadable


class NotTaken(Exception):
    """One paper was not taken; the message is the sentence, `name` the file's."""

    def __init__(self, sentence: str, name: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.name = sentence, name


def not_taken(name: str, fault: Unreadable) -> NotTaken:
    """What the reader found, in words; a code without words of its own counts as a damaged file."""
    say = _SENTENCES.get(fault.code, _broken)
    return NotTaken(say(name) % {"name": name, **fault.details}, name)


def _broken(name: str) -> str:
    return _("“%(name)s” cannot be read: it seems to be damaged. Open it once, save it anew and send that.")


def _unknown(name: str) -> str:
    return _(
        "“%(name)s” is none of the kinds that are taken. Send a picture, PDF, DOCX, XLSX, PPTX, OFD or plain text."
    )


def _runs(name: str) -> str:
    return _(
        "“%(name)s” is a program or a web page and is not taken. Send what it shows as a picture or PDF."
    )


def _secret(name: str) -> str:
    return _(
        "“%(name)s” is marked as a state secret (“%(mark)s”). This system may not hold such papers: nothing of it was "
        "kept. Hand it in by the way that is prescribed for them."
    )


def _too_costly(name: str) -> str:
    return _(
        "“%(name)s” takes too much time or memory to read, so it is not taken. Split it up or save it as a plain PDF."
    )


_SENTENCES: dict[str, Callable[[str], str]] = {
    "broken": _broken,
    "entities": _broken,
    "unknown": _unknown,
    "program": _runs,
    "script": _runs,
    "secret": _secret,
    "secret-name": _secret,
    "empty": lambda name: _("“%(name)s” is empty: choose the file again."),
    "encrypted": lambda name: _(
        "“%(name)s” is locked with a password, so it cannot be checked. Take the password out and send it again."
    ),
    "macro": lambda name: _(
        "“%(name)s” holds macros or commands that run when it is opened. Save it without them (DOCX, XLSX or PDF)."
    ),
    "archive": lambda name: _(
        "“%(name)s” is an archive. Unpack it and send the papers themselves, each as a file of its own."
    ),
    "picture": lambda name: _(
        "“%(name)s” is a kind of picture that is not taken: save it as JPEG or PNG, or several pages as PDF."
    ),
    "rich-text": lambda name: _("“%(name)s” is Rich Text: save it as DOCX or PDF and send that."),
    "pixels": lambda name: _(
        "“%(name)s” has more than %(most)s million pixels: make it smaller and send it again."
    ),
    "pages": lambda name: _("“%(name)s” has more than %(most)s pages: send it in parts."),
    "busy": lambda name: _(
        "Too many papers are being read at this moment: send “%(name)s” again in a minute."
    ),
    "virus": lambda name: _(
        "“%(name)s” carries a virus and is not taken. Have your computer or phone checked."
    ),
    **dict.fromkeys(("memory", "time", "written", "unfolded", "parts"), _too_costly),
}
