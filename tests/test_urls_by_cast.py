"""Every page × every member of the cast: who gets what, as reviewed in tests/urls_by_cast.txt.

The pages come from the resolver, so a new room is covered by being there. tools/rewrite_reviewed.py rewrites the
file; the change is read before it is kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client

from addresses import Address, addresses
from cast import enter
from reviewed import agrees_with
from tisu.exchange.kinds import kind_of
from tisu.exchange.models import ImportRun
from tisu.exchange.receiving import receive
from tisu.liaison.entering import Said, enter_contact
from tisu.liaison.models import Contact, Pairing
from tisu.liaison.pairing import pair
from tisu.orgs.models import Post, Role
from tisu.promises.models import Promise
from tisu.promises.services import give
from tisu.support.models import FactorRequest, TaskForce
from tisu.support.services import ask, set_up_task_force

STRANGER = "stranger"
CHANGES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
BOOKKEEPING = ('"accounts_opensession"', '"cache"')

Row = dict[str, int]


@pytest.fixture
def world(county, at_stage) -> dict[str, object]:
    """What the parts of an address stand for: a task that zhujian works on, its unit, its firm."""
    matter, force = at_stage("in_progress"), _a_task_force(county)
    return {
        "number": matter.number,
        "action": "report",
        "unit": "zhujian",
        "code": "zhujian",
        "uscc": county.firms[0].credit_code,
        "kind": "units",
        "/imports/<pk>": _a_file(county).pk,
        "/matters/together/<action>": "assign",
        "/enterprises/<code>": county.firms[0].credit_code,
        "/our-firm/<code>": county.firms[0].credit_code,
        "/promises/<number>": _a_promise(county).number,
        "/api/v1/promises/<number>": _a_promise(county).number,
        "/liaison/contacts/<number>": _a_contact(county).number,
        "/liaison/pairings/<pk>": Pairing.objects.get().pk,
        "/org/units/<pk>": county.units["zhujian"].pk,
        "/org/posts/<pk>": county.units["zhujian"].posts.first().pk,
        "/org/people/<pk>": county.people["zhujian"].pk,
        "/security/<pk>": county.people["zhujian"].pk,
        "/support/requests/<number>": _a_request(county).matter.number,
        "/support/requests/<number>/steps/<kind>": "decided",
        "/support/requests/<number>/records/<code>": "guidance",
        "/support/requests/new/<factor>": "energy",
        "/support/task-forces/<pk>": force.pk,
        "/support/risks/<pk>": force.risk_list.risks.first().pk,
        "/support/risk-lists/<pk>": force.risk_list.pk,
    }


def _a_promise(county) -> Promise:
    """Made by the leader, to the first firm, for zhujian to keep."""
    maker = Post.objects.get(role=Role.COUNTY_LEADER)
    return give(
        actor=county.people["office"], text="三个月内接通污水管网。", maker=maker, given_on=date(2023, 5, 22),
        due_on=date(2023, 8, 22), enterprise=county.firms[0], unit=county.units["zhujian"],
    )  # fmt: skip


def _a_contact(county) -> Contact:
    """The leader's, with the first firm, entered by the secretary."""
    post = Post.objects.get(role=Role.COUNTY_LEADER)
    given = {"since": date(2023, 1, 1), "declared_on": date(2022, 12, 28)}
    pairing = pair(actor=county.people["office"], post=post, enterprise=county.firms[0], **given)
    said = Said(on=date(2023, 5, 8), mode="phone", text="了解用工情况。")
    return enter_contact(actor=county.people["secretary"], pairing=pairing, said=said).contact


def _a_file(county) -> ImportRun:
    rows = BytesIO("单位名称\n咸丰县示例局\n".encode())
    return receive(rows, name="单位.csv", kind=kind_of("units"), by=county.people["admin"])


def _a_request(county) -> FactorRequest:
    asks = {"factor": "guidance", "text": "油菜田间管理。", "needed_by": date(2023, 7, 1)}
    return ask(user=county.people["office"], firm=county.firms[0], **asks)


def _a_task_force(county) -> TaskForce:
    return set_up_task_force(
        user=county.people["office"], name="运输专班", purpose="把行车运到园区。", keeps_permits=True,
        lead=Post.objects.get(role=Role.COUNTY_LEADER), members=[county.units["zhujian"]], since=date(2023, 5, 22),
        ends_on=date(2023, 6, 30), template="oversize_transport",
    )  # fmt: skip


@pytest.fixture
def doors(county) -> dict[str, Client]:
    """A browser for each member of the cast and one for a stranger."""
    clients = {name: Client(raise_request_exception=False) for name in [*county.people, STRANGER]}
    for name, user in county.people.items():
        enter(clients[name], user)
    return clients


@pytest.fixture
def answers(doors, world) -> dict[str, Row]:
    """Statuses by address and member. What a page would write, it writes to nobody's harm: all is undone."""
    return {address.pattern: answers_at(address, doors, world) for address in addresses()}


def answers_at(address: Address, doors: dict[str, Client], world: dict[str, object]) -> Row:
    return {name: client.get(address.path(world)).status_code for name, client in sorted(doors.items())}


def as_lines(answers: dict[str, Row]) -> list[str]:
    """One line for each address and status, so that a change of one right is a change of two lines."""
    return [
        f"{pattern} {status}: {' '.join(name for name, given in row.items() if given == status)}"
        for pattern, row in answers.items()
        for status in sorted(set(row.values()))
    ]


@pytest.mark.django_db
def test_everyone_gets_what_was_reviewed_and_nobody_a_fault(answers):
    faults = [line for line in as_lines(answers) if " 5" in line.partition(":")[0]]
    assert faults == []
    assert agrees_with("urls_by_cast.txt", as_lines(answers)) == []


def test_a_changed_right_is_seen():
    assert as_lines({"/x": {"fagai": 404, "office": 200}}) == ["/x 200: office", "/x 404: fagai"]
    assert as_lines({"/x": {"fagai": 200, "office": 200}}) == ["/x 200: fagai office"]


# --- Reading changes nothing -----------------------------------------------------------------------------


@contextmanager
def changes_written() -> Iterator[list[str]]:
    """Statements that change rows, bookkeeping of sessions and of the cache aside."""
    written: list[str] = []

    def watch(execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(CHANGES) and not any(table in sql for table in BOOKKEEPING):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["office", "zhujian", "leader", "firm", "auditor", STRANGER])
def test_opening_a_page_writes_nothing(doors, world, name):
    with changes_written() as written:
        for address in addresses():
            doors[name].get(address.path(world))
    assert written == []


@pytest.mark.django_db
def test_a_write_is_seen(county):
    with changes_written() as written:
        county.people["office"].save()
    assert len(written) == 1
