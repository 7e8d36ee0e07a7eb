"""What is wrong with a figure by itself, and beside the others of its firm (docs/firms.md).

Each rule raises a ValidationError that names the field.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tisu.enterprises.amounts import ADDS_UP, Amount, Bound, Measure
from tisu.enterprises.models import Figure, Origin, Statement
from tisu.enterprises.periods import Grain
from tisu.enterprises.reference import NOT_A_SOURCE
from tisu.foundation import clock
from tisu.foundation.textnorm import search_form


def check_alone(figure: Figure) -> None:
    for rule in (_firm_stands, _is_of_its_life, _is_said_by_now, _has_happened_or_not, _has_a_lawful_source):
        rule(figure)


def _firm_stands(figure: Figure) -> None:
    if figure.enterprise.survivor_id is not None:
        raise ValidationError(
            _("This row was merged into %(firm)s: enter it there.")
            % {"firm": figure.enterprise.survivor.credit_code}
        )


def _is_of_its_life(figure: Figure) -> None:
    """Nothing of a firm before it was there, nor of what begins when it is no more."""
    firm = figure.enterprise
    if firm.started_on and figure.last < firm.started_on:
        raise ValidationError(
            {
                "period": _("The firm was established on %(day)s, after this period.")
                % {"day": firm.started_on}
            }
        )
    if firm.deregistered_on and figure.first > firm.deregistered_on:
        raise ValidationError(
            {
                "period": _("The firm was deregistered on %(day)s, before this period.")
                % {"day": firm.deregistered_on}
            }
        )


def _is_said_by_now(figure: Figure) -> None:
    if figure.said_on > clock.today():
        raise ValidationError({"said_on": _("This day has not come yet.")})


def _has_happened_or_not(figure: Figure) -> None:
    """The rule of the two statements: actual once the period has ended, forecast until then."""
    ended = figure.period.has_ended_by(figure.said_on)
    said = {"period": figure.period.words(), "day": figure.said_on}
    if figure.status == Statement.ACTUAL and not ended:
        raise ValidationError(
            {"status": _("%(period)s had not ended on %(day)s: enter this as a forecast or a target.") % said}
        )
    if figure.status == Statement.FORECAST and ended and figure.said_on > figure.last:
        raise ValidationError(
            {
                "status": _(
                    "%(period)s was over on %(day)s, so this is no forecast: enter it as actual, or give the earlier "
                    "day on which it was forecast."
                )
                % said
            }
        )


def _has_a_lawful_source(figure: Figure) -> None:
    if not figure.source.strip():
        raise ValidationError({"source": _("Name the source: who said it, in which paper, of which day.")})
    if figure.origin == Origin.FIRM and not figure.consent.strip():
        raise ValidationError(
            {"consent": _("Say how and when the firm agreed that the office keeps this figure.")}
        )
    words = search_form(f"{figure.source} {figure.consent}").replace(" ", "")
    if any(word in words for word in NOT_A_SOURCE):
        raise ValidationError(
            {
                "source": _(
                    "What firms report to the statistics bureau may not be used here (Statistics Law, article 28): ask the "
                    "firm itself, or name another source."
                )
            }
        )


# --- beside what stands ---


def _standing(figure: Figure) -> Iterable[Figure]:
    """What stands of this firm for the same measure and statement."""
    return (
        Figure.objects.standing()
        .of_kin(figure.enterprise)
        .filter(measure=figure.measure, status=figure.status)
    )


def in_its_place(figure: Figure) -> Figure | None:
    return _standing(figure).filter(grain=figure.grain, last=figure.last).first()


def standing_like(figure: Figure) -> Figure | None:
    """The same said again, sent twice or read from the same sheet twice."""
    found = in_its_place(figure)
    alike = found and (found.amount, found.origin, found.source, found.said_on) == (
        figure.amount, figure.origin, figure.source, figure.said_on,
    )  # fmt: skip
    return found if alike else None


def check_beside(figure: Figure) -> None:
    """No part above its whole, nor all parts together: a quarter, a month, a year so far, against what holds it."""
    if figure.measure not in ADDS_UP:
        return
    rows = [row for row in _standing(figure) if row.pk != figure.replaces_id]
    for whole in (row for row in (*rows, figure) if row.bound != Bound.OVER):
        if whole is figure or whole.period.holds(figure.period):
            _holds_its_parts(whole, [*rows, figure], figure)


def _holds_its_parts(whole: Figure, rows: list[Figure], figure: Figure) -> None:
    for grain in Grain:
        parts = [row for row in rows if row.grain == grain and whole.period.holds(row.period)]
        largest = {row.last: row.value for row in sorted(parts, key=lambda row: row.value)}.values()
        total = max(largest, default=0) if grain == Grain.SO_FAR else sum(largest)
        if total > whole.value:
            raise ValidationError({"amount": _too_much(whole, parts, total, figure)})


def _too_much(whole: Figure, parts: list[Figure], total: int, figure: Figure) -> str:
    said = {
        "measure": Measure(figure.measure).label,
        "parts": Amount(total).words(figure.measure),
        "whole": whole.amount.words(figure.measure),
        "period": whole.period.words(),
    }
    if len(parts) == 1:
        said["part"] = parts[0].period.words()
        return (
            _(
                "%(measure)s of %(part)s (%(parts)s) would be more than that of %(period)s (%(whole)s): look at the units."
            )
            % said
        )
    return (
        _(
            "The parts of %(period)s would add up to %(parts)s, more than the whole (%(whole)s): look at the units."
        )
        % said
    )
