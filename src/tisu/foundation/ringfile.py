"""Where the key ring lies: read by every process, changed by one at a time.

A process reads the ring once and looks at the file's inode, size and time before each use, so that a rotated
ring is noticed without a restart. A change is written beside the ring and put in its place in one step:
whoever is interrupted leaves the old ring or the new one, never half of one.
"""

import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from tisu.foundation import clock
from tisu.foundation.instance import write_private
from tisu.foundation.keyring import ID, PURPOSES, SECRET, Key, KeyRing, KeyRingError, parse_ring, ring_text

LONGEST = 1_000_000  # bytes; thousands of keys
Stamp = tuple[int, int, int, int]
_read: dict[Path, tuple[Stamp, KeyRing]] = {}


def key_ring() -> KeyRing:
    """The key ring of this installation as its file is now."""
    path = Path(settings.KEY_RING)
    known = _read.get(path)
    if known is not None and known[0] == _stamp_now(path):
        return known[1]
    stamp, ring = _load(path)
    if known is not None and not ring.follows(known[1]):
        sentence = _(
            "The key ring %(path)s was exchanged for another one while the system ran: not one key is the same. "
            "Put the right one back, or restart if this one is right."
        )
        raise KeyRingError(sentence % {"path": path})
    _read[path] = stamp, ring
    return ring


def read_key_ring(path: Path) -> KeyRing:
    """The ring in a file, looked at anew: who may read it is checked too."""
    return _load(path)[1]


def create_key_ring(path: Path) -> None:
    """Write a new key ring that only its owner can read. An existing one is never overwritten."""
    put_new_ring(path, KeyRing(new_keys()))


def new_keys() -> tuple[Key, ...]:
    """One key for each purpose, made now."""
    now = clock.local(clock.now()).replace(microsecond=0)
    return tuple(
        Key(secrets.token_bytes(ID), purpose, secrets.token_bytes(SECRET), now) for purpose in PURPOSES
    )


def put_new_ring(path: Path, ring: KeyRing) -> None:
    """Write a ring where there is none."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(path):
        if os.path.lexists(path):
            raise KeyRingError(
                _("There is a key ring at %(path)s already: it is never overwritten. Move it away first.")
                % {"path": path}
            )
        write_private(path, ring_text(ring))


@contextmanager
def changing_ring(path: Path) -> Iterator[KeyRing]:
    """The ring, while nobody else changes it. Write it back with `replace_ring` inside."""
    _load(path)  # says what is wrong before the folder is locked
    with _alone(path.resolve()):
        yield read_key_ring(path)


def replace_ring(path: Path, ring: KeyRing) -> None:
    """Put a changed ring in place of the one there, which stays beside it as `…~`."""
    path = path.resolve()  # a link goes on leading here
    write_private(backup_of(path), path.read_bytes())
    write_private(path, ring_text(ring))


def backup_of(path: Path) -> Path:
    return path.with_name(path.name + "~")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Two changes at once come one after the other: the ring's folder is locked for each."""
    try:
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as fault:
        raise _unusable(path, fault) from None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    except OSError as fault:
        raise _unusable(path, fault) from None
    finally:
        os.close(folder)


def _unusable(path: Path, fault: OSError) -> KeyRingError:
    sentence = _("The key ring %(path)s cannot be written: %(fault)s.")
    return KeyRingError(sentence % {"path": path, "fault": fault.strerror})


# --- Reading -----------------------------------------------------------------------------------------------


def _load(path: Path) -> tuple[Stamp, KeyRing]:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise _missing(path) from None
    except OSError as fault:
        sentence = _("The key ring %(path)s cannot be read: %(fault)s.")
        raise KeyRingError(sentence % {"path": path, "fault": fault.strerror}) from None
    try:
        found = os.fstat(handle)
        _must_be_private(path, found)
        return _stamp(found), parse_ring(path, os.read(handle, LONGEST))
    finally:
        os.close(handle)


def _must_be_private(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise KeyRingError(_("%(path)s is no file: the key ring must be one.") % {"path": path})
    if found.st_mode & 0o077:
        sentence = _("Other accounts can read the key ring %(path)s: give it mode 600.")
        raise KeyRingError(sentence % {"path": path})
    # root may work on the ring of the account that serves, but not be led astray by a link.
    if found.st_uid != os.geteuid() and (os.geteuid() or path.is_symlink()):
        sentence = _("The key ring %(path)s belongs to another account: it must be this account's own.")
        raise KeyRingError(sentence % {"path": path})


def _missing(path: Path) -> KeyRingError:
    sentence = _(
        "There is no key ring at %(path)s: put the one there that this county's data were sealed with; "
        "a new installation gets one by tisu init."
    )
    return KeyRingError(sentence % {"path": path})


def _stamp_now(path: Path) -> Stamp | None:
    try:
        return _stamp(path.stat())
    except OSError:
        return None


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
