"""Entering a contact: by the leader or whoever stands in, under the pairing of that day. What came out of it goes where
it belongs: issues into the loop, promises into the ledger, requests for factors to support (raising.py)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.enterprises.models import Mandate
from tisu.enterprises.planning import note_visit
from tisu.foundation import clock
from tisu.foundation.textnorm import clean_text
from tisu.inbox.services import tell
from tisu.liaison.models import COUNTED_AS, Contact, Mode, Pairing
from tisu.liaison.pairing import held
from tisu.liaison.papers import about
from tisu.liaison.periods import month_of
from tisu.liaison.powers import enters_for, signed_by, write_down
from tisu.liaison.raising import Issue, Needed, Promised, raise_all
from tisu.liaison.telling import CONFIRM, confirm_words
from tisu.orgs.models import Duty, Role, Unit, within

LONGEST_TEXT = 2_000
MOST_DEPARTMENTS = 20


@dataclass(frozen=True)
class Said:
    """What a contact was: typed, not yet looked at."""

    on: date
    mode: str
    text: str
    next_step: str = ""
    is_shared: bool = False
    place: str = ""
    departments: Sequence[Unit] = ()
    issues: Sequence[Issue] = ()
    promises: Sequence[Promised] = ()
    requests: Sequence[Needed] = ()


@dataclass(frozen=True)
class Entered:
    """The contact, and what its author is told: what disturbs the firm, what reads like last month."""

    contact: Contact
    hints: list[str] = field(default_factory=list)
    is_new: bool = True


@transaction.atomic
def enter_contact(*, actor: User, pairing: Pairing, said: Said, key: str = "") -> Entered:
    """ValidationError, naming the field, says what is wrong; nothing is written then. Sent twice, it is one contact."""
    pairing = held(pairing)
    if known := _sent_before(actor, pairing, said, key):
        return Entered(known, is_new=False)
    _check_author(actor, pairing)
    text = _words(said.text)
    _check_day(pairing, said.on)
    _check_meeting(pairing, said)
    signed = signed_by(actor, Role.COUNTY_LEADER)
    visit, objections = _note(actor, pairing, said)
    contact = Contact.objects.create(
        pairing=pairing, on=said.on, mode=said.mode, text=text, next_step=said.next_step, is_shared=said.is_shared,
        place=said.place, visit=visit, key=key or None, entered_by=actor, signed=signed, entered_at=clock.now(),
    )  # fmt: skip
    contact.departments.set(said.departments)
    raise_all(actor, contact, said.issues, said.promises, said.requests)
    _tell_firm(contact)
    write_down(
        actor, "enter-contact", pairing, signed, number=contact.number, on=said.on.isoformat(), how=said.mode
    )
    return Entered(contact, [*objections, *_hints(contact)])


def people_of(pairing: Pairing):
    """Whoever acts for the firm today."""
    kin = type(pairing.enterprise).objects.kin_of([pairing.enterprise_id])
    return User.objects.filter(mandates__in=Mandate.objects.on().filter(enterprise__in=kin)).distinct()


def units_present(pairing: Pairing):
    """Departments that can be at a meeting, and see to an issue."""
    rows = Unit.objects.on().filter(within("region_id", pairing.post.unit.region_id))
    return rows.filter(duty__in=(Duty.HANDLING, Duty.OFFICE))


# --- rules ---


def _sent_before(actor: User, pairing: Pairing, said: Said, key: str) -> Contact | None:
    """By the key of its form; or the same words of the same day once more."""
    own = Contact.objects.for_rows().filter(entered_by=actor)
    if key and (known := own.filter(key=key).first()):
        return known
    same = own.standing().filter(
        pairing=pairing, on=said.on, mode=said.mode, text=clean_text(said.text).strip()
    )
    return same.first()


def _check_author(actor: User, pairing: Pairing) -> None:
    if not enters_for(actor, pairing):
        raise ValidationError(
            {
                "pairing": _(
                    "You enter contacts of your own leader's post only: this is another leader's firm."
                )
            }
        )


def _words(text: str) -> str:
    text = clean_text(text).strip()
    if not text:
        raise ValidationError({"text": _("One thing is missing: in a few words, what it was about.")})
    if len(text) > LONGEST_TEXT:
        raise ValidationError(
            {"text": _("The text has %(length)d characters; 2,000 are the most.") % {"length": len(text)}}
        )
    return text


def _check_day(pairing: Pairing, on: date) -> None:
    firm = pairing.firm
    if on > clock.today():
        raise ValidationError(
            {"on": _("This day has not come yet: enter a contact when it has taken place.")}
        )
    if on < pairing.since:
        words = _("This lies before the pairing, which began on %(day)s: look at the day.")
        raise ValidationError({"on": words % {"day": pairing.since}})
    if pairing.until is not None and on >= pairing.until:
        words = _("This lies after the pairing, which ended on %(day)s: look at the day.")
        raise ValidationError({"on": words % {"day": pairing.until}})
    if firm.deregistered_on and on >= firm.deregistered_on:
        words = _("%(firm)s was deregistered on %(day)s: the office changes the pairing.")
        raise ValidationError({"on": words % {"firm": firm, "day": firm.deregistered_on}})


def _check_meeting(pairing: Pairing, said: Said) -> None:
    if said.mode not in Mode.values:
        raise ValidationError({"mode": _("Choose how it took place.")})
    if said.mode != Mode.ON_SITE:
        if said.departments or said.place:
            words = _("Place and departments belong to on-site work: choose that, or leave them empty.")
            raise ValidationError({"place" if said.place else "departments": words})
        return
    if not said.place.strip():
        raise ValidationError({"place": _("One thing is missing: where the meeting was.")})
    if not said.departments:
        words = _(
            "On-site work needs a department that can solve something: name at least one that was present."
        )
        raise ValidationError({"departments": words})
    if len(said.departments) > MOST_DEPARTMENTS:
        raise ValidationError({"departments": _("Twenty departments at the most.")})
    known = set(units_present(pairing).values_list("pk", flat=True))
    if any(unit.pk not in known for unit in said.departments):
        raise ValidationError({"departments": _("Choose units of this county that there are today.")})


# --- what follows ---


def _note(actor: User, pairing: Pairing, said: Said):
    """Into the one calendar of the firm, so that others see that somebody was there."""
    with translation.override(settings.LANGUAGE_CODE):  # it stands on record
        purpose = str(_("A county leader keeps in touch"))
    return note_visit(
        actor=actor, firm=pairing.firm, unit=pairing.post.unit, kind=COUNTED_AS[Mode(said.mode)], purpose=purpose,
        day=said.on,
    )  # fmt: skip


def _hints(contact: Contact) -> list[str]:
    """Said to whoever entered it and to nobody else, and kept nowhere."""
    month = month_of(contact.on).before
    rows = Contact.objects.standing().between(month.first, month.last)
    texts = rows.filter(pairing__post=contact.pairing.post_id).values_list("text", flat=True)
    if _bare(contact.text) in map(_bare, texts):
        return [_("The main points read like those of last month. If nothing is new, one line is enough.")]
    return []


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _tell_firm(contact: Contact) -> None:
    tell(
        rule=CONFIRM,
        about=about(contact),
        period=contact.number,
        recipients=people_of(contact.pairing),
        subject=confirm_words(contact),
        url=f"/liaison/contacts/{contact.number}",
    )
