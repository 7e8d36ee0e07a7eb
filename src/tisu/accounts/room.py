from django.utils.translation import gettext_lazy as _

from tisu.accounts.demonstrators import strays_at_the_start
from tisu.accounts.gates import is_one
from tisu.accounts.handed_over import STANDING_IN
from tisu.accounts.own import own_page, works_here
from tisu.accounts.spent import count_spent, forget_spent
from tisu.accounts.standing import roles_from_delegations, roles_from_posts
from tisu.accounts.tables import EXPORTS, IMPORTS
from tisu.accounts.text_codes import due_codes, send_one_code
from tisu.accounts.unit_changes import take_change
from tisu.foundation.rooms import Door, Job, Pane, Room
from tisu.orgs.models import Role, UnitChange

ROOM = Room(
    signatures=("no post", "%(post)s (by secretary)", "%(post)s (by leave cover)"),
    doors=(
        Door(_("Units and posts"), "accounts:units", is_one(Role.SYSTEM_ADMIN), order=10, icon="settings"),
        Door(_("People"), "accounts:people", is_one(Role.SYSTEM_ADMIN), order=20, icon="people"),
        Door(_("Account security"), "accounts:security", is_one(Role.SECURITY_ADMIN), order=10, icon="lock"),
        Door(_("Audit ledger"), "accounts:ledger", is_one(Role.AUDITOR), order=10, icon="ledger"),
        Door(_("Integrity"), "accounts:chains", is_one(Role.AUDITOR), order=20, icon="lock"),
        Door(_("Who is where"), "accounts:chart", works_here, order=95, icon="people"),
    ),
    role_sources=(roles_from_posts, roles_from_delegations),
    panes=(Pane("menu", "accounts/menu_line.html", own_page),),
    hand_over_lists=(STANDING_IN,),
    jobs=(
        Job(
            "unit-changes", _("Units merged and split"), take_change, lambda: UnitChange.objects.due().count()
        ),
        Job("sign-in-codes", _("Codes to sign in with"), send_one_code, lambda: due_codes().count()),
        Job("sign-in-spent", _("Sessions and codes that have ended"), forget_spent, count_spent),
    ),
    start_checks=(strays_at_the_start,),
    imports=IMPORTS,
    exports=EXPORTS,
    public=frozenset(
        {
            "account_login",
            "account_logout",
            "mfa_authenticate",
            "mfa_login_webauthn",
            "lost-password",
            "lost-password-code",
            "sign-in-by",
            "dingtalk_callback",
            "weixin_callback",
            "feishu_callback",
            "oidc_callback",
        }
    ),
    acts=(
        ("add-user", _("added an account")),
        ("first-passwords", _("gave out first passwords")),
        ("rename-user", _("changed a person's name")),
        ("set-mobile", _("changed a person's mobile number")),
        ("add-factor", _("set up a second factor")),
        ("remove-factor", _("removed a second factor")),
        ("new-recovery-codes", _("made new recovery codes")),
        ("hold-post", _("gave a post to a person")),
        ("end-holding", _("ended a person's time in a post")),
        ("appoint-secretary", _("appointed a secretary")),
        ("end-secretary", _("ended a secretary's time")),
        ("end-post", _("ended a post")),
        ("sign-hand-over", _("signed a hand-over as whoever left")),
        ("sign-take-over", _("signed a hand-over as whoever took over")),
        ("take-leave", _("arranged a leave cover")),
        ("end-leave", _("ended a leave cover sooner")),
        ("lock-account", _("locked an account")),
        ("unlock-account", _("unlocked an account")),
        ("end-sessions", _("ended all sessions of a person")),
        ("end-session", _("ended a session")),
        ("make-token", _("made a token for a program")),
        ("end-token", _("ended a token of a program")),
        ("link-account", _("linked another house's account")),
        ("unlink-account", _("unlinked another house's account")),
        ("reset-password", _("gave a new password")),
        ("begin-reset", _("began to give a new password")),
        ("confirm-reset", _("confirmed that a new password is given")),
        ("refuse-reset", _("refused to confirm a new password")),
        ("use-reset", _("chose a new password with a code of two persons")),
        ("reset-by-text", _("chose a new password with a code sent to the phone")),
        ("confirm-mobile", _("confirmed their mobile number")),
        ("change-password", _("changed their own password")),
        ("open-sealed", _("opened what was sealed")),
    ),
)
