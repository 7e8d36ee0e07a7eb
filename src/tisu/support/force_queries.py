"""Reading task forces: who sees which, and which are over, overdue or at work."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least

from tisu.accounts.standing import Standing, standing_of
from tisu.foundation import clock
from tisu.loop.models import Matter
from tisu.loop.queries import OVERSIGHT_ROLES, UNIT_ROLES
from tisu.orgs.models import Role, within


class TaskForceQuerySet(models.QuerySet):
    def visible_to(self, user) -> "TaskForceQuerySet":
        """The task forces a person may see.

        - office and supervision, and county leaders with their secretaries: those of their region;
        - units: those they are members of;
        - administrators and everyone else: none; who is walled from the request behind one does not see it either.
        """
        if not user.is_authenticated:
            return self.none()
        standing = standing_of(user)
        if standing.is_administrator:
            return self.none()
        reach = Q(pk__in=())
        for region in standing.regions(*OVERSIGHT_ROLES, Role.COUNTY_LEADER):
            reach |= within("region_id", region)
        if units := standing.units(*UNIT_ROLES):
            of_units = self.model.members.through.objects.filter(unit__in=units)
            reach |= Q(pk__in=of_units.values("taskforce"))
        return self.filter(reach).outside_walls(standing)

    def outside_walls(self, standing: Standing) -> "TaskForceQuerySet":
        """A wall before the request stands before the task force that works on it."""
        unwalled = Matter.objects.outside_walls(standing).filter(factor_request__isnull=False)
        return self.filter(Q(request=None) | Q(request__matter__in=unwalled.values("pk")))

    def at_work(self) -> "TaskForceQuerySet":
        return self.filter(dissolved_on=None)

    def dissolved(self) -> "TaskForceQuerySet":
        return self.exclude(dissolved_on=None)

    def with_due(self) -> "TaskForceQuerySet":
        return self.annotate(
            due=Least(Coalesce(F("ends_on"), F("review_on")), Coalesce(F("review_on"), F("ends_on")))
        )

    def overdue(self) -> "TaskForceQuerySet":
        return self.with_due().at_work().filter(due__lt=clock.today())
