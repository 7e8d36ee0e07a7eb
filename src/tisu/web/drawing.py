"""Bare widgets, drawn in one go: a template for each of three dozen options is what long pages waited for.

The same marks as Django's own widget templates give (a test compares).
"""

from collections.abc import Callable
from typing import Any

from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Widget = dict[str, Any]


def select(widget: Widget) -> SafeString:
    groups = format_html_join(
        "", "{}", ((_group(name, options),) for name, options, _place in widget["optgroups"])
    )
    return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), groups)


def _group(name: str | None, options: list[Widget]) -> SafeString:
    drawn = format_html_join("", '<option value="{}"{}>{}</option>', map(_option, options))
    return format_html('<optgroup label="{}">{}</optgroup>', name, drawn) if name else drawn


def _option(option: Widget) -> tuple[str, SafeString, str]:
    """`selected` is among the attributes of an option that is chosen."""
    value = "" if option["value"] is None else option["value"]
    return str(value), flatatt(option["attrs"]), option["label"]


def boxes(widget: Widget) -> SafeString:
    """Boxes to tick, each in its label. None of ours are in groups."""
    options = [option for _name, options, _place in widget["optgroups"] for option in options]
    rows = format_html_join("", "<div>{}</div>", ((_box(option),) for option in options))
    marks = {name: widget["attrs"][name] for name in ("id", "class") if widget["attrs"].get(name)}
    return format_html("<div{}>{}</div>", flatatt(marks), rows)


def _box(option: Widget) -> SafeString:
    marks = flatatt(
        {"type": option["type"], "name": option["name"], "value": str(option["value"])} | option["attrs"]
    )
    return format_html('<label for="{}"><input{}> {}</label>', option["attrs"]["id"], marks, option["label"])


def line(widget: Widget) -> SafeString:
    """Something to type on one line, or nothing to see at all."""
    value = "" if widget["value"] is None else format_html(' value="{}"', str(widget["value"]))
    marks = flatatt(widget["attrs"])
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, marks)


def lines(widget: Widget) -> SafeString:
    value = widget["value"] or ""
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>', widget["name"], flatatt(widget["attrs"]), value
    )


DRAWN: dict[str, Callable[[Widget], SafeString]] = {
    "django/forms/widgets/select.html": select,
    "django/forms/widgets/checkbox_select.html": boxes,
    "django/forms/widgets/textarea.html": lines,
} | {f"django/forms/widgets/{kind}.html": line for kind in ("text", "number", "date", "hidden")}
