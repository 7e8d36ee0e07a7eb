"""The first published version of the type of a task."""

from datetime import date

from tisu.loop.models import MatterType, publish_type


def load() -> None:
    if not MatterType.objects.filter(kind="task").exists():
        publish_type(
            kind="task",
            valid_from=date(2020, 1, 1),
            basis="15 working days where no limit is named; one county's practice (domain.md M5)",
            solve_days=15,
            return_days=2,
        )
