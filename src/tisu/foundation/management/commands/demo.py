"""`tisu demo`: set up the demonstration county, say how to get in, and serve it."""

import os
import subprocess
import sys
from argparse import BooleanOptionalAction
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from tisu.foundation import demonstration
from tisu.foundation.listening import NoPlaceToListen, try_to_listen
from tisu.foundation.occupant import Occupant, occupant, place, sqlite_file


class Command(BaseCommand):
    help = "Set up the demonstration county and serve it. Never for real data: every password is public."
    requires_system_checks: list = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--reset", action="store_true", help="begin again: removes the demonstration's data"
        )
        parser.add_argument("--no-serve", action="store_true", help="set up only")
        parser.add_argument(
            "--worker",
            action=BooleanOptionalAction,
            default=None,
            help="serve with or without a worker beside the web processes (default: with one on SQLite)",
        )
        parser.add_argument("--on", default="", help="the county's today (2023-05-22)")

    def handle(
        self, *, reset: bool, no_serve: bool, on: str, worker: bool | None = None, **options: Any
    ) -> None:
        day, found = _day(on), _occupant()
        _refuse_real_data(found)
        _refuse_foreign_demonstration(found, reset)
        if not no_serve:
            _refuse_taken_port()
        if reset or not _is_complete(found):
            self._set_up(day or demonstration.DAY)
        elif day:
            _refuse_other_day(day)
        self._say_how_to_get_in()
        if not no_serve:
            sys.stdout.flush()
            os.execv(sys.executable, [sys.executable, "-m", "tisu", "serve", *_passed_on(worker)])

    def _set_up(self, day: date) -> None:
        # First it says that this is a demonstration: what is interrupted from here on can be begun again.
        demonstration.prepare(day, complete=False)
        demonstration.remove()
        if not demonstration.restore(day):
            self.stdout.write("Building the demonstration county …")
            self.stdout.flush()
            _build(day)
            demonstration.keep(day)
        demonstration.prepare(day, complete=True)  # the county's clock starts when it is ready

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
                    "Walled pages ask for a second factor too; here the page that asks shows the code.",
                    "",
                ]
            )
        )


def _passed_on(worker: bool | None) -> list[str]:
    return [] if worker is None else ["--worker" if worker else "--no-worker"]


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not demonstration.FIRST <= day <= demonstration.LAST:
        _refuse(
            _("--on takes a day from %(first)s to %(last)s, not “%(text)s”."),
            first=demonstration.FIRST, last=demonstration.LAST, text=text,
        )  # fmt: skip
    return day


def _occupant() -> Occupant:
    try:
        return occupant()
    except DatabaseError as fault:
        _refuse(_("The database cannot be used: %(fault)s"), fault=str(fault).strip())


def _refuse_real_data(found: Occupant) -> None:
    """Nothing that is not known to be a demonstration is ever written to."""
    if found is Occupant.REAL or (found is Occupant.UNFINISHED and not settings.DEMONSTRATION):
        _refuse(
            _(
                "The database %(place)s holds data that belong to no demonstration, so nothing was changed: "
                "name another one in TISU_DATABASE_URL or TISU_DATA."
            ),
            place=place(),
        )
    if (settings.DATA / "instance.json").exists() and not settings.DEMONSTRATION:
        _refuse(
            _(
                "%(folder)s holds a real installation. Name another folder: TISU_DATA=./demo tisu demo",
            ),
            folder=settings.DATA,
        )


def _refuse_foreign_demonstration(found: Occupant, reset: bool) -> None:
    if found is Occupant.DEMONSTRATION and not reset and not _is_ours():
        _refuse(
            _("The database %(place)s holds the demonstration of another folder: --reset begins it again."),
            place=place(),
        )


def _is_ours() -> bool:
    """What lies in the folder moves with it; any other database is ours when the folder remembers it."""
    record, path = demonstration.built(), sqlite_file()
    if path is not None and path.parent == settings.DATA:
        return settings.DEMONSTRATION
    return record is not None and record.database == place()


def _is_complete(found: Occupant) -> bool:
    record = demonstration.built()
    return found is Occupant.DEMONSTRATION and _is_ours() and record is not None and record.complete


def _refuse_other_day(day: date) -> None:
    lives_on = demonstration.built().on
    if lives_on != day.isoformat():
        _refuse(
            _("This demonstration began on %(day)s: --reset --on %(other)s begins it again on the other day."),
            day=lives_on, other=day,
        )  # fmt: skip


def _refuse_taken_port() -> None:
    try:
        try_to_listen()
    except NoPlaceToListen as fault:
        raise CommandError(str(fault), returncode=2) from None


def _build(day: date) -> None:
    """In a process of its own, whose settings are the demonstration's."""
    command = [sys.executable, "-m", "tisu", "demo_county", "--on", day.isoformat()]
    if subprocess.run(command, check=False).returncode:
        raise CommandError(_("The demonstration county could not be built; see above."), returncode=1)


def _refuse(sentence: str, **words: Any) -> None:
    raise CommandError(sentence % words, returncode=2)
