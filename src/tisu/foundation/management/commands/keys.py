"""`tisu keys`: the key ring of this installation, its rotation and its recovery (docs/seals.md)."""

import getpass
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from tisu.foundation.ciphers import SealBroken
from tisu.foundation.holders import fingerprint, make_holder, read_private, read_public
from tisu.foundation.keyring import Key, KeyRing, KeyRingError
from tisu.foundation.recovery import faults_of_recovery, read_escrow, recovered_ring, recovery_path
from tisu.foundation.resealing import BATCH, Progress, kept_in_ledgers, reseal
from tisu.foundation.ringfile import backup_of, put_new_ring, read_key_ring
from tisu.foundation.rotation import name_holders, retire, rotate
from tisu.foundation.sealuses import Use, uses


class Command(BaseCommand):
    help = "List, rotate, retire and recover the keys under which contents are sealed. No key is ever shown."
    requires_system_checks: list = []

    def add_arguments(self, parser: Any) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        verbs.add_parser("list", help="ids, purposes, dates and what each key is in use for")
        verbs.add_parser("rotate", help="add a new key for each purpose; older ones still open")
        again = verbs.add_parser("reseal", help="bring every sealed text under the newest key")
        again.add_argument("--batch", type=int, default=BATCH, help="rows of one transaction (%(default)s)")
        verbs.add_parser("retire", help="take a key out that nothing depends on").add_argument("id")
        holder = verbs.add_parser("holder", help="make the key pair of a recovery holder")
        holder.add_argument("name")
        holder.add_argument("--folder", type=Path, default=Path(), help="where the two files go (here)")
        escrow = verbs.add_parser("escrow", help="seal the key ring to two or more holders")
        escrow.add_argument("public", nargs="*", type=Path, help="the holders' .pub files; none: those known")
        recover = verbs.add_parser("recover", help="rebuild the key ring with two holders' keys")
        recover.add_argument("file", type=Path)
        recover.add_argument("private", nargs=2, type=Path, help="two holders' .key files")
        recover.add_argument("--drill", action="store_true", help="only try; nothing is written")

    def handle(self, *, verb: str, **options: Any) -> None:
        try:
            getattr(self, f"_{verb}")(options)
        except (KeyRingError, SealBroken) as fault:
            raise CommandError(str(fault), returncode=2) from None
        except DatabaseError as fault:
            sentence = _("The database cannot be used: %(fault)s") % {"fault": str(fault).strip()}
            raise CommandError(sentence, returncode=2) from None

    def _list(self, options: dict[str, Any]) -> None:
        ring, found = read_key_ring(settings.KEY_RING), list(uses())
        for key in ring.keys:
            self._say(_line_of(key, ring, [use for use in found if use.is_of(key)]))
        names = ", ".join(f"{holder.name} ({fingerprint(holder)})" for holder in ring.holders)
        self._say(_("Recovery holders: %(names)s") % {"names": names or "—"})
        self._warn()

    def _rotate(self, options: dict[str, Any]) -> None:
        made = ", ".join(f"{key.id.hex()} ({key.purpose})" for key in rotate(settings.KEY_RING))
        self._say(
            _("New keys: %(made)s. The key ring before lies in %(backup)s."), made=made, backup=_backup()
        )
        self._say(_("Running processes take them up by themselves. Next: tisu keys reseal."))
        self._warn()

    def _reseal(self, options: dict[str, Any]) -> None:
        last: dict[str, Progress] = {}
        for progress in reseal(max(options["batch"], 1)):
            last[str(progress.column)] = progress
            self._say(
                _("%(column)s: %(done)s sealed anew, %(left)s to go"),
                column=progress.column, done=progress.done, left=progress.left,
            )  # fmt: skip
        for column, rows in kept_in_ledgers():
            sentence = _(
                "%(column)s: %(rows)s stay under their older key, because a ledger is never rewritten."
            )
            self._say(sentence, column=column, rows=rows)
        if broken := [f"{name}:{key}" for name, each in last.items() for key in each.broken]:
            sentence = _("These do not open and were left as they are: %(rows)s.")
            raise CommandError(sentence % {"rows": ", ".join(broken)}, returncode=1)
        self._say(_("Every sealed text that may be rewritten stands under the newest key."))

    def _retire(self, options: dict[str, Any]) -> None:
        key = retire(settings.KEY_RING, options["id"])
        sentence = _(
            "Key %(id)s is retired. It still stands in %(backup)s: delete that file when you are sure."
        )
        self._say(sentence, id=key.id.hex(), backup=_backup())

    def _holder(self, options: dict[str, Any]) -> None:
        words = _new_passphrase(options["name"])
        holder, private, public = make_holder(options["name"], words, options["folder"])
        self._say(
            _("Recovery holder %(name)s, fingerprint %(print)s"), name=holder.name, print=fingerprint(holder)
        )
        self._say(
            _(
                "%(private)s opens with the passphrase alone. Its holder takes it away on two carriers, keeps them "
                "apart from the passphrase, and deletes it here. No other holder and no administrator keeps a copy."
            ),
            private=private,
        )
        self._say(
            _("%(public)s is no secret. When there are two: tisu keys escrow ONE.pub OTHER.pub"),
            public=public,
        )

    def _escrow(self, options: dict[str, Any]) -> None:
        ring = name_holders(settings.KEY_RING, [read_public(path) for path in options["public"]])
        for holder in ring.holders:
            self._say(f"  {holder.name}  {fingerprint(holder)}")
        self._say(
            _(
                "Any two of them open %(path)s. Ask each for the fingerprint by voice, keep a copy of the file apart "
                "from this machine, and hold a drill: tisu keys recover --drill %(path)s ONE.key OTHER.key"
            ),
            path=recovery_path(settings.KEY_RING),
        )

    def _recover(self, options: dict[str, Any]) -> None:
        escrow = read_escrow(options["file"])
        one, other = (read_private(path, _passphrase(path)) for path in options["private"])
        ring = recovered_ring(escrow, one, other)
        if options["drill"]:
            self._say(_("%(count)s keys as of %(made)s open with these two holders. Nothing was written."),
                      count=len(ring.keys), made=escrow.made)  # fmt: skip
            return
        put_new_ring(settings.KEY_RING, ring)
        sentence = _(
            "The key ring stands in %(path)s again, with %(count)s keys as of %(made)s. Run tisu doctor."
        )
        self._say(sentence, path=settings.KEY_RING, count=len(ring.keys), made=escrow.made)

    def _warn(self) -> None:
        if not settings.DEMONSTRATION:
            for fault in faults_of_recovery(settings.KEY_RING):
                self._say(fault)

    def _say(self, sentence: str, **words: Any) -> None:
        self.stdout.write(sentence % words if words else sentence)
        self.stdout.flush()


def _line_of(key: Key, ring: KeyRing, found: list[Use]) -> str:
    made = f"{key.made:%Y-%m-%d %H:%M}" if key.made else "—"
    newest = _("newest") if key is ring.newest(key.purpose) else ""
    used = ", ".join(f"{use.column} {use.rows}" for use in found) or _("not in use")
    return f"{key.id.hex()}  {key.purpose:<7}{made:<18}{newest:<8}{used}"


def _backup() -> Path:
    return backup_of(settings.KEY_RING.resolve())


def _new_passphrase(name: str) -> str:
    """Asked twice where a person types."""
    words = _typed(_("New passphrase of %(name)s: ") % {"name": name})
    if sys.stdin.isatty() and _typed(_("Once more: ")) != words:
        raise KeyRingError(_("The two passphrases differ: nothing was made."))
    return words


def _passphrase(path: Path) -> str:
    return _typed(_("Passphrase of %(path)s: ") % {"path": path})


def _typed(prompt: str) -> str:
    """Without an echo; from a pipe, one line for each."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
