"""The list of contacts of firms. One is known by the firm and its phone, else by its name; none without consent."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.enterprises.contacts import add_contact, compact_phone, correct_contact, give_consent
from tisu.enterprises.headers import CONTACT, PURPOSES
from tisu.enterprises.models import Enterprise, FirmContact
from tisu.enterprises.services import keeps_register
from tisu.enterprises.tables.known import one_firm
from tisu.foundation.listed import listed
from tisu.foundation.sheets import words
from tisu.foundation.sheets.declared import Column, Import, Row, Sitting, Taken, one_by_one, undone_one_by_one
from tisu.foundation.sheets.values import Given, Misread, choice, code, day, name, text

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
    own = FirmContact.objects.reachable().filter(enterprise__in=Enterprise.objects.kin_of([firm.pk]))
    phone = compact_phone(row.get("phone", ""))
    return (own.filter(phone=phone).first() if phone else None) or own.filter(name=row["name"]).first()


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


CONTACTS = Import(
    code="contacts",
    label=gettext_lazy("Contacts of firms"),
    columns=(
        Column(
            "credit_code", gettext_lazy("Unified social credit code"), **CONTACT["credit_code"], read=code(30)
        ),
        Column("firm", gettext_lazy("Firm"), **CONTACT["firm"], read=name(80)),
        Column("name", gettext_lazy("Name"), **CONTACT["name"], read=text(40), required=True),
        Column("post_title", gettext_lazy("Post at the firm"), **CONTACT["post_title"], read=text(40)),
        Column("phone", gettext_lazy("Phone"), **CONTACT["phone"], read=code(20)),
        Column("email", gettext_lazy("E-mail"), **CONTACT["email"], read=text(120)),
        Column("purposes", gettext_lazy("Consents to"), **CONTACT["purposes"], read=purposes),
        Column("given_on", gettext_lazy("Given on"), **CONTACT["given_on"], read=day),
        Column("how", gettext_lazy("How it was given"), **CONTACT["how"], read=text(100)),
    ),
    allowed=keeps_register,
    take=one_by_one(take),
    undo=undone_one_by_one(undo),
    key=("credit_code", "firm", "name", "phone"),
    note=gettext_lazy("Whom to speak to at each firm, and what they agreed to be asked for."),
    order=50,
    private=True,
)
