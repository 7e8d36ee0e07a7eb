"""A sealed box opens with its private key, under its context, unchanged; or not at all."""

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from tisu.foundation.boxes import make_box_keys, open_box, public_of, seal_to
from tisu.foundation.ciphers import SealBroken

KEYS, OTHERS = make_box_keys(), make_box_keys()
PLACE = "discipline:7"
P = 2**255 - 19
# The points of order 1, 2, 4 and 8 on the curve and its twist, in every encoding (RFC 7748 §6.1, SafeCurves).
ORDER_8 = (
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
)
LOW_ORDER = sorted(
    {
        (value + high) % 2**256
        for point in (0, 1, *ORDER_8, P - 1, P, P + 1)
        for value in (point,)
        for high in (0, 2**255)
        if value < 2**255
    }
)


@budget(max_examples=40)
@given(st.binary(max_size=2_000), st.text(max_size=40))
def test_opens_what_was_put_in(content, context):
    context = context.encode("utf-8", "ignore").decode()
    assert open_box(KEYS.private, seal_to(KEYS.public, content, context), context) == content


def test_takes_text_too():
    assert open_box(KEYS.private, seal_to(KEYS.public, "举报内容", PLACE), PLACE).decode() == "举报内容"


def test_never_closes_the_same_content_to_the_same_bytes():
    one, other = (seal_to(KEYS.public, "举报内容", PLACE) for _time in range(2))
    assert one != other and one[1:33] != other[1:33]
    assert "举报内容".encode() not in one


def test_a_changed_bit_in_any_byte_does_not_open():
    blob = seal_to(KEYS.public, "举报内容", PLACE)
    for place in range(len(blob)):
        for bit in (0x01, 0x80):  # the highest bit of a point is ignored by the curve, and still bound here
            changed = blob[:place] + bytes([blob[place] ^ bit]) + blob[place + 1 :]
            with pytest.raises(SealBroken):
                open_box(KEYS.private, changed, PLACE)


@pytest.mark.parametrize("cut", [0, 1, 32, 33, 45, 60, -1])
def test_a_cut_box_does_not_open(cut):
    with pytest.raises(SealBroken):
        open_box(KEYS.private, seal_to(KEYS.public, "举报内容", PLACE)[:cut], PLACE)


def test_opens_with_its_own_key_and_context_only():
    blob = seal_to(KEYS.public, "举报内容", PLACE)
    for private, context in ((OTHERS.private, PLACE), (KEYS.private, "discipline:8"), (KEYS.private, "")):
        with pytest.raises(SealBroken):
            open_box(private, blob, context)


@pytest.mark.parametrize("point", LOW_ORDER)
def test_a_point_of_low_order_is_refused_by_both_sides(point):
    public = point.to_bytes(32, "little")
    with pytest.raises(SealBroken):
        seal_to(public, "举报内容", PLACE)
    with pytest.raises(SealBroken):
        open_box(KEYS.private, b"\x03" + public + bytes(60), PLACE)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_another_length_is_refused(length):
    with pytest.raises(SealBroken):
        seal_to(bytes(length), "x", PLACE)
    with pytest.raises(SealBroken):
        open_box(bytes(length), seal_to(KEYS.public, "x", PLACE), PLACE)


def test_shows_no_private_key_when_printed():
    assert repr(KEYS.private) not in repr(KEYS) and public_of(KEYS.private) == KEYS.public
