"""`tisu serve`: the web processes, and on a trial installation a worker beside them."""

from argparse import BooleanOptionalAction
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from tisu.foundation.assets import gather
from tisu.foundation.companion import worker_beside
from tisu.foundation.listening import NoPlaceToListen, try_to_listen
from tisu.foundation.occupant import lacks_tables, place
from tisu.foundation.sealed import KeyRingError, key_ring
from tisu.foundation.startup import refuse_unsafe_start

# Threads that answer in each process, by database: SQLite has one writer, so more of them wait on each other.
THREADS = {"django.db.backends.sqlite3": 1}
THREADS_ON_A_SERVER = 4  # as many as the pool of a process holds connections


class Command(BaseCommand):
    help = "Serve the pages and the API on TISU_HOST:TISU_PORT with TISU_WORKERS processes."
    requires_system_checks: list = []  # they would fail on what is refused in a sentence here

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--worker",
            action=BooleanOptionalAction,
            default=None,
            help="start a worker beside the web processes (default: on SQLite only)",
        )

    def handle(self, *, worker: bool | None = None, **options: Any) -> None:
        if settings.REGION:
            refuse_unsafe_start()
        for sentence in _obstacles():
            raise CommandError(sentence, returncode=2)
        from granian import Granian  # the server is needed by this command alone
        from granian.constants import Interfaces

        gather()
        server = Granian(
            "tisu.wsgi:application",
            address=settings.HOST,
            port=settings.PORT,
            interface=Interfaces.WSGI,
            workers=settings.WORKERS,
            blocking_threads=threads(),
            websockets=False,
        )
        with worker_beside(worker):
            server.serve()


def threads() -> int:
    return THREADS.get(settings.DATABASES["default"]["ENGINE"], THREADS_ON_A_SERVER)


def _obstacles() -> Iterator[str]:
    """What keeps this installation from serving, nearest to its beginning first."""
    if not settings.REGION or not _has_secret():
        yield _("%(folder)s holds no installation yet: run tisu init.") % {"folder": settings.DATA}
    yield from _without_keys()
    yield from _without_tables()
    if settings.WORKERS < 1:
        yield _("TISU_WORKERS takes a number from 1.")
    try:
        try_to_listen()
    except NoPlaceToListen as fault:
        yield str(fault)


def _has_secret() -> bool:
    try:
        return bool(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return False


def _without_keys() -> Iterator[str]:
    try:
        key_ring()
    except KeyRingError as fault:
        yield str(fault)


def _without_tables() -> Iterator[str]:
    try:
        is_behind = lacks_tables()
    except DatabaseError as fault:
        yield _("The database cannot be used: %(fault)s") % {"fault": str(fault).strip()}
        return
    if is_behind and settings.DEMONSTRATION:
        yield _("The demonstration in %(place)s is older than the program: run tisu demo --reset.") % {
            "place": place()
        }
    elif is_behind:
        yield _("The database %(place)s lacks tables: run tisu init.") % {"place": place()}
