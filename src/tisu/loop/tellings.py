"""Who is told of an act, and how soon: one table (loop.md §4, point 9).

At once only: assigned, returned, overdue, instructed. Everything else waits for the digest of the next working
morning. Whoever acted is not told of it, and who may not see the matter is not told by anyone: the inbox asks
again when it shows and when it sends.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import User
from tisu.foundation import clock
from tisu.inbox.services import tell
from tisu.loop.models import Event, Matter, RequestKind
from tisu.loop.recipients import (
    Recipients,
    arbiters,
    handlers,
    lead,
    leaders,
    office,
    requester,
    verifiers,
    watchers,
)


@dataclass(frozen=True)
class Telling:
    """`to` are groups of people, `sentence` what they read above the matter's title."""

    to: tuple[Recipients, ...]
    sentence: Any
    urgent: bool = False


TELLINGS: dict[str, Telling] = {
    "request_approval": Telling((watchers,), _("Waits for your approval")),
    "approve": Telling((office,), _("Approved: to be assigned")),
    "refuse": Telling((office,), _("Not approved")),
    "assign": Telling((handlers,), _("To be accepted"), urgent=True),
    "auto_accept": Telling((handlers, office), _("Not accepted in time: it counts as accepted")),
    "return": Telling((office,), _("Returned by the unit"), urgent=True),
    "co_done": Telling((lead,), _("A co-unit's part is done")),
    "submit": Telling((verifiers,), _("To be verified")),
    "fail": Telling((lead,), _("Sent back to be redone"), urgent=True),
    "pass": Telling((handlers, requester), _("Closed")),
    "request_extension": Telling((arbiters, watchers), _("An extension is asked for")),
    "request_suspension": Telling((arbiters,), _("A suspension is asked for")),
    "request_transfer": Telling((arbiters,), _("A transfer is asked for")),
    "request_cancellation": Telling((leaders,), _("A cancellation is asked for")),
    "request_content_change": Telling((arbiters,), _("A change of the text is asked for")),
    "decline": Telling((handlers, office), _("A request was declined")),
    "resume": Telling((handlers, requester), _("Resumed: the clock runs again")),
    "urge": Telling((handlers,), _("You are urged")),
    "escalate": Telling((watchers, lead), _("A superior was told")),
    "instruct": Telling((handlers, office), _("A county leader instructs"), urgent=True),
    "merge": Telling((handlers, requester), _("Merged into another matter")),
    "unmerge": Telling((handlers, requester), _("Taken apart again")),
    "reopen": Telling((handlers, requester), _("Reopened")),
    "appeal_rating": Telling((office,), _("The unit objects to the rating")),
    "succeed": Telling((handlers,), _("Goes on at your unit, which took over the work of another one")),
    "redate": Telling((handlers,), _("The due day was reckoned anew after a calendar notice")),
}
# What granting tells depends on what was granted.
GRANTED: dict[str, Telling] = {
    RequestKind.TRANSFER: Telling((handlers,), _("To be accepted"), urgent=True),
    RequestKind.CANCELLATION: Telling((handlers, office, requester), _("Cancelled")),
    RequestKind.SUSPENSION: Telling((handlers, requester), _("Suspended: the clock stands")),
    RequestKind.EXTENSION: Telling((handlers, requester), _("Extended")),
}
GRANT = Telling((handlers, office), _("A request was granted"))
PARENT_ENDED = Telling((requester,), _("What was handled together with it has ended"))


def tell_about(act: Any, event: Event) -> None:
    """One message for each person concerned, keyed by the event."""
    telling = TELLINGS.get(event.action)
    if event.action == "urge" and act.actor.rule:
        return  # the alarm that rang tells it at once
    if event.action == "grant":
        telling = GRANTED.get(act.body.get("request_kind"), GRANT)
    if telling is not None:
        send(act.matter, telling, rule=f"{event.action}/1", period=str(event.seq), but=act.actor.user)


def send(matter: Matter, telling: Telling, *, rule: str, period: str, but: User | None = None) -> None:
    people = {user.pk: user for group in telling.to for user in group(matter)}
    if but is not None:
        people.pop(but.pk, None)
    if people:
        tell(
            rule=rule,
            about=("matter", matter.pk),
            period=f"{matter.pk}:{period}",
            recipients=people.values(),
            subject=telling.sentence,
            text=subject_line(matter),
            url=reverse("loop:matter", args=[matter.number]),
            urgent=telling.urgent,
        )


def subject_line(matter: Matter) -> str:
    due = f" · {clock.local_day(matter.due_at):%m-%d}" if matter.due_at and matter.is_open else ""
    return f"{matter.title}{due}"
