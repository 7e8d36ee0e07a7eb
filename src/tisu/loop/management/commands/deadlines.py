"""`tisu deadlines rebuild [--check]`: every cached date anew from the facts. Exit 1 when --check finds a difference."""

import sys
from typing import Any

from django.core.management import BaseCommand
from django.utils.translation import ngettext

from tisu.loop.rebuild import differences


class Command(BaseCommand):
    help = "Reckon every cached date anew from clocks, pauses and extensions."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("task", choices=["rebuild"])
        parser.add_argument("--check", action="store_true", help="only compare; exit 1 on any difference")

    def handle(self, *, check: bool, **options: Any) -> None:
        count = 0
        for difference in differences(write=not check):
            self.stdout.write(f"- {difference}")
            count += 1
        self.stdout.write(ngettext("%(n)d difference.", "%(n)d differences.", count) % {"n": count})
        if check and count:
            sys.exit(1)
