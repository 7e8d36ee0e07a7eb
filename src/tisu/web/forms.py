"""How every form looks: label, hint and error stand beside the field, and what was typed stays."""

from typing import Any

from django.forms import CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select, TextInput, Widget
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.template import engines
from django.template.backends.django import DjangoTemplates as Backend
from django.utils.functional import cached_property
from django.utils.translation import gettext_noop, ngettext_lazy

from tisu.web.drawing import DRAWN

# The first kind that fits gives the class of Tabler's style sheet or ours; everything else is a line to write in.
CLASSES: tuple[tuple[tuple[type[Widget], ...], str], ...] = (
    ((CheckboxInput,), "tick"),
    ((CheckboxSelectMultiple, RadioSelect), "choices"),
    ((Select,), "form-select"),
)

# Django's own sentences that this product words anew, in its catalogue, so that every form says them alike.
REWORDED = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a list of values."),
    gettext_noop("Enter a valid value."),
    gettext_noop("Null characters are not allowed."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
    ngettext_lazy(
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
)


class SuggestInput(TextInput):
    """A line to write in that suggests words: one tap for the usual ones, free text for the rest."""

    template_name = "web/forms/suggest.html"

    def __init__(self, suggestions: tuple = (), attrs: dict | None = None) -> None:
        super().__init__(attrs)
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["list_id"] = f"{widget['attrs'].get('id', name)}-words"
        widget["attrs"]["list"] = widget["list_id"]
        widget["suggestions"] = self.suggestions
        return context


def class_for(widget: Widget) -> str:
    return next((name for kinds, name in CLASSES if isinstance(widget, kinds)), "form-control")


class Field(BoundField):
    """A field that carries the style of its widget and knows what the template asks of it."""

    def build_widget_attrs(self, attrs: dict, widget: Widget | None = None) -> dict:
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if not widget.is_hidden:
            given = [attrs.get("class"), widget.attrs.get("class"), class_for(widget)]
            attrs["class"] = " ".join(filter(None, given))
        return attrs

    @property
    def is_one_box(self) -> bool:
        """A single box to tick stands before its label."""
        return isinstance(self.field.widget, CheckboxInput)


class Renderer(DjangoTemplates):
    """Draws with the product's own templates and tags, and falls back on Django's for the bare widgets."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    bound_field_class = Field

    def render(self, template_name: str, context: dict, request: Any = None) -> str:
        """What is bare is drawn in one go (drawing.py)."""
        if draw := DRAWN.get(template_name):
            return draw(context["widget"])
        return super().render(template_name, context, request)

    @cached_property
    def engine(self) -> Backend:
        drawn = super().engine
        pages = engines["django"].engine
        drawn.engine.template_builtins += [
            library for library in pages.template_builtins if library not in drawn.engine.template_builtins
        ]
        return drawn
