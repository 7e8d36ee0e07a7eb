"""The auditor's page of the chains: were they verified, what do the anchors hold, what was erased. No content."""

from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tisu.accounts.gates import only_for
from tisu.audit import verifying
from tisu.audit.models import Anchor, Verification
from tisu.audit.said import unreadable
from tisu.audit.telling import Erasure
from tisu.foundation import clock
from tisu.foundation.rooms import declared
from tisu.orgs.models import Role
from tisu.web.tables import Column, Table

SHOWN = 50  # of what is listed newest first


@only_for(Role.AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def chains(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        verifying.ask(request.user)
        return redirect("accounts:chains")
    context = {
        "row": Verification.objects.select_related("asked_by").first(),
        "ledgers": _ledgers(),
        "anchors": _anchors(),
        "erasures": _erasures(),
    }
    return render(request, "accounts/chains.html", context)


def _ledgers() -> Table:
    columns = (Column(_("Ledger"), "title"), Column(_("Entries"), "number"))
    return Table(columns, [(ledger.label, ledger.links().count()) for ledger in declared("ledgers")])


def _anchors() -> Table:
    columns = (
        Column(_("Number"), "number"), Column(_("Day"), "date"), Column(_("Root")), Column(_("Chains that grew"), "number"),
    )  # fmt: skip
    rows = Anchor.objects.all()[:SHOWN]
    return Table(
        columns, [(row.number, row.day.isoformat(), in_groups(row.root), row.leaves) for row in rows]
    )


def _erasures() -> Table:
    columns = (
        Column(_("Where"), "title"), Column(_("Rule")), Column(_("By")), Column(_("Time"), "date"),
        Column(_("Entries emptied"), "number"),
    )  # fmt: skip
    newest = islice(verifying.erasures(), SHOWN)
    return Table(columns, [(words, *_told(row)) for words, row in newest])


def _told(row: Erasure) -> tuple:
    time = f"{clock.local(row.at):%Y-%m-%d %H:%M}" if row.at else unreadable()
    return (row.rule, row.by, time, len(row.places)) if row.is_readable else (unreadable(), "—", time, "—")


def in_groups(root: str) -> str:
    """Eight signs at a time, as one compares it with a printed one."""
    return " ".join(root[start : start + 8] for start in range(0, len(root), 8))
