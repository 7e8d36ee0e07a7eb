"""`tisu demo`: set up the demonstration county, say how to get in, and serve it."""

import os
import shutil
import subprocess
import sys
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils.dateparse import parse_date

from tisu.foundation import demonstration
from tisu.foundation.instance import read_instance


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not 2010 <= day.year <= 2026:
        raise CommandError(
            f"--on takes a day between 2010 and 2026 as 2023-05-22, not “{text}”.", returncode=2
        )
    return day


class Command(BaseCommand):
    help = "Set up the demonstration county and serve it. Never for real data: every password is public."
    requires_system_checks: list = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--reset", action="store_true", help="begin again: removes the demonstration's data"
        )
        parser.add_argument("--no-serve", action="store_true", help="set up only")
        parser.add_argument(
            "--on", default=demonstration.DAY.isoformat(), help="the county's today (2023-05-22)"
        )

    def handle(self, *, reset: bool, no_serve: bool, on: str, **options: Any) -> None:
        day, data = _day(on), settings.DATA
        self._refuse_real_data(data)
        if reset:
            self._remove(data)
        if not self._is_ready(data):
            self._set_up(data, day)
        self._say_how_to_get_in()
        if not no_serve:
            sys.stdout.flush()
            os.execv(sys.executable, [sys.executable, "-m", "tisu", "serve"])

    def _refuse_real_data(self, data) -> None:
        has_instance = (data / "instance.json").exists()
        if (has_instance or self._database().exists()) and not read_instance(data).demonstration:
            raise CommandError(
                f"{data} holds a real installation. Name another folder: TISU_DATA=./demo tisu demo",
                returncode=2,
            )

    def _database(self):
        return settings.DATA / "tisu.sqlite3"

    def _is_sqlite(self) -> bool:
        return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")

    def _is_ready(self, data) -> bool:
        return (data / "demo.ready").exists()

    def _remove(self, data) -> None:
        for name in (*demonstration.KEPT, "tisu.sqlite3-wal", "tisu.sqlite3-shm", "demo.ready"):
            path = data / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    def _set_up(self, data, day: date) -> None:
        self._remove(data)  # what an interrupted set-up left
        demonstration.prepare(data, day)
        if not (self._is_sqlite() and demonstration.restore(data, day)):
            self.stdout.write("Building the demonstration county …")
            self.stdout.flush()
            done = subprocess.run(
                [sys.executable, "-m", "tisu", "demo_county", "--on", day.isoformat()], check=False
            )
            if done.returncode:
                raise CommandError("The demonstration county could not be built; see above.", returncode=1)
            if self._is_sqlite():
                demonstration.keep(data, day)
        demonstration.prepare(data, day)  # the county's clock starts when it is ready
        (data / "demo.ready").touch()

    def _say_how_to_get_in(self) -> None:
        home = f"http://{'localhost' if settings.HOST in ('127.0.0.1', '0.0.0.0') else settings.HOST}:{settings.PORT}"
        lines = [f"  {name:<24}{what}" for name, what in demonstration.accounts()]
        self.stdout.write(
            "\n".join(
                [
                    "",
                    f"提速 Tisu · 示例县 · demonstration county in {settings.DATA}",
                    f"  {home}/        直通车 the direct line (no sign-in)",
                    f"  {home}/track   查询进度 look up a receipt",
                    f"  {home}/desk    工作台 the desk (sign in)",
                    f"  {home}/api/v1/openapi.json",
                    "",
                    f"Accounts, all with the password {demonstration.PASSWORD}:",
                    *lines,
                    "",
                ]
            )
        )
