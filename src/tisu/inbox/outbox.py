"""The outbox: what is due goes out, one row at a time, and each row keeps a state of its own.

A row is taken in one short transaction, sent outside of any, and marked in another: no letter holds the database.
A worker that dies in between leaves the row taken; after some minutes it comes due again and goes out with the
same idempotency key. So everything is sent at least once, and the other side can tell a repeat.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import lru_cache, partial, reduce
from operator import or_

from django.db.models import QuerySet

from tisu.accounts.models import PostHolding
from tisu.audit.models import Anchor
from tisu.foundation.duerows import one_due
from tisu.foundation.prepared import Blank, Prepared
from tisu.foundation.sealed import SealBroken
from tisu.inbox.channels import Channel, Fault, Refused, Unreachable, channel_of
from tisu.inbox.models import Delivery, Destination, Digest, Message, Status
from tisu.inbox.models.delivery import FIRST_WAIT, MOST_ATTEMPTS, TAKEN_FOR, DeliveryQuerySet, wait_after
from tisu.inbox.parcels import parcel_for
from tisu.inbox.realtime import real_now

logger = logging.getLogger(__name__)

Rows = Callable[[], DeliveryQuerySet]
FEW = 30  # people told at once whose places are asked for by a prepared query


# --- Putting in ------------------------------------------------------------------------------------------


def put_urgent(messages: Iterable[Message]) -> None:
    """Outbox rows for urgent messages just written: to each of the recipients' own destinations, and one to each robot.

    A unit's robot gets one row however many of the unit's people are told of the same thing. Which of the messages
    are new, and not a repeat that was left out, is asked only where there is a place to send them to.
    """
    told = {message.recipient_id: message for message in messages}
    places = _places_of(told)
    if not places:
        return
    new = Message.objects.filter(key__in=[message.key for message in told.values()])
    people = {message.recipient_id: message for message in new}
    rows = [
        Delivery(
            destination=place, message=people[place.user_id], topic=f"message:{people[place.user_id].key}"
        )
        for place in places
        if place.user_id in people
    ]
    robots = [place for place in places if place.user_id is None]
    Delivery.objects.bulk_create([*rows, *_for_robots(robots, people)], ignore_conflicts=True)


def _places_of(people: Collection[int]) -> list[Destination]:
    """Where these people and the groups are told."""
    if len(people) > FEW:
        in_use = Destination.objects.in_use()
        return list(in_use.filter(user__in=people) | in_use.of_groups())
    return _places(len(people))(**dict(zip(_blanks(len(people)), people, strict=True)))


@lru_cache(maxsize=FEW)
def _places(people: int) -> Prepared:
    """For so many people: each number has its own text."""
    return Prepared(partial(_own_and_groups, people))


def _own_and_groups(people: int) -> QuerySet:
    in_use = Destination.objects.in_use()
    own = (in_use.filter(user=Blank(name)) for name in _blanks(people))
    return reduce(or_, own) | in_use.of_groups()


def _blanks(people: int) -> list[str]:
    return [f"user{place}" for place in range(people)]


def _for_robots(robots: list[Destination], people: dict[int, Message]) -> Iterable[Delivery]:
    if not robots or not people:
        return
    held = PostHolding.objects.on().filter(
        user__in=people, post__unit__in=[robot.unit_id for robot in robots]
    )
    member = dict(held.order_by("-user").values_list("post__unit", "user"))
    for robot in robots:
        if robot.unit_id in member:
            message = people[member[robot.unit_id]]
            yield Delivery(destination=robot, message=message, topic=message.topic)


def put_digest(digest: Digest) -> None:
    places = Destination.objects.in_use().filter(user=digest.recipient_id, takes_digest=True)
    rows = [Delivery(destination=place, digest=digest, topic=f"digest:{digest.day}") for place in places]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def put_anchor(anchor: Anchor) -> None:
    """One row for each web hook that keeps anchors. Sent later: a keeper that is down holds up no anchor."""
    rows = [
        Delivery(destination=place, anchor=anchor, topic=f"anchor:{anchor.number}")
        for place in Destination.objects.in_use().keepers()
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


# --- Sending ---------------------------------------------------------------------------------------------


def due_letters() -> DeliveryQuerySet:
    return Delivery.objects.letters().due()


def due_codes() -> DeliveryQuerySet:
    return Delivery.objects.codes().due()


def due_anchors() -> DeliveryQuerySet:
    return Delivery.objects.anchors().due()


def send_one(rows: Rows) -> bool:
    """Send one due row. False when none is due."""
    row = _take(rows())
    if row is None:
        return False
    if row.status == Status.STUCK:
        return True
    try:
        parcel = parcel_for(row)
        if parcel is not None:
            _channel(row).send(parcel)
    except Fault as fault:
        _put_off(row, fault)
    except Exception as fault:  # of a channel or of what the row names: this row's, and no other row's
        logger.error("Delivery %s met %s", row.pk, type(fault).__name__)
        _put_off(row, Refused("seal" if isinstance(fault, SealBroken) else "program"))
    else:
        mark(row, Status.SENT if parcel else Status.DROPPED)
    return True


def _take(rows: DeliveryQuerySet) -> Delivery | None:
    """Mark the row as taken for some minutes and count the attempt, so that a crash counts as one too."""
    with one_due(rows) as row:
        if row is None:
            return None
        now = real_now()
        row.attempts += 1
        row.due_at, row.tried_first_at = now + TAKEN_FOR, row.tried_first_at or now
        if row.attempts > MOST_ATTEMPTS:  # every attempt ended with the worker's death
            row.status, row.fault = Status.STUCK, "program"
        row.save(update_fields=["attempts", "due_at", "tried_first_at", "status", "fault"])
    everything = (
        "destination__unit", "destination__user", "message__recipient", "digest__recipient", "anchor",
    )  # fmt: skip
    return Delivery.objects.select_related(*everything).filter(pk=row.pk).first()


def _channel(row: Delivery) -> Channel:
    channel = channel_of(row.destination.channel)
    if channel is None or not channel.is_ready():
        raise Refused("channel")
    return channel


def mark(row: Delivery, status: Status) -> None:
    """What has gone out has gone out, whoever holds the row by now."""
    sent_at = real_now() if status == Status.SENT else None
    Delivery.objects.filter(pk=row.pk).update(status=status, sent_at=sent_at, fault="")


def _put_off(row: Delivery, fault: Fault) -> None:
    """Later again, unless another worker has taken the row since or it has been tried often enough."""
    logger.warning("Delivery %s by %s failed: %s", row.pk, row.destination.channel, fault.code)
    now = real_now()
    mine = Delivery.objects.filter(pk=row.pk, attempts=row.attempts, status=Status.WAITING)
    status = Status.STUCK if row.attempts >= MOST_ATTEMPTS else Status.WAITING
    mine.update(status=status, fault=fault.code[:40], due_at=now + wait_after(row.attempts))
    if isinstance(fault, Unreachable):
        _spare_the_others(row, now)


def _spare_the_others(row: Delivery, now: datetime) -> None:
    """What hangs on the same silent server waits a minute, so that a worker does not knock a hundred times."""
    channel = channel_of(row.destination.channel)
    same = (
        {"destination__channel": channel.code} if channel.one_server else {"destination": row.destination_id}
    )
    others = Delivery.objects.due(now).filter(**same).exclude(pk=row.pk)
    others.order_by().update(due_at=now + FIRST_WAIT)


# --- The jobs --------------------------------------------------------------------------------------------

send_letter = partial(send_one, due_letters)
send_code = partial(send_one, due_codes)
send_anchor = partial(send_one, due_anchors)


def retry(row: Delivery) -> bool:
    """The administrator's button: due at once, counted from the beginning. False when nothing is wrong with it."""
    fresh = {
        "status": Status.WAITING,
        "attempts": 0,
        "due_at": real_now(),
        "tried_first_at": None,
        "fault": "",
    }
    return bool(Delivery.objects.troubled().filter(pk=row.pk).update(**fresh))
