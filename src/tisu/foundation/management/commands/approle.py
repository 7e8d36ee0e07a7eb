"""`tisu approle NAME`: what the application's role may do in the database, and no more."""

from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from tisu.foundation.approle import NoSuchRole, grant


class Command(BaseCommand):
    help = "Give a PostgreSQL role what serving needs: no ledger can be changed with it. Run it as the owner."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("name", help="a role that exists (CREATE ROLE … LOGIN)")

    def handle(self, *, name: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError(_("Only PostgreSQL has roles; this database is a file."), returncode=2)
        try:
            grant(name, connection)
        except NoSuchRole:
            raise CommandError(
                _("PostgreSQL knows no role “%(name)s”: make it first with CREATE ROLE … LOGIN.")
                % {"name": name},
                returncode=2,
            ) from None
        self.stdout.write(
            _("The role %(name)s can serve; ledgers it can only read and add to.") % {"name": name}
        )
