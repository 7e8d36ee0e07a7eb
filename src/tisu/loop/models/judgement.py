"""How a matter was judged when it closed: frozen, whatever the calendar says later."""

from django.db import models

from tisu.foundation.appendonly import AppendOnlyModel
from tisu.loop.models.matter import Matter
from tisu.loop.stages import Result, Verdict


class Judgement(AppendOnlyModel):
    """One closing of one cycle, with the due moment and the calendar that judged it (loop.md §2, point 5)."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="judgements")
    cycle = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=16, choices=Result.choices)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    due_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField()
    calendar = models.CharField(max_length=40, blank=True)

    class Meta:
        base_manager_name = "objects"
        ordering = ["matter_id", "cycle"]
        constraints = [models.UniqueConstraint(fields=["matter", "cycle"], name="judged_once_a_cycle")]

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.cycle} {self.result} {self.verdict}"
