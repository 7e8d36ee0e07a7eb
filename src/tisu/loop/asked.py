"""Requests as a card and a page show them: what is asked, by whom, why, what would become of the due day, and the
buttons of whoever may decide or withdraw it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tisu.foundation import clock
from tisu.foundation.calendars import calendar_of
from tisu.foundation.signatures import as_read
from tisu.loop.actions import ACTIONS
from tisu.loop.actor import Actor, person
from tisu.loop.clockface import clock_of
from tisu.loop.describe import is_only_requester
from tisu.loop.foreseen import due_if_granted
from tisu.loop.kinds import kind_of
from tisu.loop.models import ClockKind, Matter, Request, RequestKind
from tisu.loop.offers import Tried, add_faults
from tisu.loop.reasons import in_words
from tisu.loop.stages import Solved
from tisu.loop.waiting import decidable, own
from tisu.orgs.models import Unit
from tisu.web.templatetags.web import han_date

DECISIONS = ("grant", "decline")
# What deciding is called where “grant” and “decline” would not say it.
CALLED = {
    RequestKind.RATING_APPEAL: (gettext_lazy("The objection holds"), gettext_lazy("The objection does not hold")),
    RequestKind.FACT_CHECK: (gettext_lazy("The rating is borne out"), gettext_lazy("The rating is not borne out")),
}  # fmt: skip


@dataclass(frozen=True)
class Ask:
    """Plain values for web/components/ask.html."""

    number: int
    kind: Any
    state: str
    by: str
    at: datetime
    what: str = ""
    was: date | None = None
    becomes: date | None = None
    provisional: bool = False
    reason: str = ""
    more_label: str = ""
    more: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    opinion: str = ""
    acts: list[dict[str, Any]] = field(default_factory=list)


class UnitNames:
    """The short names of a region's units by code, read when the first one is asked for."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str]] = {}

    def of(self, region: str, code: str) -> str:
        if region not in self._known:
            rows = Unit.objects.filter(region=region).values_list("code", "short_name")
            self._known[region] = dict(rows)
        return self._known[region].get(code, code)


def asks_to_decide(
    matter: Matter,
    user: Any,
    names: UnitNames,
    extra: dict[str, str],
    tried: Tried | None = None,
) -> tuple[Ask, ...]:
    """What waits for this person's decision, with its buttons."""
    waiting = decidable(matter, person(user))
    return tuple(_ask(matter, row, names, _deciding(matter, row, extra, tried)) for row in waiting)


def asks_on_page(matter: Matter, user: Any, tried: Tried | None = None) -> list[Ask]:
    """All requests, newest first; not for whoever merely raised the matter."""
    actor, names = person(user), UnitNames()
    if is_only_requester(actor.standing, matter):
        return []
    rows = sorted(matter.requests.all(), key=lambda row: -row.number)
    return [_ask(matter, row, names, list(_acts(matter, row, actor, tried))) for row in rows]


def _acts(matter: Matter, row: Request, actor: Actor, tried: Tried | None) -> Iterable[dict[str, Any]]:
    if row in decidable(matter, actor):
        yield from _deciding(matter, row, {}, tried)
    if row in own(matter, actor):
        yield _act("withdraw_request", matter, row, {}, tried, style="quiet")


def _deciding(
    matter: Matter, row: Request, extra: dict[str, str], tried: Tried | None
) -> list[dict[str, Any]]:
    called = CALLED.get(row.kind, (None, None))
    grant, decline = (
        _act(code, matter, row, extra, tried, style=style, label=label)
        for code, style, label in zip(DECISIONS, ("primary", "danger"), called, strict=True)
    )
    return [grant, decline]


def _act(
    code: str,
    matter: Matter,
    row: Request,
    extra: dict[str, str],
    tried: Tried | None,
    *,
    style: str,
    label: Any = None,
) -> dict[str, Any]:
    """The parameters of web/components/act.html; what asks for nothing that is needed is done by one tap."""
    mine = tried is not None and tried.code == code and str(tried.data.get("request")) == str(row.number)
    form = ACTIONS[code].form(
        data=tried.data if mine else None, matter=matter, auto_id=f"{code}-{matter.number}-{row.number}-%s"
    )
    form.offer([row])
    if mine:
        add_faults(form, tried.refusal)
    return {
        "label": label or ACTIONS[code].label,
        "url": reverse("loop:act", args=[matter.number, code]),
        "asks": form,
        "hidden": {"expected_version": matter.version} | extra,
        "style": style,
        "at_once": not any(each.field.required for each in form.visible_fields()),
        "optional": _("Add an opinion"),
        "open": mine,
    }


def _ask(matter: Matter, row: Request, names: UnitNames, acts: list[dict[str, Any]]) -> Ask:
    return Ask(
        number=row.number,
        kind=_title(row),
        state=row.state,
        by=_signed(matter, row),
        at=row.filed_at,
        reason=in_words(row.reason),
        decided_by=as_read(row.decided_signed),
        decided_at=row.decided_at,
        opinion=row.opinion,
        acts=acts,
        **_content(matter, row, names),
        **(_days(matter, row) if row.is_waiting else {}),
    )


def _title(row: Request) -> Any:
    action = ACTIONS.get("appeal_rating" if row.kind == RequestKind.RATING_APPEAL else f"request_{row.kind}")
    return action.label if action else row.get_kind_display()


def _signed(matter: Matter, row: Request) -> str:
    """Whoever raised a screened matter stays “reporter” to the units that read this."""
    by_reporter = row.filed_by_id is not None and row.filed_by_id == matter.requester_id
    return _("reporter") if by_reporter and kind_of(matter).is_screened else as_read(row.signed)


def _content(matter: Matter, row: Request, names: UnitNames) -> dict[str, str]:
    data = row.data
    if row.kind == RequestKind.EXTENSION:
        days = data["working_days"]
        return {"what": ngettext("%(n)d working day more", "%(n)d working days more", days) % {"n": days}}
    if row.kind == RequestKind.SUSPENSION:
        return {"what": _("Until %(day)s") % {"day": han_date(date.fromisoformat(data["until"]))}}
    if row.kind == RequestKind.TRANSFER:
        return {"what": _("To be handled by %(unit)s") % {"unit": names.of(matter.region_id, data["unit"])}}
    if row.kind == RequestKind.CANCELLATION:
        return {"what": _("It would end without a result and stay on record.")}
    if row.kind == RequestKind.CONTENT_CHANGE:
        return {"more_label": _("The new text"), "more": data["text"]}
    return {"what": _rating(matter, row)}


def _rating(matter: Matter, row: Request) -> str:
    """The rating that is objected to or to be checked: the last one of its cycle."""
    given = [each for each in matter.ratings.all() if each.cycle == row.cycle]
    if not given:
        return ""
    said = _("Rated: %(solved)s, %(satisfaction)d of 5") % {
        "solved": Solved(given[-1].solved).label,
        "satisfaction": given[-1].satisfaction,
    }
    return f"{said} · {given[-1].text}" if given[-1].text else said


def _days(matter: Matter, row: Request) -> dict[str, Any]:
    """The due day now, and what it would become."""
    running = clock_of(matter, ClockKind.SOLVE)
    if running is None or not matter.is_open:
        return {}
    becomes = due_if_granted(running, row)
    return {
        "was": clock.local_day(running.due_at),
        "becomes": becomes,
        "provisional": bool(becomes) and calendar_of(matter.region_id).is_provisional(becomes),
    }
