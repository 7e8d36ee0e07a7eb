"""The four axes of a matter (loop.md §1): stage, light, result, and the kind a report was screened as."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    DRAFT = "draft", _("draft")
    PENDING_APPROVAL = "pending_approval", _("pending approval")
    REGISTERED = "registered", _("to be assigned")
    ASSIGNED = "assigned", _("to be accepted")
    IN_PROGRESS = "in_progress", _("in progress")
    SUBMITTED = "submitted", _("to be verified")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")
    MERGED = "merged", _("merged")


ENDED = frozenset({Stage.CLOSED, Stage.CANCELLED, Stage.MERGED})
OPEN = frozenset(Stage) - ENDED


class Light(TextChoices):
    """Computed from the clock, never typed in. After closing the verdict takes its place."""

    GREEN = "green", _("on schedule")
    YELLOW = "yellow", _("due soon")
    RED = "red", _("overdue")
    GREY = "grey", _("suspended")
    ON_TIME = "on_time", _("closed on time")
    LATE = "late", _("closed late")


class Verdict(TextChoices):
    ON_TIME = "on_time", _("closed on time")
    LATE = "late", _("closed late")


class Result(TextChoices):
    RESOLVED = "resolved", _("resolved")
    PARTLY_RESOLVED = "partly_resolved", _("partly resolved")
    EXPLAINED = "explained", _("explained")
    NOT_SUPPORTED = "not_supported", _("not supported by policy")
    UNFOUNDED = "unfounded", _("unfounded")
    WITHDRAWN = "withdrawn", _("withdrawn by the requester")
    HANDED_OVER = "handed_over", _("handed over")
    NOT_ACCEPTED = "not_accepted", _("not accepted")
    SPLIT = "split", _("split")


# What the screening alone sets: in no rate, and nothing to rate (loop.md §1, row 0).
SCREENED_OUT = frozenset({Result.HANDED_OVER, Result.NOT_ACCEPTED, Result.SPLIT})
PROPOSABLE = [result for result in Result if result not in SCREENED_OUT]


class Screening(TextChoices):
    """Jurisdiction of a report (domain.md M10.1)."""

    COMPLAINT = "A", _("A business-environment complaint")
    DISCIPLINE = "B", _("B discipline report")
    PETITION = "C", _("C petition")
    IN_COURT = "D", _("D in litigation, arbitration or reconsideration")
    CIVIL = "E", _("E civil dispute")
    OWED_PAYMENT = "F", _("F payment owed to a small firm")
    LABOUR = "G", _("G labour rights")
    SUGGESTION = "H", _("H policy question or suggestion")


HANDLED_HERE = frozenset({Screening.COMPLAINT, Screening.SUGGESTION})


class AssignmentState(TextChoices):
    SENT = "sent", _("sent")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned")
    TRANSFERRED = "transferred", _("transferred to another unit")
    DONE = "done", _("part done")
    CONFIRMED = "confirmed_by_lead", _("confirmed by the lead unit")
    WAIVED = "waived", _("waived by the lead unit")


# No longer this unit's: history, and out of its sight.
GONE = frozenset({AssignmentState.RETURNED, AssignmentState.TRANSFERRED})
CO_SETTLED = frozenset({AssignmentState.DONE, AssignmentState.CONFIRMED, AssignmentState.WAIVED})


class Solved(TextChoices):
    YES = "yes", _("solved")
    PARTLY = "partly", _("partly solved")
    NO = "no", _("not solved")


class Method(TextChoices):
    """How a verifier usually verifies; free text is as good."""

    PHONE = "phone", _("by phone")
    VISIT = "visit", _("on the spot")
    DOCUMENTS = "documents", _("from documents")
    ONLINE = "online", _("online")
