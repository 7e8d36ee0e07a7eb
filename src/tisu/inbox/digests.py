"""The morning digest: one for each person on a working day, when the office opens (loop.md §4, point 9)."""

from datetime import datetime, time

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from tisu.accounts.models import User
from tisu.foundation import clock
from tisu.foundation.calendars import calendar_of
from tisu.inbox.models import Destination, Digest, Message
from tisu.inbox.outbox import put_digest


def due_people() -> QuerySet[User]:
    """Who is to get today's digest: told before the office opened, not yet written to today.

    Nobody before the opening and on days off: what was said since waits for the next working morning.
    """
    opening = todays_opening()
    if opening is None or clock.now() < opening:
        return User.objects.none()
    person = OuterRef("pk")
    reachable = Destination.objects.in_use().filter(user=person, takes_digest=True)
    told = Message.objects.waiting_for_a_digest().filter(recipient=person, at__lt=opening)
    written = Digest.objects.filter(recipient=person, day=clock.local_day(opening))
    people = User.objects.filter(Exists(reachable), Exists(told), ~Exists(written), is_active=True)
    return people.order_by("pk")


def todays_opening() -> datetime | None:
    """When the office opens today; None on a day off."""
    calendar, today = calendar_of(settings.REGION), clock.today()
    if not calendar.is_workday(today):
        return None
    return calendar.next_opening(clock.moment(today, time.min))


def write_one() -> bool:
    """Write the digest of one person. False when nobody is to get one now.

    The row of a person and a day is unique: of two workers one writes it, and a day that comes again after the
    clock was set back has it already. It is written also when nothing in it may be seen: then nothing goes out.
    """
    person = due_people().first()
    if person is None:
        return False
    opening = todays_opening()
    try:
        with transaction.atomic():
            digest = Digest.objects.create(recipient=person, day=clock.local_day(opening))
            told = Message.objects.shown_to(person).waiting_for_a_digest().filter(at__lt=opening)
            keys = list(told.values_list("pk", flat=True))
            if Message.objects.filter(pk__in=keys).update(digest=digest):
                put_digest(digest)
    except IntegrityError:
        pass  # another worker was quicker
    return True
