"""The command `tisu` as an installation runs it: in a process and an environment of its own."""

import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from house import ROOT

OURS = ("TISU_", "DJANGO_")


@dataclass(frozen=True)
class CommandLine:
    """`prefix` is an environment that borrows ours: what a demonstration keeps beside it is gone with the test."""

    prefix: Path

    def environment(self, data: Path, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        paths = [str(ROOT / "src"), *(path for path in sys.path if path.endswith("site-packages"))]
        return kept | {"TISU_DATA": str(data), "PYTHONPATH": os.pathsep.join(paths)} | more

    def words(self, *arguments: str) -> list[str]:
        return [str(self.prefix / "bin" / "python"), "-m", "tisu", *arguments]

    def run(self, data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess:
        return self._run(self.words(*arguments), data, **more)

    def python(self, data: Path, script: str, **more: str) -> subprocess.CompletedProcess:
        """A script with Django set up as it is for that data folder."""
        words = [str(self.prefix / "bin" / "python"), "-c", f"import django; django.setup()\n{script}"]
        return self._run(words, data, DJANGO_SETTINGS_MODULE="tisu.settings", **more)

    def _run(self, words: list[str], data: Path, **more: str) -> subprocess.CompletedProcess:
        environment = self.environment(data, **more)
        return subprocess.run(
            words, env=environment, capture_output=True, text=True, check=False, timeout=120
        )


def own_environment(place: Path) -> CommandLine:
    venv.create(place, symlinks=True, with_pip=False)
    return CommandLine(place)
