"""Reading requests: who sees which, how far each has come, and what a list shows of them."""

from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, Value, When

from tisu.loop.models import Matter
from tisu.loop.stages import Stage
from tisu.support.states import BY_STAGE, STEPS, State


class FactorRequestQuerySet(models.QuerySet):
    def visible_to(self, user) -> "FactorRequestQuerySet":
        """Whoever sees the matter; a firm's people see all that was raised for their firm."""
        return self.filter(matter__in=Matter.objects.visible_to(user))

    def of_firm(self, firm) -> "FactorRequestQuerySet":
        return self.filter(matter__enterprise__in=firm.kin)

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
