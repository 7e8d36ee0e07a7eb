"""Taking reports in, speaking with the reporter, and opening an identity."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises.models import Enterprise, Mandate, holder_of
from tisu.foundation import clock
from tisu.foundation.signatures import as_written
from tisu.foundation.textnorm import clean_text, narrow, readable
from tisu.foundation.writing import write
from tisu.loop.actor import REPORTER, Actor, person
from tisu.loop.faults import Conflict, NotAllowed, NotVisible, Unacceptable
from tisu.loop.interests import concern
from tisu.loop.models import Matter
from tisu.loop.papers import check, claim, hang_at_first
from tisu.loop.queries import OVERSIGHT_ROLES
from tisu.loop.register import register_matter
from tisu.loop.services import LONGEST_TITLE, checked_words, firm_by_code
from tisu.loop.walls import wall_off
from tisu.orgs.models import Duty, Unit
from tisu.voice import receipts
from tisu.voice.models import Channel, Identity, Message, Report
from tisu.voice.roles import OBSERVER

KIND = "report"
LONGEST_TOPIC = 60
LONGEST_CONTACT = 200
LONGEST_MESSAGE = 4_000


@dataclass(frozen=True)
class Taken:
    """A report that was taken in, and its receipt: the only time that the code can be had."""

    report: Report
    receipt_code: str


def take_report(
    *,
    text: str,
    anonymous: bool,
    title: str = "",
    topic: str = "",
    accused_unit: str | None = None,
    responsible_unit: str | None = None,
    enterprise: str | None = None,
    contact: str = "",
    documents: list | None = None,
    discipline: bool = False,
    channel: str = Channel.WEB,
    user: User | None = None,
    taken_by: User | None = None,
) -> Taken:
    """Take in a report and give its receipt.

    `user` is the reporter where signed in, `taken_by` the officer who enters it for someone else. Units and
    firm are named by their codes. Raises Unacceptable, naming the field, and then nothing was written: a
    discipline report above all, which must not be kept here in any form (domain.md M10.1, kind B). All that can be
    refused is refused before the transaction, so that on SQLite nobody waits for what is only checked.
    """
    if discipline:
        raise Unacceptable.at("discipline", discipline_channel())
    title, text = checked_words(title, text)
    topic = one_line("topic", topic, LONGEST_TOPIC)
    contact = one_line("contact", contact, LONGEST_CONTACT)
    user = user if user is not None and user.is_authenticated else None
    _agree_on_a_name(anonymous, contact, user)
    requester = None if anonymous else user
    accused, responsible = _unit("accused_unit", accused_unit), _unit("responsible_unit", responsible_unit)
    firm = firm_by_code(enterprise) or (requester and holder_of(requester))
    channel = _channel(requester) or channel
    check(documents, taken_by or user)
    with transaction.atomic():
        report = register_report(
            title=title,
            text=text,
            topic=topic,
            region=settings.REGION,
            channel=channel,
            anonymous=anonymous,
            actor=person(taken_by).signing_for(_unit_of(taken_by), *OVERSIGHT_ROLES) if taken_by else Actor(),
            accused=accused,
            responsible=responsible,
            enterprise=firm,
            requester=requester,
            taken_by=taken_by,
        )
        hang_at_first(report.matter, claim(documents, taken_by or user), reported=True)
        if contact:
            Identity.objects.create(report=report, contact=contact)
        return Taken(report, receipts.issue(report, rotates=taken_by is not None))


def register_report(
    *,
    title: str,
    text: str,
    region: str,
    channel: str,
    anonymous: bool,
    actor: Actor,
    topic: str = "",
    accused: Unit | None = None,
    responsible: Unit | None = None,
    enterprise: Enterprise | None = None,
    requester: User | None = None,
    taken_by: User | None = None,
    opened_by_unit_id: int | None = None,
    parent: Matter | None = None,
    origin: Report | None = None,
) -> Report:
    """Open the matter with readable words and keep the words as given beside it, the accused unit walled off.

    The register event is signed by the officer who entered it or by “reporter”, whoever that is.
    """
    matter = register_matter(
        kind=KIND,
        title=readable(title)[:LONGEST_TITLE],
        text=readable(text),
        region=region,
        actor=actor,
        requester=requester,
        opened_by_unit_id=opened_by_unit_id or _unit_of(taken_by),
        parent=parent,
    )
    concern(matter, _firms(enterprise, requester))
    if accused:
        wall_off(matter, accused, reason="accused")
    report = Report(
        matter=matter,
        origin=origin,
        channel=channel,
        title=title,
        text=text,
        topic=topic,
        anonymous=anonymous,
        accused_unit=accused,
        responsible_unit=None if responsible == accused else responsible,
        enterprise=enterprise,
        taken_by=taken_by,
    )
    write(report)
    return report


def _firms(named: Enterprise | None, requester: User | None) -> set[Enterprise]:
    """Whom the report concerns: the firm it names, and those that the reporter acts for, if known."""
    named_one = {named} if named else set()
    if requester is None:
        return named_one
    return named_one | set(
        Enterprise.objects.filter(mandates__in=Mandate.objects.on().filter(user=requester))
    )


def units_to_name() -> Iterable[Unit]:
    """The units of the county that a report may concern."""
    return Unit.objects.on().filter(region=settings.REGION).exclude(duty=Duty.ADMINISTRATION)


def discipline_channel() -> str:
    """Where a report about a named official's discipline goes instead."""
    return _(
        "Reports about an official's breach of discipline or duty go to the discipline commission alone, and "
        "nothing of this one was kept here: ring 12388, write a letter or call on the county commission."
    )


def nothing_is_left() -> str:
    """What an officer is told who would act on a discipline report otherwise than by handing it over."""
    return _(
        "This was screened as a discipline report: nothing of it is kept here, it can only be handed over."
    )


def _agree_on_a_name(anonymous: bool, contact: str, user: User | None) -> None:
    if anonymous and contact:
        raise Unacceptable.at(
            "contact", _("An anonymous report takes no contact: leave it out, or report under your name.")
        )
    if not anonymous and not contact and user is None:
        raise Unacceptable.at(
            "contact",
            _("One thing is missing: say how to reach you, or report anonymously."),
        )


def one_line(field: str, text: str | None, longest: int) -> str:
    cleaned = clean_text(text or "").strip().replace("\n", " ")
    if len(cleaned) > longest:
        raise Unacceptable.at(field, _("At most %(longest)s characters, please.") % {"longest": longest})
    return cleaned


def _unit(field: str, code: str | None) -> Unit | None:
    if not code or not code.strip():
        return None
    unit = units_to_name().filter(code=narrow(clean_text(code)).strip().lower()[:31]).first()
    if unit is None:
        raise Unacceptable.at(field, _("There is no unit with this code in the county."))
    return unit


def _channel(requester: User | None) -> str:
    """A signed-in observer or firm is its own channel; anyone else came the way the caller says."""
    if requester is None:
        return ""
    if standing_of(requester).has(OBSERVER):
        return Channel.OBSERVER
    return Channel.FIRM if holder_of(requester) else ""


def _unit_of(officer: User | None) -> int | None:
    roles = standing_of(officer).having(*OVERSIGHT_ROLES) if officer else iter(())
    return next((role.unit_id for role in roles), None)


# --- the dialogue --------------------------------------------------------------------------------------------


@transaction.atomic
def write_message(*, report: Report, text: str, signed: str, from_reporter: bool) -> Message:
    """Add a line to a dialogue. The line that stands last already is not written twice (a reload, a retry).

    How long a line may be is checked where a person types it; what the loop tells is as long as it is.
    """
    last = Message.objects.filter(report=report).last()
    if last and (last.from_reporter, last.text, last.signed) == (from_reporter, text, signed):
        return last
    return Message.objects.create(
        report=report, from_reporter=from_reporter, signed=signed, text=text, at=clock.now()
    )


def checked_message(text: str) -> str:
    text = clean_text(text).strip()
    if not text:
        raise Unacceptable.at("text", _("One thing is missing: write your message."))
    if len(text) > LONGEST_MESSAGE:
        raise Unacceptable.at(
            "text", _("A message has 4,000 characters at the most: send the rest as a second one.")
        )
    return text


@transaction.atomic
def reply(*, user: User, report: Report, text: str) -> Message:
    """A line to the reporter, signed by post. Office and supervision only, where no wall stands."""
    must_see(user, report)
    if not standing_of(user).has(*OVERSIGHT_ROLES):
        raise NotAllowed(_("Only the office and supervision speak with the reporter."))
    if report.is_discipline:
        raise Conflict(nothing_is_left())
    signed = standing_of(user).label_as(*OVERSIGHT_ROLES)
    return write_message(report=report, text=checked_message(text), signed=signed, from_reporter=False)


@transaction.atomic
def answer_as_requester(*, user: User, report: Report, text: str) -> Message:
    """A line from the firm or observer who reported while signed in."""
    must_see(user, report)
    if report.matter.requester_id != user.pk:
        raise NotAllowed(_("Only whoever reported it may write here as the reporter."))
    if report.is_discipline:
        raise Conflict(discipline_channel())
    return write_as_reporter(report=report.root, text=text)


def write_as_reporter(*, report: Report, text: str) -> Message:
    """A line from the reporter, unless all that is left of the report is a discipline report's number."""
    if report.is_discipline:
        raise Conflict(discipline_channel())
    return write_message(
        report=report, text=checked_message(text), signed=as_written(REPORTER), from_reporter=True
    )


def must_see(user: User, report: Report) -> None:
    if not Report.objects.visible_to(user).filter(pk=report.pk).exists():
        raise NotVisible(_("There is no such matter, or it is not yours to see."))
