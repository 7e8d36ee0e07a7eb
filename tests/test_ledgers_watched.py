"""The auditor sees whether the ledgers are as they were written, and none of what they say."""

import pytest

from tisu.audit import verifying
from tisu.audit.anchors import take_anchor
from tisu.audit.models import Verification
from tisu.audit.record import record
from tisu.loop.erasing import erase_content

pytestmark = pytest.mark.django_db
PAGE = "/ledger/chains"


@pytest.fixture(autouse=True)
def file(settings, tmp_path):
    settings.ANCHORS = tmp_path / "anchors.txt"


@pytest.fixture
def read(sign_in):
    def _read() -> str:
        return sign_in("auditor").get(PAGE).content.decode()

    return _read


def test_shows_the_roots_to_compare_with_printed_ones(task, read):
    root = take_anchor().root
    assert " ".join(root[start : start + 8] for start in range(0, 64, 8)) in read()


def test_verifies_when_asked_and_says_what_came_of_it(task, sign_in, read):
    assert "notice-success" not in read()
    answer = sign_in("auditor").post(PAGE)
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert "notice-success" in read()
    assert Verification.objects.get().asked_by.username == "auditor"


def test_lists_what_is_not_as_it_was_written(task, sign_in, read):
    sign_in("auditor").post(PAGE)
    Verification.objects.update(findings=["示例发现"])
    assert "示例发现" in read() and "notice-error" in read()


def test_shows_how_far_a_worker_is(task, sign_in, read, monkeypatch):
    monkeypatch.setattr(verifying, "AT_ONCE", 0)
    sign_in("auditor").post(PAGE)
    assert "hx-trigger" in read()
    verifying.take()
    assert "hx-trigger" not in read()


def test_lists_erasures_by_number_rule_and_person_without_content(task, act, read):
    act("office", task, "assign", lead_unit="zhujian", requirement="三日内完成")
    erase_content(task, rule="lawful-erasure/1")
    page = read()
    assert task.number in page and "lawful-erasure/1" in page
    assert "三日内完成" not in page and task.title not in page


@pytest.mark.parametrize("name", ["admin", "security", "office-lead", "leader"])
def test_is_not_there_for_anyone_else(county, sign_in, name):
    assert sign_in(name).get(PAGE).status_code == 404
    assert sign_in(name).post(PAGE).status_code == 404
    assert not Verification.objects.exists()


def test_costs_the_same_however_much_there_is(task, sign_in, act, django_assert_max_num_queries):
    auditor = sign_in("auditor")
    for number in range(5):
        record(act="add-unit", about=number)
        take_anchor()
    with django_assert_max_num_queries(16):
        auditor.get(PAGE)
