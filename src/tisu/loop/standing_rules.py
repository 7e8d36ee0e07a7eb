"""The standing rules in words, and switching them off and on: dated, with a reason, written to the ledger."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation import clock
from tisu.loop.levels import STANDING_RULES
from tisu.loop.models import StandingRule
from tisu.orgs.models import Role

# What each rule is called, and what it does.
WORDS: dict[str, tuple[Any, Any]] = {
    "auto-accept/1": (
        gettext_lazy("Not accepted in time"),
        gettext_lazy("Once the limit for accepting has passed, the matter counts as accepted and says so."),
    ),
    "warn/1": (
        gettext_lazy("Due soon"),
        gettext_lazy("When a limit turns yellow, whoever it runs against reads it in the next digest."),
    ),
    "urge/1": (
        gettext_lazy("Overdue: the unit is urged"),
        gettext_lazy("Once the handling limit has passed, the lead unit is urged and told at once."),
    ),
    "overdue/1": (
        gettext_lazy("Overdue: other limits"),
        gettext_lazy(
            "Once a limit for screening, a co-unit's part, a progress report or verification has passed, whoever "
            "owes it is told at once."
        ),
    ),
    "escalate/1": (
        gettext_lazy("Overdue: superiors are told"),
        gettext_lazy(
            "So many working days after the due day as the type says, the next superior watches the matter."
        ),
    ),
}


def rules_in_words() -> list[dict[str, Any]]:
    """Every rule with whether it is on, and since when and why it is off."""
    off = {row.rule: row for row in StandingRule.objects.on()}
    return [
        {"rule": rule, "name": WORDS[rule][0], "does": WORDS[rule][1], "off": off.get(rule)}
        for rule in sorted(STANDING_RULES, key=list(WORDS).index)
    ]


@transaction.atomic
def switch_off(rule: str, *, reason: str, actor: User) -> None:
    """From today on the rule neither acts nor writes. ValidationError when it is off already."""
    facts = {"reason": reason, "since": clock.today()}
    _row, is_new = StandingRule.objects.get_or_create(rule=rule, until=None, defaults=facts)
    if not is_new:
        raise ValidationError(_("This rule is off already."))
    _record("stop-rule", rule, actor, reason)


@transaction.atomic
def switch_on(rule: str, *, actor: User) -> None:
    """From now on the rule acts again; what came in between is not made up for."""
    row = StandingRule.objects.on().filter(rule=rule).first()
    if row is None:
        raise ValidationError(_("This rule is on already."))
    row.until = clock.today()
    row.save(update_fields=["until"])
    _record("start-rule", rule, actor)


def _record(act: str, rule: str, actor: User, reason: str = "") -> None:
    record(
        act=act, about=rule, actor=actor, signed=standing_of(actor).label_as(Role.OFFICE_LEAD), reason=reason
    )
