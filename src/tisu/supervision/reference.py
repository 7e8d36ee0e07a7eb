"""The first published versions of the types of tasks and of supervision items."""

from tisu.loop.models import publish_first_type


def load() -> None:
    publish_first_type(
        kind="task",
        basis="未写明期限的，按15个工作日办理（县内惯例）",
        solve_days=15,
        return_days=2,
    )
    publish_first_type(
        kind="supervision_item",
        basis="《政府督查工作条例》第十一条；未写明期限的，按15个工作日办理（县内惯例）",
        needs_approval=True,
        accept_days=1,
        solve_days=15,
        return_days=2,
    )
