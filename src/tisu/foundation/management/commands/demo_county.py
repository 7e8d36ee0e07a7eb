"""The part of `tisu demo` that needs the demonstration's own settings: builds the county in an empty database."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from tisu.foundation import demonstration
from tisu.foundation.occupant import Occupant, occupant


class Command(BaseCommand):
    help = "Build the demonstration county (called by `tisu demo`)."
    requires_system_checks: list = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--on", type=date.fromisoformat, default=demonstration.DAY)

    def handle(self, *, on: date, **options: Any) -> None:
        if not settings.DEMONSTRATION or occupant() is not Occupant.NOBODY:
            raise CommandError("This is no empty demonstration: use `tisu demo`.", returncode=2)
        demonstration.build(on)
