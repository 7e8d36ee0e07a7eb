"""What this installation is: the small file beside its data that settings read once.

Read before Django is set up, so it imports nothing of it. `instance.json` and `secret.key` are written
by `tisu demo` and `tisu init` with mode 0600 and never stand in the database.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True)
class Instance:
    """Region served (GB/T 2260 code), whether it is a demonstration, and the domain clock's offset in seconds.

    No region: nobody has said yet which one, so there is no installation.
    """

    region: str = ""
    demonstration: bool = False
    clock_offset_seconds: float = 0.0

    @property
    def clock_offset(self) -> timedelta:
        return timedelta(seconds=self.clock_offset_seconds)


def read_instance(data: Path) -> Instance:
    try:
        return Instance(**json.loads((data / "instance.json").read_text("utf-8")))
    except FileNotFoundError:
        return Instance()


def write_instance(data: Path, instance: Instance) -> None:
    write_private(data / "instance.json", json.dumps(asdict(instance)).encode())


def read_secret(data: Path) -> str:
    """Empty when there is none: Django then refuses to start as soon as it is needed."""
    try:
        return (data / "secret.key").read_text("ascii").strip()
    except FileNotFoundError:
        return ""


def ensure_secret(data: Path) -> None:
    if not read_secret(data):
        write_private(data / "secret.key", secrets.token_urlsafe(48).encode())


def write_private(path: Path, content: bytes) -> None:
    """Write atomically with mode 0600: a reader never meets half a file, another account never reads it.

    A file stays whose it was: root may change what the serving account must go on reading.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)  # left by a run that was killed, with whatever mode
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        if os.geteuid() == 0 and path.exists():
            os.fchown(handle, path.stat().st_uid, path.stat().st_gid)
        file.write(content)
        file.flush()
        os.fsync(handle)
    new.replace(path)
    _keep_names(path.parent)


def _keep_names(folder: Path) -> None:
    """A new name outlives a power cut only when its folder was written out too."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
