"""Who reported: asked for with a reason, agreed to by a second person, opened once, and each step recorded."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.models import User
from tisu.accounts.opening import NotOpened, ReasonMissing, checked_reason, opened
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation import clock
from tisu.foundation.moves import Move
from tisu.foundation.sealed import Sealed
from tisu.inbox.services import tell
from tisu.loop.faults import Conflict, NotAllowed, Unacceptable
from tisu.loop.queries import OVERSIGHT_ROLES
from tisu.loop.tellings import subject_line
from tisu.voice.entitled import may_agree, may_open_identity, seconds_for
from tisu.voice.models import Identity, Opening, Report
from tisu.voice.moves import DECLINE, GRANT, USE, begin_opening, take_on
from tisu.voice.services import must_see, nothing_is_left, one_line

GOOD_FOR = timedelta(hours=24)
LONGEST_REASON = 400


@transaction.atomic
def ask_for_identity(*, user: User, report: Report, reason: str) -> Opening:
    """Ask to open how a reporter can be reached. Whoever may agree to it is told; nothing is opened yet."""
    _check_may_open(user, report)
    reason = _reason(reason)
    Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    mine = report.openings.filter(asked_by=user)
    if mine.waiting().exists() or mine.good().exists():
        raise Conflict(_("You have asked already: it waits, or it is agreed to and you may open it."))
    seconds = seconds_for(report, user)
    if not seconds:
        raise Conflict(
            _(
                "Nobody else may agree to it: office or supervision needs a second person whom no wall keeps out "
                "of this report."
            )
        )
    asked = Opening(report=report, asked_by=user, signed=_signed(user), reason=reason, asked_at=clock.now())
    begin_opening(asked)
    _tell(
        asked, "ask-identity/1", seconds, gettext_lazy("A contact is to be opened: someone else must agree")
    )
    _record("ask-identity", asked, user)
    return asked


def grant_identity(*, user: User, opening: Opening) -> Opening:
    """Agree, so that whoever asked may open it once within 24 hours."""
    words = gettext_lazy("Agreed to: you may open the contact once within 24 hours")
    return _decide(user, opening, GRANT, words, good_until=clock.now() + GOOD_FOR)


def decline_identity(*, user: User, opening: Opening) -> Opening:
    return _decide(user, opening, DECLINE, gettext_lazy("The contact is not to be opened: declined"))


@transaction.atomic
def _decide(user: User, opening: Opening, step: Move, words: Any, **facts: Any) -> Opening:
    """Four eyes: someone else of office or supervision, who sees the report as whoever asked does."""
    must_see(user, opening.report)
    if not may_agree(user, opening.report) or opening.asked_by_id == user.pk:
        raise NotAllowed(_("Someone else of office or supervision decides on it, never the one who asked."))
    _check_kept(opening.report)
    facts |= {"decided_by": user, "decided_signed": _signed(user), "decided_at": clock.now()}
    take_on(opening, step, facts, too_late=_("It has been decided already."))
    _tell(opening, f"{step.code}-identity/1", [opening.asked_by], words)
    _record(f"{step.code}-identity", opening, user)
    return opening


def open_identity(*, user: User, report: Report) -> str:
    """How to reach a reporter, told once to whoever asked when someone else has agreed (domain.md M10.3).

    The opening is used up and stands in the ledger from then on, or nothing is opened.
    """
    _check_may_open(user, report)
    granted = report.openings.good().filter(asked_by=user).first()
    if granted is None:
        raise Conflict(_("Ask for it first: someone else must agree, and then you may open it once."))
    try:
        return opened(
            _sealed(report),
            by=user,
            signed=_signed(user),
            reason=granted.reason,
            about=report.matter.number,
            act="open-identity",
            leave=lambda: _use(granted),
            agreed=granted.decided_signed,
            agreed_by=granted.decided_by.username,
        )
    except NotOpened as fault:
        raise Conflict(str(fault)) from fault


def _use(granted: Opening) -> None:
    take_on(granted, USE, {}, too_late=_("It has been opened already: ask again."))


# --- the steps they share -----------------------------------------------------------------------------------


def _check_may_open(user: User, report: Report) -> None:
    must_see(user, report)
    if not may_open_identity(user, report):
        raise NotAllowed(
            _("Only the office opens an identity, or supervision where the office is concerned.")
        )
    _check_kept(report)
    _sealed(report)


def _check_kept(report: Report) -> None:
    if report.is_discipline:
        raise Conflict(nothing_is_left())


def _sealed(report: Report) -> Sealed:
    """Who reported signed in left no contact: the name is told the same way, for a reason and recorded."""
    if identity := Identity.objects.filter(report=report.root).first():
        return identity.contact
    if requester := report.matter.requester:
        return Sealed("", text=requester.name)
    raise Conflict(_("This report is anonymous: there is no contact to open."))


def _reason(reason: str) -> str:
    try:
        return checked_reason(one_line("reason", reason, LONGEST_REASON))
    except ReasonMissing as missing:
        raise Unacceptable.at("reason", str(missing)) from missing


def _signed(user: User) -> str:
    return standing_of(user).label_as(*OVERSIGHT_ROLES)


def _tell(opening: Opening, rule: str, people: list[User], words: Any) -> None:
    matter = opening.report.matter
    tell(
        rule=rule,
        about=("matter", matter.pk),
        period=str(opening.pk),
        recipients=people,
        subject=words,
        text=subject_line(matter),
        url=reverse("loop:matter", args=[matter.number]),
    )


def _record(act: str, opening: Opening, user: User) -> None:
    details = {} if opening.asked_by_id == user.pk else {"asked_by": opening.asked_by.username}
    number = opening.report.matter.number
    record(act=act, about=number, actor=user, signed=_signed(user), reason=opening.reason, **details)
