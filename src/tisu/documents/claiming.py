"""From an upload to a paper of an act: claimed once, hung where it belongs, passed on, forgotten with its subject.

All of it happens in the transaction of the act that names the papers: what is rolled back was never handed in, and
the upload may be named again.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.documents import caps
from tisu.documents.faults import NotTaken
from tisu.documents.models import Attachment, Document, DocumentQuerySet, Status
from tisu.foundation import clock

About = tuple[str, int]


def named(ids: Any) -> list[uuid.UUID]:
    """The ids of uploads that a caller names, each once; NotTaken for what is no list of ids."""
    if ids in (None, ""):
        return []
    if not isinstance(ids, list | tuple) or not all(isinstance(each, str | uuid.UUID) for each in ids):
        raise NotTaken(_("Give the documents as a list of ids."))
    try:
        found = list(dict.fromkeys(each if isinstance(each, uuid.UUID) else uuid.UUID(each) for each in ids))
    except ValueError:
        raise NotTaken(unknown()) from None
    if len(found) > settings.DOCUMENTS_AT_ONCE:
        raise NotTaken(caps.too_many())
    return found


def unknown() -> str:
    """One sentence for every upload that cannot be named: not there, somebody else's, used, run out."""
    return _("One of the documents is not there, or was handed in already: upload it again.")


def claimable(ids: Iterable[uuid.UUID], user: User | None) -> DocumentQuerySet:
    """Those of these uploads that this person, or a stranger, may hand in now."""
    mine = Document.objects.unclaimed().filter(pk__in=list(ids), status__in=(Status.READY, Status.PENDING))
    theirs = mine.filter(uploaded_by__isnull=True)
    return (theirs | mine.filter(uploaded_by=user)) if user is not None else theirs


def check(ids: Any, user: User | None) -> list[uuid.UUID]:
    """The same ids, once every one can be handed in by this person; NotTaken otherwise. Nothing is written."""
    asked = named(ids)
    sizes = dict(claimable(asked, user).values_list("pk", "size"))
    if len(sizes) != len(asked):
        raise NotTaken(unknown())
    if sum(sizes.values()) > settings.DOCUMENTS_MB * caps.MB:
        raise NotTaken(caps.too_much_together(sizes.values()))
    return asked


def claim(ids: Any, *, user: User | None) -> list[Document]:
    """Take these uploads for one act, in the order in which they were named. Of two acts at once one takes them."""
    asked = check(ids, user)
    return _taken(asked, user) if asked else []


@transaction.atomic
def _taken(asked: list[uuid.UUID], user: User | None) -> list[Document]:
    if claimable(asked, user).update(claimed_at=clock.now(), uploaded_by=None) != len(asked):
        raise NotTaken(unknown())
    taken = Document.objects.in_bulk(asked)
    return [taken[each] for each in asked]


def hang(
    documents: Iterable[Document], *, on: About, part: str, at: int = 0, with_original: bool = True
) -> None:
    """Hang papers on a subject; those that hang there already stay as they are."""
    kind, key = on
    rows = [
        Attachment(
            document=each, about_kind=kind, about_key=key, part=part, at=at, with_original=with_original
        )
        for each in documents
    ]
    Attachment.objects.bulk_create(rows, ignore_conflicts=True)


def told_in_event(documents: Iterable[Document]) -> list[dict[str, str]]:
    """What an event keeps of papers: the digest of each original stands in the chain with it."""
    return [{"id": str(each.pk), "name": each.name, "sm3": each.digest} for each in documents]


@transaction.atomic
def forget_papers(about: About) -> None:
    """Take all papers off a subject that must leave no content.

    One that hangs nowhere else goes, with its files; of one that was passed on elsewhere the original goes, because
    nobody may reach that from there.
    """
    rows = Attachment.objects.on(about)
    keys = list(rows.values_list("document", flat=True))
    rows.delete()
    documents = Document.objects.filter(pk__in=keys)
    documents.filter(attachments__isnull=True).update(status=Status.GOING, name="", digest="")
    kept = documents.exclude(status=Status.GOING).exclude(attachments__with_original=True)
    kept.update(has_original=False, digest="")
