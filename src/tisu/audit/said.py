"""What entries say, read back when someone may have forced anything into its column.

Whoever checks the ledgers meets what was tampered with: reading it must never break the tool that names it.
"""

import json
from typing import Any

from django.utils.translation import gettext

UNREAD = (ValueError, TypeError, RecursionError)  # no text, no JSON, a number or a nesting without end


def as_object(said: Any) -> dict[str, Any] | None:
    """The JSON object that a text holds; None when it holds none that could be shown."""
    try:
        told = json.loads(said)
        json.dumps(told, ensure_ascii=False).encode()  # half a sign of two is no text that a page could show
    except UNREAD:
        return None
    return told if isinstance(told, dict) else None


def unreadable() -> str:
    """What stands in the place of words that cannot be read: verifying names the entry."""
    return gettext("unreadable, see the finding")
