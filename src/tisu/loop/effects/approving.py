"""Asking a leader whether a matter is to be taken up (立项): only where its type asks for it."""

from django.utils.translation import gettext as _

from tisu.loop.faults import Conflict, NotAllowed
from tisu.loop.models import Event, Watch
from tisu.loop.superiors import superiors_of


def request_approval(act) -> None:
    """The leader in charge sees it from now on."""
    matter = act.matter
    if matter.watches.exists():
        return
    posts = superiors_of(matter)
    if not posts:
        raise Conflict(_("No county leader may approve it: appoint one, or ask the office."))
    Watch.objects.create(matter=matter, post=posts[0], level=0, since=act.at)


def approve(act) -> None:
    """Whoever wrote it does not approve it."""
    authors = Event.objects.filter(matter=act.matter, action__in=("register", "request_approval"))
    if authors.filter(actor=act.actor.user).exists():
        raise NotAllowed(_("Whoever wrote it does not approve it: another person must."))
