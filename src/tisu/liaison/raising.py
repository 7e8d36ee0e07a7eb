"""What came out of a contact goes where the house keeps it: a matter, a promise, a request."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import GrantedRole, standing_of
from tisu.foundation import clock
from tisu.foundation.textnorm import clean_text
from tisu.liaison.models import Contact, RaisedIssue, RaisedPromise, RaisedRequest
from tisu.loop.actor import person
from tisu.loop.faults import Refusal
from tisu.loop.forms import MOST_CALENDAR_DAYS
from tisu.loop.models import Matter, Watch
from tisu.loop.perform import perform
from tisu.loop.register import register_matter
from tisu.orgs.models import Duty, Role, Unit, within
from tisu.promises.services import give
from tisu.support.models import Origin
from tisu.support.services import ask

KIND = "liaison_issue"
MOST = 10
LONGEST_TITLE = 120


@dataclass(frozen=True)
class Issue:
    """What the firm is worried about, which unit sees to it, until when."""

    text: str
    unit: Unit
    due_on: date


@dataclass(frozen=True)
class Promised:
    """What the leader promised there, by which day it is kept, and which unit answers for it."""

    text: str
    due_on: date
    unit: Unit | None = None


@dataclass(frozen=True)
class Needed:
    """A production factor that the firm asks for."""

    factor: str
    needed_by: date
    amount: str = ""
    measure: str = ""
    basis: str = ""


def raise_all(
    actor: User,
    contact: Contact,
    issues: Sequence[Issue],
    promises: Sequence[Promised],
    requests: Sequence[Needed],
) -> None:
    """Faults are named by part and place, as `issue-0-due_on`: the field of the form where it was typed."""
    for part, rows, do in (
        ("issue", issues, _issue),
        ("promise", promises, _promise),
        ("request", requests, _request),
    ):
        if len(rows) > MOST:
            raise ValidationError(_("Ten of a kind at the most: enter the rest as a contact of its own."))
        for place, row in enumerate(rows):
            with _at(f"{part}-{place}"):
                do(actor, contact, row)


@contextmanager
def _at(place: str) -> Iterator[None]:
    try:
        yield
    except Refusal as fault:
        errors = fault.errors or {NON_FIELD_ERRORS: [fault.sentence]}
        raise ValidationError({_named(place, name): list(said) for name, said in errors.items()}) from fault
    except ValidationError as fault:
        errors = fault.message_dict if hasattr(fault, "error_dict") else {NON_FIELD_ERRORS: fault.messages}
        raise ValidationError({_named(place, name): said for name, said in errors.items()}) from fault


def _named(place: str, name: str) -> str:
    return place if name == NON_FIELD_ERRORS else f"{place}-{name}"


def _issue(actor: User, contact: Contact, issue: Issue) -> None:
    """A matter of the loop, assigned by the word of the leader who was there; the leader's post watches it."""
    text = clean_text(issue.text).strip()
    if not text:
        raise ValidationError({"text": _("One thing is missing: what the issue is.")})
    pairing, role = contact.pairing, _leading(actor, contact)
    region = pairing.post.unit.region_id
    _check_unit(issue.unit, region)
    _check_day(issue.due_on)
    by = person(actor).signing_as(role)
    matter = register_matter(
        kind=KIND, title=text[:LONGEST_TITLE].replace("\n", " "), text=text, region=region, actor=by,
        enterprise=pairing.firm, for_firm=pairing.firm, opened_by_unit_id=pairing.post.unit_id,
    )  # fmt: skip
    Watch.objects.create(matter=matter, post=pairing.post, level=1, since=clock.now())
    RaisedIssue.objects.create(contact=contact, matter=matter, unit=issue.unit, due_on=issue.due_on)
    _assign(matter, issue, by)


def _assign(matter: Matter, issue: Issue, by) -> None:
    data = {"lead_unit": issue.unit.code, "due_on": issue.due_on.isoformat()}
    perform(matter, "assign", actor=by.carrying(), data=data, expected_version=matter.version)


def _promise(actor: User, contact: Contact, promised: Promised) -> None:
    if promised.due_on is None:
        raise ValidationError({"due_on": _("Say by which day it is kept: a promise without a day is none.")})
    pairing = contact.pairing
    promise = give(
        actor=actor, text=promised.text, maker=pairing.post, given_on=contact.on, enterprise=pairing.firm,
        due_on=promised.due_on, place=contact.place, unit=promised.unit, checked=False,
    )  # fmt: skip
    RaisedPromise.objects.create(contact=contact, promise=promise)


def _request(actor: User, contact: Contact, needed: Needed) -> None:
    request = ask(
        user=actor, firm=contact.pairing.firm, factor=needed.factor, needed_by=needed.needed_by, amount=needed.amount,
        measure=needed.measure, basis=needed.basis, origin=Origin.LIAISON,
    )  # fmt: skip
    RaisedRequest.objects.create(contact=contact, request=request)


def _leading(actor: User, contact: Contact) -> GrantedRole | None:
    roles = standing_of(actor).having(Role.COUNTY_LEADER)
    return next((role for role in roles if role.post_id == contact.pairing.post_id), None)


def _check_unit(unit: Unit | None, region: str) -> None:
    rows = Unit.objects.on().filter(within("region_id", region), duty__in=(Duty.HANDLING, Duty.OFFICE))
    if unit is None or not rows.filter(pk=unit.pk).exists():
        raise ValidationError({"unit": _("Choose a unit of this county that there is today.")})


def _check_day(day: date | None) -> None:
    if day is None:
        raise ValidationError({"due_on": _("One thing is missing: by which day it is seen to.")})
    if day < clock.today():
        raise ValidationError({"due_on": _("This day has passed: name one from today on.")})
    if (day - clock.today()).days > MOST_CALENDAR_DAYS:
        raise ValidationError({"due_on": _("More than two years away: look at the year.")})
