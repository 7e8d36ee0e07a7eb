"""Style sheets, scripts and pictures, gathered where the server finds them: anew whenever they are not the ones in hand."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

MARK = "gathered.txt"


def gather() -> bool:
    """True where something had changed since, as after an update of the program.

    All of it is gathered then: which of two files is the newer one cannot be told by their times, which may be those of
    a package.
    """
    mark, found = settings.STATIC_ROOT / MARK, _digest()
    if mark.exists() and mark.read_text() == found:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(found)
    return True


def _digest() -> str:
    """By name, size and time of each file: reading all of them would delay every start."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return digest.hexdigest()
