"""The first published version of the type of a request for a production factor."""

from tisu.loop.models import publish_first_type


def load() -> None:
    publish_first_type(
        kind="factor_request",
        basis="《优化营商环境条例》第二章；未写明期限的，按15个工作日办理（县内惯例）",
        solve_days=15,
        return_days=2,
    )
