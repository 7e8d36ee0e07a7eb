"""Matter types: versioned data that is published once and then only read."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.audit.record import record
from tisu.foundation import clock
from tisu.foundation.appendonly import AppendOnlyModel, AppendOnlyQuerySet
from tisu.foundation.prepared import Blank, Prepared
from tisu.loop.models.rules import Rules
from tisu.orgs.models import Role

BEGINNING = date(2020, 1, 1)  # 优化营商环境条例 in force


class MatterTypeQuerySet(AppendOnlyQuerySet):
    def in_force(self, kind: str, day: date | None = None) -> "MatterType":
        """The version of a kind's type that a matter registered on `day` is pinned to."""
        found = _IN_FORCE.first(kind=kind, day=day or clock.today())
        if found is None:
            raise self.model.DoesNotExist(f"No version of the type {kind} is in force.")
        return found


class MatterType(AppendOnlyModel):
    """One published version. Running matters stay on the version they were registered under."""

    kind = models.CharField(_("kind"), max_length=24)
    number = models.PositiveIntegerField(_("version"))
    valid_from = models.DateField(_("valid from"))
    settings = models.JSONField(_("rules"), default=dict)
    basis = models.CharField(_("basis"), max_length=200, blank=True)

    objects = MatterTypeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="type_version_unique")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.number}"

    @cached_property
    def rules(self) -> Rules:
        return Rules(**self.settings)


_IN_FORCE = Prepared(
    lambda: MatterType.objects.filter(kind=Blank("kind", str), valid_from__lte=Blank("day", date)).order_by(
        "-valid_from", "-number"
    )[:1]
)


def publish_first_type(*, kind: str, basis: str, **settings: Any) -> None:
    """The version that an installation begins with; what the county has published since stays."""
    if not MatterType.objects.filter(kind=kind).exists():
        publish_type(kind=kind, valid_from=BEGINNING, basis=basis, **settings)


@transaction.atomic
def publish_type(
    *, kind: str, valid_from: date, basis: str, actor: User | None = None, **settings: Any
) -> MatterType:
    """Publish the next version of a kind's type. `settings` are fields of Rules; others are refused (TypeError).

    ValidationError, naming the field, for rules that cannot be, and for a version that would hold beside an earlier
    one or change days that have passed: each ends where the next begins. When a person publishes it, the ledger
    says so.
    """
    Rules(**settings)
    latest = MatterType.objects.filter(kind=kind).order_by("number").last()
    _check_begin(valid_from, latest)
    version = MatterType.objects.create(
        kind=kind,
        number=latest.number + 1 if latest else 1,
        valid_from=valid_from,
        basis=basis,
        settings=settings,
    )
    if actor is not None:
        signed, since = standing_of(actor).label_as(Role.OFFICE_LEAD), valid_from.isoformat()
        record(
            act="publish-type", about=version, actor=actor, signed=signed, valid_from=since, rules=settings
        )
    return version


def _check_begin(valid_from: date, latest: MatterType | None) -> None:
    """The first version alone may begin in the past: before it no day was governed by another."""
    if not isinstance(valid_from, date) or isinstance(valid_from, datetime):
        raise ValidationError({"valid_from": _("Give the day from which on it holds.")})
    if latest is None:
        return
    if valid_from < clock.today():
        raise ValidationError(
            {"valid_from": _("These days have passed under another version: choose today or a later day.")}
        )
    if valid_from <= latest.valid_from:
        words = _("Version %(number)d holds from %(day)s on: choose a later day.")
        raise ValidationError({"valid_from": words % {"number": latest.number, "day": latest.valid_from}})
