"""First passwords for accounts that came in by a sheet: given out once, for all of them, on a sheet to be cut up.

They are kept nowhere else, and each is to be changed at the first sign-in, since somebody else has seen it.
"""

from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from tisu.accounts.models import PostHolding, User
from tisu.accounts.services import new_password
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation.listed import listed
from tisu.foundation.sheets.writing import Cut, write_xlsx
from tisu.orgs.models import Role

AT_ONCE = 100  # a slow hash each: some seconds


def without_password() -> QuerySet[User]:
    """Accounts that nobody could ever sign in to."""
    return User.objects.filter(is_active=True, last_login=None, password__startswith="!").order_by("username")


@transaction.atomic
def give_first_passwords(*, actor: User) -> IO[bytes]:
    """A workbook with name, user name and password, one line each. ValidationError when nobody waits for one."""
    held = PostHolding.objects.on().select_related("post__unit")
    waiting = without_password().prefetch_related(Prefetch("holdings", held, to_attr="held"))
    rows = [_given(user) for user in waiting.select_for_update(of=("self",))[:AT_ONCE]]
    if not rows:
        raise ValidationError(_("Every account has a password: a lost one is given back one by one."))
    record(
        act="first-passwords",
        about=_("%(n)s accounts") % {"n": len(rows)},
        actor=actor,
        signed=standing_of(actor).label_as(Role.SYSTEM_ADMIN),
        usernames=[row[1] for row in rows],
    )
    headers = [_("Person"), _("User name"), _("Mobile number"), _("Posts today"), _("First password")]
    return write_xlsx(headers, Cut(rows), _("First passwords"))


def _given(user: User) -> list[str]:
    password = new_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    return [
        user.name,
        user.username,
        user.mobile or "",
        listed(holding.post for holding in user.held),
        password,
    ]
