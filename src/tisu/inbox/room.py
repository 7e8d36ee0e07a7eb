from django.utils.translation import gettext_lazy as _

from tisu.accounts.gates import is_one
from tisu.foundation.rooms import Door, Job, Pane, Room, TextSender
from tisu.inbox.bell import bell
from tisu.inbox.channels.hooks import DingTalk, SignedHook, WeCom
from tisu.inbox.channels.mail import Mail
from tisu.inbox.channels.sms import Sms, send_text
from tisu.inbox.digests import due_people, write_one
from tisu.inbox.outbox import (
    due_anchors,
    due_codes,
    due_letters,
    put_anchor,
    send_anchor,
    send_code,
    send_letter,
)
from tisu.inbox.services import tell
from tisu.inbox.tables import LETTERS_OUT
from tisu.inbox.watch import no_worker, stuck_letters
from tisu.orgs.models import Role

ROOM = Room(
    doors=(
        Door(_("Outbox"), "outbox:letters", is_one(Role.SYSTEM_ADMIN), order=30, icon="forward"),
        Door(_("Workers"), "outbox:workers", is_one(Role.SYSTEM_ADMIN), order=40, icon="clock"),
    ),
    panes=(Pane("bell", "inbox/bell.html", bell),),
    jobs=(
        Job("digests", _("Morning digests"), write_one, lambda: due_people().count(), quiet=True),
        Job(
            "outbox",
            _("Letters to people and groups"),
            send_letter,
            lambda: due_letters().count(),
            quiet=True,
        ),
        Job("codes", _("Codes that confirm an address"), send_code, lambda: due_codes().count()),
        Job("anchors", _("Anchors to their keepers"), send_anchor, lambda: due_anchors().count()),
    ),
    anchor_sinks=(put_anchor,),
    tellers=(tell,),
    text_senders=(TextSender(Sms().is_ready, send_text),),
    channels=(Mail(), Sms(), SignedHook(), WeCom(), DingTalk()),
    exports=(LETTERS_OUT,),
    faults=(no_worker, stuck_letters),
    acts=(
        ("add-keeper", _("set up a web hook that keeps anchors")),
        ("remove-keeper", _("removed a web hook that keeps anchors")),
        ("add-robot", _("set up a group robot")),
        ("remove-robot", _("removed a group robot")),
        ("retry-letter", _("had a stuck letter tried again")),
    ),
)
