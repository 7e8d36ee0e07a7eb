"""What can be imported and exported: read from the rooms."""

from typing import Any

from django.conf import settings

from tisu.accounts.standing import standing_of
from tisu.foundation.rooms import declared
from tisu.foundation.sheets.declared import Export, Import


def kinds_for(user: Any) -> list[Import]:
    """The imports that a person may do, in the order in which an office needs them."""
    return [kind for kind in all_kinds() if kind.allowed(user)]


def all_kinds() -> list[Import]:
    return sorted(declared("imports"), key=lambda kind: kind.order)


def kind_of(code: str) -> Import:
    return next(kind for kind in all_kinds() if kind.code == code)


def region_of(user: Any) -> str:
    """Where a person's files belong: the region of their first post, else this installation's."""
    roles = standing_of(user).roles if user else ()
    return next((role.region for role in roles if role.region), settings.REGION)


def find_kind(code: str) -> Import | None:
    return next((kind for kind in all_kinds() if kind.code == code), None)


def find_export(code: str) -> Export | None:
    return next((export for export in declared("exports") if export.code == code), None)
