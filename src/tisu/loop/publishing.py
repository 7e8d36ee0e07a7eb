"""Publishing a notice of the calendar: once, on top of the calendar that the preview was reckoned with."""

from django.db import transaction

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation import calendars
from tisu.foundation.calendars import as_draft, current_version, notices_between
from tisu.foundation.drafts import Draft
from tisu.foundation.models import CalendarNotice


class Overtaken(Exception):
    """Another notice was published since the preview: what this one would move has to be looked at again."""


def publish_once(draft: Draft, *, seen: str, user: User) -> CalendarNotice:
    """The notice as it stands in the calendar; sent twice, it is published once.

    `seen` is the version that the preview was reckoned with. Raises Overtaken, or ValidationError for a notice
    that cannot be published; then nothing was written.
    """
    if done := published_since(draft, seen):
        return done
    if seen != current_version():
        raise Overtaken
    try:
        with transaction.atomic():
            notice = calendars.publish(draft)
            if notices_between(seen, current_version()) != (notice,):
                raise Overtaken
            _record(notice, user)
    finally:
        calendars.forget()  # what was read inside the transaction may have been undone
    return notice


def published_since(draft: Draft, seen: str) -> CalendarNotice | None:
    """The same notice, when it is the one that came next after the version seen."""
    try:
        since = notices_between(seen, current_version())
    except ValueError:
        return None
    return since[0] if since and as_draft(since[0]) == draft else None


def _record(notice: CalendarNotice, user: User) -> None:
    record(
        act="publish-notice",
        about=notice.title,
        actor=user,
        signed=standing_of(user).label,
        reason=notice.order,
        number=notice.number,
        kind=str(notice.kind),
        region=notice.region,
        digest=notice.digest,
    )
