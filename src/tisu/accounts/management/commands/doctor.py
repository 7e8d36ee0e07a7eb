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

from tisu.accounts.models import PostHolding, User
from tisu.foundation import clock
from tisu.foundation.sealed import KeyRingError, key_ring
from tisu.foundation.workdays import official
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
    yield from _settings()
    yield from _keys()
    yield from _calendar()
    try:
        yield from _database()
    except DatabaseError as fault:
        yield _("The database cannot be used: %(fault)s") % {"fault": fault}


def _settings() -> Iterator[str]:
    if settings.DEBUG:
        yield _("TISU_DEBUG is on: error pages would show the inside of the system. Switch it off.")
    if not settings.DEMONSTRATION and not settings.BEHIND_TLS:
        yield _("TISU_TLS is off: passwords travel in the clear. Put TLS in front and switch it on.")
    secret = settings.DATA / "secret.key"
    if secret.exists() and secret.stat().st_mode & 0o077:
        yield _("Other accounts can read %(path)s: give it mode 600.") % {"path": secret}


def _keys() -> Iterator[str]:
    try:
        key_ring()
    except KeyRingError as fault:
        yield str(fault)


def _calendar() -> Iterator[str]:
    day = clock.today() + AHEAD
    if official().is_provisional(day):
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
    yield from _people()


def _people() -> Iterator[str]:
    if not settings.DEMONSTRATION and (names := _named(User.objects.filter(is_demonstration=True))):
        yield _("Demonstration accounts with a public password exist here: %(names)s. Lock them.") % {
            "names": names
        }
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR):
        if not PostHolding.objects.on().filter(post__role=role, user__is_active=True).exists():
            yield _("Nobody is %(role)s today: appoint someone.") % {"role": role.label}


def _named(users) -> str:
    return ", ".join(users.filter(is_active=True).values_list("username", flat=True)[:10])
