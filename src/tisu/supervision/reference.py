"""The first published version of the type of a task."""

from tisu.loop.models import publish_first_type


def load() -> None:
    publish_first_type(
        kind="task",
        basis="15 working days where no limit is named; one county's practice (domain.md M5)",
        solve_days=15,
        return_days=2,
    )
