"""Tags and filters that every template has without loading them."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext, pgettext_lazy, to_locale

from tisu.foundation import clock
from tisu.foundation.rooms import declared
from tisu.web.sparkline import Sparkline

register = template.Library()

# loop.md: a light is derived; after closing the verdict takes its place. Shape and word carry it, colour helps.
LIGHTS = {
    "green": ("●", pgettext_lazy("light", "in time")),
    "yellow": ("▲", pgettext_lazy("light", "due soon")),
    "red": ("■", pgettext_lazy("light", "overdue")),
    "grey": ("‖", pgettext_lazy("light", "suspended")),
    "on_time": ("✓", pgettext_lazy("verdict", "closed on time")),
    "late": ("✗", pgettext_lazy("verdict", "closed late")),
    # the verdict on a limit that is not the matter's own
    "met": ("✓", pgettext_lazy("limit", "in time")),
    "missed": ("✗", pgettext_lazy("limit", "too late")),
}
# How something that was asked for was decided.
DECISIONS = {
    "filed": ("○", pgettext_lazy("request", "waiting")),
    "approved": ("✓", pgettext_lazy("request", "granted")),
    "refused": ("✗", pgettext_lazy("request", "declined")),
    "withdrawn": ("↩", pgettext_lazy("request", "withdrawn")),
    "lapsed": ("–", pgettext_lazy("request", "lapsed")),
}
# Whether a figure has happened, is expected, or is wanted: never shown without.
STATEMENTS = {
    "actual": ("●", pgettext_lazy("figure", "actual")),
    "forecast": ("◇", pgettext_lazy("figure", "forecast")),
    "target": ("▽", pgettext_lazy("figure", "target")),
}
KNOWN = {"light": LIGHTS, "decision": DECISIONS, "statement": STATEMENTS}
WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


@register.simple_tag
def light(code: str) -> SafeString | str:
    """Shape, word and colour of a light; nothing where no clock runs."""
    return _shown("light", code, get_language())


@register.simple_tag
def decision(code: str) -> SafeString | str:
    """How something that was asked for was decided: shape and word."""
    return _shown("decision", code, get_language())


@register.simple_tag
def statement(code: str) -> SafeString | str:
    """What sort of figure it is: shape and word."""
    return _shown("statement", code, get_language())


@lru_cache
def _shown(what: str, code: str, _language: str) -> SafeString | str:
    """A list has one in every row, so it is made once for each language."""
    known = KNOWN[what]
    if code not in known:
        return ""
    shape, word = known[code]
    return format_html(
        '<span class="light {}-{}"><span class="light-shape" aria-hidden="true">{}</span>{}</span>',
        what,
        code,
        shape,
        word,
    )


@register.simple_tag
@lru_cache
def icon(name: str) -> SafeString:
    """A small picture beside a word; never alone, so it is hidden from those who listen. A page has dozens."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("web/icons.svg"),
        name,
    )


@register.inclusion_tag("web/components/sheet_bar.html", takes_context=True)
def sheet_bar(context: Context, code: str, *, named: bool = False, **more: str) -> dict:
    """What can be done with a list as a sheet: take it along with its filters, and `more` where the page's own address
    narrows it, or bring one in. `named` where a page has several."""
    request = context["request"]
    found = [each for each in declared("exports") if each.code == code]
    can_export = any(each.allowed(request.user) for each in found)
    can_import = any(each.code == code and each.allowed(request.user) for each in declared("imports"))
    query = request.GET.copy()
    query.update(more)
    return {
        "csrf_token": context.get("csrf_token"),
        "name": found[0].label if named and found else "",
        "take_along": f"{reverse('exchange:export', args=[code])}?{query.urlencode()}" if can_export else "",
        "bring_in": reverse("exchange:new", args=[code]) if can_import else "",
    }


@register.simple_tag
def html_lang() -> str:
    """The page's language as BCP 47 writes it: zh-Hans, zh-Hant, en."""
    return to_locale(get_language()).replace("_", "-")


@register.simple_tag
def sparkline(trend: Iterable[tuple[str, int]]) -> Sparkline:
    return Sparkline(tuple(trend))


@register.filter
def han_date(value: date | datetime | None) -> str:
    """5月22日 周一; the year is said only when it is not this one."""
    if not value:
        return ""
    day = local_day(value)
    pattern = pgettext("date", "j M") if day.year == clock.today().year else pgettext("date", "j M Y")
    return pgettext("date", "{weekday} {day}").format(
        weekday=WEEKDAYS[day.weekday()], day=date_format(day, pattern)
    )


@register.filter
def han_moment(value: datetime | None) -> str:
    """5月22日 周一 09:30."""
    return f"{han_date(value)} {localtime(value):%H:%M}" if value else ""


@register.filter
def iso_date(value: date | datetime | None) -> str:
    """2023-05-22, for tables."""
    return local_day(value).isoformat() if value else ""


def local_day(value: date | datetime) -> date:
    return clock.local_day(value) if isinstance(value, datetime) else value


@register.filter
def in_fours(receipt: str) -> list[str]:
    """A receipt in groups of four, as it is read aloud and retyped; signs between groups do not count."""
    letters = "".join(filter(str.isalnum, receipt or ""))
    return [letters[start : start + 4] for start in range(0, len(letters), 4)]
