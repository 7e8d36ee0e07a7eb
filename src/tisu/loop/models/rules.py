"""What a type of matter sets: the numbers, and which of them can be."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tisu.loop.stages import PROPOSABLE

SUSPENSION_REASONS = (
    # domain.md M0.3: time that does not count; what each is called stands in loop/reasons.py
    "supplement",
    "hearing",
    "appraisal",
    "court",
    "firm",
    "superior",
    "force_majeure",
)
# Who handles it, what is required of the unit, a document or record as evidence, contact with whoever raised it.
ASKABLE = ("handler", "requirement", "evidence", "contact")
MOST_DAYS, MOST_TIMES, MOST_YEARS = 3_660, 99, 100
MOST_POINTS, LONGEST_POINT = 20, 120


@dataclass(frozen=True)
class Rules:
    """What a type sets inside the code's envelope. Days are working days unless the name says otherwise.

    `screen_days`: decide whether to accept a report (0: not screened). `accept_days`: accept an assignment, then
    it is accepted by rule (0: never). `solve_days`: taken when an assignment names no limit. `verify_days`: for
    the verifier. `co_days`: a co-unit's part (0: the lead unit's limit). `report_days`: from one progress report
    to the next (0: none is asked for). `return_days`: how long the lead unit may return. `returns`: how often
    before the office decides. `warn_share`: the last part of the limit that is yellow, never less than a working
    day (M0.3). `escalate_after`: so many working days after the due day the next superior is told, one by one.
    `extensions`, `extension_days`: how often, and by how much at the most. `suspensions`, `suspension_days`: how
    often, and for how many calendar days at the most. `reopen_days`: calendar days after closing. `retain_years`:
    how long a closed matter is kept. `needs_approval`: registered only after a leader approved it (立项).
    `asks`: what is asked for beyond the usual (ASKABLE). `results`: which results may be proposed (none named: all).
    `checklist`, `verify_checklist`: what has to be ticked to submit, and to pass.

    ValidationError, naming each field, for what cannot be.
    """

    screen_days: int = 0
    accept_days: int = 2
    solve_days: int = 15
    verify_days: int = 5
    co_days: int = 0
    report_days: int = 0
    return_days: int = 2
    returns: int = 2
    warn_share: float = 0.2
    escalate_after: tuple[int, ...] = (3, 8)
    extensions: int = 1
    extension_days: int = 15
    suspensions: int = 2
    suspension_days: int = 90
    suspension_reasons: tuple[str, ...] = SUSPENSION_REASONS
    reopen_days: int = 180
    retain_years: int = 10
    needs_approval: bool = False
    asks: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    checklist: tuple[str, ...] = ()
    verify_checklist: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if faults := dict(_faults(self)):
            raise ValidationError(faults)


def _faults(rules: Rules) -> Iterator[tuple[str, str]]:
    for names, fault in CHECKS:
        for name in names:
            if sentence := fault(getattr(rules, name)):
                yield name, sentence


def _whole(least: int, most: int) -> Callable[[Any], str | None]:
    def fault(value: Any) -> str | None:
        if _is_whole(value) and least <= value <= most:
            return None
        return _("Give a whole number from %(least)d to %(most)d.") % {"least": least, "most": most}

    return fault


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _share(value: Any) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1:
        return None
    return _("Give a part of the limit: 0 or more, and less than 1.")


def _one_after_the_other(value: Any) -> str | None:
    """Each superior later than the one before: told all at once, none of them would be a step."""
    days = isinstance(value, list | tuple) and all(_whole(1, MOST_DAYS)(each) is None for each in value)
    if days and list(value) == sorted(set(value)):
        return None
    return _("Give days after the due day, each one later than the one before.")


def _among(known: Iterable[str]) -> Callable[[Any], str | None]:
    def fault(value: Any) -> str | None:
        if isinstance(value, list | tuple) and all(each in known for each in value):
            return None
        return _("Choose from: %(reasons)s.") % {"reasons": ", ".join(known)}

    return fault


def _points(value: Any) -> str | None:
    points = list(value) if isinstance(value, list | tuple) else [None]
    sound = all(isinstance(each, str) and 0 < len(each.strip()) <= LONGEST_POINT for each in points)
    if sound and len(points) <= MOST_POINTS and len(set(points)) == len(points):
        return None
    return _("Give at most %(most)d different points of at most %(long)d characters.") % {
        "most": MOST_POINTS,
        "long": LONGEST_POINT,
    }


def _yes_or_no(value: Any) -> str | None:
    return None if isinstance(value, bool) else _("Say yes or no.")


# Which field is what: days that may be none, what is at least one, how often, and the rest.
CHECKS: tuple[tuple[tuple[str, ...], Callable[[Any], str | None]], ...] = (
    (("screen_days", "accept_days", "co_days", "report_days", "return_days", "extension_days", "suspension_days",
      "reopen_days"), _whole(0, MOST_DAYS)),
    (("solve_days", "verify_days"), _whole(1, MOST_DAYS)),
    (("returns", "extensions", "suspensions"), _whole(0, MOST_TIMES)),
    (("retain_years",), _whole(1, MOST_YEARS)),
    (("warn_share",), _share),
    (("escalate_after",), _one_after_the_other),
    (("suspension_reasons",), _among(SUSPENSION_REASONS)),
    (("asks",), _among(ASKABLE)),
    (("results",), _among([result.value for result in PROPOSABLE])),
    (("checklist", "verify_checklist"), _points),
    (("needs_approval",), _yes_or_no),
)  # fmt: skip
