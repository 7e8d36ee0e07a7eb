"""Numbers that people read out on the phone: ASCII, unguessable, with no gaps that tell.

Crockford's alphabet (no I, L, O, U), groups joined by a hyphen. 10 characters are 50 bits.
"""

import secrets

from tisu.foundation.textnorm import narrow

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SAME = str.maketrans("ILO", "110")


def random_code(length: int) -> str:
    """Each character is five random bits: the alphabet has 32, so that none comes more often than another."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(length))


def grouped(code: str, size: int) -> str:
    return "-".join(code[start : start + size] for start in range(0, len(code), size))


def new_number() -> str:
    """A matter's number, like `7K3M9-QDT4X`."""
    return grouped(random_code(10), 5)


def as_number(text: str) -> str:
    """A matter's number as a person typed it, with or without its hyphen, in either width and case."""
    return grouped(as_typed(text), 5)


def as_typed(text: str) -> str:
    """What a person typed, folded to the alphabet: full-width and lower case, I L O read as 1 1 0."""
    kept = (sign for sign in narrow(text).upper() if sign.isalnum())
    return "".join(kept).translate(_SAME)
