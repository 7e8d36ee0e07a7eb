"""Telling people: one engine for every notice of the house (loop.md §3.5, architecture.md §1)."""

import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from tisu.accounts.models import User
from tisu.foundation import clock
from tisu.foundation.rooms import declared
from tisu.foundation.textnorm import clean_text
from tisu.foundation.writing import write
from tisu.inbox.models import Message
from tisu.inbox.models.message import MOST_SUBJECT
from tisu.inbox.outbox import put_urgent

# Text as it is, a lazy translation, or a function that is called while the recipient's language is spoken:
# the last for sentences with values in them, because `gettext_lazy(…) % values` is settled at once.
Words = str | Any | Callable[[], str]
NOTHING = ("", 0)
AT_ONCE = 500  # messages in one statement


@transaction.atomic(savepoint=False)
def tell(
    *,
    rule: str,
    about: tuple[str, int] | None,
    period: str,
    recipients: Iterable[User],
    subject: Words,
    text: Words = "",
    url: str = "",
    urgent: bool = False,
) -> None:
    """Tell each recipient once for this rule, subject and period.

    Written in the caller's transaction: what is rolled back was never said. `about` names a declared subject
    and is asked for the recipient's sight whenever the message is shown or sent. `url` is a path of this house.
    """
    _check(about, url)
    kind, key = about or NOTHING
    words = {"rule": rule, "period": period, "about_kind": kind, "about_key": key}
    words |= {"url": url, "urgent": urgent, "at": clock.now()}
    rows = list(_messages(words, recipients, subject, text))
    for first in range(0, len(rows), AT_ONCE):
        write(*rows[first : first + AT_ONCE], or_skip=True)
    if urgent and rows:
        put_urgent(rows)


def _check(about: tuple[str, int] | None, url: str) -> None:
    """Both are the caller's own words, so a fault here is a fault of the program."""
    if about and about[0] not in {subject.code for subject in declared("subjects")}:
        raise ValueError(f"no room declares the subject {about[0]!r}")
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError("the address of a message is a path of this house")


def _messages(words: dict, recipients: Iterable[User], subject: Words, text: Words) -> Iterator[Message]:
    for user in {user.pk: user for user in recipients}.values():
        with translation.override(language_of(user)):
            said = {"subject": one_line(_spoken(subject)), "text": clean_text(_spoken(text))}
        yield Message(key=uuid.uuid4(), recipient=user, **words, **said)


def language_of(user: User) -> str:
    return user.language or settings.LANGUAGE_CODE


def _spoken(words: Words) -> str:
    return str(words() if callable(words) else words)


def one_line(text: str) -> str:
    """A subject goes into a mail's head and a list's line: one line, cut where a line would be too long."""
    line = " ".join(clean_text(text).split())
    return line if len(line) <= MOST_SUBJECT else line[: MOST_SUBJECT - 1] + "…"


def forget_told(about: tuple[str, int]) -> int:
    """Empty what messages say about a subject that must leave no words; that something was told, and when, stays.

    Subjects are the rules' own sentences and stay. Digests quote messages when they go out, so what still waits
    goes out empty; what has left this house is out of reach.
    """
    kind, key = about
    return Message.objects.filter(about_kind=kind, about_key=key).update(text="")


def mark_read(message: Message) -> datetime:
    """Reading is the recipient's own act; the first time counts."""
    Message.objects.unread().filter(pk=message.pk).update(read_at=clock.now())
    message.refresh_from_db(fields=["read_at"])
    return message.read_at


def mark_all_read(user: User) -> int:
    """All that the person sees now; what they may not see keeps its state."""
    seen = Message.objects.shown_to(user).unread().values_list("pk", flat=True)
    return Message.objects.filter(pk__in=list(seen)).update(read_at=clock.now())
