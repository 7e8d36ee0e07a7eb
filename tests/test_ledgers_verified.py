"""Verifying everything: at once or by a worker, once for however many ask; and the command's words and ends."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tisu.audit import verifying
from tisu.audit.anchors import keep_in_file, take_anchor
from tisu.audit.models import Entry, Verification
from tisu.audit.record import record
from tisu.loop.erasing import erase_content

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def file(settings, tmp_path):
    settings.ANCHORS = tmp_path / "anchors.txt"
    return settings.ANCHORS


@pytest.fixture
def written(task, file):
    for number in range(3):
        record(act="add-unit", about=number)
    take_anchor()
    keep_in_file(file)
    return task


@pytest.fixture
def altered(written, django_db_blocker):
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE audit_entry SET about = 'x' WHERE seq = 2")
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = origin")
    return written


# --- As a job --------------------------------------------------------------------------------------------


def test_is_done_at_once_where_that_is_quick(written, county):
    row = verifying.ask(county.people["auditor"])
    assert row.finished_at and (row.checked, row.due, row.findings) == (4, 4, [])


def test_keeps_what_it_found(altered, county):
    [finding] = verifying.ask(county.people["auditor"]).findings
    assert "2" in finding


def test_is_left_to_a_worker_where_there_is_much(written, county, monkeypatch):
    monkeypatch.setattr(verifying, "AT_ONCE", 3)
    row = verifying.ask(county.people["auditor"])
    assert row.begun_at is None and verifying.waiting() == 1
    assert verifying.take() and not verifying.take()
    assert Verification.objects.get().checked == 4 and verifying.waiting() == 0


def test_is_asked_for_once_by_two_who_ask(written, county, monkeypatch):
    monkeypatch.setattr(verifying, "AT_ONCE", 3)
    assert verifying.ask(county.people["auditor"]) == verifying.ask(county.people["auditor"])


def test_is_taken_up_again_when_it_was_interrupted(written, county, monkeypatch):
    monkeypatch.setattr(verifying, "AT_ONCE", 3)
    row = verifying.ask(county.people["auditor"])
    now = timezone.now()
    Verification.objects.filter(pk=row.pk).update(begun_at=now, seen_at=now)
    assert not verifying.take()
    Verification.objects.filter(pk=row.pk).update(seen_at=now - timedelta(hours=1))
    assert verifying.take()


# --- As a command ----------------------------------------------------------------------------------------


def test_says_that_all_is_as_it_was_written(written, capsys):
    call_command("audit", "verify")
    assert capsys.readouterr().out.count("\n") == 1


def test_ends_with_1_and_names_what_is_not(altered, capsys):
    with pytest.raises(CommandError) as end:
        call_command("audit", "verify")
    assert end.value.returncode == 1
    assert "2" in capsys.readouterr().out


def test_tells_its_progress_aside(written, capsys, monkeypatch):
    call_command("audit", "verify")
    assert "4" in capsys.readouterr().err


def test_says_of_an_erasure_who_when_and_under_which_rule(written, capsys):
    erase_content(written, rule="lawful-erasure/1")
    call_command("audit", "verify", "--matter", written.number.lower().replace("-", ""))
    said = capsys.readouterr().out
    assert all(word in said for word in (written.number, "lawful-erasure/1", "2023-05-22"))


def test_checks_one_matter_alone(altered):
    call_command("audit", "verify", "--matter", altered.number)


@pytest.mark.parametrize(
    "arguments", [("verify", "--matter", "00000-00000"), ("verify", "--anchors", "/no/such/file")]
)
def test_ends_with_2_for_what_is_not_there(written, arguments):
    with pytest.raises(CommandError) as end:
        call_command("audit", *arguments)
    assert end.value.returncode == 2


def test_compares_what_someone_kept(written, tmp_path, capsys):
    kept = tmp_path / "kept.txt"
    kept.write_text(f"1 2023-05-22 {'0' * 64}\n", "utf-8")
    with pytest.raises(CommandError):
        call_command("audit", "verify", "--anchors", kept)
    assert str(kept) in capsys.readouterr().out


def test_names_a_file_of_anchors_that_was_lost(written, file, capsys):
    file.unlink()
    with pytest.raises(CommandError) as end:
        call_command("audit", "verify")
    assert end.value.returncode == 1 and str(file) in capsys.readouterr().out


def test_misses_no_file_before_there_is_an_anchor(task, file, capsys):
    call_command("audit", "verify")
    told = capsys.readouterr()
    assert told.out.count("\n") == 1 and str(file) in told.err


def test_takes_an_anchor_and_prints_its_line(written, capsys):
    call_command("audit", "anchor")
    assert capsys.readouterr().out.startswith("2 2023-05-22 ")


# --- The house's ledger ----------------------------------------------------------------------------------


def test_numbers_and_chains_every_entry(written):
    assert list(Entry.objects.order_by("pk").values_list("seq", flat=True)) == [1, 2, 3]
    assert len(set(Entry.objects.values_list("chain", flat=True))) == 3


def test_reads_details_as_they_were_given(task):
    entry = record(act="add-unit", about="示例", reason="理由", before={"name": "旧", "units": ["a", "b"]})
    assert Entry.objects.get(pk=entry.pk).details == {"before": {"name": "旧", "units": ["a", "b"]}}
