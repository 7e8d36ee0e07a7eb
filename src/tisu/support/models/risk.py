"""What can go wrong, what is done against it, whose it is: the list of a request, of a task force, or of both."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tisu.orgs.models import Unit


class RiskList(models.Model):
    """A request that goes by a template and the task force that works on it share one list."""

    def __str__(self) -> str:
        return str(self.pk)


class Risk(models.Model):
    """One line. It is done on a day, or not yet; who said so signs."""

    list = models.ForeignKey(RiskList, models.PROTECT, related_name="risks")
    risk = models.CharField(pgettext_lazy("risk list", "risk"), max_length=120)
    measure = models.CharField(pgettext_lazy("risk list", "measure"), max_length=200)
    owner = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("whose it is")
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    signed = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "risk"],
                name="a_risk_once_in_its_list",
                violation_error_message=_("This risk stands in the list already."),
            ),
            models.CheckConstraint(
                condition=models.Q(done_on=None, signed="") | ~models.Q(done_on=None) & ~models.Q(signed=""),
                name="done_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.risk
