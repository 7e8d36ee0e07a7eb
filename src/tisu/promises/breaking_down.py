"""From a promise to what is to be there by a day: each deliverable is a matter, registered and assigned by the loop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.loop.actor import Actor, person
from tisu.loop.faults import Refusal
from tisu.loop.forms import MOST_CALENDAR_DAYS
from tisu.loop.models import Matter
from tisu.loop.perform import perform
from tisu.loop.queries import OFFICE_ROLES
from tisu.loop.register import register_matter
from tisu.orgs.models import Unit
from tisu.promises.findable import make_findable
from tisu.promises.models import Deliverable, Promise
from tisu.promises.moves import ADD, BREAK_DOWN, held, take_step
from tisu.promises.powers import hand_of, is_office_of, units_to_name
from tisu.promises.services import write_down

KIND = "promise"
MOST = 20
LONGEST_TITLE = 120


@dataclass(frozen=True)
class Part:
    """What is to be there, by which day, and the unit that answers for it."""

    text: str
    due_on: date
    unit: Unit


@transaction.atomic
def break_down(
    *, actor: User, promise: Promise, parts: Sequence[Part], enterprise: Enterprise | None = None
) -> Promise:
    """Split it into dated matters. A slogan stops being one: it is due when the last of its parts is.

    `enterprise` names who can confirm what was promised to nobody in particular.
    """
    promise = _for_office(actor, promise)
    facts = _facts_of_a_slogan(promise, parts, enterprise) if promise.is_slogan else {}
    if promise.unit_id is None and parts:
        facts["unit"] = parts[0].unit
    _check(parts, due_on=facts.get("due_on") or promise.due_on, since=promise.given_on)
    take_step(promise, BREAK_DOWN, hand_of(actor), words=_listed(parts), **facts)
    return _opened(actor, promise, parts)


@transaction.atomic
def add_deliverable(*, actor: User, promise: Promise, part: Part) -> Promise:
    """One more, while the promise is being kept."""
    promise = _for_office(actor, promise)
    if promise.deliverables.filter(text=part.text, due_on=part.due_on).exists():
        raise ValidationError({"text": _("This deliverable stands there already.")})
    if promise.deliverables.count() >= MOST:
        raise ValidationError(_("Twenty deliverables at the most."))
    _check([part], due_on=promise.due_on, since=promise.given_on)
    take_step(promise, ADD, hand_of(actor), words=_listed([part]))
    return _opened(actor, promise, [part])


def keep_deliverable(promise: Promise, matter: Matter, text: str, due_on: date) -> Deliverable:
    return Deliverable.objects.create(promise=promise, matter=matter, text=text[:400], due_on=due_on)


# --- rules ---


def _facts_of_a_slogan(promise: Promise, parts: Sequence[Part], firm: Enterprise | None) -> dict:
    firm = promise.enterprise or firm
    if firm is None:
        raise ValidationError({"enterprise": _("Name the firm that can confirm what is promised now.")})
    due_on = max((part.due_on for part in parts), default=promise.given_on)
    return {"due_on": due_on, "enterprise": firm.survivor or firm}


def _check(parts: Sequence[Part], *, due_on: date, since: date) -> None:
    if not parts:
        raise ValidationError(
            _("Name at least one deliverable: what is to be there, by when, by which unit.")
        )
    if len(parts) > MOST:
        raise ValidationError(_("Twenty deliverables at the most."))
    for part in parts:
        _check_day(part.due_on, due_on, since)


def _check_day(day: date, due_on: date, since: date) -> None:
    if day < since:
        raise ValidationError(
            {"due_on": _("%(day)s lies before the promise was given: look at the day.") % {"day": day}}
        )
    if day > due_on:
        raise ValidationError(
            {
                "due_on": _("%(day)s lies after the day that was promised (%(due)s): name an earlier one.")
                % {"day": day, "due": due_on}
            }
        )
    if (day - clock.today()).days > MOST_CALENDAR_DAYS:
        raise ValidationError(
            {"due_on": _("More than two years away: split what takes longer into a part for each year.")}
        )


def _for_office(actor: User, promise: Promise) -> Promise:
    promise = held(promise)
    if not is_office_of(actor, promise):
        raise ValidationError(_("The office of the county does this."))
    return promise


def _opened(actor: User, promise: Promise, parts: Sequence[Part]) -> Promise:
    hand, office = hand_of(actor), _office(actor, promise)
    make_findable(promise)
    numbers = [_open(promise, part, office).number for part in parts]
    write_down(hand, "break-down-promise", promise, matters=numbers)
    return promise


def _office(actor: User, promise: Promise) -> Actor:
    """Signing as the office, whatever else this person is."""
    role = next(
        role
        for role in person(actor).standing.having(*OFFICE_ROLES)
        if promise.region_id.startswith(role.region)
    )
    return person(actor).signing_as(role)


def _open(promise: Promise, part: Part, office: Actor) -> Matter:
    if not units_to_name(promise.region_id).filter(pk=part.unit.pk).exists():
        raise ValidationError({"unit": _("Choose a unit of this county that there is today.")})
    matter = register_matter(
        kind=KIND,
        title=part.text[:LONGEST_TITLE],
        text=part.text,
        region=promise.region_id,
        actor=office,
        enterprise=promise.enterprise,
        opened_by_unit_id=office.role.unit_id if office.role else None,
    )
    keep_deliverable(promise, matter, part.text, part.due_on)
    # What was promised for a day that has passed is due at once: the loop gives no limit in the past.
    day = max(part.due_on, clock.today())
    data = {"lead_unit": part.unit.code, "due_on": day.isoformat()}
    try:
        return perform(matter, "assign", actor=office, data=data, expected_version=matter.version)
    except Refusal as refusal:
        raise ValidationError(str(refusal.sentence)) from refusal


def _listed(parts: Sequence[Part]) -> str:
    return "\n".join(f"{part.due_on} · {part.unit} · {part.text}" for part in parts)
