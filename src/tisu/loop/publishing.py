"""Publishing a notice of the calendar: once, on top of the calendar that the preview was reckoned with."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import PostHolding, User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation import calendars
from tisu.foundation.calendars import as_draft, current_version, notices_between
from tisu.foundation.drafts import Draft
from tisu.foundation.models import CalendarNotice
from tisu.inbox.services import tell
from tisu.orgs.models import Post, Role, within


class Overtaken(Exception):
    """Another notice was published since the preview: what this one would move has to be looked at again."""


def publish_once(draft: Draft, *, seen: str, user: User | None) -> CalendarNotice:
    """The notice as it stands in the calendar; sent twice, it is published once. None: from the command line.

    The county leaders are told of an order that lets dates come forward: it is given in their name. `seen` is the version that the preview was reckoned with. Raises Overtaken, or ValidationError for a notice
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
            _tell_leaders(notice)
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


def _tell_leaders(notice: CalendarNotice) -> None:
    if not notice.order:
        return
    posts = Post.objects.on().filter(within("unit__region_id", notice.region), role=Role.COUNTY_LEADER)
    tell(
        rule="calendar-order/1",
        about=None,
        period=str(notice.number),
        recipients=User.objects.filter(
            holdings__in=PostHolding.objects.on().filter(post__in=posts)
        ).distinct(),
        subject=_("A calendar notice was loaded by order: dates already told may come earlier"),
        text=f"{notice.title} · {notice.order}",
    )


def _record(notice: CalendarNotice, user: User | None) -> None:
    record(
        act="publish-notice",
        about=notice.title,
        actor=user,
        signed=standing_of(user).label_as(Role.OFFICE_LEAD) if user else notice.loaded_by,
        reason=notice.order,
        number=notice.number,
        kind=str(notice.kind),
        region=notice.region,
        digest=notice.digest,
    )
