"""What came out of a contact: it stands in its own place in the house, here is only where it came from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tisu.liaison.models.contact import Contact
from tisu.loop.models import Matter
from tisu.orgs.models import Unit
from tisu.promises.models import Promise
from tisu.support.models import FactorRequest


class RaisedIssue(models.Model):
    """An issue that was raised, with the unit and the day that were named: a matter of the loop."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="issues")
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="raised_issue")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    due_on = models.DateField(_("to be seen to by"))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.matter.number


class RaisedPromise(models.Model):
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="promises")
    promise = models.OneToOneField(Promise, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.promise.number


class RaisedRequest(models.Model):
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="requests")
    request = models.OneToOneField(FactorRequest, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.request)
