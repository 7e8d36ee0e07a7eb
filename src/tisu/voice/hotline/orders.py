"""A work order taken in as a report, and what a later sheet says of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.enterprises.models import Enterprise
from tisu.foundation.digests import keyed_digest, keyed_digests, salted_digest
from tisu.loop.actor import Actor, person
from tisu.loop.queries import OVERSIGHT_ROLES
from tisu.orgs.models import Unit
from tisu.voice.hotline.models import Category, WorkOrder
from tisu.voice.models import Channel, Identity, Report
from tisu.voice.services import register_report, write_as_reporter

PURPOSE = "work order"
SAID_AGAIN = 3_900  # signs of a new text, which becomes one line of the dialogue
FACTS = ("category", "received_on", "due_on")
DAYS = ("received_on", "due_on")


@dataclass(frozen=True)
class Order:
    """What a sheet says of one work order. `contact` is empty for one that is to stay confidential."""

    number: str
    text: str
    title: str = ""
    category: str = ""
    received_on: date | None = None
    due_on: date | None = None
    responsible: Unit | None = None
    accused: Unit | None = None
    enterprise: Enterprise | None = None
    contact: str = ""

    @property
    def text_digest(self) -> str:
        return salted_digest(b"", f"{self.title}\n{self.text}".encode())


def find_order(number: str) -> WorkOrder | None:
    digests = keyed_digests(PURPOSE, number)
    return WorkOrder.objects.filter(number_digest__in=digests).select_related("report__matter").first()


@transaction.atomic
def take_order(order: Order, *, region: str, by: User | None) -> WorkOrder:
    """A new report, screened and clocked like any other. What its category means is filled in where nobody said it."""
    note_category(order.category, region)
    category = meaning_of(order.category, region)
    responsible = order.responsible or (category and category.responsible_unit)
    report = register_report(
        title=order.title,
        text=order.text,
        topic=(category.topic if category else "") or order.category[:60],
        region=region,
        channel=Channel.HOTLINE,
        anonymous=not order.contact,
        actor=person(by).signing_for(None, *OVERSIGHT_ROLES) if by else Actor(),
        accused=order.accused,
        responsible=responsible,
        enterprise=order.enterprise,
        taken_by=by,
    )
    if order.contact:
        Identity.objects.create(report=report, contact=order.contact)
    return WorkOrder.objects.create(
        report=report,
        number_digest=keyed_digest(PURPOSE, order.number),
        number=order.number,
        text_digest=order.text_digest,
        **{name: getattr(order, name) for name in FACTS},
    )


@transaction.atomic
def take_again(known: WorkOrder, order: Order) -> dict[str, Any] | None:
    """What a later sheet says anew: its facts, and new words as a line of the reporter. None when nothing is new.

    Of a discipline report nothing comes in again, and what it began with is nothing new. Given back are the days that
    stood there before.
    """
    if known.report.is_discipline:
        return None
    changes = {name: new for name in FACTS if (new := getattr(order, name)) and new != getattr(known, name)}
    given = (known.report.title, known.report.text)
    if order.text_digest != known.text_digest and (order.title, order.text) != given:
        said = "\n".join(filter(None, (order.title, order.text)))[:SAID_AGAIN]
        write_as_reporter(report=known.report.root, text=_("From the hotline: %(text)s") % {"text": said})
        changes["text_digest"] = order.text_digest
    if not changes:
        return None
    WorkOrder.objects.filter(pk=known.pk).update(**changes)
    return {
        name: day.isoformat() if (day := getattr(known, name)) else "" for name in DAYS if name in changes
    } or {"said": True}


def give_back(order_pk: int, before: dict[str, Any]) -> None:
    """The days as they were; what was said in the dialogue stays said."""
    days = {name: date.fromisoformat(day) if day else None for name, day in before.items() if name in DAYS}
    if days:
        WorkOrder.objects.filter(pk=order_pk).update(**days)


def meaning_of(name: str, region: str) -> Category | None:
    """What the office said that this category means: the whole of it, or the part before its last stroke."""
    while name:
        found = (
            Category.objects.filter(region_id=region, name=name).select_related("responsible_unit").first()
        )
        if found and found.is_known:
            return found
        name = name.rpartition("/")[0]
    return None


def note_category(name: str, region: str) -> None:
    """One that was never seen stands on the office's page from now on."""
    if name:
        Category.objects.get_or_create(region_id=region, name=name)


def forget_order(report: Report) -> None:
    """Of a discipline report only the digest of its number stays."""
    WorkOrder.objects.filter(report=report).update(
        number="", category="", received_on=None, due_on=None, text_digest=""
    )
