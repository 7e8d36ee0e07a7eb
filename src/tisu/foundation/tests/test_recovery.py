"""A lost key ring comes back with two of its holders, and with no one alone."""

import json
from io import StringIO
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from tisu.foundation import holders
from tisu.foundation.holders import make_holder, read_private, read_public
from tisu.foundation.keyring import Holder, KeyRingError
from tisu.foundation.recovery import (
    faults_of_recovery,
    read_escrow,
    recovered_ring,
    recovery_path,
    write_escrow,
)
from tisu.foundation.ringfile import create_key_ring, read_key_ring
from tisu.foundation.rotation import name_holders, retire, rotate
from tisu.foundation.sealed import open_sealed, seal

SECRET, PLACE = "举报人的电话", "voice_report.contact:7"
NAMES = ("主任", "shuji", "third")
WORDS = {name: f"{name} correct horse battery" for name in NAMES}


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    """Three holders with their two files each; their passphrases are quicker to try than in life."""
    folder = tmp_path_factory.mktemp("holders")
    with pytest.MonkeyPatch.context() as quick:
        quick.setattr(holders, "WORK", (2**14, 8, 1))
        for name in NAMES:
            make_holder(name, WORDS[name], folder)
    return SimpleNamespace(
        key={name: folder / f"{name}.key" for name in NAMES},
        pub={name: folder / f"{name}.pub" for name in NAMES},
    )


@pytest.fixture(autouse=True)
def ring(settings, tmp_path, monday):
    settings.KEY_RING = tmp_path / "data" / "keyring.json"
    create_key_ring(settings.KEY_RING)
    return settings.KEY_RING


@pytest.fixture
def escrow(ring, people):
    name_holders(ring, [read_public(people.pub[name]) for name in NAMES])
    return recovery_path(ring)


def keys(*words, typed=(), monkeypatch=None) -> str:
    told = StringIO()
    if monkeypatch:
        monkeypatch.setattr("sys.stdin", StringIO("".join(f"{line}\n" for line in typed)))
    call_command("keys", *map(str, words), stdout=told)
    return told.getvalue()


def private(people, name):
    return read_private(people.key[name], WORDS[name])


def refusal(*words, **more) -> str:
    with pytest.raises(CommandError) as refused:
        keys(*words, **more)
    assert refused.value.returncode == 2
    assert str(refused.value).endswith((".", "。"))
    return str(refused.value)


# --- The drill --------------------------------------------------------------------------------------------


def test_brings_a_lost_ring_back_with_two_holders_so_that_sealed_content_opens(ring, people, monkeypatch):
    keys("escrow", people.pub["主任"], people.pub["shuji"])
    blob = seal(SECRET, context=PLACE)
    ring.unlink()
    recovery = ring.with_name("keyring.recovery")
    two = [people.key["shuji"], people.key["主任"]]
    keys("recover", recovery, *two, typed=[WORDS["shuji"], WORDS["主任"]], monkeypatch=monkeypatch)
    assert open_sealed(blob, context=PLACE) == SECRET
    assert ring.stat().st_mode & 0o777 == 0o600
    assert {holder.name for holder in read_key_ring(ring).holders} == {"主任", "shuji"}


@pytest.mark.parametrize("pair", [*combinations(NAMES, 2), ("third", "主任")])
def test_opens_to_any_two_in_any_order(ring, escrow, people, pair):
    found = recovered_ring(read_escrow(escrow), *(private(people, name) for name in pair))
    assert found == read_key_ring(ring)


def test_a_drill_writes_nothing(ring, escrow, people, monkeypatch):
    before = {path: path.read_bytes() for path in ring.parent.iterdir()}
    told = keys(
        "recover", escrow, people.key["主任"], people.key["third"], "--drill",
        typed=[WORDS["主任"], WORDS["third"]], monkeypatch=monkeypatch,
    )  # fmt: skip
    assert "2023-05-22" in told
    assert before == {path: path.read_bytes() for path in ring.parent.iterdir()}


def test_never_overwrites_a_ring(ring, escrow, people, monkeypatch):
    two, typed = [people.key["主任"], people.key["third"]], [WORDS["主任"], WORDS["third"]]
    before = ring.read_bytes()
    assert "keyring.json" in refusal("recover", escrow, *two, typed=typed, monkeypatch=monkeypatch)
    assert ring.read_bytes() == before


# --- One alone --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_one_holder_alone_never_opens_it(escrow, people, name):
    with pytest.raises(KeyRingError):
        recovered_ring(read_escrow(escrow), private(people, name), private(people, name))


def test_one_holder_alone_opens_no_box_either(escrow, people):
    """Not even with the right place in the file: what is within the outer box is closed again."""
    found = read_escrow(escrow)
    one = private(people, "主任")
    other = holders.HolderKey(read_public(people.pub["shuji"]), one.private)
    for pair in ((one, other), (other, one)):
        with pytest.raises(KeyRingError):
            recovered_ring(found, *pair)


def test_refuses_fewer_than_two_holders(ring, people):
    assert "2" in refusal("escrow", people.pub["主任"])
    assert "2" in refusal("escrow")
    assert not recovery_path(ring).exists()


def test_refuses_the_same_holder_twice(ring, people, tmp_path):
    refusal("escrow", people.pub["主任"], people.pub["主任"])
    renamed = json.loads(people.pub["主任"].read_text()) | {"name": "又一位"}
    other = tmp_path / "other.pub"
    other.write_text(json.dumps(renamed))
    assert "又一位" in refusal("escrow", people.pub["主任"], other)
    assert not recovery_path(ring).exists()


def test_refuses_more_holders_than_anyone_can_keep_an_eye_on(ring):
    crowd = [Holder(f"h{number}", bytes([number]) * 32) for number in range(10)]
    with pytest.raises(KeyRingError):
        name_holders(ring, crowd)


def test_refuses_a_public_key_to_which_nothing_can_be_sealed(ring, people, tmp_path):
    weak = tmp_path / "weak.pub"
    weak.write_text(json.dumps({"kind": holders.PUBLIC_KIND, "name": "weak", "public": "00" * 32}))
    refusal("escrow", people.pub["主任"], weak)
    assert not recovery_path(ring).exists() and not read_key_ring(ring).holders


# --- Renewal ----------------------------------------------------------------------------------------------


def test_is_renewed_by_every_rotation(ring, escrow, people):
    rotate(ring)
    found = recovered_ring(read_escrow(escrow), private(people, "主任"), private(people, "third"))
    assert found == read_key_ring(ring) and len(found.keys) == 4


def test_forgets_a_retired_key(ring, escrow, people, db):
    old = read_key_ring(ring).keys[0]
    rotate(ring)
    retire(ring, old.id.hex())
    found = recovered_ring(read_escrow(escrow), private(people, "主任"), private(people, "third"))
    assert not found.has(old.id)


def test_is_written_anew_for_the_holders_that_are_known(ring, escrow, people):
    escrow.unlink()
    told = keys("escrow")
    assert all(name in told for name in NAMES) and escrow.exists()


def test_shuts_out_a_holder_who_is_no_longer_named(ring, escrow, people, monkeypatch):
    keys("escrow", people.pub["主任"], people.pub["shuji"])
    typed = [WORDS["主任"], WORDS["third"]]
    two = [people.key["主任"], people.key["third"]]
    assert "third" in refusal("recover", escrow, *two, typed=typed, monkeypatch=monkeypatch)


def test_says_when_there_is_none_or_an_older_one(ring, people):
    [absent] = faults_of_recovery(ring)
    assert "tisu keys escrow" in absent
    name_holders(ring, [read_public(people.pub[name]) for name in NAMES])
    assert list(faults_of_recovery(ring)) == []
    stale = recovery_path(ring).read_bytes()
    rotate(ring)
    recovery_path(ring).write_bytes(stale)
    [older] = faults_of_recovery(ring)
    assert "tisu keys escrow" in older and older != absent


# --- Wrong files, wrong words -----------------------------------------------------------------------------


def test_a_wrong_passphrase_is_said_to_be_wrong(escrow, people, monkeypatch):
    two = [people.key["主任"], people.key["third"]]
    told = refusal("recover", escrow, *two, typed=[WORDS["主任"], "wrong"], monkeypatch=monkeypatch)
    assert "third.key" in told and "主任.key" not in told


def test_a_passphrase_may_be_typed_wide_or_narrow(people):
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in WORDS["third"])
    assert read_private(people.key["third"], wide).holder.name == "third"


def test_a_file_of_another_kind_is_said_to_be_one(ring, escrow, people, monkeypatch, tmp_path):
    key, pub = people.key["主任"], people.pub["主任"]
    (tmp_path / "empty").touch()
    (tmp_path / "list").write_text("[]")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    for words in (
        ("recover", ring, key, key),
        ("recover", key, key, key),
        ("recover", tmp_path / "nowhere", key, key),
        ("recover", tmp_path / "empty", key, key),
        ("recover", tmp_path / "list", key, key),
        ("recover", tmp_path / "bytes", key, key),
        ("recover", tmp_path, key, key),
        ("recover", escrow, pub, key),
        ("recover", escrow, escrow, key),
        ("escrow", key, pub),
        ("escrow", escrow, pub),
        ("escrow", tmp_path / "nowhere.pub", pub),
    ):
        assert any(
            Path(word).name in refusal(*words, typed=["x" * 20], monkeypatch=monkeypatch)
            for word in words[1:]
        )


@pytest.mark.parametrize("which", ["key", "recovery"])
def test_a_changed_byte_gives_a_sentence_or_changes_nothing(escrow, people, tmp_path, which):
    read, original = {
        "key": (lambda path: read_private(path, WORDS["third"]), people.key["third"]),
        "recovery": (read_escrow, escrow),
    }[which]
    content, changed = original.read_bytes(), tmp_path / "changed"
    refused = 0
    for place in range(0, len(content), max(len(content) // 60, 1)):
        changed.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        try:
            found = read(changed)
        except KeyRingError as fault:
            assert str(fault).endswith((".", "。"))
            refused += 1
        else:
            changed.write_bytes(content)
            assert found == read(changed)
    assert refused > 50


def test_a_recovery_file_whose_open_part_was_forged_does_not_open(escrow, people):
    """Whoever changes it can make the check fit again, but not the boxes."""
    content = json.loads(escrow.read_bytes())
    content["made"] = "2099-01-01T00:00:00+08:00"
    del content["check"]
    from tisu.foundation.recovery import _check_of  # the forger knows our sources too

    escrow.write_text(json.dumps(content | {"check": _check_of(content)}))
    found = read_escrow(escrow)
    with pytest.raises(KeyRingError):
        recovered_ring(found, private(people, "主任"), private(people, "third"))


def test_a_planted_key_file_cannot_ask_for_endless_work(people, tmp_path):
    content = json.loads(people.key["third"].read_text())
    content["scrypt"]["n"] = 2**40
    planted = tmp_path / "planted.key"
    planted.write_text(json.dumps(content))
    with pytest.raises(KeyRingError):
        read_private(planted, WORDS["third"])


# --- Making a holder --------------------------------------------------------------------------------------


def test_makes_two_files_and_says_what_to_do_with_them(tmp_path, monkeypatch):
    told = keys(
        "holder", "zhuren", "--folder", tmp_path, typed=["a long passphrase"], monkeypatch=monkeypatch
    )
    assert (tmp_path / "zhuren.key").stat().st_mode & 0o777 == 0o600
    holder = read_private(tmp_path / "zhuren.key", "a long passphrase").holder
    assert holder == read_public(tmp_path / "zhuren.pub")
    assert holders.fingerprint(holder) in told and "tisu keys escrow" in told
    content = (tmp_path / "zhuren.key").read_text()
    assert "a long passphrase" not in content + told


@pytest.mark.parametrize("name", ["", "../up", "a b", "x" * 41, "a/b", "."])
def test_refuses_a_name_that_is_no_file_name(tmp_path, monkeypatch, name):
    words = ["holder", "--folder", tmp_path, "--", name]
    refusal(*words, typed=["a long passphrase"], monkeypatch=monkeypatch)
    assert not list(tmp_path.glob("*.key"))


@pytest.mark.parametrize("words", ["", "short", "0123456789a"])
def test_refuses_a_short_passphrase(tmp_path, monkeypatch, words):
    assert "12" in refusal("holder", "x", "--folder", tmp_path, typed=[words], monkeypatch=monkeypatch)
    assert not (tmp_path / "x.key").exists()


def test_never_overwrites_a_holders_key(tmp_path, monkeypatch):
    (tmp_path / "x.pub").touch()
    words = ["holder", "x", "--folder", tmp_path]
    assert "x.pub" in refusal(*words, typed=["a long passphrase"], monkeypatch=monkeypatch)
    assert not (tmp_path / "x.key").exists()


def test_says_that_a_folder_cannot_be_written(tmp_path, monkeypatch):
    words = ["holder", "x", "--folder", tmp_path / "nowhere"]
    assert "x.key" in refusal(*words, typed=["a long passphrase"], monkeypatch=monkeypatch)


def test_asks_a_person_twice(tmp_path, monkeypatch):
    answers = iter(["a long passphrase", "another long one"])
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
    refusal("holder", "x", "--folder", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_never_writes_a_ring_in_the_clear(ring, people):
    key = read_key_ring(ring).keys[0]
    name_holders(ring, [read_public(people.pub[name]) for name in NAMES])
    content = recovery_path(ring).read_bytes()
    assert key.secret not in content and key.secret.hex().encode() not in content
    write_escrow(recovery_path(ring), read_key_ring(ring))
    assert recovery_path(ring).read_bytes() != content  # other ephemeral keys each time
