"""The matter's page: what it is, who handles it, how it went, until when, and what to do next."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tisu.accounts.standing import standing_of
from tisu.loop.asked import DECISIONS, asks_on_page
from tisu.loop.cards import Card
from tisu.loop.clockface import clock_face, limits_of
from tisu.loop.describe import is_only_requester
from tisu.loop.facts import facts_of, kept_words, people_of
from tisu.loop.keepers import may_read_calendar
from tisu.loop.kinds import Panel, kind_of
from tisu.loop.models import Matter, RequestState
from tisu.loop.offers import Offer, Tried, page_offers
from tisu.loop.relations import relations_of
from tisu.loop.services import openable_by
from tisu.loop.shares import shares_of
from tisu.loop.stages import Stage
from tisu.loop.timeline import timeline
from tisu.loop.views.recusal import recusal_act
from tisu.loop.views.refusals import answers_refusals, visible_matter


@answers_refusals
def matter(request: HttpRequest, number: str) -> HttpResponse:
    return matter_page(request, visible_matter(request, number))


def matter_page(
    request: HttpRequest, matter: Matter, *, tried: Tried | None = None, status: int = 200
) -> HttpResponse:
    """The page as it is now; after a refusal with the sentence and with what was typed."""
    only_requester = is_only_requester(standing_of(request.user), matter)
    given = request.POST if tried else request.GET
    offers = page_offers(matter, request.user, tried, asked=given.get("act", ""), back=given.get("back", ""))
    shown = [_shown(request, matter, panel) for panel in kind_of(matter).panels(matter, request.user)]
    tab = next((panel for panel in shown if panel.tab and panel.code == request.GET.get("tab")), None)
    context = {
        "matter": matter,
        "card": Card(matter),
        "tried": tried,
        "kept": kept_words(tried) if tried and tried.code not in {offer.code for offer in offers} else [],
        "facts": facts_of(matter, request.user),
        "people": people_of(matter, only_requester),
        "relations": relations_of(matter, request.user),
        "panels": [panel for panel in shown if not panel.tab],
        "tab": tab,
        "tabs": _tabs(request, [panel for panel in shown if panel.tab], tab),
        "entries": [] if tab else timeline(matter, request.user),
        "may_print": not only_requester and matter.lead is not None,
        "recusal": recusal_act(request, matter),
    }
    context |= _clocks(request, matter, only_requester) | _doing(request, matter, offers, tried)
    return render(request, "loop/matter.html", context, status=status)


def _clocks(request: HttpRequest, matter: Matter, only_requester: bool) -> dict[str, Any]:
    """Whoever merely raised it reads the handling clock alone, and no unit's share."""
    face = clock_face(matter, for_requester=only_requester)
    limits, earlier = ([], []) if only_requester else limits_of(matter)
    return {
        "clock": face,
        "limits": limits,
        "earlier_limits": earlier,
        "shares": [] if only_requester else shares_of(matter),
        "calendar_url": reverse("loop:calendar") if may_read_calendar(request.user) else "",
    }


def _doing(request: HttpRequest, matter: Matter, offers: list[Offer], tried: Tried | None) -> dict[str, Any]:
    """What waits and what was decided, with its buttons; then the other acts, the seldom ones behind a fold."""
    asks = asks_on_page(matter, request.user, tried)
    own = [offer for offer in offers if offer.code not in DECISIONS and offer.code != "withdraw_request"]
    seldom = [offer for offer in own if offer.is_seldom]
    return {
        "offers": offers,
        "asks": [ask for ask in asks if ask.state == RequestState.FILED],
        "decided": [ask for ask in asks if ask.state != RequestState.FILED],
        "daily": [offer for offer in own if not offer.is_seldom],
        "seldom": seldom,
        "seldom_is_open": any(offer.is_open for offer in seldom),
        "goes_on": _goes_on(request, matter, offers),
    }


def _goes_on(request: HttpRequest, matter: Matter, offers: list[Offer]) -> bool:
    """What has ended and is not reopened any more goes on in a new matter."""
    ended = matter.stage in (Stage.CLOSED, Stage.CANCELLED) and not matter.is_bare
    return ended and not any(offer.code == "reopen" for offer in offers) and bool(openable_by(request.user))


@dataclass(frozen=True)
class Shown:
    """A room's panel, drawn."""

    code: str
    label: Any
    html: SafeString
    tab: bool


def _shown(request: HttpRequest, matter: Matter, panel: Panel) -> Shown:
    values = {"matter": matter, "panel": panel, **panel.context}
    return Shown(panel.code, panel.label, render_to_string(panel.template, values, request), panel.tab)


def _tabs(request: HttpRequest, panels: list[Shown], active: Shown | None) -> list[dict[str, Any]]:
    """The page itself and each dialogue beside it; none where there is no second audience."""
    if not panels:
        return []
    here = request.path if request.method == "GET" else request.path.rpartition("/")[0]
    own = {"label": _("The matter"), "url": here, "active": active is None}
    return [own] + [
        {"label": each.label, "url": f"{here}?tab={each.code}", "active": each is active} for each in panels
    ]
