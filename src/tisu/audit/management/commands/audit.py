"""`tisu audit verify` and `tisu audit anchor`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tisu.audit.anchors import take_anchor
from tisu.audit.models import AnchorLeaf
from tisu.audit.said import unreadable
from tisu.audit.telling import Erasure
from tisu.audit.verifying import entries, erasures, verify
from tisu.foundation import clock
from tisu.foundation.listed import listed
from tisu.foundation.numbering import as_number
from tisu.foundation.rooms import declared

STEP = 50_000  # entries between two lines of progress


class Command(BaseCommand):
    help = "Verify the chains of all ledgers, or take an anchor over them."

    def add_arguments(self, parser: Any) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        check = acts.add_parser(
            "verify", help="name whatever is not as it was written; exit 1 if anything is"
        )
        check.add_argument("--anchors", type=Path, help="anchors that were kept elsewhere, a line each")
        check.add_argument("--matter", default="", metavar="NUMBER", help="this matter's chain only")
        acts.add_parser("anchor", help="take the next anchor now")

    def handle(self, *, act: str, **options: Any) -> None:
        if act == "anchor":
            self.stdout.write(str(take_anchor()))
        else:
            self._verify(options["matter"], options["anchors"])

    def _verify(self, matter: str, kept: Path | None) -> None:
        only = _chain(matter) if matter else ""
        _refuse_unreadable(kept)
        findings = 0
        for sentence in verify(only, self._progress(only), kept):
            findings += 1
            self.stdout.write(sentence)
        self._tell_erasures(only)
        if findings:
            raise CommandError(_("Not everything is as it was written: see above."), returncode=1)
        self.stdout.write(_("All chains and anchors are as they were written."))
        if not kept and not settings.ANCHORS.exists():
            self.stderr.write(
                _("No anchor was taken yet, so there is none at %(file)s to compare.")
                % {"file": settings.ANCHORS}
            )

    def _progress(self, only: str):
        due, read = 0 if only else entries(), 0

        def seen(more: int) -> None:
            nonlocal read
            before, read = read, read + more
            if due and (before // STEP != read // STEP or read == due):
                self.stderr.write(_("%(read)s of %(due)s entries") % {"read": read, "due": due})

        return seen

    def _tell_erasures(self, only: str) -> None:
        for chain, erasure in erasures(only):
            self.stdout.write(_erased(chain, erasure))


def _erased(chain: str, erasure: Erasure) -> str:
    if not erasure.is_readable:
        return _("%(chain)s: an erasure is %(unreadable)s.") % {"chain": chain, "unreadable": unreadable()}
    return _(
        "%(chain)s: what its entries %(places)s said was erased by %(by)s on %(day)s under %(rule)s."
    ) % {
        "chain": chain,
        "places": listed(erasure.places),
        "by": erasure.by,
        "day": clock.local_day(erasure.at) if erasure.at else unreadable(),
        "rule": erasure.rule,
    }


def _chain(typed: str) -> str:
    number = as_number(typed)
    known = any(ledger.links().filter(chain_name=number).exists() for ledger in declared("ledgers"))
    if not known and not AnchorLeaf.objects.filter(chain=number).exists():
        raise CommandError(
            _("There is no matter %(number)s, and no anchor holds one.") % {"number": typed}, returncode=2
        )
    return number


def _refuse_unreadable(path: Path | None) -> None:
    try:
        if path:
            path.read_bytes()
    except OSError as fault:
        raise CommandError(
            _("The file %(file)s cannot be read: %(fault)s") % {"file": path, "fault": fault.strerror},
            returncode=2,
        ) from None
