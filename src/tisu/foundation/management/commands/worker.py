"""`tisu worker`: do what falls due."""

import signal
import sys
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from tisu.foundation.occupant import lacks_tables, place
from tisu.foundation.startup import refuse_unsafe_start
from tisu.foundation.worker import Worker


class Command(BaseCommand):
    help = (
        "Do what falls due: reminders, digests, letters out. Runs until it is told to stop (SIGTERM, Ctrl-C)."
    )
    requires_system_checks: list = []

    def add_arguments(self, parser: Any) -> None:
        lasting = parser.add_mutually_exclusive_group()
        lasting.add_argument("--once", action="store_true", help="one due row of each job, then end")
        lasting.add_argument("--until-idle", action="store_true", help="end when nothing is due any more")
        lasting.add_argument(
            "--with-parent", action="store_true", help="end when the process that started it has ended"
        )

    def handle(self, *, once: bool, until_idle: bool, with_parent: bool, **options: Any) -> None:
        refuse_unsafe_start()
        _refuse_without_tables()
        worker = Worker()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, worker.stop)
        if once:
            worker.once()
        elif until_idle:
            worker.until_idle()
        else:
            worker.run(with_parent=with_parent)
        if (once or until_idle) and worker.errors:
            sys.exit(1)


def _refuse_without_tables() -> None:
    try:
        is_behind = lacks_tables()
    except DatabaseError as fault:
        raise CommandError(
            _("The database cannot be used: %(fault)s") % {"fault": str(fault).strip()}, returncode=2
        ) from None
    if is_behind:
        raise CommandError(
            _("The database %(place)s lacks tables: run tisu init.") % {"place": place()}, returncode=2
        )
