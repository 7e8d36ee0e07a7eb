"""The measurable parts of a promise. Each is a matter of the loop: how far it is stands there and nowhere else."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tisu.loop.models import Matter
from tisu.loop.stages import Result, Stage
from tisu.promises.models.promise import Promise


class Progress(models.TextChoices):
    """How far a deliverable is, derived from the stage of its matter."""

    TO_ACCEPT = "to_accept", pgettext_lazy("deliverable", "with the unit")
    UNDER_WAY = "under_way", pgettext_lazy("deliverable", "under way")
    REPORTED = "reported", pgettext_lazy("deliverable", "reported done")
    DONE = "done", pgettext_lazy("deliverable", "done and checked")
    NOT_DONE = "not_done", pgettext_lazy("deliverable", "ended, not done")


AT_STAGE = {
    Stage.REGISTERED: Progress.TO_ACCEPT,
    Stage.ASSIGNED: Progress.TO_ACCEPT,
    Stage.SUBMITTED: Progress.REPORTED,
    Stage.CANCELLED: Progress.NOT_DONE,
}
# Where a part was left over, that is a deliverable of its own.
DONE = frozenset({Result.RESOLVED, Result.PARTLY_RESOLVED})


class Deliverable(models.Model):
    """What is to be there on a day. Who has it in hand is whoever its matter is assigned to."""

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="deliverables")
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="deliverable")
    text = models.CharField(_("what is to be there"), max_length=400)
    due_on = models.DateField(_("to be there by"))

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def progress(self) -> Progress:
        matter = self.matter
        if matter.stage == Stage.CLOSED:
            return Progress.DONE if matter.result in DONE else Progress.NOT_DONE
        return AT_STAGE.get(matter.stage, Progress.UNDER_WAY)
