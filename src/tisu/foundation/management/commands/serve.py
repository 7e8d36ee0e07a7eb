"""`tisu serve`: the web processes."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command


class Command(BaseCommand):
    help = "Serve the pages and the API on TISU_HOST:TISU_PORT with TISU_WORKERS processes."

    def handle(self, **options: Any) -> None:
        from granian import Granian  # the server is needed by this command alone
        from granian.constants import Interfaces

        if not (settings.STATIC_ROOT / "staticfiles.json").exists():
            call_command("collectstatic", interactive=False, verbosity=0)
        Granian(
            "tisu.wsgi:application",
            address=settings.HOST,
            port=settings.PORT,
            interface=Interfaces.WSGI,
            workers=settings.WORKERS,
            blocking_threads=1,  # one writer a process: more make SQLite wait on itself
            websockets=False,
        ).serve()
