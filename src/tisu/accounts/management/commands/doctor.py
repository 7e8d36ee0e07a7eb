"""`tisu doctor`: what is wrong with this installation, in sentences. Exit 1 when anything is."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tisu.accounts.demonstrators import demonstrators, strays
from tisu.accounts.factors import without_needed_factor
from tisu.accounts.models import PostHolding
from tisu.foundation import clock
from tisu.foundation.calendars import calendar_of
from tisu.foundation.recovery import faults_of_recovery
from tisu.foundation.rooms import declared
from tisu.foundation.sealed import KeyRingError, key_ring
from tisu.foundation.sealuses import opens, uses
from tisu.foundation.startup import faults_anywhere, faults_at_start
from tisu.orgs.models import Role

AHEAD = timedelta(days=60)


class Command(BaseCommand):
    help = "Say what is wrong with this installation."
    requires_system_checks: list = []

    def handle(self, **options: Any) -> None:
        faults = list(faults_found())
        for fault in faults:
            self.stdout.write(f"- {fault}")
        if faults:
            sys.exit(1)
        self.stdout.write(_("Nothing is wrong that can be seen from here."))


def faults_found() -> Iterator[str]:
    """Each fault once: what keeps an installation from starting, and what only ails it."""
    yield from dict.fromkeys(_found())


def _found() -> Iterator[str]:
    if settings.DEMONSTRATION:
        yield from faults_anywhere()
    else:
        yield from faults_at_start()
        yield from _real_installation()
    try:
        yield from _database()
    except DatabaseError as fault:
        yield _("The database cannot be used: %(fault)s") % {"fault": fault}


def _real_installation() -> Iterator[str]:
    if not settings.BEHIND_TLS:
        yield _("TISU_TLS is off: passwords travel in the clear. Put TLS in front and switch it on.")
    elif not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        yield _(
            "TISU_PROXIES is 0 although TLS stands in front: everyone is counted as one address, so one person's wrong "
            "passwords lock all others out. Say how many proxies add to X-Forwarded-For."
        )
    yield from faults_of_recovery(settings.KEY_RING)


def _calendar() -> Iterator[str]:
    day = clock.today() + AHEAD
    if calendar_of(settings.REGION).is_provisional(day):
        yield _("The calendar of working days does not reach %(day)s: load the new year's notice.") % {
            "day": day
        }


def _database() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield _("The tables are older than the program: run tisu init.")
        return
    if settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
        yield _("The table of the cache is missing, so nobody can be locked out: run tisu init.")
    yield from _strange_keys()
    yield from _calendar()
    yield from _people()
    for faults_of_room in declared("faults"):
        yield from faults_of_room()


def _strange_keys() -> Iterator[str]:
    """What no key of the ring opens or finds again: the ring of another county, one that lost a key, or one in
    which a key was altered. One row of each use is tried, and what it says is shown to nobody."""
    try:
        ring = key_ring()
    except KeyRingError:
        return  # said already
    for use in uses():
        if not any(use.is_of(key) for key in ring.keys):
            sentence = _(
                "%(rows)s entries of %(column)s were made with a key that the key ring does not have: it is another "
                "county's, or a key is missing. Put the right key ring back."
            )
            yield sentence % {"rows": use.rows, "column": use.column}
        elif use.column.is_sealed_text and not opens(use):
            sentence = _(
                "What %(column)s holds under the key %(key)s does not open, although the key ring has that key: the "
                "key was altered there, or the entry in the database. Put the right key ring back."
            )
            yield sentence % {"column": use.column, "key": use.key_id.hex()}


def _people() -> Iterator[str]:
    if not settings.DEMONSTRATION:
        yield from strays(demonstrators())
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR):
        if not PostHolding.objects.on().filter(post__role=role, user__is_active=True).exists():
            yield _("Nobody is %(role)s today: appoint someone.") % {"role": role.label}
    if count := len(without_needed_factor()):
        yield ngettext(
            "%(count)d person whose work needs a second factor has none yet: until one is set up at the next "
            "sign-in, the password alone stands before it.",
            "%(count)d people whose work needs a second factor have none yet: until one is set up at the next "
            "sign-in, the password alone stands before it.",
            count,
        ) % {"count": count}
