"""What `tisu doctor` and the system administrator are told of the worker and the outbox."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tisu.foundation.heartbeat import is_alive, somebody_works
from tisu.foundation.models import WorkerBeat
from tisu.inbox.models import Delivery, Message


def state_in_words(beat: WorkerBeat, now: datetime) -> str:
    if beat.stopped_at is not None:
        return _("ended in good order")
    return _("alive") if is_alive(beat, now) else _("silent: it has probably died")


def no_worker() -> Iterator[str]:
    """No worker for ten minutes. An installation in which nothing was ever said needs none yet; a demonstration has
    one for as long as it is served."""
    if settings.DEMONSTRATION or somebody_works():
        return
    last = WorkerBeat.objects.first()
    if last:
        seen = timezone.localtime(last.seen_at)
        yield _("No worker has been heard of since %(time)s: start tisu worker.") % {
            "time": f"{seen:%Y-%m-%d %H:%M}"
        }
    elif Message.objects.exists():
        yield _("No worker has ever run here, so nothing goes out: start tisu worker.")


def stuck_letters() -> Iterator[str]:
    count = Delivery.objects.stuck().count()
    if count:
        yield ngettext(
            "%(count)d letter is stuck in the outbox: see /system/outbox.",
            "%(count)d letters are stuck in the outbox: see /system/outbox.",
            count,
        ) % {"count": count}
