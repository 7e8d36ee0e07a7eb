"""The command `tisu`: a subcommand is a Django command that its room brings along.

Exit 0 when done, 2 for bad usage or bad input, 1 for a failed check (architecture.md §2).
"""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tisu.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["tisu", *sys.argv[1:]])
    except ImproperlyConfigured as fault:
        sys.exit(f"tisu: {fault}")
