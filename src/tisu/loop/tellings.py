"""Who is told of an act, and how soon: one table (loop.md §4, point 9).

At once only: assigned, returned, overdue, instructed. Everything else waits for the digest of the next working
morning. Whoever acted is not told of it, and who may not see the matter is not told by anyone: the inbox asks
again when it shows and when it sends.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import User
from tisu.foundation import clock
from tisu.inbox.services import tell
from tisu.loop.models import Event, Matter, RequestKind
from tisu.loop.parties import accuses_office
from tisu.loop.queries import OFFICE_ROLES, OVERSIGHT_ROLES
from tisu.loop.superiors import leaders_who_see
from tisu.orgs.models import Duty, Role

UNIT_POSTS = (Role.DEPT_LEAD, Role.DEPT_CLERK, *OVERSIGHT_ROLES)
Recipients = Callable[[Matter], Iterable[User]]


def people_of(units: Iterable[int], *roles: str) -> QuerySet[User]:
    """Who holds a post of these roles in these units today, or stands in for its holder."""
    return _of_posts(unit__in=list(units), role__in=roles)


def _of_posts(**post: Any) -> QuerySet[User]:
    """Who holds such a post today, or stands in for its holder."""
    facts = {f"post__{name}": value for name, value in post.items()}
    held, stood_in = (
        User._meta.get_field(relation).related_model.objects.on().filter(**facts)
        for relation in ("holdings", "delegations")
    )
    people = User.objects.filter(Q(holdings__in=held) | Q(delegations__in=stood_in), is_active=True)
    return people.distinct()


def lead(matter: Matter) -> Iterable[User]:
    return people_of([matter.lead.unit_id], *UNIT_POSTS) if matter.lead else []


def handlers(matter: Matter) -> Iterable[User]:
    """Lead and co-units."""
    return people_of([row.unit_id for row in matter.current_assignments], *UNIT_POSTS)


def office(matter: Matter) -> Iterable[User]:
    """Whoever dispatches it: the office of the region; supervision where the office is accused, or what it opened."""
    if accuses_office(matter):
        return _overseers(matter, Role.SUPERVISION)
    opened_by = matter.opened_by_unit
    own = opened_by is not None and opened_by.duty == Duty.SUPERVISION
    return _overseers(matter, *(OVERSIGHT_ROLES if own else OFFICE_ROLES))


def arbiters(matter: Matter) -> Iterable[User]:
    """Whoever decides what the lead unit asks for: the office, or supervision where the office handles it itself."""
    handling = {row.unit.duty for row in matter.current_assignments}
    return _overseers(matter, Role.SUPERVISION) if Duty.OFFICE in handling else office(matter)


def verifiers(matter: Matter) -> Iterable[User]:
    """Office and supervision, without those whose unit handles it."""
    handling = [row.unit_id for row in matter.current_assignments]
    return _overseers(matter, *OVERSIGHT_ROLES).exclude(pk__in=people_of(handling, *Role.values))


def _overseers(matter: Matter, *roles: str) -> QuerySet[User]:
    return _of_posts(role__in=roles, unit__region=matter.region_id)


def watchers(matter: Matter) -> Iterable[User]:
    return _of_posts(pk__in=matter.watches.values("post"))


def leaders(matter: Matter) -> Iterable[User]:
    """The county leaders who see it, and may decide what is asked of a leader."""
    return _of_posts(pk__in=[post.pk for post in leaders_who_see(matter)])


def requester(matter: Matter) -> Iterable[User]:
    return [matter.requester] if matter.requester else []


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
