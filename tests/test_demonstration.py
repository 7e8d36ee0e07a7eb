"""`tisu demo` builds one county and never touches another: what is in it, and what it refuses.

Built once in a process of its own, on SQLite; every further demonstration here is a copy of that build.
"""

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from stdnum.cn import uscc

from command_line import CommandLine, own_environment
from tisu.foundation.demonstration import FIRST, LAST
from tisu.foundation.instance import Instance, read_instance, write_instance

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the demonstration is built once, on SQLite"
)

BUILDING = "Building"
FACTS = (Path(__file__).parent / "demonstration_facts.py").read_text("utf-8")
OPENED = """
from tisu.voice.models import Identity
assert [row.contact.open() for row in Identity.objects.all()]
"""
CONTRACT = (
    "office-lead", "office", "office2", "supervisor", "leader1", "leader30", "secretary1", "custodian", "zhujian",
    "zhujian-head", "fagai", "fagai-head", "gongdian", "zhongbao", "discipline", "discipline2", "observer1", "firm1",
    "auditor", "security", "admin",
)  # fmt: skip


@pytest.fixture(scope="module")
def tisu(tmp_path_factory) -> CommandLine:
    return own_environment(tmp_path_factory.mktemp("environment"))


@pytest.fixture(scope="module")
def first(tisu, tmp_path_factory) -> SimpleNamespace:
    """The first demonstration of a fresh environment, and what the command said."""
    data = tmp_path_factory.mktemp("first") / "data"
    return SimpleNamespace(data=data, done=tisu.run(data, "demo", "--no-serve"))


@pytest.fixture(scope="module")
def county(tisu, first) -> SimpleNamespace:
    """What stands in its database."""
    told = tisu.python(first.data, FACTS)
    assert told.returncode == 0, told.stderr
    return SimpleNamespace(**json.loads(told.stdout))


@pytest.fixture
def copy(first, tmp_path) -> Path:
    """A demonstration of one's own to do things to."""
    return shutil.copytree(first.data, tmp_path / "copy")


def ask(database: Path, query: str) -> list[tuple]:
    connection = sqlite3.connect(database)
    try:
        with connection:
            return connection.execute(query).fetchall()
    finally:
        connection.close()


# --- What is in the county ---------------------------------------------------------------------------------


def test_is_built_and_says_how_to_get_in(first):
    assert first.done.returncode == 0, first.done.stderr
    assert BUILDING in first.done.stdout and "tisu-demo" in first.done.stdout
    assert all(re.search(rf"\b{name}\b", first.done.stdout) for name in ("office-lead", "zhujian", "firm1"))


def test_has_the_bodies_of_the_county(county):
    handling = [unit["name"] for unit in county.units if unit["duty"] == "handling"]
    townships = [name for name in handling if re.search("[镇乡区]人民政府$", name)]
    assert (len(townships), len(handling) - len(townships)) == (11, 25)
    assert len([post for post in county.posts if post["role"] == "county_leader"]) == 30


def test_has_sheets_that_came_in_and_one_that_waits(county):
    assert sorted(map(tuple, county.imports)) == [
        ("enterprises", "checked", "new 1 refused 2"),
        ("enterprises", "done", "new 2"),
        ("hotline", "done", "new 3"),
    ]


def test_has_eighty_firms_above_scale_and_the_three_of_the_article(county):
    above = [firm for firm in county.firms if firm["is_above_scale"]]
    assert len(above) == 80
    others = [firm for firm in county.firms if not firm["is_above_scale"]]
    # Two branches, a likely duplicate, a merged row; and two small ones that came in by a sheet.
    assert len(others) == 3 + 4 + 2
    assert all(uscc.is_valid(firm["credit_code"]) for firm in county.firms)
    assert all("示例" in firm["name"] for firm in above)


def test_has_every_account_of_the_contract_and_all_can_sign_in(county):
    assert set(CONTRACT) <= county.users.keys()
    assert [name for name, can_sign_in in county.users.items() if not can_sign_in] == []
    assert county.login == 302


def test_marks_every_matter_as_made_up_or_as_told_by_the_article(county):
    bare = [matter for matter in county.matters if not re.search("〔示例〕|〔报道〕", matter["title"])]
    assert [(matter["screened_as"], matter["title"]) for matter in bare] == [("B", "")]


def test_shows_every_stage_under_every_light(county):
    for kind in ("report", "task"):
        seen = {(m["stage"], m["light"]) for m in county.matters if m["kind"] == kind}
        assert {("closed", "on_time"), ("closed", "late")} <= seen
        assert {stage for stage, _light in seen} >= {"registered", "assigned", "in_progress", "submitted"}
    seen = {(m["stage"], m["light"]) for m in county.matters}
    assert seen >= {
        (stage, light)
        for stage in ("registered", "assigned", "in_progress", "submitted")
        for light in ("green", "yellow", "red")
    }


def test_shows_what_leads_beside_the_main_line(county):
    stages = {matter["stage"] for matter in county.matters}
    assert stages >= {"draft", "pending_approval", "merged", "cancelled"}
    assert "grey" in {matter["light"] for matter in county.matters}
    assert max(matter["cycle"] for matter in county.matters) == 2
    acts = {action for matter in county.matters for _seq, action, *_rest in matter["events"]}
    assert acts >= {
        "approve", "refuse", "escalate", "grant", "decline", "merge", "unmerge", "reopen", "appeal_rating", "return",
        "withdraw", "co_waive", "withdraw_request", "resume",
    }  # fmt: skip


def test_has_every_kind_of_request_waiting_and_some_decided(county):
    waiting = {kind for kind, state in county.requests if state == "filed"}
    assert waiting == {
        "extension", "suspension", "transfer", "cancellation", "content_change", "rating_appeal", "fact_check"
    }  # fmt: skip
    assert {state for _kind, state in county.requests} >= {"filed", "approved", "refused"}


def test_keeps_someone_out_for_every_reason_there_is(county):
    assert {"accused", "recusal", "decision", "interest"} <= set(county.kept_out)


def test_made_every_matter_through_the_one_door(county):
    for matter in county.matters:
        events = matter["events"]
        assert [seq for seq, *_rest in events] == list(range(1, len(events) + 1)), matter["title"]
        assert matter["version"] == len(events)
        assert matter["stage"] == events[-1][2]
        moments = [datetime.fromisoformat(at) for *_rest, at in events]
        assert moments == sorted(moments), matter["title"]
        assert moments[-1] <= datetime.fromisoformat(county.now)


def test_tells_of_the_site_cleared_within_a_day(county):
    [matter] = [m for m in county.matters if m["title"].startswith("忠堡镇") and "〔报道〕" in m["title"]]
    assert (matter["lead"], matter["verdict"]) == ("zhongbao", "on_time")
    days = {action: at[:10] for _seq, action, _stage, at in matter["events"]}
    assert days["assign"] == "2022-04-28"
    assert days["submit"] == days["pass"] == matter["due"][:10] == "2022-04-29"


def test_tells_of_the_cranes_on_the_road(county):
    [matter] = [m for m in county.matters if m["title"].startswith("5台行车")]
    assert matter["lead"] == "jiaotong" and "weijian" in matter["co_units"]
    days = [at[:7] for *_rest, at in matter["events"]]
    assert (days[0], days[-1]) == ("2022-10", "2022-11")


def test_holds_all_of_its_story_in_its_anchor(county):
    """Nothing happens after the anchor, so nothing of it could be cut off unseen."""
    assert county.unanchored == [] and len(county.matters) > 50


def test_lives_on_the_day_of_the_article(county):
    assert county.today == "2023-05-22"
    assert county.now.startswith("2023-05-22T01:3")  # half past nine in Xianfeng, in UTC
    assert county.region == "422826"


# --- The second time ---------------------------------------------------------------------------------------


def test_copies_the_build_that_it_kept(tisu, first, tmp_path):
    again = tisu.run(tmp_path / "data", "demo", "--no-serve")
    assert again.returncode == 0 and BUILDING not in again.stdout
    count = "SELECT count(*) FROM loop_event"
    assert ask(tmp_path / "data/tisu.sqlite3", count) == ask(first.data / "tisu.sqlite3", count)
    for name in ("keyring.json", "secret.key", "instance.json"):
        assert (tmp_path / "data" / name).stat().st_mode & 0o777 == 0o600
    assert tisu.run(tmp_path / "data", "doctor").returncode == 0
    assert (tmp_path / "data/anchors.txt").read_text() == (first.data / "anchors.txt").read_text() != ""
    verified = tisu.run(tmp_path / "data", "audit", "verify")
    assert verified.returncode == 0, verified.stdout


def test_leaves_a_demonstration_as_it_is_until_it_is_reset(tisu, copy):
    """What people did in it stays, the accounts that they added too; a reset takes all but the key ring."""
    add = "from tisu.accounts.services import add_user\nadd_user(actor=None, username='new', name='x')"
    assert tisu.python(copy, add).returncode == 0
    added, ring = (
        "SELECT count(*) FROM accounts_user WHERE username = 'new'",
        (copy / "keyring.json").read_bytes(),
    )
    assert tisu.run(copy, "demo", "--no-serve").returncode == 0
    assert ask(copy / "tisu.sqlite3", added) == [(1,)]
    assert tisu.run(copy, "demo", "--no-serve", "--reset").returncode == 0
    assert ask(copy / "tisu.sqlite3", added) == [(0,)]
    assert (copy / "keyring.json").read_bytes() == ring


def test_begins_again_what_was_interrupted(tisu, copy):
    record = json.loads((copy / "demo.json").read_text())
    (copy / "demo.json").write_text(json.dumps(record | {"complete": False}))
    ask(copy / "tisu.sqlite3", "DELETE FROM voice_message")
    assert tisu.run(copy, "demo", "--no-serve").returncode == 0
    assert ask(copy / "tisu.sqlite3", "SELECT count(*) FROM voice_message") != [(0,)]


def test_puts_the_copy_where_the_settings_look(tisu, first, tmp_path):
    places = {
        "TISU_DATABASE_URL": f"sqlite:///{tmp_path}/other/county.sqlite3",
        "TISU_KEY_RING": str(tmp_path / "keys/ring.json"),
    }
    done = tisu.run(tmp_path / "data", "demo", "--no-serve", **places)
    assert done.returncode == 0 and BUILDING not in done.stdout, done.stderr
    assert not {"tisu.sqlite3", "keyring.json"} & {path.name for path in (tmp_path / "data").iterdir()}
    kept = (first.data / "anchors.txt").read_text()
    assert (tmp_path / "data/anchors.txt").read_text() == kept
    told = tisu.python(tmp_path / "data", OPENED, **places)
    assert told.returncode == 0, told.stderr


def test_builds_for_a_key_ring_that_is_there_already_and_does_not_copy_it(tisu, copy):
    """It may seal a real county elsewhere: see `fits` and `keep`."""
    kept = tisu.python(
        copy,
        "from tisu.foundation import demonstration as d\n"
        "from tisu.foundation.sealed import create_key_ring\n"
        "from django.conf import settings\n"
        "create_key_ring(settings.KEY_RING)\n"
        "assert not d.restore(d.DAY)\n"
        "before = (d.kept_build(d.DAY) / 'keyring.json').read_bytes()\n"
        "d.keep(d.DAY)\n"
        "assert (d.kept_build(d.DAY) / 'keyring.json').read_bytes() == before",
        TISU_KEY_RING=str(copy.parent / "ring.json"),
    )
    assert kept.returncode == 0, kept.stderr


def test_never_overwrites_a_file_of_anchors_that_the_settings_name(tisu, first, tmp_path):
    """It may be what someone kept of a real county."""
    kept = tmp_path / "kept.txt"
    kept.write_text("7 2023-05-01 " + "0" * 64 + " 1\n")
    before = kept.read_text()
    done = tisu.run(tmp_path / "data", "demo", "--no-serve", TISU_ANCHORS=str(kept))
    assert done.returncode == 0 and BUILDING not in done.stdout, done.stderr
    assert kept.read_text() == before


# --- What it refuses ---------------------------------------------------------------------------------------


@pytest.fixture
def refuses(db, settings, monkeypatch) -> Callable:
    """`refuses(folder, …)`: the command ends with 2 before it writes anything. In this process: it is quick."""

    def _refuses(data: Path, *arguments: str, database: Path | None = None) -> str:
        settings.DATA, settings.DEMONSTRATION = data, read_instance(data).demonstration
        monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(database or data / "tisu.sqlite3"))
        before = contents(data)
        with pytest.raises(CommandError) as refusal:
            call_command("demo", "--no-serve", *arguments)
        assert refusal.value.returncode == 2
        assert contents(data) == before
        return str(refusal.value)

    return _refuses


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but SQLite's shared memory, which also a reader uses."""
    files = [
        path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    ]
    return {str(path): path.read_bytes() for path in files}


@pytest.mark.parametrize("on", ["2015-05-22", "2022-12-31", "2027-01-01", "22.5.2023", "2023-02-30"])
def test_takes_only_days_that_the_county_can_live_on(refuses, tmp_path, on):
    sentence = refuses(tmp_path / "data", "--on", on)
    assert all(day in sentence for day in (on, FIRST.isoformat(), LAST.isoformat()))


def test_says_that_the_county_lives_on_another_day(refuses, copy):
    sentence = refuses(copy, "--on", "2023-06-01")
    assert "2023-05-22" in sentence and "--reset" in sentence


@pytest.mark.parametrize("arguments", [(), ("--reset",)])
def test_never_touches_a_database_with_a_real_account(refuses, copy, tmp_path, arguments):
    database = copy / "tisu.sqlite3"
    ask(database, "UPDATE accounts_user SET is_demonstration = 0 WHERE username = 'office'")
    assert str(database) in refuses(copy, *arguments)
    before = database.read_bytes()
    assert str(database) in refuses(tmp_path / "fresh", *arguments, database=database)
    assert database.read_bytes() == before


@pytest.mark.parametrize("arguments", [(), ("--reset",)])
@pytest.mark.parametrize("table", ["someone", "orgs_unit"])
def test_never_touches_tables_that_no_demonstration_made(refuses, tmp_path, arguments, table):
    database = tmp_path / "other.sqlite3"
    ask(database, f"CREATE TABLE {table} (thing int)")
    before = database.read_bytes()
    assert str(database) in refuses(tmp_path / "data", *arguments, database=database)
    assert database.read_bytes() == before


@pytest.mark.parametrize("arguments", [(), ("--reset",)])
def test_never_touches_a_real_installation(refuses, tmp_path, arguments):
    write_instance(tmp_path, Instance(region="422827"))
    assert str(tmp_path) in refuses(tmp_path, *arguments)


def test_asks_before_it_replaces_the_demonstration_of_another_folder(refuses, copy, tmp_path):
    assert "--reset" in refuses(tmp_path / "new", database=copy / "tisu.sqlite3")
