"""A key ring is read when it is whole, private and this county's; else a sentence says what is wrong, and no key."""

import json
import os
import shutil
import stat

import pytest

from tisu.foundation import ringfile
from tisu.foundation.keyring import KeyRingError
from tisu.foundation.ringfile import create_key_ring, key_ring, read_key_ring
from tisu.foundation.rotation import rotate
from tisu.foundation.sealed import open_sealed, seal

SECRET, PLACE = "举报人的电话", "voice_report.contact:7"
KEY = bytes(range(100, 132)).hex()
OTHER = bytes(range(32)).hex()


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    settings.KEY_RING = tmp_path / "keys" / "ring.json"
    create_key_ring(settings.KEY_RING)
    return settings.KEY_RING


def written(path, content):
    path.touch(mode=0o600)
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def entry(**other):
    return {"id": "0a0b0c0d", "purpose": "field", "made": "2023-05-22T09:00:00+08:00", "key": KEY} | other


PEPPER = entry(id="01020304", purpose="pepper", key=OTHER)


def refusal(path) -> str:
    with pytest.raises(KeyRingError) as refused:
        read_key_ring(path)
    assert path.name in str(refused.value)
    assert str(refused.value).endswith((".", "。"))
    return str(refused.value)


def test_a_new_key_ring_is_private_and_never_overwrites_one(ring):
    before = ring.read_bytes()
    assert ring.stat().st_mode & 0o777 == 0o600
    with pytest.raises(KeyRingError, match=r"ring\.json"):
        create_key_ring(ring)
    assert ring.read_bytes() == before


def test_tells_when_each_key_was_made(ring, monday):
    create_key_ring(ring.with_name("other.json"))
    assert {key.made for key in read_key_ring(ring.with_name("other.json")).keys} == {monday}


def test_reads_a_ring_from_before_dates_were_kept(tmp_path, settings):
    old = {"format": 1, "keys": [entry(), PEPPER]}
    for key in old["keys"]:
        del key["made"]
    settings.KEY_RING = written(tmp_path / "old.json", old)
    blob = seal(SECRET, context=PLACE)
    rotate(settings.KEY_RING)
    assert json.loads(settings.KEY_RING.read_text())["format"] == 2
    assert open_sealed(blob, context=PLACE) == SECRET
    assert [key.made is None for key in key_ring().keys] == [True, True, False, False]


# --- A wrong line ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (entry(id="zz0b0c0d"), "id"),
        (entry(id="0a0b"), "id"),
        (entry(id=7), "id"),
        (entry(purpose="door"), "purpose"),
        (entry(purpose=["field"]), "purpose"),
        (entry(key=KEY[:-2]), "key"),
        (entry(key=KEY + "ab"), "key"),
        (entry(key=KEY[:-1] + "g"), "key"),
        (entry(key=" " + KEY[1:]), "key"),
        (entry(key=None), "key"),
        (entry(made="yesterday"), "made"),
        (entry(made="2023-05-22T09:00:00"), "made"),
        (entry(made=20230522), "made"),
        (entry(id=PEPPER["id"]), "id"),
        (entry(key=PEPPER["key"]), "key"),
        (entry(key="00" * 32), "key"),
        (entry(key="ab" * 32), "key"),
        (entry(key="0123456789abcdef" * 4), "key"),
        ({}, "id"),
        ("field", "id"),
    ],
)
def test_names_the_entry_that_is_wrong_and_not_what_stands_in_it(tmp_path, wrong, named):
    path = written(tmp_path / "odd.json", {"format": 2, "keys": [PEPPER, wrong]})
    told = refusal(path)
    assert "2" in told and f"“{named}”" in told
    assert KEY[:8] not in told and OTHER[:8] not in told and "door" not in told


def test_names_the_line_from_which_on_it_is_no_json(tmp_path):
    text = json.dumps({"format": 2, "keys": [entry(), PEPPER]}, indent=1)
    lines = text.splitlines()
    broken = next(number for number, line in enumerate(lines, start=1) if KEY in line)
    lines[broken - 1] = lines[broken - 1].replace('"key": "', '"key": ')
    told = refusal(written(tmp_path / "odd.json", "\n".join(lines)))
    assert f" {broken} " in told.replace("第", " ").replace("行", " ") and KEY[:8] not in told


def test_names_the_line_that_is_no_text(tmp_path):
    path = written(tmp_path / "odd.json", "")
    path.write_bytes(b'{"format": 2,\n"keys": [\xff')
    assert "2" in refusal(path)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"keys": [{}]}', '{"keys": {}}', "钥匙", "null"])
def test_a_file_that_is_no_key_ring_is_refused(tmp_path, content):
    refusal(written(tmp_path / "odd.json", content))


@pytest.mark.parametrize(
    "content",
    ["[" * 100_000, '{"keys": ' + '{"a":' * 100_000, '{"format": 2, "keys": [' + "7" * 5000 + "]}"],
    ids=["lists", "objects", "number"],
)
def test_what_json_itself_cannot_hold_is_refused(tmp_path, content):
    refusal(written(tmp_path / "odd.json", content))


@pytest.mark.parametrize("purpose", ["field", "pepper"])
def test_a_ring_without_a_key_for_each_purpose_is_refused(tmp_path, purpose):
    assert "“" in refusal(written(tmp_path / "odd.json", {"keys": [entry(purpose=purpose)]}))


def test_a_ring_of_a_newer_program_is_refused(tmp_path):
    refusal(written(tmp_path / "odd.json", {"format": 3, "keys": [entry(), PEPPER]}))


@pytest.mark.parametrize("holders", [7, [{}], [{"name": "一", "public": "zz"}]])
def test_a_wrong_holder_is_named(tmp_path, holders):
    content = {"format": 2, "keys": [entry(), PEPPER], "holders": holders}
    assert "holders" in refusal(written(tmp_path / "odd.json", content))


# --- A wrong file ---------------------------------------------------------------------------------------


def test_a_missing_key_ring_is_named_with_what_to_do(settings, tmp_path):
    settings.KEY_RING = tmp_path / "nowhere.json"
    with pytest.raises(KeyRingError, match=r"nowhere\.json.*tisu init"):
        seal(SECRET, context=PLACE)


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o660, 0o620, 0o601])
def test_a_key_ring_open_to_others_is_refused(tmp_path, ring, mode):
    copy = tmp_path / "copy.json"
    copy.write_bytes(ring.read_bytes())
    copy.chmod(mode)
    assert "600" in refusal(copy)


def test_a_folder_or_a_pipe_is_no_key_ring(tmp_path):
    (tmp_path / "folder").mkdir(mode=0o700)
    os.mkfifo(tmp_path / "pipe", 0o600)
    for name in ("folder", "pipe"):
        refusal(tmp_path / name)


def test_a_link_to_ones_own_ring_leads_there(tmp_path, ring):
    link = tmp_path / "link.json"
    link.symlink_to(ring)
    assert read_key_ring(link) == read_key_ring(ring)
    rotate(link)
    assert link.is_symlink() and len(read_key_ring(ring).keys) == 4


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_link_to_another_accounts_file_is_refused(tmp_path, ring):
    others = shutil.copy2(ring, tmp_path / "others.json")
    os.chown(others, 65534, 65534)
    link = tmp_path / "link.json"
    link.symlink_to(others)
    refusal(link)


@pytest.mark.parametrize(("who", "is_refused"), [(1000, True), (0, False)])
def test_a_ring_of_another_account_is_refused_unless_root_looks(monkeypatch, ring, who, is_refused):
    monkeypatch.setattr(ringfile.os, "geteuid", lambda: who)
    monkeypatch.setattr(ringfile.os, "fstat", lambda _handle: of_account(ring.stat(), 2000))
    if is_refused:
        refusal(ring)
    else:
        read_key_ring(ring)


def of_account(found, account):
    values = list(found)
    values[stat.ST_UID] = account
    return os.stat_result(values, {"st_mtime_ns": found.st_mtime_ns})


# --- While the system runs ------------------------------------------------------------------------------


def test_a_rotated_ring_is_noticed_without_a_restart(ring):
    blob, before = seal(SECRET, context=PLACE), key_ring()
    assert key_ring() is before  # read once
    rotate(ring)
    assert len(key_ring().keys) == 4
    assert open_sealed(blob, context=PLACE) == SECRET
    assert seal(SECRET, context=PLACE)[1:5] != blob[1:5]


def test_a_ring_that_was_taken_away_is_missed_at_once(ring):
    seal(SECRET, context=PLACE)
    ring.unlink()
    with pytest.raises(KeyRingError):
        seal(SECRET, context=PLACE)


def test_another_countys_ring_put_in_its_place_is_refused_until_the_right_one_is_back(ring):
    blob, right = seal(SECRET, context=PLACE), ring.read_bytes()
    ring.unlink()
    create_key_ring(ring)
    for attempt in (lambda: seal(SECRET, context=PLACE), lambda: open_sealed(blob, context=PLACE)):
        with pytest.raises(KeyRingError, match=r"ring\.json"):
            attempt()
    ring.write_bytes(right)
    assert open_sealed(blob, context=PLACE) == SECRET
