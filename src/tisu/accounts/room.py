from django.utils.translation import gettext_lazy as _

from tisu.accounts.demonstrators import strays_at_the_start
from tisu.accounts.gates import is_one
from tisu.accounts.own import own_page
from tisu.accounts.standing import roles_from_delegations, roles_from_posts
from tisu.accounts.tables import EXPORTS, IMPORTS
from tisu.foundation.rooms import Door, Pane, Room
from tisu.orgs.models import Role

ROOM = Room(
    signatures=("no post", "%(post)s (by secretary)", "%(post)s (by leave cover)"),
    doors=(
        Door(_("Units and posts"), "accounts:units", is_one(Role.SYSTEM_ADMIN), order=10, icon="settings"),
        Door(_("People"), "accounts:people", is_one(Role.SYSTEM_ADMIN), order=20, icon="people"),
        Door(_("Account security"), "accounts:security", is_one(Role.SECURITY_ADMIN), order=10, icon="lock"),
        Door(_("Audit ledger"), "accounts:ledger", is_one(Role.AUDITOR), order=10, icon="ledger"),
        Door(_("Integrity"), "accounts:chains", is_one(Role.AUDITOR), order=20, icon="lock"),
    ),
    role_sources=(roles_from_posts, roles_from_delegations),
    panes=(Pane("menu", "accounts/menu_line.html", own_page),),
    start_checks=(strays_at_the_start,),
    imports=IMPORTS,
    exports=EXPORTS,
    public=frozenset({"account_login", "account_logout"}),
    acts=(
        ("add-user", _("added an account")),
        ("rename-user", _("changed a person's name")),
        ("hold-post", _("gave a post to a person")),
        ("end-holding", _("ended a person's time in a post")),
        ("appoint-secretary", _("appointed a secretary")),
        ("end-secretary", _("ended a secretary's time")),
        ("end-post", _("ended a post")),
        ("take-leave", _("arranged a leave cover")),
        ("end-leave", _("ended a leave cover sooner")),
        ("lock-account", _("locked an account")),
        ("unlock-account", _("unlocked an account")),
        ("end-sessions", _("ended all sessions of a person")),
        ("reset-password", _("gave a new password")),
        ("change-password", _("changed their own password")),
        ("open-sealed", _("opened what was sealed")),
    ),
)
