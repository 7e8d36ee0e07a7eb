"""The register of firms, for staff of their region; a firm sees itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tisu.enterprises.forms import SearchForm
from tisu.enterprises.models import Enterprise, compact_credit_code
from tisu.foundation.paging import keyset_page
from tisu.web.filters import chips


def listed(request: HttpRequest) -> HttpResponse:
    search = SearchForm(request.GET, auto_id="filter_%s")
    words = search.cleaned_data["q"] if search.is_valid() else ""
    rows = Enterprise.objects.visible_to(request.user).select_related("region")
    firms, following = keyset_page(rows.found_by(words) if words else rows, request)
    context = {"firms": firms, "next_url": following, "search": search, "chips": chips(search, request.GET)}
    return render(request, "enterprises/list.html", context)


def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One firm. A code in lower case or full width leads to the address that the register keeps."""
    rows = Enterprise.objects.visible_to(request.user).select_related("region")
    firm = rows.filter(credit_code=compact_credit_code(code)).first()
    if firm is None:
        raise Http404
    if code != firm.credit_code:
        return redirect("enterprises:detail", code=firm.credit_code)
    return render(request, "enterprises/detail.html", {"firm": firm, "facts": facts_of(firm)})


def facts_of(firm: Enterprise) -> list[dict]:
    return [
        {"label": _("Unified social credit code"), "value": firm.credit_code},
        {"label": _("Region"), "value": str(firm.region)},
        {"label": _("Industry"), "value": firm.industry},
        {"label": _("Above designated size"), "value": _("yes") if firm.is_above_scale else _("no")},
        {"label": _("Source"), "value": firm.source},
    ]
