"""Why a clock may stand still: the listed reasons of domain.md M0.3 in words, and how a reason is told."""

from django.utils.translation import gettext_lazy as _

SUSPENSIONS = {
    "supplement": _("waiting for documents to be supplemented"),
    "hearing": _("hearing"),
    "appraisal": _("technical appraisal, inspection or expert review"),
    "court": _("before a court, in arbitration or reconsideration"),
    "firm": _("at the firm's own request"),
    "superior": _("waiting for a decision of a higher authority"),
    "force_majeure": _("natural disaster or other force majeure"),
}
STRETCHES = {
    "verification": _("the result was being verified"),
    "merged": _("merged into another matter"),
}


def in_words(reason: str) -> str:
    """A listed reason by its words, any other as it was written."""
    return str((SUSPENSIONS | STRETCHES).get(reason, reason))


def is_listed(reason: str, listed: tuple[str, ...]) -> bool:
    """Whether the type lists this reason (M0.3: a pause only for listed reasons)."""
    return reason in listed
