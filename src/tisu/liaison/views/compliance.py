"""The heat map: leaders as rows, months as columns, each quarter with the mark of its on-site meeting."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.liaison.compliance import compliance_of, quarters_until
from tisu.liaison.heat import head_of, rows_of
from tisu.liaison.models import Pairing
from tisu.liaison.periods import months_in, read_quarter
from tisu.liaison.powers import reads_liaison
from tisu.promises.rates import Quarter, quarter_of

QUARTERS, A_PAGE = 4, 60


def compliance(request: HttpRequest) -> HttpResponse:
    if not reads_liaison(request.user):
        raise PermissionDenied(_("Who kept in touch is read by leaders, the office and supervision."))
    last = read_quarter(request.GET.get("until", "")) or quarter_of(clock.today())
    quarters = quarters_until(last, QUARTERS)
    months = [month for quarter in quarters for month in months_in(quarter)]
    found = compliance_of(Pairing.objects.visible_to(request.user), quarters[0].first, last.last)
    begin = _place(request)
    return render(request, "liaison/compliance.html", {
        "head": head_of(quarters),
        "rows": rows_of(found, quarters, found.lines[begin : begin + A_PAGE]),
        "by_month": found.rate(months),
        "by_quarter": found.rate(quarters),
        "so_far": found.tally([month for month in months if month.first <= found.today <= month.last]),
        "is_running": months[0].first <= found.today <= last.last,
        "last": last,
        "before_url": _url(last.before),
        "after_url": _url(last.after) if last.last < found.today else "",
        "next_url": _url(last, begin + A_PAGE) if len(found.lines) > begin + A_PAGE else "",
        "quarters": quarters,
    })  # fmt: skip


def _place(request: HttpRequest) -> int:
    text = request.GET.get("from", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _url(quarter: Quarter, place: int = 0) -> str:
    address = f"{reverse('liaison:compliance')}?until={quarter.code}"
    return f"{address}&from={place}" if place else address
