"""The list of contacts of firms. One is known by the firm and its phone, else by its name; none without consent."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.standing import standing_of
from tisu.enterprises.contacts import (
    add_contact,
    compact_phone,
    contacts_of,
    correct_contact,
    give_consent,
    masked_email,
    masked_phone,
    sees_contacts,
)
from tisu.enterprises.headers import CONTACT, PURPOSES
from tisu.enterprises.models import Consent, Enterprise, FirmContact
from tisu.enterprises.queries import reads_the_register
from tisu.enterprises.services import keeps_register
from tisu.enterprises.tables.known import one_firm
from tisu.foundation.listed import listed
from tisu.foundation.sheets import words
from tisu.foundation.sheets.declared import (
    Column,
    Export,
    Import,
    Row,
    Sitting,
    Taken,
    one_by_one,
    undone_one_by_one,
)
from tisu.foundation.sheets.values import Given, Misread, choice, code, day, name, text

AT_ONCE = 500
SEPARATORS = str.maketrans(dict.fromkeys(words.BETWEEN, ","))


def purposes(given: Given) -> list[str]:
    """One or several of the purposes, however they are separated."""
    one = choice(PURPOSES)
    parts = given.text.translate(SEPARATORS).split(",")
    found = [one(Given(word, given.header, given.today)) for word in parts if word.strip()]
    if not found:
        raise Misread(_("Write one of these: %(names)s.") % {"names": listed(PURPOSES)})
    return list(dict.fromkeys(found))


def take(row: Row, sitting: Sitting) -> Taken:
    firm = one_firm(row, sitting)
    row = _unmasked(row, firm)
    contact = _known(firm, row)
    if contact is None:
        return _new(firm, row, sitting)
    before = {
        "name": contact.name,
        "post_title": contact.post_title,
        "phone": contact.phone,
        "email": contact.email,
    }
    after = {what: row.get(what) or value for what, value in before.items()} | {
        "phone": compact_phone(row.get("phone", "")) or contact.phone
    }
    standing = set(contact.consents.filter(withdrawn_on=None).values_list("purpose", flat=True))
    more = set(row.get("purposes", ())) - standing
    if more:
        give_consent(actor=sitting.actor, contact=contact, purposes=more, **_consent(row, sitting))
    if after != before:
        correct_contact(actor=sitting.actor, contact=contact, **after)
    changed = {what: before[what] for what in before if after[what] != before[what]}
    return Taken(contact.pk, before=changed | ({"purposes": sorted(more)} if more else {}) or None)


def _new(firm: Enterprise, row: Row, sitting: Sitting) -> Taken:
    if "purposes" not in row:
        sentence = _("Say what this person agreed to be asked for: without consent nobody is kept here.")
        raise ValidationError({"purposes": sentence})
    contact = add_contact(
        actor=sitting.actor,
        firm=firm,
        name=row["name"],
        post_title=row.get("post_title", ""),
        phone=row.get("phone", ""),
        email=row.get("email", ""),
        purposes=row["purposes"],
        **_consent(row, sitting),
    )
    return Taken(contact.pk, is_new=True)


def _consent(row: Row, sitting: Sitting) -> dict:
    return {"given_on": row.get("given_on", sitting.today), "how": row.get("how") or sitting.source[:100]}


def _known(firm: Enterprise, row: Row) -> FirmContact | None:
    own = contacts_of(firm)
    phone = compact_phone(row.get("phone", ""))
    return (own.filter(phone=phone).first() if phone else None) or own.filter(name=row["name"]).first()


def _unmasked(row: Row, firm: Enterprise) -> Row:
    """What was taken along has its phones and addresses masked: one that fits who is registered says nothing new."""
    masked = [what for what in ("phone", "email") if "*" in row.get(what, "")]
    if not masked:
        return row
    for contact in contacts_of(firm).filter(name=row["name"]):
        shown = {"phone": masked_phone(contact.phone), "email": masked_email(contact.email)}
        if all(row[what] == shown[what] for what in masked):
            return row | {what: getattr(contact, what) for what in masked}
    sentence = _("This is masked and fits nobody registered: write it in full, or leave it empty.")
    raise ValidationError({masked[0]: sentence})


def undo(taken: Taken, sitting: Sitting) -> str:
    contact = FirmContact.objects.get(pk=taken.pk)
    if taken.is_new:
        contact.consents.all().delete()
        contact.delete()
        return ""
    before = dict(taken.before or {})
    contact.consents.filter(purpose__in=before.pop("purposes", ()), withdrawn_on=None).delete()
    if before:
        FirmContact.objects.filter(pk=contact.pk).update(**before)
    return ""


def _rows(user: Any, query: QueryDict) -> Iterator[FirmContact]:
    """Of one firm where it is named, to whom its page shows them; without one, of the firms whose register one keeps."""
    firms = Enterprise.objects.kept_by(user)
    if "firm" in query:
        found = Enterprise.objects.visible_to(user).answering_to(query["firm"])
        firms = Enterprise.objects.filter(pk__in=[each.pk for each in found if sees_contacts(user, each)])
    rows = FirmContact.objects.reachable().filter(
        enterprise__in=Enterprise.objects.kin_of(firms.values("pk"))
    )
    rows = rows.select_related("enterprise__survivor").prefetch_related("consents").order_by("-pk")
    yield from rows.iterator(chunk_size=AT_ONCE)


def _of_firm(contact: FirmContact) -> Enterprise:
    return contact.enterprise.survivor or contact.enterprise


def _standing(contact: FirmContact) -> list[Consent]:
    return [each for each in contact.consents.all() if each.withdrawn_on is None]


def _in_words(contact: FirmContact) -> str:
    words = {purpose: word for word, purpose in reversed(PURPOSES.items())}
    return listed(words[each.purpose] for each in _standing(contact))


def _of_first(contact: FirmContact, what: str) -> Any:
    return getattr(next(iter(_standing(contact)), None), what, "")


def may_see_some(user: Any) -> bool:
    """Of which firm, its rows decide: a unit sees those of a firm whose matter it handles."""
    return reads_the_register(user) or bool(standing_of(user).enterprises)


COLUMNS = (
    Column("credit_code", gettext_lazy("Unified social credit code"), **CONTACT["credit_code"], read=code(30), said=lambda row: _of_firm(row).credit_code),
    Column("firm", gettext_lazy("Firm"), **CONTACT["firm"], read=name(80), said=lambda row: _of_firm(row).name),
    Column("name", gettext_lazy("Name"), **CONTACT["name"], read=text(40), required=True, said=lambda row: row.name),
    Column("post_title", gettext_lazy("Post at the firm"), **CONTACT["post_title"], read=text(40), said=lambda row: row.post_title),
    Column("phone", gettext_lazy("Phone"), **CONTACT["phone"], read=code(20), said=lambda row: row.phone and masked_phone(row.phone)),
    Column("email", gettext_lazy("E-mail"), **CONTACT["email"], read=text(120), said=lambda row: masked_email(row.email)),
    Column("purposes", gettext_lazy("Consents to"), **CONTACT["purposes"], read=purposes, said=_in_words),
    Column("given_on", gettext_lazy("Given on"), **CONTACT["given_on"], read=day, said=lambda row: _of_first(row, "given_on")),
    Column("how", gettext_lazy("How it was given"), **CONTACT["how"], read=text(100), said=lambda row: _of_first(row, "how")),
)  # fmt: skip

CONTACTS = Import(
    code="contacts",
    label=gettext_lazy("Contacts of firms"),
    columns=COLUMNS,
    allowed=keeps_register,
    take=one_by_one(take),
    undo=undone_one_by_one(undo),
    key=("credit_code", "firm", "name", "phone"),
    note=gettext_lazy("Whom to speak to at each firm, and what they agreed to be asked for."),
    order=50,
    private=True,
)
CONTACTS_OUT = Export(
    "contacts", gettext_lazy("Contacts of firms"), COLUMNS, may_see_some, _rows, by_persons_only=True
)
