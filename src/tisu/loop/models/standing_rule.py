"""Standing rules that the county has switched off: a rule that is off neither acts nor writes (case 39)."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.foundation import clock
from tisu.foundation.prepared import Blank, Prepared
from tisu.orgs.models import Dated, ends_after_it_begins


class StandingRule(Dated):
    """A stretch in which a rule is off. Rules that are named nowhere here are on."""

    rule = models.CharField(_("rule"), max_length=32)
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        ordering = ["rule", "-since"]
        constraints = [
            ends_after_it_begins("rule_off_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["rule"], condition=models.Q(until__isnull=True), name="a_rule_is_off_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} off since {self.since}"

    @classmethod
    def is_on(cls, rule: str) -> bool:
        return not _OFF(day=clock.today(), rule=rule)


_OFF = Prepared(
    lambda: StandingRule.objects.on(Blank("day", date)).filter(rule=Blank("rule", str)).values_list("pk")
)
