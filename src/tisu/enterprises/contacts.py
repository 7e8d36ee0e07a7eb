"""Whom to speak to at a firm: entered with consent, seen by who needs it, taken back, and emptied (ADR 0028)."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises.duplicates import suggest_for
from tisu.enterprises.models import Consent, Enterprise, FirmContact
from tisu.enterprises.noted import write_down
from tisu.enterprises.services import keeps_register
from tisu.foundation import clock
from tisu.foundation.duerows import one_due
from tisu.foundation.rooms import declared
from tisu.foundation.textnorm import clean_text, narrow

KEPT = timedelta(
    days=30
)  # after the last consent was taken back, for questions about what was sent until then
PHONE = re.compile(r"\+?[0-9]{7,15}")
MOBILE = re.compile(r"1[0-9]{10}")


def changes_contacts(user: User, firm: Enterprise) -> bool:
    """The office, and the firm itself: it sees, corrects and takes back what is kept of its people."""
    return keeps_register(user, firm.region_id) or firm.root_id in standing_of(user).enterprises


def sees_contacts(user: User, firm: Enterprise) -> bool:
    """Those, and who has to do with the firm now, such as a unit that handles a matter of it."""
    return changes_contacts(user, firm) or any(dealing.has(user, firm) for dealing in declared("dealings"))


def contacts_of(firm: Enterprise) -> QuerySet[FirmContact]:
    """Those of the firm and of all rows that are the same one."""
    return FirmContact.objects.reachable().filter(enterprise__in=Enterprise.objects.kin_of([firm.pk]))


@transaction.atomic
def add_contact(
    *, actor: User, firm: Enterprise, name: str, post_title: str, phone: str, email: str,
    purposes: Iterable[str], given_on: date, how: str,
) -> FirmContact:  # fmt: skip
    """A person with a way to reach them, and at least one purpose they agreed to."""
    _keeps_people(actor, firm)
    contact = FirmContact(
        enterprise=firm, name=name, post_title=post_title, phone=compact_phone(phone), email=email,
        added_at=clock.now(), added_by=actor,
    )  # fmt: skip
    _check(contact)
    contact.save()
    _give(contact, purposes, given_on, how)
    suggest_for(firm)
    _record(actor, "add-contact", contact, purposes=sorted(purposes))
    return contact


@transaction.atomic
def correct_contact(
    *, actor: User, contact: FirmContact, name: str, post_title: str, phone: str, email: str
) -> FirmContact:
    """What is given replaces what stood there; an empty phone or e-mail leaves it, so that nobody need read it."""
    contact = _held(actor, contact)
    contact.name, contact.post_title = name, post_title
    contact.phone = compact_phone(phone) or contact.phone
    contact.email = email or contact.email
    _check(contact)
    contact.save()
    suggest_for(contact.enterprise)
    _record(actor, "correct-contact", contact)
    return contact


@transaction.atomic
def give_consent(
    *, actor: User, contact: FirmContact, purposes: Iterable[str], given_on: date, how: str
) -> FirmContact:
    """More purposes than before; one that stands already is left as it was given."""
    contact = _held(actor, contact)
    standing = set(contact.consents.filter(withdrawn_on=None).values_list("purpose", flat=True))
    _give(contact, set(purposes) - standing, given_on, how)
    contact.idle_on = None
    contact.save(update_fields=["idle_on"])
    _record(actor, "give-consent", contact, purposes=sorted(purposes))
    return contact


@transaction.atomic
def withdraw_consent(*, actor: User, contact: FirmContact, purposes: Iterable[str]) -> FirmContact:
    """From today on the person is not reached for these; with the last one their data goes, KEPT days later."""
    contact = _held(actor, contact)
    rows = contact.consents.filter(withdrawn_on=None, purpose__in=purposes)
    if not rows.update(withdrawn_on=clock.today()):
        raise ValidationError({"purposes": _("None of these stands any more.")})
    if not contact.consents.filter(withdrawn_on=None).exists():
        contact.idle_on = clock.today()
        contact.save(update_fields=["idle_on"])
    _record(actor, "withdraw-consent", contact, purposes=sorted(purposes))
    return contact


@transaction.atomic
def show_contact(*, actor: User, contact: FirmContact) -> str:
    """Phone and e-mail in full, once it stands in the ledger who looked."""
    _record(actor, "show-contact", contact)
    return _("%(name)s: %(ways)s") % {
        "name": contact.name,
        "ways": "  ".join(filter(None, (contact.phone, contact.email))),
    }


# --- What falls due ---


def contacts_to_empty() -> QuerySet[FirmContact]:
    return FirmContact.objects.filter(emptied_at=None, idle_on__lte=clock.today() - KEPT).order_by("pk")


def empty_one() -> bool:
    """One contact whose consents are all taken back loses name, post, phone and e-mail; that it was there stays."""
    with one_due(contacts_to_empty()) as contact:
        if contact is None:
            return False
        contact.name = contact.post_title = contact.phone = contact.email = ""
        contact.emptied_at = clock.now()
        contact.save()
        return True


# --- How it is written ---


def compact_phone(typed: str) -> str:
    """A number as it is kept: digits, with a plus before a country's code."""
    return re.sub(r"[\s()\-]", "", narrow(clean_text(typed)))


def masked_phone(phone: str) -> str:
    """138****0000; of what is no mobile number the last two digits."""
    if MOBILE.fullmatch(phone):
        return f"{phone[:3]}****{phone[-4:]}"
    return "*" * (len(phone) - 2) + phone[-2:]


def masked_email(email: str) -> str:
    person, _at, host = email.partition("@")
    return f"{person[:1]}***@{host}" if host else ""


# --- rules ---


def _check(contact: FirmContact) -> None:
    contact.full_clean(exclude=["added_by"])
    if not contact.name:
        raise ValidationError({"name": _("Write whom one speaks to there.")})
    if not contact.phone and not contact.email:
        raise ValidationError({"phone": _("Give a phone number or an e-mail address.")})
    if contact.phone and not PHONE.fullmatch(contact.phone):
        raise ValidationError(
            {"phone": _("A phone number has 7 to 15 digits, such as 13800000000 or 0718-6820000.")}
        )


def _give(contact: FirmContact, purposes: Iterable[str], given_on: date, how: str) -> None:
    purposes = sorted(set(purposes))
    if not purposes:
        raise ValidationError({"purposes": _("Choose at least one purpose that is not agreed to yet.")})
    if given_on > clock.today():
        raise ValidationError({"given_on": _("This day has not come yet.")})
    for purpose in purposes:
        consent = Consent(contact=contact, purpose=purpose, given_on=given_on, how=how)
        consent.full_clean()
        consent.save()


def _keeps_people(actor: User, firm: Enterprise) -> None:
    if not changes_contacts(actor, firm):
        raise ValidationError(_("Contacts are kept by the office and by the firm itself."))


def _held(actor: User, contact: FirmContact) -> FirmContact:
    contact = (
        FirmContact.objects.select_for_update(of=("self",)).select_related("enterprise").get(pk=contact.pk)
    )
    if contact.emptied_at:
        raise ValidationError(_("This contact was emptied after its consent was taken back."))
    _keeps_people(actor, contact.enterprise)
    return contact


def _record(actor: User, act: str, contact: FirmContact, **details: object) -> None:
    write_down(actor, act, contact.enterprise.credit_code, contact=contact.pk, **details)
