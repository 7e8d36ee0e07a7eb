"""What was done and what comes next, in one sentence (look.md: after acting the card folds away)."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.loop.cards import units_of
from tisu.loop.models import Matter
from tisu.loop.stages import Stage
from tisu.web.templatetags.web import han_date

SENTENCES = {
    "screen": gettext_lazy("Screened. It now stands under “To assign”."),
    "assign": gettext_lazy("Assigned to %(units)s, due on %(due)s. The unit accepts it next."),
    "hand_over": gettext_lazy("Handed over. It ends here."),
    "split": gettext_lazy("Split. Each part now stands under “To assign”."),
    "refuse_acceptance": gettext_lazy("Not accepted. It ends here; whoever reported reads the reason."),
    "accept": gettext_lazy("Accepted. Submit the result by %(due)s."),
    "return": gettext_lazy("Returned. The office assigns it anew."),
    "report": gettext_lazy("Your report is in the timeline. The result is due on %(due)s."),
    "co_done": gettext_lazy("Your part is done. The lead unit goes on with it."),
    "co_confirm": gettext_lazy("The co-unit's part is confirmed."),
    "co_waive": gettext_lazy("The co-unit's part is waived; the reason is in the timeline."),
    "submit": gettext_lazy(
        "Submitted, the clock has stopped. Someone who did not handle it verifies it next."
    ),
    "withdraw": gettext_lazy("Withdrawn. The clock goes on as if it had not stopped; due on %(due)s."),
    "begin_verification": gettext_lazy("Verification has begun. The unit can no longer withdraw."),
    "pass": gettext_lazy("Passed and closed. Whoever raised it is asked what they think."),
    "fail": gettext_lazy("Sent back to %(units)s to be redone, due on %(due)s."),
    "urge": gettext_lazy("Urged. The unit reads it on the matter."),
    "request_approval": gettext_lazy("Asked. The leader in charge decides."),
    "approve": gettext_lazy("Approved. The office assigns it next."),
    "refuse": gettext_lazy("Refused. It is a draft again, with your reason."),
    "request_extension": gettext_lazy("Asked. Until it is granted the due day stays %(due)s."),
    "request_suspension": gettext_lazy("Asked. Until it is granted the clock runs on; due on %(due)s."),
    "request_transfer": gettext_lazy("Asked. Until it is granted it stays with %(units)s."),
    "request_cancellation": gettext_lazy("Asked. A county leader decides."),
    "request_content_change": gettext_lazy("Asked. The office decides."),
    "decline": gettext_lazy("Declined; whoever asked reads the reason."),
    "withdraw_request": gettext_lazy("The request is withdrawn."),
    "resume": gettext_lazy("Resumed. It is due on %(due)s."),
    "escalate": gettext_lazy("The superior watches it from now on."),
    "merge": gettext_lazy("Merged. It goes on in the other matter."),
    "unmerge": gettext_lazy("Taken apart. It goes on where it stood."),
    "reopen": gettext_lazy("Reopened for %(units)s, due on %(due)s."),
    "appeal_rating": gettext_lazy("Your objection is with the office. All ratings are kept."),
    "instruct": gettext_lazy("The instruction stands on the matter, in your post's name."),
    "rate": gettext_lazy("Thank you. You may change the rating once."),
}


# What granting leads to is told by where the matter then stands.
GRANTED = {
    Stage.ASSIGNED: gettext_lazy("Granted. %(units)s accepts it next; due on %(due)s as before."),
    Stage.CANCELLED: gettext_lazy("Granted. The matter is cancelled and stays on record."),
}
GRANT = gettext_lazy("Granted. It is due on %(due)s.")
SUSPENDED = gettext_lazy("Granted. The clock stands until %(until)s; then it is due on %(due)s.")


def done_sentence(code: str, matter: Matter) -> str:
    sentence = _granted(matter) if code == "grant" else SENTENCES.get(code) or _("Done.")
    return str(sentence) % {
        "units": units_of(matter),
        "due": han_date(matter.due_at),
        "until": han_date(matter.suspended_until),
    }


def _granted(matter: Matter) -> Any:
    if not matter.is_open:
        return GRANTED.get(matter.stage, gettext_lazy("Decided; it stands with the requests of the matter."))
    return SUSPENDED if matter.suspended_until else GRANTED.get(matter.stage, GRANT)
