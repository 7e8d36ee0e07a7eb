"""Asking for a production factor: what is checked before a request becomes a matter. The door of rooms above."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises.models import Enterprise
from tisu.foundation import clock
from tisu.loop.actor import Actor, person
from tisu.loop.faults import NotAllowed, Unacceptable
from tisu.loop.models import Matter
from tisu.loop.papers import claim, hang_at_first
from tisu.loop.queries import OVERSIGHT_ROLES
from tisu.loop.register import register_matter
from tisu.loop.services import checked_words
from tisu.support.factors import TRAITS, Basis, Factor, Level, said
from tisu.support.levels import level_due, threshold_on
from tisu.support.models import KIND, FactorRequest, Origin
from tisu.support.never import refuse_orders_to_buy
from tisu.support.risks import list_from
from tisu.support.units import MEASURES, NotAnAmount

FIRM = "enterprise"  # the role that a firm's mandate grants
FURTHEST = 10  # years ahead that a need can be


@dataclass(frozen=True)
class Wanted:
    """What is asked for, checked: an amount in smallest parts of its measure, and who decides on it."""

    factor: str
    needed_by: date
    level: str
    case: str = ""
    measure: str = ""
    basis: str = ""
    asked: int | None = None


def ask(
    *,
    user: User,
    firm: Enterprise | None,
    factor: str,
    needed_by: date,
    amount: str = "",
    measure: str = "",
    basis: str = "",
    level: str = "",
    case: str = "",
    title: str = "",
    text: str = "",
    origin: str = "",
    key: str = "",
    parent: Matter | None = None,
    documents: list | None = None,
) -> FactorRequest:
    """Register a request as a matter and give it. Sent again with the same key it is the same request.

    Who may: the office and supervision, for a firm of their region; whoever acts for a firm, for that one; rooms above
    for their own people, saying by `origin` through whom it came. NotAllowed for others; Unacceptable, naming the
    field, for a firm that has ended or is not the person's, an amount that cannot be, a day that has passed.
    """
    origin, actor, unit_id = _asker(user, origin)
    _check_firm(user, firm, origin)
    wanted = checked(factor, needed_by, amount, measure, basis, level, case)
    if factor == Factor.MARKET:
        refuse_orders_to_buy(title=title, text=text)
    title, text = checked_words(title or title_for(wanted, firm), text or text_for(wanted))
    try:
        with transaction.atomic():
            if before := _sent_before(user, key):
                return before
            matter = register_matter(
                kind=KIND, title=title, text=text, region=firm.region_id[:6] if firm else settings.REGION, actor=actor,
                enterprise=firm, requester=user if origin == Origin.FIRM else None,
                for_firm=firm, opened_by_unit_id=unit_id,
                parent=parent,
            )  # fmt: skip
            hang_at_first(matter, claim(documents, user))
            return write_request(matter, wanted, origin=origin, entered_by=user, key=key)
    except IntegrityError:
        if before := _sent_before(user, key):
            return before
        raise


def write_request(
    matter: Matter, wanted: Wanted, *, origin: str, entered_by: User | None, key: str = ""
) -> FactorRequest:
    return FactorRequest.objects.create(
        matter=matter,
        risk_list=list_from(wanted.case) if wanted.case else None,
        origin=origin,
        entered_by=entered_by,
        key=key or None,
        asked_on=clock.today(),
        **vars(wanted),
    )


def _sent_before(user: User, key: str) -> FactorRequest | None:
    return FactorRequest.objects.filter(key=key, entered_by=user).first() if key else None


def may_ask_for_others(user: User) -> bool:
    return standing_of(user).has(*OVERSIGHT_ROLES)


def asks_for_own_firm(user: User) -> bool:
    return bool(standing_of(user).enterprises)


def _asker(user: User, origin: str) -> tuple[str, Actor, int | None]:
    """Through whom it came, as whom it is signed, and the unit that opened it."""
    standing = standing_of(user)
    if origin in (Origin.LIAISON, Origin.PROJECT):
        return origin, person(user), next((role.unit_id for role in standing.roles if role.unit_id), None)
    if role := next(standing.having(*OVERSIGHT_ROLES), None):
        return Origin.STAFF, person(user).signing_as(role), role.unit_id
    if role := next(standing.having(FIRM), None):
        return Origin.FIRM, person(user).signing_as(role), None
    raise NotAllowed(_("Requests are entered by the office, by supervision, or by the firm itself."))


def _check_firm(user: User, firm: Enterprise | None, origin: str) -> None:
    if firm is None:
        if origin in (Origin.FIRM, Origin.STAFF):
            raise Unacceptable.at("firm", _("One thing is missing: for which firm it is."))
        return
    if origin == Origin.FIRM and firm.root_id not in standing_of(user).enterprises:
        raise Unacceptable.at("firm", _("You do not act for this firm: choose your own."))
    if origin == Origin.STAFF and not Enterprise.objects.visible_to(user).filter(pk=firm.root_id).exists():
        raise Unacceptable.at("firm", _("This firm is not in the register of your county."))
    if firm.survivor_id:
        raise Unacceptable.at(
            "firm", _("This row was merged into %(firm)s: name that one.") % {"firm": firm.survivor}
        )
    if firm.deregistered_on:
        raise Unacceptable.at(
            "firm", _("%(firm)s was deregistered on %(day)s and can be provided with nothing.")
            % {"firm": firm, "day": firm.deregistered_on},
        )  # fmt: skip


# --- what is asked for ---------------------------------------------------------------------------------------


def checked(
    factor: str, needed_by: date, amount: str, measure: str, basis: str, level: str, case: str
) -> Wanted:
    """All of it looked at together, so that each fault stands at its field."""
    traits = TRAITS.get(factor)
    if traits is None:
        raise Unacceptable.at("factor", _("Choose what is needed."))
    if case and case != traits.case:
        raise Unacceptable.at("case", _("This does not go with what is needed."))
    _check_day(needed_by)
    measure, asked = _amount(traits.measures, amount, measure, is_needed=not case)
    if traits.needs_basis and basis not in Basis.values:
        raise Unacceptable.at(
            "basis", _("Say by which value electricity is counted: calorific or equivalent.")
        )
    basis = basis if traits.needs_basis else ""
    return Wanted(factor, needed_by, _level(factor, asked, basis, level), case, measure, basis, asked)


def _check_day(needed_by: date) -> None:
    today = clock.today()
    if needed_by < today:
        raise Unacceptable.at("needed_by", _("This day has passed: say by when it is needed from now on."))
    if needed_by.year > today.year + FURTHEST:
        raise Unacceptable.at(
            "needed_by",
            _("This day is more than %(years)d years away: look at the year.") % {"years": FURTHEST},
        )


def _amount(
    measures: tuple[str, ...], amount: str, measure: str, *, is_needed: bool
) -> tuple[str, int | None]:
    if not measures:
        if amount.strip():
            raise Unacceptable.at("amount", _("Nothing is counted here: leave the amount out."))
        return "", None
    if not amount.strip():
        if is_needed:
            raise Unacceptable.at("amount", _("One thing is missing: how much, with its unit."))
        return "", None
    measure = measure or (measures[0] if len(measures) == 1 else "")
    if measure not in measures:
        raise Unacceptable.at("measure", _("Say what the amount counts."))
    return measure, read_amount("amount", measure, amount)


def read_amount(field: str, measure: str, amount: str, *, least: int = 1) -> int:
    try:
        read = MEASURES[measure].read(amount)
    except NotAnAmount as fault:
        raise Unacceptable.at(field, str(fault)) from fault
    if read < least:
        raise Unacceptable.at(field, _("It must be more than nothing."))
    return read


def _level(factor: str, asked: int | None, basis: str, level: str) -> str:
    """What the rule names stands, whatever was chosen below it."""
    if level and level not in Level.values:
        raise Unacceptable.at("level", _("Choose who decides."))
    due = level_due(factor, asked, basis, clock.today())
    if due and level and level != due:
        least = said("energy", threshold_on(clock.today()))
        raise Unacceptable.at(
            "level",
            _("From %(least)s a year the province examines it: choose the province.") % {"least": least},
        )
    return due or level or Level.COUNTY


# --- the words of one that was only tapped together -----------------------------------------------------------


def title_for(wanted: Wanted, firm: Enterprise | None) -> str:
    """It stands on record, so it is in the language of the house."""
    with translation.override(settings.LANGUAGE_CODE):
        what = {
            "factor": Factor(wanted.factor).label,
            "amount": said(wanted.measure, wanted.asked),
            "firm": firm or "",
        }
        words = _("%(firm)s: %(factor)s %(amount)s") if what["amount"] else _("%(firm)s: %(factor)s")
        return (words % what)[:120]


def text_for(wanted: Wanted) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        what = {
            "factor": Factor(wanted.factor).label,
            "amount": said(wanted.measure, wanted.asked),
            "day": wanted.needed_by.isoformat(),
        }
        words = (
            _("Needed by %(day)s: %(factor)s %(amount)s.")
            if what["amount"]
            else _("Needed by %(day)s: %(factor)s.")
        )
        return words % what
