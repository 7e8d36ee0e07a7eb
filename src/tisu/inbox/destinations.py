"""Where a person wants to be written to, and a unit's group robots: adding, confirming, removing."""

import secrets
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from tisu.accounts.models import User
from tisu.audit.record import record
from tisu.foundation.digests import keyed_digests
from tisu.foundation.textnorm import narrow
from tisu.inbox.channels import Channel
from tisu.inbox.models import Delivery, Destination, Status
from tisu.inbox.models.destination import CODE_LIFE
from tisu.inbox.realtime import real_now
from tisu.orgs.models import Unit

MOST_OF_A_PERSON = 5
MOST_CODES_A_DAY = 10  # of one person, so that nobody floods a stranger's phone at the county's cost
DAY = 24 * 3600
CODE_DIGITS = 6


@transaction.atomic
def add_own(*, user: User, channel: Channel, address: str, takes_digest: bool) -> Destination:
    """Add an address and send the code that confirms it. ValidationError at `address` says what is wrong.

    Sending the form twice adds one: an address that waits for its code simply waits on.
    """
    User.objects.select_for_update().get(pk=user.pk)  # two forms at once are one after the other
    place = _place(channel, address, user=user, takes_digest=takes_digest)
    known = _same(place).first()
    if known and known.is_confirmed:
        raise ValidationError({"address": _("You have this address already.")})
    if known:
        return known
    if Destination.objects.of(user).count() >= MOST_OF_A_PERSON:
        raise ValidationError(
            {"address": _("You have %(most)s addresses: remove one first.") % {"most": MOST_OF_A_PERSON}}
        )
    place.save()
    send_code(place)
    return place


@transaction.atomic
def send_code(place: Destination) -> None:
    """A new code, valid for half an hour; the one before it is void."""
    _count_code(place.user)
    place.code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    place.code_until, place.code_tries = real_now() + CODE_LIFE, 0
    place.save(update_fields=["code", "code_until", "code_tries"])
    place.deliveries.codes().filter(status=Status.WAITING).update(status=Status.DROPPED)
    Delivery.objects.create(destination=place, topic=f"code:{secrets.token_hex(8)}")


def _count_code(user: User) -> None:
    key = f"inbox-codes:{user.pk}"
    asked = cache.get(key, 0)
    cache.set(key, asked + 1, DAY)
    if asked >= MOST_CODES_A_DAY:
        raise ValidationError(
            _("You asked for %(most)s codes within a day: try again tomorrow.") % {"most": MOST_CODES_A_DAY}
        )


def confirm(place: Destination, code: str) -> bool:
    """True when the code fits. Every wrong one counts; after five a new code is needed."""
    with transaction.atomic():
        place = Destination.objects.select_for_update().get(pk=place.pk)
        if place.is_confirmed:
            return True
        if not place.can_still_be_confirmed:
            return False
        if not constant_time_compare(narrow(code).strip(), place.code.open()):
            place.code_tries += 1
            place.save(update_fields=["code_tries"])
            return False
        place.confirmed_at, place.code, place.code_until = real_now(), None, None
        place.save(update_fields=["confirmed_at", "code", "code_until"])
    return True


def remove_own(place: Destination) -> None:
    """The address goes, and with it whatever was on its way there."""
    place.delete()


@transaction.atomic
def add_robot(
    *, actor: User, unit: Unit, channel: Channel, address: str, secret: str, takes_anchors: bool = False
) -> Destination:
    """A unit's group robot or keeper of anchors, set up by the system administrator and so in use at once."""
    if channel.asks_secret == "required" and not secret:
        raise ValidationError({"secret": _("This kind of robot needs a secret: letters to it are signed.")})
    if takes_anchors and not channel.takes_anchors:
        raise ValidationError({"takes_anchors": _("Only a signed web hook can keep anchors.")})
    given = {"takes_digest": False, "takes_anchors": takes_anchors, "confirmed_at": real_now()}
    place = _place(channel, address, unit=unit, **given)
    place.secret = secret or None
    if _same(place).exists():
        raise ValidationError({"address": _("%(unit)s has this robot already.") % {"unit": unit}})
    place.save()
    record(
        act=f"add-{_called(place)}", about=unit.name, actor=actor, channel=place.channel, robot=place.masked
    )
    return place


@transaction.atomic
def remove_robot(*, actor: User, robot: Destination) -> None:
    robot.delete()
    act = f"remove-{_called(robot)}"
    record(act=act, about=robot.unit.name, actor=actor, channel=robot.channel, robot=robot.masked)


def _called(robot: Destination) -> str:
    return "keeper" if robot.takes_anchors else "robot"


def _place(channel: Channel, address: str, **whose: Any) -> Destination:
    """A destination not yet saved; the address is read as half-width and as its channel writes it."""
    try:
        address = channel.clean(narrow(address).strip())
    except ValidationError as fault:
        raise ValidationError({"address": fault.messages}) from None
    digest = keyed_digests("destination", address)[0]
    place = Destination(
        channel=channel.code, masked=channel.mask(address)[:80], address_digest=digest, **whose
    )
    place.address = address
    return place


def _same(place: Destination):
    digests = keyed_digests("destination", place.address.open())
    rows = Destination.objects.filter(channel=place.channel, address_digest__in=digests)
    return rows.filter(user=place.user_id, unit=place.unit_id)
