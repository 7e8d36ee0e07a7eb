"""The first published version of the type of a task."""

from tisu.loop.models import publish_first_type


def load() -> None:
    publish_first_type(
        kind="task",
        basis="未写明期限的，按15个工作日办理（县内惯例）",
        solve_days=15,
        return_days=2,
    )
