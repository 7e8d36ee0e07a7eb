"""The part of `tisu bench` that needs the benchmark's own settings: builds, loads, measures, prints JSON."""

import json
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import connections

from tisu.bench.run import Wanted, run
from tisu.foundation.occupant import Occupant, occupant


class Command(BaseCommand):
    help = "Measure a county in an empty database (called by `tisu bench`)."
    requires_system_checks: list = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("asked")

    def handle(self, *, asked: str, **options: Any) -> None:
        if not settings.DEMONSTRATION or occupant() is not Occupant.NOBODY:
            raise CommandError("This is no empty database of a benchmark: use `tisu bench`.", returncode=2)
        connections.settings["default"]["OPTIONS"].pop("pool", None)  # one connection, never two at once
        wanted = json.loads(asked)
        told = run(Wanted(**(wanted | {"only": tuple(wanted["only"])})))
        self.stdout.write(json.dumps(told))
