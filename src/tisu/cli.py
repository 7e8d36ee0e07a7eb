"""The command `tisu`: a subcommand is a Django command that its room brings along.

Exit 0 when done, 2 for bad usage or bad input, 1 for a failed check (architecture.md §2).
"""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tisu.settings")
    from django.core.exceptions import ImproperlyConfigured
    from environs import EnvError

    try:
        _execute(["tisu", *sys.argv[1:]])
    except (ImproperlyConfigured, EnvError) as fault:
        print(f"tisu: {fault}", file=sys.stderr)
        sys.exit(2)


def _execute(words: list[str]) -> None:
    from django.core.management import ManagementUtility

    class Utility(ManagementUtility):
        def fetch_command(self, subcommand: str):
            """Django ends with 1 for a command that does not exist; to us that is bad usage."""
            try:
                return super().fetch_command(subcommand)
            except SystemExit:
                sys.exit(2)

    Utility(words).execute()
