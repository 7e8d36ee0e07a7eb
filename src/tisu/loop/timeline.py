"""The course of a matter in words: newest first, what was written large, what the system noted small."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from tisu.foundation.clock import local_day
from tisu.foundation.listed import listed, listed_apart
from tisu.loop.describe import SYSTEM_LINES, events_for
from tisu.loop.models import ClockKind, Matter, RequestKind
from tisu.loop.oversight_forms import CARRIED
from tisu.loop.papers import attached, by_event
from tisu.loop.reasons import in_words
from tisu.loop.stages import Method, Result, Screening, Solved, Stage
from tisu.orgs.models import Unit
from tisu.web.templatetags.web import han_date

OFFICIAL_LINES = frozenset({"urge", "instruct"})
# What a person wrote: shown as prose. A single text needs no label.
PROSE = {
    "text": gettext_lazy("Text"),
    "summary": gettext_lazy("What was done and what came of it"),
    "opinion": gettext_lazy("Opinion"),
    "reason": gettext_lazy("Reason"),
    "requirement": gettext_lazy("Requirement"),
    "rest": gettext_lazy("What is left to do"),
    "facts": gettext_lazy("Facts for the units"),
}
FACTS = {
    "request_kind": gettext_lazy("Request"),
    "kind": gettext_lazy("Screened as"),
    "lead_unit": gettext_lazy("Lead unit"),
    "co_units": gettext_lazy("Co-units"),
    "from_unit": gettext_lazy("Until then"),
    "unit": gettext_lazy("Unit"),
    "accused_unit": gettext_lazy("Accused unit"),
    "responsible_unit": gettext_lazy("Unit that could solve it"),
    "suggested_unit": gettext_lazy("Unit you suggest"),
    "to_name": gettext_lazy("Hand over to"),
    "parts": gettext_lazy("Parts"),
    "evidence": gettext_lazy("Evidence"),
    "checklist": gettext_lazy("Checked"),
    "was_late": gettext_lazy("Overdue when it was merged"),
    "working_days": gettext_lazy("Time limit"),
    "calendar_days": gettext_lazy("Time limit"),
    "months": gettext_lazy("Time limit"),
    "working_hours": gettext_lazy("Time limit"),
    "due_on": gettext_lazy("Due on"),
    "until": gettext_lazy("Suspended until"),
    "due_was": gettext_lazy("Due day before"),
    "due_now": gettext_lazy("Due day now"),
    "moved": gettext_lazy("Due days"),
    "calendar": gettext_lazy("Calendar"),
    "to": gettext_lazy("Superior"),
    "parent": gettext_lazy("Merged into"),
    "paper_of": gettext_lazy("Day of the paper note"),
    "carries": gettext_lazy("Which also"),
    "handler": gettext_lazy("Handler"),
    "result": gettext_lazy("Result"),
    "method": gettext_lazy("How it was verified"),
    "solved": gettext_lazy("Is it solved?"),
    "satisfaction": gettext_lazy("Satisfaction"),
}
CODED: dict[str, dict[str, Any]] = {
    "was_late": {True: gettext_lazy("yes")},
    "request_kind": dict(RequestKind.choices),
    "kind": dict(Screening.choices),
    "result": dict(Result.choices),
    "solved": dict(Solved.choices),
    "method": dict(Method.choices),
    "carries": dict(CARRIED),
}
LIMITS = {
    "working_days": ngettext_lazy("%(n)s working day", "%(n)s working days", "n"),
    "calendar_days": ngettext_lazy("%(n)s calendar day", "%(n)s calendar days", "n"),
    "months": ngettext_lazy("%(n)s month", "%(n)s months", "n"),
    "working_hours": ngettext_lazy("%(n)s working hour", "%(n)s working hours", "n"),
}
# Here a number of working days is added to a limit, and is none itself.
MORE_TIME = frozenset({"request_extension", "grant"})
DAYS = ("due_on", "until", "due_was", "due_now", "paper_of")
UNITS = ("lead_unit", "co_units", "from_unit", "unit", "accused_unit", "responsible_unit", "suggested_unit")


def timeline(matter: Matter, user: Any) -> list[dict[str, Any]]:
    """The entries this reader may have, newest first."""
    events = events_for(matter, user)
    units, brought = _units_named(matter, events), by_event(attached(matter, user))
    return [
        _entry(event, _called(units, event)) | {"papers": brought.get(event["seq"], [])}
        for event in reversed(events)
    ]


def _entry(event: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {
        "when": event["at"],
        "who": event["by"],
        "verb": event["label"],
        "kind": _kind_of_line(event["action"]),
        "change": _change(event),
        "facts": list(_facts(event, names)),
        "texts": _texts(event["data"]),
        "erased": _("What was said here was erased under the rule %(rule)s.")
        % {"rule": event["erased_under"]}
        if event["erased_under"]
        else "",
    }


def _kind_of_line(action: str) -> str:
    if action in OFFICIAL_LINES:
        return "official"
    return "system" if action in SYSTEM_LINES else "human"


def _change(event: dict[str, Any]) -> str:
    before, after = event["from_stage"], event["stage"]
    if not before or before == after:
        return ""
    return f"{Stage(before).label} → {Stage(after).label}"


def _texts(data: dict[str, Any]) -> list[dict[str, Any]]:
    written = [(label, data[key]) for key, label in PROSE.items() if data.get(key)]
    alone = len(written) == 1
    return [{"label": "" if alone else label, "text": in_words(text)} for label, text in written]


def _facts(event: dict[str, Any], names: dict[str, str]) -> Iterator[dict[str, Any]]:
    data = event["data"]
    for key, label in FACTS.items():
        if value := data.get(key):
            more = key == "working_days" and event["action"] in MORE_TIME
            yield {"label": _("More time") if more else label, "value": _said(key, value, names)}


def _said(key: str, value: Any, names: dict[str, str]) -> Any:
    if key in UNITS:
        codes = value if isinstance(value, list) else [value]
        return listed(names.get(code, code) for code in codes)
    if key == "moved":
        return listed_apart(_moved(each) for each in value)
    if key == "checklist":
        return listed_apart(value)
    if key in DAYS:
        return han_date(date.fromisoformat(value))
    return LIMITS[key] % {"n": value} if key in LIMITS else CODED.get(key, {}).get(value, value)


def _moved(each: dict[str, Any]) -> str:
    """One clock's day before and after a calendar notice."""
    words = {
        "clock": ClockKind(each["kind"]).label,
        "was": han_date(date.fromisoformat(each["due_was"])),
        "now": han_date(date.fromisoformat(each["due_now"])),
    }
    days = "%(now)s" if each["due_was"] == each["due_now"] else "%(was)s → %(now)s"
    sentence = _("%(clock)s: %(days)s, provisional") if each["provisional"] else _("%(clock)s: %(days)s")
    return sentence % {"clock": words["clock"], "days": days % words}


def _units_named(matter: Matter, events: list[dict[str, Any]]) -> list[Unit]:
    """Those that the events name by code, with what they were called before; two queries, or none."""
    codes: set[str] = set()
    for event in events:
        for key in UNITS:
            value = event["data"].get(key) or []
            codes.update(value if isinstance(value, list) else [value])
    if not codes:
        return []
    return list(Unit.objects.filter(region=matter.region_id, code__in=codes).prefetch_related("former_names"))


def _called(units: list[Unit], event: dict[str, Any]) -> dict[str, str]:
    """By code, the short names people said on the day of the event."""
    day = local_day(event["at"])
    return {unit.code: unit.called_on(day).short_name for unit in units}
