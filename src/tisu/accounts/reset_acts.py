"""The act by which a reset is begun, on the pages of those who may."""

from django.utils.translation import gettext as _

from tisu.accounts.acts import PageAct
from tisu.accounts.forms import ResetForm
from tisu.accounts.models import User
from tisu.accounts.resets import begin


def reset_act(actor: User, user: User) -> PageAct:
    return PageAct(
        "reset",
        _("Give a new password"),
        ResetForm,
        lambda data: begin(actor=actor, user=user, **data) and None,
        _("Begun. Another person must confirm it within 24 hours; they were told."),
        why=_(
            "Two persons give it: you begin, another one confirms and hands over a code that is used once."
        ),
    )
