"""Matter types: versioned data that is published once and then only read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from tisu.foundation import clock
from tisu.foundation.appendonly import AppendOnlyModel, AppendOnlyQuerySet

BEGINNING = date(2020, 1, 1)  # 优化营商环境条例 in force


SUSPENSION_REASONS = (
    # domain.md M0.3: time that does not count; what each is called stands in loop/reasons.py
    "supplement",
    "hearing",
    "appraisal",
    "court",
    "firm",
    "superior",
    "force_majeure",
)


@dataclass(frozen=True)
class Rules:
    """What a type sets inside the code's envelope. Days are working days unless the name says otherwise.

    `screen_days`: decide whether to accept a report (0: not screened). `accept_days`: accept an assignment, then
    it is accepted by rule (0: never). `solve_days`: taken when an assignment names no limit. `verify_days`: for
    the verifier. `co_days`: a co-unit's part (0: the lead unit's limit). `report_days`: from one progress report
    to the next (0: none is asked for). `return_days`: how long the lead unit may return. `returns`: how often
    before the office decides. `warn_share`: the last part of the limit that is yellow, never less than a working
    day (M0.3). `escalate_after`: so many working days after the due day the next superior is told, one by one.
    `extensions`, `extension_days`: how often, and by how much at the most. `suspensions`, `suspension_days`: how
    often, and for how many calendar days at the most. `reopen_days`: calendar days after closing. `retain_years`:
    how long a closed matter is kept. `needs_approval`: registered only after a leader approved it (立项).
    """

    screen_days: int = 0
    accept_days: int = 2
    solve_days: int = 15
    verify_days: int = 5
    co_days: int = 0
    report_days: int = 0
    return_days: int = 2
    returns: int = 2
    warn_share: float = 0.2
    escalate_after: tuple[int, ...] = (3, 8)
    extensions: int = 1
    extension_days: int = 15
    suspensions: int = 2
    suspension_days: int = 90
    suspension_reasons: tuple[str, ...] = SUSPENSION_REASONS
    reopen_days: int = 180
    retain_years: int = 10
    needs_approval: bool = False


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


@transaction.atomic
def publish_type(*, kind: str, valid_from: date, basis: str, **settings: Any) -> MatterType:
    """Publish the next version of a kind's type. `settings` are fields of Rules; others are refused (TypeError).

    ValidationError for a version that would hold beside an earlier one: each ends where the next begins.
    """
    Rules(**settings)
    latest = MatterType.objects.filter(kind=kind).order_by("number").last()
    if latest and valid_from <= latest.valid_from:
        raise ValidationError(
            {
                "valid_from": _("Version %(number)d holds from %(day)s on: choose a later day.")
                % {"number": latest.number, "day": latest.valid_from}
            }
        )
    return MatterType.objects.create(
        kind=kind,
        number=latest.number + 1 if latest else 1,
        valid_from=valid_from,
        basis=basis,
        settings=settings,
    )
