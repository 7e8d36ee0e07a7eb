"""What the component page shows: for each component its contract, its look and the markup to copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template import engines
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tisu.web.samples import context

FOLDER = "web/components"
# Component (the file's name), what it is for, and the markup that shows its states.
GALLERY: tuple[tuple[str, Any, str], ...] = (
    ("page_head", _("Head of a section"), '{% include "web/components/page_head.html" with heading=matter.title kicker=matter.number light="yellow" lede=matter.lede %}'),
    ("matter_card", _("A matter as a card"), '{% for matter in matters %}{% include "web/components/matter_card.html" with light=matter.light remaining=matter.remaining due=matter.due category=matter.category title=matter.title href=matter.href units=matter.units cycle=matter.cycle note=matter.note primary=matter.primary secondary=matter.secondary %}{% endfor %}'),
    ("act", _("An action that opens in place"), '<div class="button-row">{% include "web/components/act.html" with label=act.accept url="#act" style="primary" %}{% include "web/components/act.html" with label=act.return url="#act" asks=act.form hidden=act.hidden why=act.why style="danger" %}{% include "web/components/act.html" with label=act.accept opens="#act" %}</div>{% include "web/components/act.html" with label=act.return url="#act" asks=act.refused open=True %}{% include "web/components/act.html" with label=act.agree url="#act" asks=act.optional style="primary" at_once=True %}'),
    ("ask", _("Something asked for, and how it was decided"), '{% for ask in asks %}{% include "web/components/ask.html" with kind=ask.kind state=ask.state by=ask.by at=ask.at what=ask.what was=ask.was becomes=ask.becomes provisional=ask.provisional reason=ask.reason more_label=ask.more_label more=ask.more decided_by=ask.decided_by decided_at=ask.decided_at opinion=ask.opinion acts=ask.acts %}{% endfor %}'),
    ("done_card", _("What stands in a card's place after acting"), '{% include "web/components/done_card.html" with text=done.text undo=done.undo seconds=86400 %}'),
    ("tabs", _("Lists as tabs with counts"), '{% include "web/components/tabs.html" with tabs=tabs label=tabs_label %}'),
    ("filter_bar", _("Filters of a list"), '{% include "web/components/filter_bar.html" with form=filters chips=chips found=found %}'),
    ("table", _("A table that becomes cards on a phone"), '{% include "web/components/table.html" with table=table %}{% include "web/components/table.html" with table=table_empty empty=empty.title %}'),
    ("figure_bars", _("Figures as bars, statements told apart"), '<div class="panel">{% include "web/components/figure_bars.html" with groups=figure_bars %}</div>'),
    ("lanes", _("Everything on one axis of time"), '<div class="panel">{% include "web/components/lanes.html" with picture=picture list_url="#line" chosen=2023 %}</div>'),
    ("happenings", _("What happened, by month"), '<div class="panel">{% include "web/components/happenings.html" with months=happenings %}</div>'),
    ("tick_all", _("Ticking all of a page"), '{% include "web/components/tick_all.html" with form="ticked-together" %}{% include "web/components/table.html" with table=ticked %}'),
    ("tick_bar", _("What can be done to the ticked ones"), '{% include "web/components/tick_bar.html" with form="ticked-together" buttons=tick_buttons %}'),
    ("pagination", _("Pages of a list"), '{% include "web/components/pagination.html" with next_url="?after=38" first_url="?" shown=shown %}'),
    ("sheet_bar", _("A list as a sheet"), '{% include "web/components/sheet_bar.html" with take_along="#" bring_in="#" %}'),
    ("facts", _("Facts of one thing"), '<div class="panel">{% include "web/components/facts.html" with facts=facts %}</div><div class="panel">{% include "web/components/facts.html" with facts=facts dense=True %}</div>'),
    ("clock_bar", _("A clock from start to due"), '{% for clock in clocks %}<div class="panel">{% include "web/components/clock_bar.html" with bar=clock.bar summary=clock.summary explanation=clock.explanation id=clock.id provisional=clock.provisional %}</div>{% endfor %}'),
    ("amount_bar", _("What was asked for, granted and used"), '<div class="panel">{% include "web/components/amount_bar.html" with portions=portions %}</div>'),
    ("limits", _("Time limits beside the main one"), '<div class="panel">{% include "web/components/limits.html" with limits=limits %}</div>'),
    ("month", _("A month with its days off"), '<div class="months">{% for month in months %}{% include "web/components/month.html" %}{% endfor %}</div>'),
    ("timeline", _("The course of a matter"), '<div class="panel">{% include "web/components/timeline.html" with entries=entries more_url="#earlier" %}</div>'),
    ("attached", _("Papers that hang on something"), '<div class="panel">{% include "web/components/attached.html" with papers=papers %}</div>'),
    ("stat_tile", _("A figure and the list behind it"), '<ul class="stats">{% for tile in tiles %}<li>{% include "web/components/stat_tile.html" with label=tile.label value=tile.value unit=tile.unit fraction=tile.fraction as_of=tile.as_of trend=tile.trend light=tile.light href=tile.href %}</li>{% endfor %}</ul>'),
    ("bars", _("Parts of wholes, one bar for each name"), '<div class="panel">{% include "web/components/bars.html" %}</div>'),
    ("bubbles", _("The dialogue with the reporter"), '{% include "web/components/bubbles.html" with messages=dialogue audience=audience %}'),
    ("steps", _("What happens next and by when"), '<div class="panel">{% include "web/components/steps.html" with steps=steps %}</div>'),
    ("receipt", _("A receipt"), '{% include "web/components/receipt.html" with receipt=receipt %}'),
    ("notice", _("A sentence that must not be missed"), '{% for notice in notices %}{% include "web/components/notice.html" with tone=notice.tone title=notice.title text=notice.text url=notice.url link=notice.link %}{% endfor %}'),
    ("empty", _("An empty list"), '{% include "web/components/empty.html" with title=empty.title next=empty.next url="#next" action=empty.action %}'),
    ("button_row", _("Buttons in a row"), '{% include "web/components/button_row.html" with buttons=buttons %}'),
)  # fmt: skip
# Tags and forms have no file of their own among the components.
TAGS: tuple[tuple[str, Any, str], ...] = (
    ("light", _("Lights"), '<p>{% for code in lights %}{% light code %}　{% endfor %}</p>'),
    ("statement", _("What sort of figure"), '<p>{% for code in statements %}{% statement code %}　{% endfor %}</p>'),
    ("decision", _("Decisions"), '<p>{% for code in decisions %}{% decision code %}　{% endfor %}</p>'),
    ("han_date", _("Days"), '<p>{{ day|han_date }}　{{ last_year|han_date }}　{{ moment|han_moment }}　{{ day|iso_date }}</p>'),
    ("icon", _("Icons"), '<p>{% for name in icons %}{% icon name %} {{ name }}　{% endfor %}</p>'),
    ("form", _("A form"), '<form class="panel" method="get">{{ form }}<button class="btn btn-primary">{{ act.accept }}</button></form><form class="panel" method="get">{{ refused }}</form>'),
    ("prose", _("Prose"), '<div class="panel"><div class="prose">{{ prose|linebreaks }}</div></div>'),
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    name: str
    title: Any
    contract: str
    markup: str
    shown: SafeString


def shown_samples(request: HttpRequest) -> Iterator[Sample]:
    values = context()
    for name, title, markup in (*TAGS, *GALLERY):
        yield Sample(name, title, contract(name), markup, draw(markup, values, request))


def draw(markup: str, values: dict[str, Any], request: HttpRequest) -> SafeString:
    return engines["django"].from_string(markup).render(dict(values), request)


def contract(name: str) -> str:
    """The comment that opens a component's template: what it is and which values it takes."""
    if name in {tag for tag, _title, _markup in TAGS}:
        return ""
    source = get_template(f"{FOLDER}/{name}.html").template.source
    return source.partition("{% comment %}")[2].partition("{% endcomment %}")[0].strip()
