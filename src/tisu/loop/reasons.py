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


def told_outside(reason: str) -> str:
    """To whoever merely raised the matter: a listed reason in words; what offices wrote to each other is not told."""
    listed = reason in SUSPENSIONS or reason in STRETCHES
    return in_words(reason) if listed else str(_("suspended by decision"))


def is_listed(reason: str, listed: tuple[str, ...]) -> bool:
    """Whether the type lists this reason (M0.3: a pause only for listed reasons)."""
    return reason in listed
