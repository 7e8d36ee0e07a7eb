"""What the figures were taken on, and how much memory a process holds."""

import os
import platform
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from tisu.bench.timing import milliseconds, timed

PACKAGES = ("tisu", "django", "granian", "psycopg", "cryptography")
MEGABYTE = 1024 * 1024
SYNCS = 50


def facts() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory_mb": _whole("/proc/meminfo", "MemTotal:") // 1024,
        "load_average": [round(each, 2) for each in os.getloadavg()],
        "system": platform.platform(),
        "python": platform.python_version(),
        "database": _database(),
        "durable": _durability(),
        "fsync_ms": round(_fsync(), 3),
        "versions": {name: version(name) for name in PACKAGES},
        "web_processes": settings.WORKERS,
    }


def resident(pid: int | str = "self") -> float:
    """Megabytes that a process holds in memory now; 0 where the system does not tell."""
    return _whole(f"/proc/{pid}/status", "VmRSS:") / 1024


def peak() -> float:
    """The most that this process held since `forget_peak`."""
    return _whole("/proc/self/status", "VmHWM:") / 1024


def forget_peak() -> None:
    """Where the system cannot forget it, the peak stays that of the whole process: growth is then overstated."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


def _whole(path: str, name: str) -> int:
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def _database() -> str:
    connection.ensure_connection()
    return f"{connection.vendor} {'.'.join(map(str, connection.get_database_version()))}"


def _durability() -> dict[str, str]:
    """The settings on which it depends whether an acknowledged commit outlives a power cut."""
    asked = ("fsync", "synchronous_commit", "full_page_writes", "shared_buffers")
    names = asked if connection.vendor == "postgresql" else ("synchronous", "journal_mode")
    word = "SHOW" if connection.vendor == "postgresql" else "PRAGMA"
    with connection.cursor() as cursor:
        told = {}
        for name in names:
            cursor.execute(f"{word} {name}")
            told[name] = str(cursor.fetchone()[0])
    return told


def _fsync() -> float:
    """Milliseconds to make four kilobytes durable where temporary files lie (and SQLite's own database)."""
    with tempfile.NamedTemporaryFile(dir=settings.DATA) as file:

        def write() -> None:
            file.write(b"0" * 4096)
            file.flush()
            os.fsync(file.fileno())

        return milliseconds([timed(write) for _each in range(SYNCS)])
