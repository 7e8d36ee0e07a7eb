"""The acts of a page on which leaves are arranged: one's own, and the system administrator's of a post."""

from functools import partial

from django.utils.translation import gettext as _

from tisu.accounts.acts import PageAct
from tisu.accounts.covers import colleagues, covers_arranged_by, end_cover, holdings_arranged_by, take_leave
from tisu.accounts.leave_forms import EndCoverForm, LeaveForm
from tisu.accounts.models import User
from tisu.foundation import clock
from tisu.orgs.models import Post


def leave_acts(user: User, post: Post | None = None) -> list[PageAct]:
    """Entering a leave and ending a cover sooner, of whomever this person may; or at this post alone."""
    at = {"post": post} if post else {}
    holdings, covers = holdings_arranged_by(user).filter(**at), covers_arranged_by(user).filter(**at)
    acts = []
    if posts := [row.post for row in holdings]:
        people = colleagues(posts, clock.today())
        acts.append(
            PageAct(
                "leave", _("Arrange a leave cover"), partial(LeaveForm, holdings=holdings, people=people),
                lambda data: take_leave(actor=user, **data), _("The cover is arranged, and told of it."), "quiet",
                _("It ends by itself on the last day. Open matters stay with the post."),
            )
        )  # fmt: skip
    if covers:
        acts.append(
            PageAct(
                "end_leave", _("End a cover sooner"), partial(EndCoverForm, covers=covers),
                lambda data: end_cover(actor=user, **data), _("The cover ends on that day."),
            )
        )  # fmt: skip
    return acts
