"""The first published version of the type of what firms ask for."""

from tisu.loop.models import publish_first_type


def load() -> None:
    publish_first_type(
        kind="firm_ask",
        basis="《优化营商环境条例》第四十八条、第四十九条；未写明期限的，按15个工作日办理（县内惯例）",
        accept_days=1,
        solve_days=15,
        return_days=2,
    )
