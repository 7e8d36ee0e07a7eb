"""Seals open with the right key, in the right place, unchanged; or not at all."""

import json
import secrets

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st

from tisu.foundation import sealed
from tisu.foundation.sealed import (
    SealBroken,
    create_key_ring,
    derived_seal,
    keyed_digest,
    open_derived,
    open_sealed,
    salted_digest,
    seal,
)

PLACE = "voice_report.contact:7"
SECRET = "举报人的电话"


@pytest.fixture(autouse=True)
def ring(settings, tmp_path):
    settings.KEY_RING = tmp_path / "keys" / "ring.json"
    create_key_ring(settings.KEY_RING)
    return settings.KEY_RING


def another_ring(settings, tmp_path):
    settings.KEY_RING = tmp_path / "other.json"
    create_key_ring(settings.KEY_RING)


def test_the_library_gives_the_published_sm4_gcm_answer():
    """RFC 8998, appendix A.1."""
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    cipher = Cipher(algorithms.SM4(key), modes.GCM(bytes.fromhex("00001234567800000000abcd"))).encryptor()
    cipher.authenticate_additional_data(bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2"))
    plain = bytes.fromhex("".join(c * 16 for c in "abcdefea"))
    assert (cipher.update(plain) + cipher.finalize()).hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    )
    assert cipher.tag.hex() == "83de3541e4c2b58177e065a9bf7b62ec"


def test_the_library_gives_the_published_sm3_answer():
    """GB/T 32905, appendix A.1."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(b"abc")
    assert digest.finalize().hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_a_salted_digest_is_sm3_over_length_salt_and_content():
    digest = hashes.Hash(hashes.SM3())
    digest.update(b"\x04saltcontent")
    assert salted_digest(b"salt", b"content") == digest.finalize().hex()
    assert salted_digest(b"salt", b"content") != salted_digest(b"saltc", b"ontent")


@budget(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(), st.text())
def test_opens_what_was_sealed(text, context):
    assert open_sealed(seal(text, context=context), context=context) == text


def test_never_seals_the_same_text_to_the_same_bytes():
    assert seal(SECRET, context=PLACE) != seal(SECRET, context=PLACE)
    assert SECRET.encode() not in seal(SECRET, context=PLACE)


def test_a_changed_byte_anywhere_does_not_open():
    blob = seal(SECRET, context=PLACE)
    for place in range(len(blob)):
        changed = blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :]
        with pytest.raises(SealBroken):
            open_sealed(changed, context=PLACE)


@pytest.mark.parametrize("cut", [0, 1, 5, 20, 32, -1])
def test_a_cut_seal_does_not_open(cut):
    with pytest.raises(SealBroken):
        open_sealed(seal(SECRET, context=PLACE)[:cut], context=PLACE)


def test_a_moved_seal_does_not_open():
    with pytest.raises(SealBroken):
        open_sealed(seal(SECRET, context=PLACE), context="voice_report.contact:8")


def test_a_seal_of_another_key_ring_does_not_open_and_says_why(settings, tmp_path):
    blob = seal(SECRET, context=PLACE)
    another_ring(settings, tmp_path)
    with pytest.raises(SealBroken) as broken:
        open_sealed(blob, context=PLACE)
    assert str(broken.value).endswith((".", "。"))


def test_a_wrong_key_under_the_right_id_does_not_open(settings, tmp_path, ring):
    blob = seal(SECRET, context=PLACE)
    content = json.loads(ring.read_text())
    content["keys"][0]["key"] = secrets.token_hex(32)
    forged = tmp_path / "forged.json"
    forged.touch(mode=0o600)
    forged.write_text(json.dumps(content))
    settings.KEY_RING = forged
    with pytest.raises(SealBroken):
        open_sealed(blob, context=PLACE)


def test_older_keys_still_open_and_the_newest_seals(settings, tmp_path, ring):
    blob = seal(SECRET, context=PLACE)
    content = json.loads(ring.read_text())
    content["keys"].append({"id": "00000001", "purpose": "field", "key": secrets.token_hex(32)})
    grown = tmp_path / "grown.json"
    grown.touch(mode=0o600)
    grown.write_text(json.dumps(content))
    settings.KEY_RING = grown
    assert open_sealed(blob, context=PLACE) == SECRET
    assert seal(SECRET, context=PLACE)[1:5] == bytes.fromhex("00000001")


def test_no_key_shows_when_printed(ring):
    keys = [key["key"] for key in json.loads(ring.read_text())["keys"]]
    shown = repr(sealed.key_ring())
    assert not any(key in shown or repr(bytes.fromhex(key)) in shown for key in keys)


def test_a_keyed_digest_depends_on_purpose_data_and_ring(settings, tmp_path):
    digest = keyed_digest("receipt", "7K3M9")
    assert len(digest) <= 64  # the width of every column that holds one
    assert digest == keyed_digest("receipt", b"7K3M9")
    others = [keyed_digest("flood", "7K3M9"), keyed_digest("receipt", "7K3M8")]
    another_ring(settings, tmp_path)
    assert digest not in [*others, keyed_digest("receipt", "7K3M9")]


def test_a_derived_seal_opens_only_with_its_secret_and_in_its_place():
    blob = derived_seal(b"the request's own key", SECRET, context=PLACE)
    assert open_derived(b"the request's own key", blob, context=PLACE) == SECRET
    for secret, place in ((b"another key", PLACE), (b"the request's own key", "elsewhere")):
        with pytest.raises(SealBroken):
            open_derived(secret, blob, context=place)
    with pytest.raises(SealBroken):
        open_sealed(blob, context=PLACE)


def test_a_derived_seal_needs_the_pepper_too(settings, tmp_path):
    blob = derived_seal(b"secret", SECRET, context=PLACE)
    another_ring(settings, tmp_path)
    with pytest.raises(SealBroken):
        open_derived(b"secret", blob, context=PLACE)


def test_an_empty_secret_is_refused():
    with pytest.raises(ValueError):
        derived_seal(b"", SECRET, context=PLACE)
