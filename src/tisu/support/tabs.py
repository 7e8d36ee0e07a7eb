"""The pages of support, for whoever has more than one."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tisu.loop.tiles import handles_matters


def tabs_for(request: HttpRequest) -> list[dict[str, Any]]:
    """A firm has its requests alone."""
    if not handles_matters(request.user):
        return []
    pages = (
        (pgettext("support", "Requests"), "support:requests"), (_("By factor"), "support:figures"), (_("Task forces"), "support:forces"),
    )  # fmt: skip
    return [
        {"label": label, "url": reverse(name), "active": request.path == reverse(name)}
        for label, name in pages
    ]
