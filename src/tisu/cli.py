"""The command `tisu`: a subcommand is a Django command that its room brings along.

Exit 0 when done, 2 for bad usage or bad input, 1 for a failed check (architecture.md §2).
"""

import os
import sys
from pathlib import Path

# These begin an installation: the secret that settings ask for is written before Django is set up.
BEGINNINGS = frozenset({"init", "demo"})


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tisu.settings")
    if (
        BEGINNINGS & set(sys.argv[1:2])
        and not {"-h", "--help"} & set(sys.argv)
        and not os.environ.get("TISU_SECRET_KEY")
    ):
        from tisu.foundation.instance import ensure_secret

        ensure_secret(Path(os.environ.get("TISU_DATA") or "var").resolve())
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["tisu", *sys.argv[1:]])
    except ImproperlyConfigured as fault:
        sys.exit(f"tisu: {fault}")
