"""The first published version of the type of a report."""

from tisu.loop.models import publish_first_type


def load() -> None:
    publish_first_type(kind="report", basis="鄂政办发〔2020〕66号", screen_days=3, solve_days=15)
