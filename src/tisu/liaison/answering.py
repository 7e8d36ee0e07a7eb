"""The firm's one tap, and taking back what was entered by mistake."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.enterprises.planning import strike_visit
from tisu.foundation import clock
from tisu.liaison.models import Answer, Contact
from tisu.liaison.powers import FIRM, may_take_back, signed_by, speaks_for, write_down
from tisu.loop.queries import OFFICE_ROLES
from tisu.orgs.models import Role


@transaction.atomic
def answer(*, actor: User, contact: Contact, said: str) -> Contact:
    """The firm says whether it was contacted. Its last word counts; nobody else can speak for it."""
    contact = held(contact)
    if not speaks_for(actor, contact.pairing):
        raise ValidationError(_("Only the firm itself can say whether it was contacted."))
    if said not in Answer.values:
        raise ValidationError({"answer": _("Choose one of the three answers.")})
    _check_stands(contact)
    if contact.answer == said:
        return contact
    contact.answer, contact.answered_at, contact.answered_by = said, clock.now(), actor
    _save(contact)
    write_down(
        actor, "answer-contact", contact.pairing, signed_by(actor, FIRM), number=contact.number, answer=said
    )
    return contact


@transaction.atomic
def take_back(*, actor: User, contact: Contact, reason: str, expected_version: int | None = None) -> Contact:
    """It was entered by mistake: it stays, struck out, and no longer counts. What came out of it stays where it is."""
    contact = held(contact)
    if not may_take_back(actor, contact):
        raise ValidationError(_("Whoever enters contacts of this leader takes them back, or the office."))
    if expected_version is not None and expected_version != contact.version:
        raise ValidationError(_("Somebody acted on this contact meanwhile. Look at it again, then act."))
    _check_stands(contact)
    if not reason.strip():
        raise ValidationError({"reason": _("One thing is missing: why it is taken back.")})
    contact.taken_back_at, contact.taken_back = clock.now(), reason
    _save(contact)
    if contact.visit:
        strike_visit(visit=contact.visit, reason=reason)
    signed = signed_by(actor, Role.COUNTY_LEADER, *OFFICE_ROLES)
    write_down(actor, "take-back-contact", contact.pairing, signed, reason=reason, number=contact.number)
    return contact


def held(contact: Contact) -> Contact:
    """The row as it is now, locked."""
    rows = Contact.objects.select_for_update(of=("self",)).for_rows().select_related("visit")
    return rows.get(pk=contact.pk)


def _check_stands(contact: Contact) -> None:
    if contact.taken_back_at:
        raise ValidationError(_("This contact was taken back: nothing is asked about it any more."))


def _save(contact: Contact) -> None:
    contact.version += 1
    contact.full_clean()
    contact.save()
