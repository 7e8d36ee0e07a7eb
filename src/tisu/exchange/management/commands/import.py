"""`tisu import KIND FILE [--dry-run]`: bring a sheet in."""

import sys
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tisu.exchange.at_once import Brought, bring_in
from tisu.exchange.kinds import all_kinds, find_kind
from tisu.exchange.showing import COUNTS
from tisu.foundation.sheets.declared import Import
from tisu.foundation.sheets.opening import NoSheet


class Command(BaseCommand):
    help = (
        "Bring a sheet in (XLSX, XLS, ODS, CSV). Good rows come in; each refused one is named with its mend."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("kind", help="what the table holds, such as units, people, enterprises")
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *, kind: str, file: Path, dry_run: bool, **options: Any) -> None:
        found = known_kind(kind)
        try:
            with file.open("rb") as sheet:
                brought = bring_in(sheet, name=file.name, kind=found, trial=dry_run)
        except OSError as fault:
            raise CommandError(
                _("%(file)s cannot be opened: %(fault)s") % {"file": file, "fault": fault.strerror},
                returncode=2,
            ) from None
        except NoSheet as fault:
            raise CommandError(f"{file}: {fault}", returncode=2) from None
        self.stdout.write(in_words(brought, dry_run=dry_run))
        if brought.refused:
            for row in brought.refused:
                self.stderr.write(
                    _("Row %(row)s, column %(column)s (%(value)s): %(mend)s")
                    % {
                        "row": row.row,
                        "column": row.column or "—",
                        "value": row.value or "—",
                        "mend": row.mend,
                    }
                )
            sys.exit(2)


def known_kind(code: str) -> Import:
    if found := find_kind(code):
        return found
    raise CommandError(
        _("There is no table “%(kind)s”: the tables are %(kinds)s.")
        % {"kind": code, "kinds": ", ".join(kind.code for kind in all_kinds())},
        returncode=2,
    )


def in_words(brought: Brought, *, dry_run: bool) -> str:
    counts = " · ".join(
        f"{before if dry_run else after} {brought.counts[code]}"
        for code, before, after in COUNTS
        if brought.counts.get(code)
    )
    return counts or _("There is no row below the header.")
