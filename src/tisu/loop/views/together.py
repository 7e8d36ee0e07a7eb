"""One act on several matters: what was ticked, what the act asks for, what would be refused, what became of each.

GET shows the form, and what no data could mend. What was filled in is looked at before it is done: the button that
does it stands only under what was foreseen for this very form, so one that was changed since is looked at again.
"""

import hashlib
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tisu.loop.actions import ACTIONS, Action
from tisu.loop.actor import person
from tisu.loop.cards import Card
from tisu.loop.offers import UnitChoices, give_units, typed
from tisu.loop.stages import Stage
from tisu.loop.together import MOST, Chosen, Outcome, carry_out, choose, foreseen, form_for, ticks_in
from tisu.loop.views.ticking import box, several
from tisu.loop.views.ways_back import way_back
from tisu.web.tables import Cell, Column, Table

FORM = "do-together"


@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest, action: str) -> HttpResponse:
    wanted = ACTIONS.get(action)
    if wanted is None or not wanted.together:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    ticks = ticks_in(given.getlist("ticked"))
    chosen = choose(request.user, ticks) if len(ticks) <= MOST else []
    if not chosen:
        return _answer(request, wanted, given, {"wrong": _wrong(len(ticks))}, status=422)
    if request.method != "POST":
        return _looked_at(request, wanted, given, chosen, None)
    data = typed(action, given)
    if given.get("sure") != _seal(wanted, chosen, data):
        return _looked_at(request, wanted, given, chosen, data)
    return _done(request, wanted, given, carry_out(wanted, chosen, request.user, data))


def _answer(
    request: HttpRequest, action: Action, given: QueryDict, found: dict[str, Any], status: int = 200
) -> HttpResponse:
    back = way_back(request, given) or reverse("loop:desk")
    context = {"title": several(action), "back": back, "form_id": FORM} | found
    return render(request, "loop/together.html", context, status=status)


def _wrong(ticked: int) -> str:
    if ticked > MOST:
        sentence = _("%(n)d matters are ticked: do %(most)d at the most, and the others after them.")
        return sentence % {"n": ticked, "most": MOST}
    return _("Nothing is ticked yet: go back to the list and tick what is meant.")


def _seal(action: Action, chosen: list[Chosen], data: dict[str, Any]) -> str:
    """Of what was looked at. It gives no right: perform() asks again for each."""
    looked_at = json.dumps([action.code, [each.tick for each in chosen], data], sort_keys=True)
    return hashlib.sha256(looked_at.encode()).hexdigest()[:20]


def _looked_at(
    request: HttpRequest, action: Action, given: QueryDict, chosen: list[Chosen], data: dict[str, Any] | None
) -> HttpResponse:
    """A fault stands beside its field where it stops all of them; else beside the matter that it stops."""
    outcomes = foreseen(action, chosen, person(request.user), data)
    going = sum(not each.refused for each in outcomes)
    stopped = data is not None and not going
    form = form_for(action, chosen, data=data if stopped else None, initial=data)
    give_units(form, UnitChoices())
    found = {
        "form": form,
        "table": _table(outcomes, to_tick=True),
        "said": _foreseen_in_words(going, len(outcomes) - going),
        "tone": _tone(len(outcomes) - going),
        "sure": _seal(action, chosen, data) if going and data is not None else "",
        "do_it": _("%(action)s: %(n)d") % {"action": action.label, "n": going},
    }
    return _answer(request, action, given, found, status=422 if stopped else 200)


def _done(request: HttpRequest, action: Action, given: QueryDict, outcomes: list[Outcome]) -> HttpResponse:
    refused = sum(each.refused for each in outcomes)
    done = len(outcomes) - refused
    words = ngettext("Done on %(n)d matter", "Done on %(n)d matters", done) % {"n": done}
    found = {"table": _table(outcomes), "said": _with_refused(words, refused), "tone": _tone(refused)}
    return _answer(request, action, given, found)


def _foreseen_in_words(going: int, refused: int) -> str:
    words = ngettext("%(n)d matter can go", "%(n)d matters can go", going) % {"n": going}
    return _with_refused(words, refused)


def _with_refused(words: str, refused: int) -> str:
    """What stands against each is said in its row."""
    if not refused:
        return _("%(words)s.") % {"words": words}
    others = ngettext("%(n)d is refused", "%(n)d are refused", refused) % {"n": refused}
    return _("%(words)s; %(others)s, each for the reason beside it.") % {"words": words, "others": others}


def _tone(refused: int) -> str:
    return "warning" if refused else "success"


def _table(found: list[Outcome], *, to_tick: bool = False) -> Table:
    """What is refused first: that is what one looks for."""
    outcomes = sorted(found, key=lambda each: not each.refused)
    columns = [
        Column(_("Matter"), "title"), Column(_("Number"), "word"), Column(_("Stage"), "word"),
        Column(_("Foreseen") if to_tick else _("What came of it")),
    ]  # fmt: skip
    rows = [_row(each) for each in outcomes]
    if to_tick:
        columns.insert(0, Column(_("Ticked"), "tick"))
        boxes = (box(each.chosen.matter, each.chosen.seen, form=FORM, checked=True) for each in outcomes)
        rows = [[tick, *row] for tick, row in zip(boxes, rows, strict=True)]
    return Table(columns, rows)


def _row(outcome: Outcome) -> list[Any]:
    card, matter = Card(outcome.matter), outcome.matter
    words = (
        _("Refused: %(sentence)s") % {"sentence": outcome.sentence} if outcome.refused else outcome.sentence
    )
    return [
        Cell(card.title, card.href),
        Cell(matter.number, card.href),
        Stage(matter.stage).label,
        words or _("Nothing stands against it."),
    ]
