"""Matter types: versioned data that is published once and then only read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.foundation import clock
from tisu.foundation.appendonly import AppendOnlyModel, AppendOnlyQuerySet

BEGINNING = date(2020, 1, 1)  # 优化营商环境条例 in force


@dataclass(frozen=True)
class Rules:
    """What a type sets inside the code's envelope. Days are working days.

    `screen_days`: decide whether to accept a report (0: not screened). `solve_days`: taken when an assignment
    names no limit. `return_days`: how long the lead unit may return. `returns`: how often before the office
    decides. `warn_share`: the last part of the limit that is yellow, never less than a working day (M0.3).
    """

    screen_days: int = 0
    solve_days: int = 15
    return_days: int = 2
    returns: int = 2
    warn_share: float = 0.2


class MatterTypeQuerySet(AppendOnlyQuerySet):
    def in_force(self, kind: str, day: date | None = None) -> "MatterType":
        """The version of a kind's type that a matter registered on `day` is pinned to."""
        return self.filter(kind=kind, valid_from__lte=day or clock.today()).latest("valid_from", "number")


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

    @property
    def rules(self) -> Rules:
        return Rules(**self.settings)


def publish_first_type(*, kind: str, basis: str, **settings: Any) -> None:
    """The version that an installation begins with; what the county has published since stays."""
    if not MatterType.objects.filter(kind=kind).exists():
        publish_type(kind=kind, valid_from=BEGINNING, basis=basis, **settings)


def publish_type(*, kind: str, valid_from: date, basis: str, **settings: Any) -> MatterType:
    """Publish the next version of a kind's type. `settings` are fields of Rules; others are refused."""
    Rules(**settings)
    latest = MatterType.objects.filter(kind=kind).aggregate(latest=models.Max("number"))["latest"] or 0
    return MatterType.objects.create(
        kind=kind, number=latest + 1, valid_from=valid_from, basis=basis, settings=settings
    )
