"""The figures of a firm and what it was granted, as rows of tables."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tisu.enterprises.figure_words import state_of, term_of, value_of
from tisu.enterprises.models import Benefit, Enterprise, Figure
from tisu.foundation.signatures import as_read
from tisu.web.tables import BLANK, Cell, Column, Table
from tisu.web.templatetags.web import iso_date, statement

MOST = 200


def standing_figures(request: HttpRequest, firm: Enterprise) -> QuerySet[Figure]:
    return Figure.objects.visible_to(request.user).standing().of_kin(firm).order_by("-last", "-pk")


def urls_of(firm: Enterprise, rows: list[Figure]) -> dict[int, str]:
    url = reverse("enterprises:figures", args=[firm.credit_code])
    return {row.pk: f"{url}/{row.pk}" for row in rows}


def figures_table(firm: Enterprise, rows: list[Figure]) -> Table:
    columns = [
        Column(_("Measure"), "title"), Column(_("Period"), "word"), Column(_("Statement"), "word"),
        Column(pgettext("figure", "Amount"), "word"), Column(_("Source")), Column(_("Said on"), "date"),
    ]  # fmt: skip
    return Table(
        columns,
        [
            [
                Cell(
                    row.get_measure_display(), reverse("enterprises:figure", args=[firm.credit_code, row.pk])
                ),
                row.period.words(),
                Cell(statement(row.status)),
                row.amount.words(row.measure),
                as_read(row.source),
                iso_date(row.said_on),
            ]
            for row in rows
        ],
    )


def benefits_table(firm: Enterprise, most: int = MOST) -> Table:
    """What the firm was granted, running or ended."""
    kin = firm.kin
    rows = Benefit.objects.filter(enterprise__in=kin, withdrawn_at=None).select_related("unit")
    columns = [
        Column(_("What was granted"), "title"), Column(_("Kind"), "word"), Column(_("Term"), "word"),
        Column(_("State"), "word"), Column(_("Value"), "word"), Column(_("Granted by")), Column(_("Source")),
    ]  # fmt: skip
    return Table(
        columns,
        [
            [
                row.title,
                row.get_kind_display(),
                term_of(row),
                state_of(row),
                value_of(row) or BLANK,
                str(row.unit or BLANK),
                row.source,
            ]
            for row in rows[:most]
        ],
    )
