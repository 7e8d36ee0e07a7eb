"""Acting on a page: every button posts here, and perform() decides. Asked for with GET, the form of an action.

Without JavaScript the answer is a redirect, or the matter's page with what was typed and why it was refused. On
the desk htmx puts the form where its button stood, and swaps the card: for the done line, or for the fresh card with
the sentence.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from tisu.documents.fields import papers_sent
from tisu.loop.actor import person
from tisu.loop.cards import Card
from tisu.loop.desk import DeskList, desk_of
from tisu.loop.done import done_sentence
from tisu.loop.faults import Conflict, NotVisible, Refusal, Unacceptable
from tisu.loop.models import Matter
from tisu.loop.offers import Tried, UnitChoices, desk_offers, takes_papers, typed
from tisu.loop.perform import perform
from tisu.loop.views.desk import Lists, card_on, counted, tabs
from tisu.loop.views.matter import matter_page
from tisu.loop.views.refusals import answers_refusals, visible_matter
from tisu.loop.views.ways_back import way_back

UNDO = {"submit": "withdraw"}


@require_http_methods(["GET", "HEAD", "POST"])
@answers_refusals
def act(request: HttpRequest, number: str, action: str) -> HttpResponse:
    matter = visible_matter(request, number)
    if request.method != "POST":
        return _asked(request, matter, action)
    faults = _papers_not_taken(request, action)
    data, seen = typed(action, request.POST), _seen(request.POST)
    try:
        if faults:
            raise Unacceptable(faults[0], {"documents": faults})
        done = perform(matter, action, actor=person(request.user), data=data, expected_version=seen)
    except NotVisible:
        raise
    except Refusal as refusal:
        return _refused(request, matter, Tried(action, data, refusal))
    return _done(request, done.pk, action)


def _papers_not_taken(request: HttpRequest, action: str) -> list[str]:
    """Files that came with the form are uploads from here on, and stay with it when it is refused."""
    return papers_sent(request, user=request.user).faults if takes_papers(action) else []


def _seen(given: QueryDict) -> int:
    """The version the page showed; a form without one counts as stale, never as unchecked."""
    text = given.get("expected_version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _asked(request: HttpRequest, matter: Matter, action: str) -> HttpResponse:
    """The form of one action, of a card that shows the matter as it is; without scripts on the matter's page."""
    desk_list, back = _desk_list(request, request.GET), request.GET.get("back", "")
    if desk_list is None:
        return _led_to_the_form(request, matter, action, back)
    offers = desk_offers(matter, request.user, desk_list, UnitChoices(), back, asked=action)
    offer = next((offer for offer in offers if offer.code == action), None)
    if offer is None or _seen(request.GET) != matter.version:
        answer = _card_again(request, desk_list, matter, Conflict.stale())
        return reswap(retarget(answer, f"#{Card(matter).id}"), "outerHTML")
    return render(
        request, "loop/parts/offer.html", {"offer": offer, "target": Card(matter).id, "arrives": True}
    )


def _led_to_the_form(request: HttpRequest, matter: Matter, action: str, back: str) -> HttpResponse:
    query = urlencode({"act": action} | ({"back": back} if back else {}))
    address = f"{reverse('loop:matter', args=[matter.number])}?{query}#act-{action}"
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


def _refused(request: HttpRequest, matter: Matter, tried: Tried) -> HttpResponse:
    matter = visible_matter(request, matter.number)
    if desk_list := _desk_list(request, request.POST):
        return _card_again(request, desk_list, matter, tried.refusal, tried)
    return matter_page(request, matter, tried=tried, status=tried.refusal.status)


def _card_again(
    request: HttpRequest, desk_list: DeskList, matter: Matter, refusal: Refusal, tried: Tried | None = None
) -> HttpResponse:
    """The card as it is now, with the sentence; the sentence alone where it is no longer on this list."""
    if _is_on(desk_list, matter, desk_of(request.user)):
        card = card_on(request, desk_list, matter, UnitChoices(), tried)
        # what stands beside its field is not said twice
        context = {"card": card, "refused": "" if refusal.errors else refusal.sentence}
    else:
        context = {"done_text": refusal.sentence, "card": None, "matter": matter, "refused": True}
    return render(request, "loop/parts/card_swap.html", context, status=refusal.status)


def _done(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """`pk`, not number: who returned a matter no longer sees it, but is told all the same."""
    matter = Matter.objects.for_cards().get(pk=pk)
    sentence = done_sentence(action, matter)
    if desk_list := _desk_list(request, request.POST):
        return _swapped(request, matter, action, desk_list, sentence)
    messages.success(request, sentence)
    address = _back(request, matter)
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else HttpResponseRedirect(address)


def _swapped(
    request: HttpRequest, matter: Matter, action: str, desk_list: DeskList, sentence: str
) -> HttpResponse:
    """The done line in the card's place, or the card again while the matter still waits in this list."""
    lists = desk_of(request.user)
    counts = {each.code: counted(rows) for each, rows in lists}
    context = {"tabs": tabs(lists, counts, desk_list.code), "done_text": sentence, "matter": matter}
    if _is_on(desk_list, matter, lists):
        context["card"] = card_on(
            request, desk_list, visible_matter(request, matter.number), UnitChoices(), note=sentence
        )
    elif action in UNDO:
        context["undo"] = {
            "url": reverse("loop:act", args=[matter.number, UNDO[action]]),
            "hidden": {"expected_version": matter.version, "card": desk_list.code},
        }
    return render(request, "loop/parts/card_swap.html", context)


def _desk_list(request: HttpRequest, given: QueryDict) -> DeskList | None:
    """The desk list that the card stands in, when htmx asks for the card alone."""
    if not request.htmx:
        return None
    lists = (each for each, _rows in desk_of(request.user))
    return next((each for each in lists if each.code == given.get("card")), None)


def _is_on(desk_list: DeskList, matter: Matter, lists: Lists) -> bool:
    return any(each is desk_list and rows.filter(pk=matter.pk).exists() for each, rows in lists)


def _back(request: HttpRequest, matter: Matter) -> str:
    """To where the form says it stood, else to the matter, else to the desk when it is no longer to be seen."""
    if back := way_back(request, request.POST):
        return back
    if Matter.objects.visible_to(request.user).filter(pk=matter.pk).exists():
        return reverse("loop:matter", args=[matter.number])
    return reverse("loop:desk")
