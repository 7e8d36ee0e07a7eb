"""Rotation adds keys and loses none: not when it is killed, not when two rotate at once."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tisu.foundation import clock
from tisu.foundation.digests import keyed_digest, keyed_digests
from tisu.foundation.keyring import KeyRingError
from tisu.foundation.ringfile import create_key_ring, key_ring, read_key_ring
from tisu.foundation.rotation import retire, rotate
from tisu.foundation.sealed import SealBroken, open_sealed, seal

SECRET, PLACE = "举报人的电话", "voice_report.contact:7"


@pytest.fixture(autouse=True)
def ring(settings, tmp_path, monday):
    settings.KEY_RING = tmp_path / "ring.json"
    create_key_ring(settings.KEY_RING)
    return settings.KEY_RING


def keys(*words: str) -> str:
    told = StringIO()
    call_command("keys", *words, stdout=told)
    return told.getvalue()


def ids(path) -> list[str]:
    return [key.id.hex() for key in read_key_ring(path).keys]


def test_seals_under_new_keys_and_opens_what_older_ones_sealed(ring):
    seals = []
    for _time in range(3):
        seals.append(seal(SECRET, context=PLACE))
        rotate(ring)
    assert [open_sealed(blob, context=PLACE) for blob in seals] == [SECRET] * 3
    assert len({blob[1:5] for blob in seals}) == 3


def test_keeps_the_ring_before_and_both_private(ring):
    before = ring.read_bytes()
    rotate(ring)
    backup = ring.with_name("ring.json~")
    assert backup.read_bytes() == before != ring.read_bytes()
    assert {path.stat().st_mode & 0o777 for path in (ring, backup)} == {0o600}
    assert sorted(path.name for path in ring.parent.iterdir()) == ["ring.json", "ring.json~"]


KILLED = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from django.conf import settings
from tisu.foundation.rotation import rotate
def die(self, target):
    if Path(target).name == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.replace(self, target)
Path.replace = die
rotate(settings.KEY_RING)
"""


@pytest.mark.parametrize("before_naming", ["ring.json", "ring.json~"])
def test_leaves_the_whole_ring_when_killed_between_write_and_rename(ring, before_naming):
    blob, before = seal(SECRET, context=PLACE), ids(ring)
    paths = [path for path in sys.path if path]
    environment = os.environ | {"TISU_KEY_RING": str(ring), "PYTHONPATH": os.pathsep.join(paths)}
    killed = subprocess.run([sys.executable, "-c", KILLED, before_naming], env=environment, check=False)
    assert killed.returncode == -9
    left = ring.with_name(before_naming + ".new")
    assert left.stat().st_mode & 0o777 == 0o600
    assert ids(ring) == before and open_sealed(blob, context=PLACE) == SECRET
    rotate(ring)
    assert ids(ring)[:2] == before and len(ids(ring)) == 4
    assert not left.exists()


def test_loses_no_key_when_several_rotate_at_once(ring):
    with ThreadPoolExecutor(6) as pool:
        made = [key.id.hex() for two in pool.map(rotate, [ring] * 6) for key in two]
    assert sorted(ids(ring)[2:]) == sorted(made)
    assert len(set(ids(ring))) == 14


def test_says_that_the_ring_cannot_be_written(ring, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    before = ring.read_bytes()
    monkeypatch.setattr("tisu.foundation.ringfile.write_private", full)
    with pytest.raises(KeyRingError, match="No space left"):
        rotate(ring)
    assert ring.read_bytes() == before


# --- Digests after a rotation -----------------------------------------------------------------------------


def test_looks_up_under_every_pepper_and_writes_under_the_newest(ring):
    old = keyed_digest("receipt", "7K3M9")
    rotate(ring)
    new = keyed_digest("receipt", "7K3M9")
    assert keyed_digests("receipt", "7K3M9") == [new, old]
    assert keyed_digests("receipt", "7K3M9") != keyed_digests("token", "7K3M9")


def test_still_finds_digests_from_before_they_named_their_pepper(ring):
    content = json.loads(ring.read_text())
    for key in content["keys"]:
        del key["made"]
    ring.write_text(json.dumps(content | {"format": 1}))
    bare = next(digest for digest in keyed_digests("receipt", "7K3M9") if len(digest) == 64)
    rotate(ring)
    assert bare in keyed_digests("receipt", "7K3M9")
    assert len(keyed_digests("receipt", "7K3M9")) == 3


def test_takes_the_pepper_of_the_hour_for_what_is_counted_by_the_hour(ring, monday):
    before = keyed_digest("address", "192.0.2.1", at=monday)
    with clock.at(monday + timedelta(minutes=20)):
        rotate(ring)
    assert keyed_digest("address", "192.0.2.1", at=monday) == before
    assert keyed_digest("address", "192.0.2.1", at=monday + timedelta(hours=1)) != before
    assert keyed_digest("address", "192.0.2.1", at=monday - timedelta(days=1)) == before  # older than any key


# --- Retiring ---------------------------------------------------------------------------------------------


def test_takes_out_a_key_that_nothing_depends_on(ring, db):
    blob, [old, _pepper] = seal(SECRET, context=PLACE), ids(ring)
    rotate(ring)
    keys("retire", old.upper())
    assert old not in ids(ring) and len(ids(ring)) == 3
    with pytest.raises(SealBroken):
        open_sealed(blob, context=PLACE)
    assert old in ring.with_name("ring.json~").read_text()


@pytest.mark.parametrize("place", [0, 1])
def test_never_retires_the_newest(ring, db, place):
    rotate(ring)
    with pytest.raises(KeyRingError):
        retire(ring, ids(ring)[2 + place])
    assert len(ids(ring)) == 4


@pytest.mark.parametrize("unknown", ["", "zz", "00000000"])
def test_says_that_there_is_no_such_key(ring, db, unknown):
    with pytest.raises(CommandError) as refused:
        keys("retire", unknown)
    assert refused.value.returncode == 2 and "tisu keys list" in str(refused.value)


# --- The command ------------------------------------------------------------------------------------------


def test_lists_ids_purposes_and_dates_and_no_key(ring, db):
    keys("rotate")
    told = keys("list")
    assert all(key_id in told for key_id in ids(ring))
    assert told.count("2023-05-22 09:00") == 4
    assert not any(key.secret.hex()[:8] in told for key in key_ring().keys)


def test_says_in_a_sentence_what_is_wrong_and_ends_with_2(ring, db):
    ring.chmod(0o644)
    for words in (["list"], ["rotate"], ["retire", "00000000"], ["escrow"]):
        with pytest.raises(CommandError) as refused:
            keys(*words)
        assert refused.value.returncode == 2 and "ring.json" in str(refused.value)


def test_says_that_nothing_is_left_to_seal_anew(ring, db):
    keys("rotate")
    assert "0" not in keys("reseal")
    assert Path(ring).exists()
