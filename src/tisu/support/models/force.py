"""A task force (专班): several units under one leader, for one purpose and a time that ends."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from tisu.foundation import clock
from tisu.foundation.appendonly import AppendOnlyModel
from tisu.loop.models import Matter
from tisu.orgs.models import Post, Unit
from tisu.support.force_queries import TaskForceQuerySet
from tisu.support.models.request import FactorRequest
from tisu.support.models.risk import RiskList

TASK = "force_task"


class TaskForce(models.Model):
    """It has an end, or a day on which its leader looks whether it is still needed; without either it is none.

    `due_on` is that day. Dissolved on it or before, it was dissolved on time; it goes on only by a `Continuation`.
    """

    name = models.CharField(_("name"), max_length=80)
    purpose = models.TextField(_("purpose"))
    lead = models.ForeignKey(Post, models.PROTECT, related_name="task_forces", verbose_name=_("led by"))
    members = models.ManyToManyField(Unit, related_name="task_forces", verbose_name=_("member units"))
    region = models.ForeignKey("orgs.Region", models.PROTECT, related_name="+")
    request = models.ForeignKey(
        FactorRequest, models.PROTECT, null=True, blank=True, related_name="task_forces"
    )
    risk_list = models.ForeignKey(RiskList, models.PROTECT, null=True, blank=True, related_name="task_forces")
    since = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    review_on = models.DateField(_("reviewed on"), null=True, blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    result = models.TextField(_("result"), blank=True)
    dissolved_by = models.CharField(max_length=120, blank=True)
    signed = models.CharField(max_length=120)
    set_up_at = models.DateTimeField()
    set_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=40, unique=True, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TaskForceQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(ends_on=None, review_on=None), name="a_task_force_ends_or_is_reviewed"
            ),
            models.CheckConstraint(
                condition=(Q(ends_on=None) | Q(ends_on__gte=F("since")))
                & (Q(review_on=None) | Q(review_on__gte=F("since")))
                & (Q(dissolved_on=None) | Q(dissolved_on__gte=F("since"))),
                name="a_task_force_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on=None, result="", dissolved_by="")
                | ~Q(dissolved_on=None) & ~Q(result="") & ~Q(dissolved_by=""),
                name="dissolved_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def due_on(self) -> date:
        """By which day it is dissolved, or its leader says that it goes on: the earlier of the two."""
        return min(day for day in (self.ends_on, self.review_on) if day)

    @property
    def is_dissolved(self) -> bool:
        return self.dissolved_on is not None

    @property
    def is_overdue(self) -> bool:
        return not self.is_dissolved and self.due_on < clock.today()

    @cached_property
    def went_on_late(self) -> bool:
        return any(row.on > row.due_before for row in self.continuations.all())

    @property
    def is_on_time(self) -> bool:
        """For one that is over: dissolved by its day, and never let slip before."""
        return self.is_dissolved and self.dissolved_on <= self.due_on and not self.went_on_late


class Continuation(AppendOnlyModel):
    """Its leader looked, and it goes on, to another day: with the reason, and the day that stood before."""

    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="continuations")
    on = models.DateField()
    due_before = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    reason = models.TextField(_("reason"))
    signed = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        base_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.task_force_id}: {self.on}"


class ForceTask(models.Model):
    """A task of a task force is a matter; it outlives the task force with the unit that has it."""

    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="tasks")
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="force_task")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.matter_id)
