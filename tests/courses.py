"""The courses that matters take through the loop in tests/worlds.py: who does what, in order."""

from typing import Any

DISPATCHER = "office2"  # who is kept out of nothing

Step = tuple[str, str, dict[str, Any]]


def courses(words: str) -> dict[str, list[Step]]:
    """Who does what, in order: every stage, every request and every party of the loop has its turn.

    The first one is in the sight of everyone who handles matters.
    """
    assign = (DISPATCHER, "assign", {
        "lead_unit": "zhujian", "co_units": ["fagai"], "working_days": 15, "requirement": words,
    })  # fmt: skip
    accept = ("zhujian", "accept", {"handler": words})
    working = [assign, accept, ("zhujian", "report", {"text": words})]
    co_done = [("fagai", "co_done", {"text": words}), ("zhujian", "co_confirm", {"unit": "fagai"})]
    submit = (
        "zhujian-head",
        "submit",
        {"result": "resolved", "summary": f"场地已于5月16日清理完毕。{words}"},
    )
    submitted = [*working, *co_done, submit]
    passed = (DISPATCHER, "pass", {"opinion": words, "method": words})
    return {
        "asks": [
            *working, ("zhujian", "request_extension", {"working_days": 5, "reason": words}),
            ("zhujian", "request_content_change", {"text": words, "reason": words}),
            (DISPATCHER, "escalate", {"to": "leader", "text": words}), ("leader", "instruct", {"text": words}),
            (DISPATCHER, "urge", {"text": words}),
        ],
        "registered": [],
        "assigned": [assign],
        "returned": [assign, ("zhujian", "return", {"reason": words})],
        "suspended": [
            *working, ("zhujian", "request_suspension", {"reason": words, "until": "2023-06-01"}),
            (DISPATCHER, "grant", {"request": 1, "opinion": words}),
        ],
        "moves on": [*working, ("zhujian", "request_transfer", {"unit": "gongdian", "reason": words})],
        "ends": [(DISPATCHER, "request_cancellation", {"reason": words})],
        "submitted": submitted,
        "sent back": [*submitted, (DISPATCHER, "fail", {"reason": words})],
        "closed": [
            *submitted, passed, ("firm", "rate", {"solved": "no", "satisfaction": 1, "text": words}),
            ("zhujian", "appeal_rating", {"reason": words}),
        ],
        "partly": [
            *working, *co_done, ("zhujian-head", "submit", submit[2] | {"result": "partly_resolved"}),
            (DISPATCHER, "pass", passed[2] | {"rest": words}),
        ],
        "merged": [assign, (DISPATCHER, "merge", {"parent": "asks"})],
    }  # fmt: skip


def screened_courses(words: str) -> dict[str, list[Step]]:
    """What only happens to matters that are screened first."""
    return {
        "screened": [(DISPATCHER, "screen", {"kind": "A", "facts": words, "reason": words})],
        "handed over": [(DISPATCHER, "hand_over", {"to": "jiwei", "reason": words})],
        "not accepted": [(DISPATCHER, "refuse_acceptance", {"reason": words})],
        "split": [(DISPATCHER, "split", {"texts": [f"{words}一", f"{words}二"]})],
    }


# Courses that each kind takes; the others one kind takes for all, because the loop alone is in them.
OF_EVERY_KIND = ("registered", "assigned", "asks", "submitted", "closed")
# Of a kind that differs from these in its own facts alone, as many as show them: one under way, one that ended.
MAIN_KINDS = ("report", "task", "supervision_item")
OF_FURTHER_KINDS = ("asks", "closed")
# Who raised it, where it is not the firm.
REQUESTERS = {"not accepted": "observer", "split": "observer"}
# The one that another is merged into: what it shows of a firm, the other one brings.
JOINED = "asks"
# Of the plain ones as many as a list needs.
SHOWN = ("registered", "asks", "submitted", "closed", "handed over")
