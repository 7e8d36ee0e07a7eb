"""`tisu export KIND FILE`: take a whole list along. The ending of the file says whether it is XLSX or CSV."""

import shutil
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.http import QueryDict
from django.utils.translation import gettext as _

from tisu.exchange.exporting import FORMATS, taken_along
from tisu.exchange.kinds import find_export
from tisu.foundation.rooms import declared


class Command(BaseCommand):
    help = "Take a whole list along as XLSX or CSV, in the columns that tisu import reads."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("kind", help="which list, such as units, people, enterprises")
        parser.add_argument("file", type=Path, help="ends in .xlsx or .csv")

    def handle(self, *, kind: str, file: Path, **options: Any) -> None:
        found = find_export(kind)
        if found is None or found.by_persons_only:
            kinds = ", ".join(sorted(each.code for each in declared("exports") if not each.by_persons_only))
            raise CommandError(
                _("There is no list “%(kind)s”: the lists are %(kinds)s.") % {"kind": kind, "kinds": kinds},
                returncode=2,
            )
        ending = file.suffix.lower().removeprefix(".")
        if ending not in FORMATS:
            raise CommandError(_("Give the file a name that ends in .xlsx or .csv."), returncode=2)
        taken, rows = taken_along(found, user=None, query=QueryDict(), kind=ending)
        try:
            with taken, file.open("wb") as out:
                shutil.copyfileobj(taken, out)
        except OSError as fault:
            raise CommandError(
                _("%(file)s cannot be written: %(fault)s") % {"file": file, "fault": fault.strerror},
                returncode=2,
            ) from None
        self.stdout.write(rows.sentence if rows.is_cut else _("%(n)s rows.") % {"n": rows.written})
