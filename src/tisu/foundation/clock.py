"""The only code that reads the time for the domain.

The domain's time is real time plus the instance's offset (a demonstration county lives on 22 May 2023).
Sessions, tokens and jobs live on real time and do not come here. Inside `at()` the clock stands still, which
is how tests freeze it and how the demonstration county is given a past.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

_stopped: ContextVar[datetime | None] = ContextVar("stopped_clock", default=None)


def now() -> datetime:
    """The domain's moment, aware."""
    return _stopped.get() or timezone.now() + settings.CLOCK_OFFSET


def today() -> date:
    """The domain's local day (Asia/Shanghai), the same for every reader wherever the phone is."""
    return local_day(now())


def local_day(moment: datetime) -> date:
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def moment(day: date, at: time) -> datetime:
    """A local day and time of day as an aware moment."""
    return timezone.make_aware(datetime.combine(day, at), timezone.get_default_timezone())


@contextmanager
def at(instant: datetime) -> Iterator[datetime]:
    """Stop the clock at an aware moment for the length of the block."""
    token = _stopped.set(instant)
    try:
        yield instant
    finally:
        _stopped.reset(token)


def local(instant: datetime) -> datetime:
    """The same moment with the county's offset, as the API writes it."""
    return timezone.localtime(instant, timezone.get_default_timezone())
