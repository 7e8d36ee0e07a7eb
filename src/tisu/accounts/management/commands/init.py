"""`tisu init`: what an installation needs before its first day. A second run changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from tisu.accounts.models import PostHolding, User
from tisu.accounts.services import add_user, hold_post
from tisu.foundation import clock
from tisu.foundation.assets import gather
from tisu.foundation.begin import load_reference
from tisu.foundation.instance import Instance, ensure_secret, read_instance, write_instance
from tisu.foundation.sealed import KeyRingError, create_key_ring, key_ring
from tisu.orgs.models import Duty, Post, Region, Role, Unit
from tisu.orgs.reference import REGIONS

UNIT = "xitong"


class Command(BaseCommand):
    help = "Prepare an installation: tables, keys, reference data, the first three administrators."
    requires_system_checks: list = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--region", default="", help="GB/T 2260 code of the county; needed once, or in TISU_REGION"
        )

    def handle(self, *, region: str, **options: Any) -> None:
        if settings.DEMONSTRATION:
            raise CommandError(
                _("%(folder)s holds a demonstration. Name another folder in TISU_DATA.")
                % {"folder": settings.DATA},
                returncode=2,
            )
        region = _region(region)
        self._keys(region)
        self._tables()
        load_reference()
        if not Region.objects.filter(pk=region).exists():
            raise _unknown(region)
        self._administrators(region)
        self.stdout.write(
            _("At first sign-in each chooses a password of their own and sets up a second factor.")
        )
        self.stdout.write(_("Ready. Start with: tisu serve"))

    def _keys(self, region: str) -> None:
        """Secret, instance file, key ring. This process needs no secret; the ones after it read the file."""
        ensure_secret(settings.DATA)
        if not read_instance(settings.DATA).region:
            write_instance(settings.DATA, Instance(region=region))
        if not settings.KEY_RING.exists():
            create_key_ring(settings.KEY_RING)
            self.stdout.write(
                _(
                    "New key ring: %(path)s. What is sealed opens with it alone: let two people make their keys with "
                    "tisu keys holder, then run tisu keys escrow."
                )
                % {"path": settings.KEY_RING}
            )
        try:
            key_ring()
        except KeyRingError as fault:
            raise CommandError(str(fault), returncode=2) from fault

    def _tables(self) -> None:
        try:
            call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
            gather()
        except DatabaseError as fault:
            raise CommandError(
                _("The database cannot be used: %(fault)s") % {"fault": fault}, returncode=2
            ) from fault

    @transaction.atomic
    def _administrators(self, region: str) -> None:
        """The three, kept apart from the first day on (domain.md M0.1). Made only where nobody holds the post."""
        for username, role, title in (
            ("admin", Role.SYSTEM_ADMIN, _("system administrator")),
            ("security", Role.SECURITY_ADMIN, _("security administrator")),
            ("auditor", Role.AUDITOR, _("audit administrator")),
        ):
            if not PostHolding.objects.filter(post__role=role).exists():
                self._administrator(region, username, role, title)

    def _administrator(self, region: str, username: str, role: str, title: str) -> None:
        post = Post.objects.filter(role=role).first() or Post.objects.create(
            unit=_unit(region), title=title, role=role, since=clock.today()
        )
        if User.objects.filter(username=username).exists():
            sentence = _(
                "There is an account “%(name)s” that holds no post: give it the post by a page, or rename it."
            )
            raise CommandError(sentence % {"name": username}, returncode=2)
        user, password = add_user(actor=None, username=username, name=title)
        hold_post(actor=None, post=post, user=user, since=clock.today())
        self.stdout.write(
            _("%(title)s: user name %(username)s, password %(password)s (shown only now)")
            % {"title": title, "username": username, "password": password}
        )


def _region(given: str) -> str:
    """The region named now, or before. It is asked for once, before anything is written, and then stays."""
    if not (given or settings.REGION):
        sentence = _("Say which county this is for by its GB/T 2260 code: tisu init --region CODE")
        raise CommandError(sentence, returncode=2)
    known = read_instance(settings.DATA).region
    if given and known and given != known:
        sentence = _("This installation serves the region %(known)s; it cannot become %(given)s.")
        raise CommandError(sentence % {"known": known, "given": given}, returncode=2)
    region = given or settings.REGION
    if not known and region not in {code for code, *_names in REGIONS}:
        raise _unknown(region)
    return region


def _unknown(region: str) -> CommandError:
    return CommandError(
        _("There is no region %(code)s in the list of regions.") % {"code": region}, returncode=2
    )


def _unit(region: str) -> Unit:
    name = _("System administration")
    unit, _new = Unit.objects.get_or_create(
        region_id=region,
        code=UNIT,
        defaults={"name": name, "short_name": name, "duty": Duty.ADMINISTRATION, "since": clock.today()},
    )
    return unit
