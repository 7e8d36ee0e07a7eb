"""The first published version of the type of issues that are raised with leaders."""

from tisu.loop.models import publish_first_type


def load() -> None:
    publish_first_type(
        kind="liaison_issue",
        basis="县领导联系企业现场办公议定；未写明期限的，按15个工作日办理（县内惯例）",
        accept_days=1,
        solve_days=15,
        return_days=2,
    )
