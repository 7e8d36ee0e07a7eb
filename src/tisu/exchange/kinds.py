"""What can be imported and exported: read from the rooms."""

from typing import Any

from tisu.foundation.rooms import declared
from tisu.foundation.sheets.declared import Export, Import


def kinds_for(user: Any) -> list[Import]:
    """The imports that a person may do, in the order in which an office needs them."""
    return [kind for kind in all_kinds() if kind.allowed(user)]


def all_kinds() -> list[Import]:
    return sorted(declared("imports"), key=lambda kind: kind.order)


def kind_of(code: str) -> Import:
    return next(kind for kind in all_kinds() if kind.code == code)


def find_kind(code: str) -> Import | None:
    return next((kind for kind in all_kinds() if kind.code == code), None)


def find_export(code: str) -> Export | None:
    return next((export for export in declared("exports") if export.code == code), None)
