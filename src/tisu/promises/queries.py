"""Reading promises: who sees which, which are due, which count."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from tisu.accounts.standing import standing_of
from tisu.enterprises.models import Enterprise
from tisu.foundation import clock, search
from tisu.loop.models import Matter
from tisu.loop.queries import OVERSIGHT_ROLES, UNIT_ROLES, interests_of
from tisu.orgs.models import Role, within
from tisu.promises.findable import SUBJECT
from tisu.promises.states import OPEN, Outcome

MAKERS = (Role.COUNTY_LEADER, Role.DEPT_LEAD, Role.OFFICE_LEAD)


class PromiseQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PromiseQuerySet":
        """The promises a person may see.

        - office and supervision: those of their region;
        - whoever holds the post that made it, or stands in there, whoever held it then;
        - the unit that answers for it, and every unit that a deliverable of it is assigned to; whoever is in charge of one;
        - who acts for the firm that it was given to, under any row of the register;
        - administrators: none, whatever else they are; nobody with an interest in the firm; and nobody whom a wall keeps
          from a deliverable of it.
        """
        if not user.is_authenticated:
            return self.none()
        standing = standing_of(user)
        if standing.is_administrator:
            return self.none()
        interests = interests_of(standing)
        rows = self.filter(self._reach(standing)).exclude(self._walled_off(standing))
        return rows.exclude(enterprise__in=interests) if interests else rows

    def _reach(self, standing) -> Q:
        reach = Q(pk__in=())
        for region in standing.regions(*OVERSIGHT_ROLES):
            reach |= within("region_id", region)
        if posts := standing.posts(*MAKERS):
            reach |= Q(maker__in=posts)
        if units := _units_of(standing):
            reach |= Q(unit__in=units) | Q(self._assigned_to(units))
        if standing.enterprises:
            reach |= Q(enterprise__in=Enterprise.objects.kin_of(standing.enterprises).values("pk"))
        return reach

    def _assigned_to(self, units) -> Exists:
        return self._with(Matter.objects.filter(Matter.objects.all().assigned_to(units)))

    def _walled_off(self, standing) -> Exists:
        return self._with(Matter.objects.all().walled_off(standing))

    def _with(self, matters) -> Exists:
        deliverables = self.model._meta.get_field("deliverables").related_model.objects
        return Exists(deliverables.filter(promise=OuterRef("pk"), matter__in=matters.order_by().values("pk")))

    # --- what a list or a figure asks for ---

    def running(self) -> "PromiseQuerySet":
        return self.filter(state__in=OPEN)

    def overdue(self) -> "PromiseQuerySet":
        return self.running().filter(due_on__lt=clock.today())

    def slogans(self) -> "PromiseQuerySet":
        return self.filter(due_on=None)

    def due_by(self, day: date) -> "PromiseQuerySet":
        """The denominator of every rate: by the day that was promised, whatever became of it; never a slogan."""
        return self.filter(due_on__lte=day)

    def due_between(self, first: date, last: date) -> "PromiseQuerySet":
        return self.filter(due_on__gte=first, due_on__lte=last)

    def kept(self) -> "PromiseQuerySet":
        """The numerator: what the firm itself confirmed."""
        return self.filter(outcome=Outcome.KEPT)

    def of_firm(self, firm: Enterprise) -> "PromiseQuerySet":
        return self.filter(enterprise__in=firm.kin)

    def found_by(self, words: str) -> "PromiseQuerySet":
        return self.filter(pk__in=search.matching(SUBJECT, words))

    def for_rows(self) -> "PromiseQuerySet":
        """Everything that a row of a list shows, in one query."""
        return self.select_related("maker__unit", "enterprise", "unit", "region")


def _units_of(standing) -> set[int]:
    charge = (role.in_charge_of for role in standing.having(Role.COUNTY_LEADER))
    return standing.units(*UNIT_ROLES).union(*charge)
