"""The first published version of the type of a report."""

from datetime import date

from tisu.loop.models import MatterType, publish_type


def load() -> None:
    if not MatterType.objects.filter(kind="report").exists():
        publish_type(
            kind="report",
            valid_from=date(2020, 1, 1),
            basis="鄂政办发〔2020〕66号",
            screen_days=3,
            solve_days=15,
        )
