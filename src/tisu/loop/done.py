"""What was done and what comes next, in one sentence (look.md: after acting the card folds away)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.loop.cards import units_of
from tisu.loop.models import Matter
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
    "instruct": gettext_lazy("The instruction stands on the matter, in your post's name."),
    "rate": gettext_lazy("Thank you. You may change the rating once."),
}


def done_sentence(code: str, matter: Matter) -> str:
    sentence = SENTENCES.get(code) or _("Done.")
    return str(sentence) % {"units": units_of(matter), "due": han_date(matter.due_at)}
