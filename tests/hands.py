"""By whose hand each kind of matter is opened: kinds that keep rows of their own are opened by their room's services."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from courses import DISPATCHER, MAIN_KINDS
from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.foundation.rooms import declared
from tisu.loop.actor import person
from tisu.loop.models import Matter
from tisu.orgs.models import Post, Role
from tisu.promises import breaking_down
from tisu.promises.services import give
from tisu.support.models import KIND as FACTOR
from tisu.support.models import Origin
from tisu.support.services import ask
from tisu.voice.services import answer_as_requester, reply, take_report

Hand = Callable[[SimpleNamespace, str, Enterprise | None, str], Matter]


def kinds() -> list[Any]:
    """All of them; those that take every course first."""
    return sorted(declared("kinds"), key=lambda kind: kind.code not in MAIN_KINDS)


def open_one(
    kind: Any, county: SimpleNamespace, words: str, firm: Enterprise | None, requester: str
) -> Matter:
    """One of this kind, raised by this person of the cast."""
    hand = HANDS.get(kind.code)
    if kind.code == "report":
        return hand(county, words, firm, requester)
    matter = hand(county, words, firm, requester) if hand else _by_the_kind(kind, county, words, firm)
    raised = {"requester": county.people[requester]}
    if (
        firm != county.firms[0]
    ):  # for whom the requester does not act: what is raised for a firm is its people's
        raised["for_firm"] = None
    Matter.objects.filter(pk=matter.pk).update(**raised)
    return matter


def _by_the_kind(kind: Any, county: SimpleNamespace, words: str, firm: Enterprise | None) -> Matter:
    return kind.open(
        actor=person(county.people[DISPATCHER]),
        title=f"{words}标题",
        text=f"{words}正文。",
        region=county.code,
        enterprise=firm,
        unit_id=county.units["yingshangban"].pk,
    )


def _report(county: SimpleNamespace, words: str, firm: Enterprise | None, requester: str) -> Matter:
    """With its dialogue."""
    people = county.people
    report = take_report(
        text=f"{words}正文。", title=f"{words}标题", topic=words, anonymous=False, contact=words,
        user=people[requester], responsible_unit="zhujian", enterprise=firm.credit_code if firm else "",
    ).report  # fmt: skip
    reply(user=people[DISPATCHER], report=report, text=words)
    answer_as_requester(user=people[requester], report=report, text=f"{words}！")
    return report.matter


def _factor_request(county: SimpleNamespace, words: str, firm: Enterprise | None, _requester: str) -> Matter:
    asked = {
        "title": f"{words}标题",
        "text": f"{words}正文。",
        "needed_by": clock.today() + timedelta(days=90),
    }
    user = county.people[DISPATCHER]
    return ask(user=user, firm=firm, factor="guidance", origin=Origin.PROJECT, **asked).matter


def _deliverable(county: SimpleNamespace, words: str, firm: Enterprise | None, _requester: str) -> Matter:
    """A part of a promise that the leader's post gave; opened here without being assigned at once."""
    office, due_on = county.people[DISPATCHER], clock.today() + timedelta(days=90)
    promise = give(
        actor=office, text=f"{words}承诺。", maker=Post.objects.get(role=Role.COUNTY_LEADER),
        given_on=clock.today(), enterprise=firm, unit=county.units["zhujian"], is_slogan=firm is None,
        due_on=due_on if firm else None,
    )  # fmt: skip
    kind = next(kind for kind in declared("kinds") if kind.code == breaking_down.KIND)
    matter = _by_the_kind(kind, county, words, firm)
    breaking_down.keep_deliverable(promise, matter, words, due_on)
    return matter


HANDS: dict[str, Hand] = {"report": _report, FACTOR: _factor_request, breaking_down.KIND: _deliverable}
