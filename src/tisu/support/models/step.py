"""What happened to a request on its way: dated facts, written once, taken back by another one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tisu.foundation.appendonly import AppendOnlyModel, AppendOnlyQuerySet
from tisu.support.factors import Level
from tisu.support.models.request import FactorRequest


class StepKind(models.TextChoices):
    """domain.md M4, from 上报 on; what comes before is told by the stage of the matter."""

    REFERRED = "referred", pgettext_lazy("step", "referred to a higher level")
    DECIDED = "decided", pgettext_lazy("step", "decided")
    DELIVERED = "delivered", pgettext_lazy("step", "delivered")
    USED = "used", pgettext_lazy("step", "use reported")
    CONFIRMED = "confirmed", pgettext_lazy("step", "confirmed by the firm")
    UNMET = "unmet", pgettext_lazy("step", "cannot be met")
    TAKEN_BACK = "taken_back", pgettext_lazy("step", "taken back")


class StepQuerySet(AppendOnlyQuerySet):
    def standing(self) -> "StepQuerySet":
        """Without what was taken back, and without the taking back."""
        return self.exclude(kind=StepKind.TAKEN_BACK).filter(taken_back__isnull=True)


class Step(AppendOnlyModel):
    """`on` is the day in the world, `at` when it was entered. `number` is that of the letter or of the decision."""

    request = models.ForeignKey(FactorRequest, models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=12, choices=StepKind.choices)
    on = models.DateField(_("day"))
    level = models.CharField(_("level"), max_length=12, choices=Level.choices, blank=True)
    number = models.CharField(_("document number"), max_length=60, blank=True)
    amount = models.BigIntegerField(null=True, blank=True)
    text = models.TextField(_("remark"), blank=True)
    alternative = models.TextField(_("what is offered instead"), blank=True)
    takes_back = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="taken_back"
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=StepKind.TAKEN_BACK, takes_back__isnull=False)
                | ~Q(kind=StepKind.TAKEN_BACK) & Q(takes_back__isnull=True),
                name="takes_back_a_step_and_only_then",
            ),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.UNMET) | ~Q(text="") & ~Q(alternative=""),
                name="unmet_is_explained_with_an_alternative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.kind}"
