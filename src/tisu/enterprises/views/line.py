"""Everything a firm is part of on one time line: a picture of the years, and one year as a list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tisu.enterprises.panels import lanes_of, newest, picture, years_of
from tisu.enterprises.views.firm import firm_at, tabs

MOST = 200


def line(request: HttpRequest, code: str) -> HttpResponse:
    """The year in the address; where nothing began in it, the newest in which something did."""
    firm = firm_at(request, code)
    lanes = lanes_of(request, firm)
    years = years_of(lanes)
    asked = request.GET.get("year", "")
    chosen = next((year for year in years if str(year) == asked), years[0] if years else None)
    months, is_cut = newest(lanes, MOST, chosen)
    context = {
        "firm": firm,
        "tabs": tabs(request, firm),
        "picture": picture(lanes),
        "chosen": chosen,
        "years": years,
        "months": months,
        "is_cut": is_cut,
    }
    return render(request, "enterprises/line.html", context)
