"""What the register keeps about a firm, as tables for the firm itself (个人信息保护法 45; docs/firms.md)."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tisu.enterprises.contacts import masked_email, masked_phone
from tisu.enterprises.facts import days_in_words, facts_of
from tisu.enterprises.figure_words import state_of, term_of, value_of
from tisu.enterprises.models import (
    Benefit,
    Enterprise,
    Figure,
    FirmContact,
    Mandate,
    QuietDays,
    ScaleMonths,
    Visit,
)
from tisu.foundation.rooms import FirmRecord
from tisu.foundation.signatures import as_read


def _kin(firm: Enterprise) -> Any:
    return Enterprise.objects.kin_of([firm.pk])


def facts(request: HttpRequest, firm: Enterprise) -> Iterator[Iterable[Any]]:
    for fact in facts_of(firm):
        yield fact["label"], str(fact["value"])


def months(request: HttpRequest, firm: Enterprise) -> Iterator[Iterable[Any]]:
    for row in ScaleMonths.objects.filter(enterprise__in=_kin(firm)):
        yield (
            row.get_category_display(),
            f"{row.first:%Y-%m}",
            f"{row.last:%Y-%m}" if row.last else "",
            row.source,
        )


def figures(request: HttpRequest, firm: Enterprise) -> Iterator[Iterable[Any]]:
    """Those that were corrected and taken back, too."""
    for row in Figure.objects.of_kin(firm).order_by("-last", "-pk"):
        yield (
            row.get_measure_display(), row.get_status_display(), row.period.words(), row.amount.words(row.measure),
            row.get_origin_display(), as_read(row.source), as_read(row.consent), row.said_on, as_read(row.signed),
            row.replaced_at and row.replaced_at.date(), row.withdrawn_at and row.withdrawn_at.date(),
        )  # fmt: skip


def benefits(request: HttpRequest, firm: Enterprise) -> Iterator[Iterable[Any]]:
    rows = Benefit.objects.filter(enterprise__in=_kin(firm), withdrawn_at=None).select_related("unit")
    for row in rows:
        yield (
            row.title, row.get_kind_display(), term_of(row), state_of(row), value_of(row), str(row.unit or ""),
            row.basis, row.review, row.source,
        )  # fmt: skip


def visits(request: HttpRequest, firm: Enterprise) -> Iterator[Iterable[Any]]:
    for row in (
        Visit.objects.filter(enterprise__in=_kin(firm)).select_related("unit").order_by("-first", "-pk")
    ):
        yield (
            row.first,
            row.last,
            str(row.unit),
            row.get_kind_display(),
            row.purpose,
            row.state.label,
            row.despite,
        )


def quiet(request: HttpRequest, firm: Enterprise) -> Iterator[Iterable[Any]]:
    for row in QuietDays.objects.filter(enterprise__in=_kin(firm)):
        yield days_in_words(row), row.note


def contacts(request: HttpRequest, firm: Enterprise) -> Iterator[Iterable[Any]]:
    """Numbers as they are shown everywhere; in full one by one, where it is noted who looked."""
    for row in FirmContact.objects.reachable().filter(enterprise__in=_kin(firm)):
        yield row.name, row.post_title, masked_phone(row.phone), masked_email(row.email)


def people(request: HttpRequest, firm: Enterprise) -> Iterator[Iterable[Any]]:
    for row in (
        Mandate.objects.filter(enterprise__in=_kin(firm)).select_related("user").order_by("-since", "-pk")
    ):
        yield row.user.name, row.user.username, row.since, row.until


RECORDS = (
    FirmRecord("facts", _("Facts"), (_("What"), _("What stands there")), facts, order=10),
    FirmRecord("months", _("Months above designated size"), (_("Category"), _("From month"), _("To month"), _("Source")), months, order=20),
    FirmRecord(
        "figures", _("Figures"),
        (_("Measure"), _("Statement"), _("Period"), _("Amount with its unit"), _("From whom"), _("Source"),
         _("How the firm agreed"), _("Said on"), _("Entered by"), _("Corrected on"), _("Taken back on")),
        figures, order=30,
    ),
    FirmRecord(
        "benefits", _("What it was granted"),
        (_("What was granted"), _("Kind"), _("Term"), _("State"), _("Value"), _("Granted by"), _("Basis"),
         _("Fair-competition review"), _("Source")),
        benefits, order=40,
    ),
    FirmRecord(
        "visits", _("Visits"),
        (_("First day"), _("Last day"), _("Who comes"), _("Kind"), _("What for"), _("State"), _("Why despite quiet days")),
        visits, order=60,
    ),
    FirmRecord("quiet", _("Quiet days"), (_("Days"), _("Remark")), quiet, order=70),
    FirmRecord("contacts", _("Whom to speak to"), (_("Contact's name"), _("Contact's post"), _("Phone"), _("E-mail")), contacts, order=80),
    FirmRecord("people", _("Who acts for the firm here"), (_("Person"), _("User name"), _("Since"), _("Until")), people, order=90),
)  # fmt: skip
