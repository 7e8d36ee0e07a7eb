"""What is kept of a work order beside its report, and what the hotline's categories mean here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.foundation.digests import KeyedDigestField
from tisu.loop.stages import Screening
from tisu.orgs.models import Region, Unit


class WorkOrder(models.Model):
    """A work order of the hotline and the report that it became: known again by its number, however often it comes.

    The number is looked up by its digest, which stays when a discipline report is emptied: so the words cannot be
    brought in again by the next sheet. `due_on` is the hotline's own day, beside the clocks of the loop.
    """

    report = models.OneToOneField("voice.Report", models.PROTECT, related_name="work_order")
    number_digest = KeyedDigestField(max_length=64, unique=True)
    number = models.CharField(_("work order"), max_length=40, blank=True)
    category = models.CharField(_("category of the hotline"), max_length=80, blank=True)
    received_on = models.DateField(_("received by the hotline on"), null=True, blank=True)
    due_on = models.DateField(_("the hotline expects an answer by"), null=True, blank=True)
    text_digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.number or f"work order of {self.report_id}"


class Category(models.Model):
    """What a category of the hotline means here. One that is not known yet is noted, so that the office can say.

    `screening` is what the screening proposes, never what it decides; `topic` is the indicator it counts towards.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    name = models.CharField(_("category of the hotline"), max_length=80)
    screening = models.CharField(_("probably"), max_length=1, choices=Screening.choices, blank=True)
    topic = models.CharField(_("topic"), max_length=60, blank=True)
    responsible_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit that could solve it"),
    )

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="one_meaning_per_category")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_known(self) -> bool:
        return bool(self.screening or self.topic or self.responsible_unit_id)
