"""`tisu bench`: load a county of a given size into a database of its own, measure it, print JSON."""

import json
import signal
import subprocess
import sys
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tisu.bench.place import NoPlace, own_place
from tisu.bench.run import SECTIONS

FEWEST, MOST, MOST_CLOCKS = 100, 2_000_000, 1_000_000


class Command(BaseCommand):
    help = "Measure this program at a given size, in a database of its own; the figures go to stdout as JSON."
    requires_system_checks: list = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--matters", type=int, default=10_000, metavar="N", help="100 to 2,000,000 (10,000)"
        )
        parser.add_argument("--only", default="", metavar="SECTIONS", help=", ".join(SECTIONS))
        parser.add_argument("--seconds", type=float, default=10.0, metavar="S", help="for each section (10)")
        parser.add_argument(
            "--clocks", type=int, default=0, metavar="M", help="running clocks (as many as matters)"
        )
        parser.add_argument(
            "--firms", type=int, default=0, metavar="F", help="firms to find one among (as many as matters)"
        )
        parser.add_argument("--json", action="store_true", help="on one line")

    def handle(self, **options: Any) -> None:
        asked = _checked(
            **{name: options[name] for name in ("matters", "only", "seconds", "clocks", "firms")}
        )
        signal.signal(signal.SIGTERM, _end)  # so that what was made is removed again
        try:
            with own_place([asked["matters"], asked["tenth"]]) as environment:
                told = _measured(asked, environment)
        except NoPlace as fault:
            raise CommandError(str(fault), returncode=2) from fault
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=None if options["json"] else 2))


def _checked(*, matters: int, only: str, seconds: float, clocks: int, firms: int) -> dict[str, Any]:
    if not FEWEST <= matters <= MOST:
        raise CommandError(_("--matters takes a number from 100 to 2,000,000."), returncode=2)
    if not 0 <= clocks <= MOST_CLOCKS:
        raise CommandError(_("--clocks takes a number up to 1,000,000."), returncode=2)
    if not 0 <= firms <= MOST:
        raise CommandError(_("--firms takes a number up to 2,000,000."), returncode=2)
    if not 0 < seconds <= 3600:
        raise CommandError(_("--seconds takes a number above 0, at most 3600."), returncode=2)
    names = [name.strip() for name in only.split(",") if name.strip()] or list(SECTIONS)
    if unknown := [name for name in names if name not in SECTIONS]:
        raise CommandError(
            _("There is no section “%(name)s”: choose from %(names)s.")
            % {"name": unknown[0], "names": ", ".join(SECTIONS)},
            returncode=2,
        )
    return {
        "matters": matters,
        "tenth": matters // 10,
        "clocks": clocks or min(matters, MOST_CLOCKS),
        "firms": firms or matters,
        "seconds": seconds,
        "only": names,
    }


def _measured(asked: dict[str, Any], environment: dict[str, str]) -> dict[str, Any]:
    """In a process of its own, whose settings are the benchmark's. Its progress goes to our stderr."""
    words = [sys.executable, "-m", "tisu", "bench_county", json.dumps(asked)]
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            told, _none = process.communicate()
        except BaseException:
            process.terminate()
            raise
    if process.returncode:
        raise CommandError(_("The benchmark did not finish; see above."), returncode=1)
    return json.loads(told)


def _end(*signal: object) -> None:
    sys.exit(143)
