"""Papers on matters: who reads which, how an act brings them, and what of a report's own is passed on to units."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.accounts.standing import standing_of
from tisu.documents import claiming
from tisu.documents.faults import NotTaken
from tisu.documents.models import Attachment, Document
from tisu.documents.words import item_of, paper_of
from tisu.foundation.rooms import Subject
from tisu.loop.faults import Unacceptable
from tisu.loop.models import Matter
from tisu.loop.queries import OVERSIGHT_ROLES, raised_by

# Two parts of a matter. What acts bring is for everyone who works on it; what came with a report is for the office and
# supervision, and for whoever reported.
WORK, REPORTED = "work", "reported"
FIRST_EVENT = 1


def _visible(user: Any, keys: Iterable[int]) -> QuerySet:
    """The matters of these keys that a person sees today."""
    return Matter.objects.visible_to(user).filter(pk__in=keys).order_by().values_list("pk", flat=True)


def _works_on(user: Any, keys: Iterable[int]) -> QuerySet:
    """Whoever merely raised a matter does not read what offices write to each other (describe.events_for)."""
    rows = _visible(user, keys)
    return rows if standing_of(user).has(*OVERSIGHT_ROLES) else rows.exclude(raised_by(standing_of(user)))


def _reported_to(user: Any, keys: Iterable[int]) -> QuerySet:
    rows = _visible(user, keys)
    return rows if standing_of(user).has(*OVERSIGHT_ROLES) else rows.filter(raised_by(standing_of(user)))


def _opens(user: Any, keys: Iterable[int]) -> QuerySet:
    rows = _visible(user, keys)
    return rows if standing_of(user).has(*OVERSIGHT_ROLES) else rows.none()


def _told(user: Any, keys: Iterable[int]) -> set[int]:
    return set(_visible(user, keys))


def _place(key: int) -> dict[str, Any]:
    number, title = Matter.objects.values_list("number", "title").get(pk=key)
    return {"label": title or number, "url": reverse("loop:matter", args=[number])}


def _signed(user: Any) -> str:
    return standing_of(user).label_as(*OVERSIGHT_ROLES)


MATTERS = Subject(
    "matter",
    _told,
    parts={WORK: _works_on, REPORTED: _reported_to},
    opens=_opens,
    signed=_signed,
    place=_place,
)


def about(matter: Matter) -> tuple[str, int]:
    return MATTERS.code, matter.pk


# --- Bringing papers ---------------------------------------------------------------------------------------


def claim(ids: Any, user: Any) -> list[Document]:
    """The uploads that an act names, from now on its own; Unacceptable where one cannot be named."""
    try:
        return claiming.claim(ids, user=user)
    except NotTaken as fault:
        raise Unacceptable.at("documents", fault.sentence) from fault


def check(ids: Any, user: Any) -> None:
    """The same without taking anything: outside of the transaction, so that nobody waits for what is refused."""
    try:
        claiming.check(ids, user)
    except NotTaken as fault:
        raise Unacceptable.at("documents", fault.sentence) from fault


def bring(act: Any) -> None:
    """Claim what the act names. Its event tells the SM3 of each original, so the chain stands for it too."""
    act.papers = claim(act.data["documents"], act.actor.user)
    act.body["documents"] = claiming.told_in_event(act.papers)


def hang_brought(act: Any, event: Any) -> None:
    if act.papers:
        claiming.hang(act.papers, on=about(act.matter), part=WORK, at=event.seq)


def hang_at_first(matter: Matter, papers: list[Document], *, reported: bool = False) -> None:
    """What a matter begins with."""
    claiming.hang(papers, on=about(matter), part=REPORTED if reported else WORK, at=FIRST_EVENT)


# --- Passing on --------------------------------------------------------------------------------------------


def may_be_passed_on(matter: Matter, user: Any) -> list[Document]:
    """What came with the report, or with the whole that it is a part of, and the units do not have yet."""
    wholes, whole = [matter.pk], matter
    while whole.parent_id:
        whole = whole.parent
        wholes.append(whole.pk)
    rows = Attachment.objects.filter(about_kind=MATTERS.code, about_key__in=wholes, part=REPORTED)
    had = Attachment.objects.on(about(matter)).filter(part=WORK)
    seen = rows.visible_to(user).exclude(document__in=had.values("document"))
    return [row.document for row in seen.select_related("document")]


def pass_on(act: Any) -> None:
    """Copies for the units; the original stays where it came in."""
    wanted = set(act.data["papers"])
    found = [each for each in may_be_passed_on(act.matter, act.actor.user) if str(each.pk) in wanted]
    if len(found) != len(wanted):
        raise Unacceptable.at("papers", _("One of these papers is not there any more, or passed on already."))
    act.body["papers"] = claiming.told_in_event(found)
    act.passed_on = found


def hang_passed_on(act: Any, event: Any) -> None:
    if act.passed_on:
        on = about(act.matter)
        claiming.hang(act.passed_on, on=on, part=WORK, at=event.seq, with_original=False)


# --- Reading -----------------------------------------------------------------------------------------------


def attached(matter: Matter, user: Any) -> list[Attachment]:
    """What this reader may read of it, in the order in which it came."""
    rows = Attachment.objects.on(about(matter)).visible_to(user)
    return list(rows.select_related("document").order_by("at", "pk"))


def by_event(rows: Iterable[Attachment]) -> dict[int, list[dict[str, Any]]]:
    """For the time line: the papers of the event with which each came."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.at, []).append(paper_of(row.document))
    return found


def told(rows: Iterable[Attachment]) -> list[dict[str, Any]]:
    """For the API."""
    return [item_of(row.document) | {"event": row.at or None} for row in rows]
