"""Reading requests: who sees which, how far each has come, and what a list shows of them."""

from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When

from tisu.accounts.standing import Standing, standing_of
from tisu.enterprises.models import Enterprise
from tisu.loop.models import Matter
from tisu.loop.queries import MatterQuerySet
from tisu.loop.stages import Stage
from tisu.support.states import BY_STAGE, STEPS, State


def matters_of_own_firms(standing: Standing) -> MatterQuerySet:
    """Matters that show a firm this person acts for, whoever of the firm asked; walls stand before these too."""
    kin = Enterprise.objects.kin_of(standing.enterprises).values("pk")
    return Matter.objects.filter(enterprise__in=kin).outside_walls(standing)


class FactorRequestQuerySet(models.QuerySet):
    def visible_to(self, user) -> "FactorRequestQuerySet":
        """Whoever sees the matter, and all who act for the firm; administrators none, walls included."""
        if not user.is_authenticated:
            return self.none()
        standing = standing_of(user)
        if standing.is_administrator:
            return self.none()
        reach = Q(matter__in=Matter.objects.visible_to(user))
        if standing.enterprises:
            reach |= Q(matter__in=matters_of_own_firms(standing))
        return self.filter(reach)

    def of_firm(self, firm) -> "FactorRequestQuerySet":
        return self.filter(matter__enterprise__in=Enterprise.objects.kin_of([firm.pk]).values("pk"))

    def with_state(self) -> "FactorRequestQuerySet":
        """Carry along `state` (states.py), as a list filters by it and a row shows it."""
        steps = self.model._meta.get_field("steps").related_model.objects.standing()
        last = steps.filter(request=OuterRef("pk"), kind__in=STEPS).order_by("-pk").values("kind")[:1]
        rows = self.annotate(last_step=Subquery(last))
        closed = Q(matter__stage=Stage.CLOSED)
        return rows.annotate(
            state=Case(
                *(When(matter__stage=stage, then=Value(state.value)) for stage, state in BY_STAGE),
                When(last_step=State.UNMET.value, then=Value(State.UNMET.value)),
                When(closed, then=Value(State.DONE.value)),
                *(When(last_step=step, then=Value(step)) for step in STEPS),
                default=Value(State.COORDINATED.value),
                output_field=models.CharField(),
            )
        )

    def for_rows(self) -> "FactorRequestQuerySet":
        """Everything that a row of a list shows, in a fixed number of queries."""
        matters = Matter.objects.for_rows().select_related("enterprise", "region")
        return self.with_state().prefetch_related(models.Prefetch("matter", matters))
