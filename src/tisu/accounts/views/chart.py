"""Who is where: the organisation as a picture, for everyone who works here."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from tisu.accounts.chart import chart_on
from tisu.accounts.forms import DayForm
from tisu.accounts.hand_overs import OFFICE
from tisu.accounts.own import has_posts
from tisu.accounts.standing import standing_of
from tisu.foundation import clock
from tisu.orgs.models import Role


@never_cache
def chart(request: HttpRequest) -> HttpResponse:
    """Units, posts and names on a day; for firms, observers and strangers it is not there (404)."""
    if not has_posts(request.user):
        raise Http404
    form = DayForm(request.GET if "on" in request.GET else None, initial={"on": clock.today()})
    day = _day_of(form)
    standing = standing_of(request.user)
    context = {
        "chart": chart_on(day),
        "day": day,
        "form": form,
        "linked": standing.has(Role.SYSTEM_ADMIN),
        "sees_hand_overs": standing.has(Role.SYSTEM_ADMIN, *OFFICE),
    }
    return render(request, "accounts/chart.html", context, status=422 if form.errors else 200)


def _day_of(form: DayForm) -> date:
    return (form.is_bound and form.is_valid() and form.cleaned_data["on"]) or clock.today()
