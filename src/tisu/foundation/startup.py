"""What must be right before a real installation starts: one sentence for each fault, and no start.

A demonstration starts with less: its passwords are public anyway.
"""

import sys
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from tisu.foundation.keyring import KeyRingError
from tisu.foundation.ringfile import read_key_ring
from tisu.foundation.rooms import declared

SHORTEST_SECRET = 32
FEWEST_SIGNS = 10
# How secrets begin that anyone can read somewhere: Django's own for new projects, and the one of our tests.
KNOWN = ("django-insecure-", "only-for-tests")


def refuse_unsafe_start() -> None:
    """End the process with 2 and a sentence for each fault. Called by whatever serves or works for an installation."""
    if settings.DEMONSTRATION:
        return
    faults = list(faults_at_start())
    for fault in faults:
        print(f"tisu: {fault}", file=sys.stderr)
    if faults:
        sys.exit(2)


def faults_at_start() -> Iterator[str]:
    """Everything for which a real installation does not start."""
    yield from faults_anywhere()
    yield from _secret()
    if "*" in settings.ALLOWED_HOSTS:
        yield _(
            "TISU_HOSTS is “*”: anyone could make this system speak under a name of theirs. Name its host names."
        )
    for check in declared("start_checks"):
        yield from check()


def faults_anywhere() -> Iterator[str]:
    """What is wrong in a demonstration too."""
    if settings.DEBUG:
        yield _("TISU_DEBUG is on: error pages would show the inside of the system. Switch it off.")
    secret = settings.DATA / "secret.key"
    if secret.exists() and secret.stat().st_mode & 0o077:
        yield _("Other accounts can read %(path)s: give it mode 600.") % {"path": secret}
    try:
        read_key_ring(settings.KEY_RING)
    except KeyRingError as fault:
        yield str(fault)


def _secret() -> Iterator[str]:
    secret = _secret_key()
    if not secret:
        sentence = _(
            "There is no secret key: put the file %(path)s back or name one in TISU_SECRET_KEY; a new installation "
            "gets one by tisu init."
        )
        yield sentence % {"path": settings.DATA / "secret.key"}
    elif len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_SIGNS or secret.startswith(KNOWN):
        yield _(
            "The secret key is short or known, so sessions could be forged: take TISU_SECRET_KEY away and run "
            "tisu init, which makes a good one."
        )


def _secret_key() -> str:
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:
        return ""
