"""A file comes in: kept until it is read, told apart by its digest."""

from pathlib import PurePath
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import storages
from django.utils.translation import gettext as _

from tisu.accounts.gates import signature_for
from tisu.exchange.kinds import region_of
from tisu.exchange.models import ImportRun, RunState
from tisu.exchange.moves import begin_run
from tisu.foundation import clock
from tisu.foundation.bounded import MB
from tisu.foundation.digests import file_digest
from tisu.foundation.sheets.declared import Import
from tisu.foundation.sheets.opening import LARGEST_FILE, SENTENCES, NoSheet
from tisu.foundation.textnorm import clean_text


def receive(file: IO[bytes], *, name: str, kind: Import, by: Any) -> ImportRun:
    """A new run for this file. NoSheet for one that is empty or too large."""
    size = file.seek(0, 2)
    if not size:
        raise NoSheet(str(SENTENCES["empty"]))
    if size > LARGEST_FILE:
        raise NoSheet(SENTENCES["size"] % {"most": LARGEST_FILE // MB})
    run = ImportRun(
        kind=kind.code,
        region=region_of(by),
        by=by,
        signed=signature_for(kind.allowed, by)[:120] if by else "",
        file_name=shown_name(name),
        digest=file_digest(file),
        began_at=clock.now(),
    )
    file.seek(0)
    run.file.name = storages["sheets"].save(f"{run.pk}.sheet", File(file))
    return begin_run(run)


def shown_name(name: str) -> str:
    """The name as it is shown: no path, nothing unseen, its end kept."""
    plain = clean_text(PurePath(name.replace("\\", "/")).name).replace("\n", " ").strip()
    return plain[-200:] or _("without a name")


def same_file_before(run: ImportRun) -> ImportRun | None:
    """The last time this very file came in and stayed."""
    earlier = ImportRun.objects.filter(
        kind=run.kind, region=run.region, digest=run.digest, state=RunState.DONE
    )
    return earlier.exclude(pk=run.pk).order_by("-ended_at").first()
