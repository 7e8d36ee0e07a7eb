"""Whom to speak to at a firm, and who acts for it here: for who needs it, never for everyone with the register."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tisu.accounts.acts import acting_page
from tisu.enterprises.acts import acts_on_colleagues, acts_on_contact, acts_on_contacts, acts_on_mandates
from tisu.enterprises.contacts import changes_contacts, masked_email, masked_phone, sees_contacts
from tisu.enterprises.models import Consent, Enterprise, FirmContact, Mandate
from tisu.enterprises.services import keeps_register
from tisu.enterprises.views.firm import firm_at, tabs
from tisu.foundation.listed import listed
from tisu.web.tables import BLANK, Cell, Column, Table
from tisu.web.templatetags.web import iso_date


@never_cache
def people(request: HttpRequest, code: str) -> HttpResponse:
    """Contacts as masked numbers, and for the office and the firm itself who acts for it."""
    firm = _firm_with_people(request, code)
    changes = changes_contacts(request.user, firm)
    acts = acts_on_contacts(firm, request.user) if changes else []
    if keeps_register(request.user, firm.region_id):
        acts += acts_on_mandates(firm, request.user)
    else:
        acts += acts_on_colleagues(firm, request.user)
    return acting_page(
        request,
        acts,
        "enterprises/people.html",
        lambda: {
            "firm": firm,
            "tabs": tabs(request, firm),
            "contacts": _contacts(firm, _contacts_of(firm)),
            "mandates": _mandates(_mandates_of(firm)) if changes else None,
        },
    )


@never_cache
def contact(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    firm = _firm_with_people(request, code)
    row = get_object_or_404(_contacts_of(firm), pk=pk)
    acts = acts_on_contact(row, request.user, changes_contacts(request.user, firm))
    return acting_page(
        request,
        acts,
        "enterprises/contact.html",
        lambda: {
            "firm": firm,
            "tabs": tabs(request, firm),
            "contact": row,
            "facts": _facts_of(row),
            "consents": _consents(row.consents.all()),
        },
    )


def _firm_with_people(request: HttpRequest, code: str) -> Enterprise:
    firm = firm_at(request, code)
    if not sees_contacts(request.user, firm):
        raise PermissionDenied(
            _("A firm's contacts are for the office, the firm itself and units that handle a matter of it.")
        )
    return firm


def _contacts_of(firm: Enterprise) -> Any:
    rows = FirmContact.objects.reachable().filter(enterprise__in=Enterprise.objects.kin_of([firm.pk]))
    return rows.prefetch_related("consents").select_related("enterprise")


def _mandates_of(firm: Enterprise) -> Any:
    rows = Mandate.objects.filter(enterprise__in=Enterprise.objects.kin_of([firm.pk]))
    return rows.select_related("user").order_by("-since", "-pk")


def _contacts(firm: Enterprise, rows: Iterable[FirmContact]) -> Table:
    columns = [
        Column(_("Contact's name"), "title"), Column(_("Contact's post")), Column(_("Phone"), "word"),
        Column(_("E-mail")), Column(_("Agreed to be reached for")),
    ]  # fmt: skip
    return Table(
        columns,
        [
            [
                Cell(row.name, reverse("enterprises:contact", args=[firm.credit_code, row.pk])),
                row.post_title or BLANK,
                masked_phone(row.phone) or BLANK,
                masked_email(row.email) or BLANK,
                _purposes(row),
            ]
            for row in rows
        ],
    )


def _purposes(row: FirmContact) -> str:
    standing = [str(each.get_purpose_display()) for each in row.consents.all() if each.withdrawn_on is None]
    return listed(standing) or _("nothing any more: not to be reached")


def _facts_of(row: FirmContact) -> list[dict[str, Any]]:
    return [
        {"label": _("Contact's post"), "value": row.post_title},
        {"label": _("Phone"), "value": masked_phone(row.phone)},
        {"label": _("E-mail"), "value": masked_email(row.email)},
        {"label": _("Agreed to be reached for"), "value": _purposes(row)},
    ]


def _consents(rows: Iterable[Consent]) -> Table:
    columns = [
        Column(_("Purpose"), "title"), Column(_("Agreed on"), "date"), Column(_("How")),
        Column(_("Taken back on"), "date"),
    ]  # fmt: skip
    return Table(
        columns,
        [
            [row.get_purpose_display(), iso_date(row.given_on), row.how, iso_date(row.withdrawn_on) or BLANK]
            for row in rows
        ],
    )


def _mandates(rows: Iterable[Mandate]) -> Table:
    columns = [
        Column(_("Person"), "title"), Column(_("User name"), "word"), Column(_("Since"), "date"),
        Column(_("Until"), "date"), Column(_("Principal person"), "word"),
    ]  # fmt: skip
    return Table(
        columns,
        [
            [
                row.user.name,
                row.user.username,
                iso_date(row.since),
                iso_date(row.until) or BLANK,
                _("principal person") if row.is_principal else BLANK,
            ]
            for row in rows
        ],
    )
