"""Who may do what, when: every stage × action × member of the cast against one reviewed file.

A cell is the status that an attempt without data meets: 404 unseen, 403 not theirs, 409 not now, 422 theirs (and
something is missing), ok. Whoever a line does not name meets 404. tools/rewrite_reviewed.py writes a deliberate
change, to be read before it is kept.
"""

import pytest
from django.db import transaction

from cast import COUNTY
from reviewed import agrees_with
from tisu.loop.actions import ACTIONS
from tisu.loop.actor import person
from tisu.loop.faults import Refusal
from tisu.loop.perform import perform
from tisu.loop.register import register_matter

CAST = (
    "office", "office-lead", "supervisor", "leader", "secretary", "zhujian", "zhujian-head", "fagai", "gongdian",
    "discipline", "firm", "firm2", "custodian", "admin", "security", "auditor", "nobody", "outsider",
)  # fmt: skip
STAGES = ("registered", "assigned", "in_progress", "submitted", "closed")


class _Undo(Exception):
    """Carries an attempt's outcome out of the savepoint that undoes it."""


def attempt(user, matter, action: str) -> str:
    """The status of one attempt with no data, undone again."""
    try:
        with transaction.atomic():
            perform(matter.pk, action, actor=person(user), data={}, expected_version=matter.version)
            raise _Undo
    except Refusal as refusal:
        return str(refusal.status)
    except _Undo:
        return "ok"


@pytest.fixture
def reports_own_task(county, task):
    """The task is a firm's own, has a co-unit, and stands at each stage in turn."""
    task.requester = county.people["firm"]
    task.save(update_fields=["requester"])
    return task


def test_equals_the_reviewed_table(county, reports_own_task, at_stage):
    lines = []
    for stage in STAGES:
        co_units = {"co_units": ["fagai"]} if stage != "registered" else {}
        matter = _reach(at_stage, stage, co_units)
        for action in ACTIONS:
            lines.append(f"{stage} {action} | {_grouped(county, matter, action)}")
    assert agrees_with("permission_table.txt", lines) == []


def _grouped(county, matter, action: str) -> str:
    """`ok zhujian · 403 office …`: who meets which status. Whoever is not named meets 404."""
    met: dict[str, list[str]] = {}
    for name in CAST:
        met.setdefault(attempt(county.people[name], matter, action), []).append(name)
    met.pop("404", None)
    return (
        " · ".join(f"{status} {' '.join(names)}" for status, names in sorted(met.items(), reverse=True))
        or "nobody"
    )


def _reach(at_stage, stage: str, co_units: dict):
    """Submission waits for the co-unit, so that it is waived on the way."""
    if stage == "submitted":
        at_stage.act("zhujian", at_stage("in_progress"), "co_waive", unit="fagai", reason="已由本局办完。")
    return at_stage(stage, **co_units)


def test_an_administrator_sees_no_matter_even_with_another_role(county, task):
    register_matter(
        kind="task", title="示例", text="示例", region=COUNTY, actor=person(county.people["office"])
    )
    for name in ("admin", "security", "auditor"):
        assert not type(task).objects.visible_to(county.people[name]).exists()
