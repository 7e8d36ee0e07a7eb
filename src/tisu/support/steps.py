"""Steps of a request: who may enter which, what each must say, and what they add up to."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation import clock
from tisu.loop.actor import Actor, person
from tisu.loop.faults import Conflict, NotAllowed, NotVisible, Unacceptable
from tisu.loop.models import Matter
from tisu.loop.parties import is_party, signing
from tisu.loop.stages import Stage
from tisu.support.asking import FIRM
from tisu.support.factors import Level
from tisu.support.models import FactorRequest, Step, StepKind

HANDLERS = ("lead", "co_unit", "supervisor")
WORKED_ON = frozenset({Stage.IN_PROGRESS})
LEVELS = list(Level)


@dataclass(frozen=True)
class Rule:
    """Where a step may be entered, and what has to stand before it: one of these steps, if any are named."""

    stages: frozenset[str] = WORKED_ON
    after: tuple[str, ...] = ()
    by_firm: bool = False
    counted_only: bool = False


RULES: dict[str, Rule] = {
    StepKind.REFERRED: Rule(),
    StepKind.DECIDED: Rule(),
    StepKind.DELIVERED: Rule(after=(StepKind.DECIDED,)),
    StepKind.USED: Rule(
        frozenset({Stage.IN_PROGRESS, Stage.SUBMITTED, Stage.CLOSED}), (StepKind.DECIDED,), counted_only=True
    ),
    StepKind.CONFIRMED: Rule(
        frozenset({Stage.IN_PROGRESS, Stage.SUBMITTED}), (StepKind.DELIVERED,), by_firm=True
    ),
    StepKind.UNMET: Rule(),
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What a step says; which of it belongs to which step, the table of its forms tells."""

    on: date
    level: str = ""
    number: str = ""
    amount: int | None = None
    text: str = ""
    alternative: str = ""


def open_steps(request: FactorRequest, user: User) -> list[str]:
    """The steps that this person may enter now, in the order in which they usually come."""
    done = set(request.steps.standing().values_list("kind", flat=True))
    mine = handles(request.matter, user), acts_for_its_firm(user, request)
    return [kind for kind, rule in RULES.items() if mine[rule.by_firm] and _fits(request, kind, rule, done)]


def _fits(request: FactorRequest, kind: str, rule: Rule, done: set[str]) -> bool:
    if request.matter.stage not in rule.stages or (rule.counted_only and not request.measure):
        return False
    if kind == StepKind.REFERRED and request.level == Level.COUNTY:
        return False
    once = kind in (StepKind.DELIVERED, StepKind.CONFIRMED, StepKind.UNMET)
    if (once and kind in done) or (StepKind.UNMET in done):
        return False
    return not rule.after or bool(done & set(rule.after))


def refuse_strangers_to(request: FactorRequest, user: User, kind: str) -> None:
    """NotVisible for a step that there is not, NotAllowed for one that is not this person's to enter."""
    if kind not in StepKind.values:
        raise NotVisible(_("There is no such step."))
    if kind == StepKind.CONFIRMED:
        if not acts_for_its_firm(user, request):
            raise NotAllowed(_("Only the firm itself confirms."))
    elif not handles(request.matter, user):
        raise NotAllowed(_("Only the units that handle it, the office and supervision enter steps."))


def handles(matter: Matter, user: User) -> bool:
    return Matter.objects.visible_to(user).filter(pk=matter.pk).exists() and is_party(
        person(user), matter, HANDLERS
    )


def acts_for_its_firm(user: User, request: FactorRequest) -> bool:
    firm = request.matter.enterprise
    return firm is not None and firm.root_id in standing_of(user).enterprises


@transaction.atomic
def take_step(*, user: User, request: FactorRequest, kind: str, said: Said, seen_version: int) -> Step:
    """Enter a step and write down what is granted and used now.

    NotVisible, NotAllowed, Conflict (stale, or not possible now) or Unacceptable naming the field; then nothing was
    written.
    """
    row = held(user, request)
    refuse_strangers_to(row, user, kind)
    refuse_stale(row, seen_version)
    if kind not in open_steps(row, user):
        raise Conflict(
            _("“%(step)s” is not possible now: look at how far the request is.")
            % {"step": StepKind(kind).label}
        )
    _check(row, kind, said)
    step = _write(row, user, kind, **vars(said))
    _add_up(row)
    _note(row, step)
    return step


@transaction.atomic
def take_back(*, user: User, request: FactorRequest, reason: str, seen_version: int) -> Step:
    """The last step stands no more, because it was entered wrongly; both stay to be read."""
    row = held(user, request)
    refuse_strangers_to(row, user, StepKind.TAKEN_BACK)
    refuse_stale(row, seen_version)
    if not may_take_back(row):
        raise Conflict(_("Only the last step can be taken back, while the request is being handled."))
    last = row.steps.standing().last()
    back = _write(row, user, StepKind.TAKEN_BACK, on=clock.today(), text=reason, takes_back=last)
    _add_up(row)
    _note(row, back)
    return back


def may_take_back(request: FactorRequest) -> bool:
    """What the firm confirmed is not taken back by anyone else."""
    last = request.steps.standing().last()
    return request.matter.stage in WORKED_ON and last is not None and last.kind != StepKind.CONFIRMED


def held(user: User, request: FactorRequest) -> FactorRequest:
    rows = FactorRequest.objects.visible_to(user).select_for_update(of=("self",))
    row = rows.filter(pk=request.pk).select_related("matter__enterprise").first()
    if row is None:
        raise NotVisible(_("There is no such request, or it is not yours to see."))
    return row


def refuse_stale(row: FactorRequest, seen_version: int) -> None:
    if seen_version != row.version:
        raise Conflict(
            _("A step was entered since you opened this request, perhaps by yourself: look at it again.")
        )


def _write(row: FactorRequest, user: User, kind: str, **said: Any) -> Step:
    """Signed by the role that allows it."""
    actor: Actor = person(user)
    if kind == StepKind.CONFIRMED:
        signed = standing_of(user).label_as(FIRM)
    else:
        signed = signing(actor, row.matter, HANDLERS).signed
    return Step.objects.create(
        request=row, kind=kind, entered_by=user, signed=signed[:120], at=clock.now(), **said
    )


def _note(row: FactorRequest, step: Step) -> None:
    """Last in the transaction, as the ledger asks; what was typed stays with the step."""
    said = {"step": step.kind, "day": step.on.isoformat(), "level": step.level, "amount": step.amount}
    about = {"about": row.matter.number, "actor": step.entered_by, "signed": step.signed}
    record(
        act="enter-step", **about, **{name: value for name, value in said.items() if value not in ("", None)}
    )


def _add_up(row: FactorRequest) -> None:
    """What the standing steps come to: what was granted is a sum, what is used the last word on it."""
    granted = used = None
    for step in row.steps.standing():
        if step.kind == StepKind.DECIDED and row.measure:
            granted = (granted or 0) + (step.amount or 0)
        elif step.kind == StepKind.USED:
            used = step.amount
    row.granted, row.used, row.version = granted, used, row.version + 1
    row.save(update_fields=["granted", "used", "version"])


# --- what a step must say -------------------------------------------------------------------------------------


def _check(row: FactorRequest, kind: str, said: Said) -> None:
    if said.on > clock.today():
        raise Unacceptable.at("on", _("This day has not come yet."))
    if check := CHECKS.get(kind):
        check(row, said)


def _check_referred(row: FactorRequest, said: Said) -> None:
    if said.level == Level.COUNTY or LEVELS.index(said.level) > LEVELS.index(row.level):
        raise Unacceptable.at(
            "level", _("Refer it to a higher level, at most to the one that decides on it.")
        )


def _check_decided(row: FactorRequest, said: Said) -> None:
    if not row.measure:
        return
    if said.amount is None:
        raise Unacceptable.at(
            "amount", _("One thing is missing: how much was granted, nothing being 0 with its unit.")
        )
    rest = row.asked - (row.granted or 0)
    if said.amount > rest:
        raise Unacceptable.at(
            "amount",
            _("%(given)s is more than was asked for and is not granted yet: at most %(rest)s.")
            % {"given": row.said(said.amount), "rest": row.said(rest)},
        )


def _check_used(row: FactorRequest, said: Said) -> None:
    if said.amount is None:
        raise Unacceptable.at("amount", _("One thing is missing: how much has been used so far."))
    if said.amount > (row.granted or 0):
        raise Unacceptable.at(
            "amount",
            _("%(given)s is more than was granted: at most %(granted)s.")
            % {"given": row.said(said.amount), "granted": row.said(row.granted or 0)},
        )


def _check_unmet(row: FactorRequest, said: Said) -> None:
    missing = [name for name in ("text", "alternative") if not getattr(said, name).strip()]
    if missing:
        raise Unacceptable(
            _("Say why it cannot be met and what is offered instead."),
            {name: [_("Say why it cannot be met and what is offered instead.")] for name in missing},
        )


CHECKS = {
    StepKind.REFERRED: _check_referred,
    StepKind.DECIDED: _check_decided,
    StepKind.USED: _check_used,
    StepKind.UNMET: _check_unmet,
}
