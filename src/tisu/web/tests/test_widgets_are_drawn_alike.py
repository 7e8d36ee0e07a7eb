"""What is drawn in one go has the marks that Django's own templates would give it."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from tisu.web.forms import Renderer

CHOICES = [("", "—"), ("a", "甲 & 乙"), ('b"', "<丙>"), (3, "三")]
GROUPED = [("上", [("a", "甲"), ("b", "乙")]), ("下", [("c", "丙")])]


def marks(html: str) -> list[str]:
    """Tags with their attributes in any order, and the words between them."""
    parts = re.findall(r"<[^>]+>|[^<]+", str(html))
    told = [" ".join(sorted(re.findall(r'[^\s<>="]+(?:="[^"]*")?', part))) for part in parts if part.strip()]
    return [part for part in told if part]


@pytest.mark.parametrize("chosen", [None, "", "a", 'b"', "3", "no such choice"])
@pytest.mark.parametrize("choices", [CHOICES, GROUPED], ids=["flat", "grouped"])
@pytest.mark.parametrize("required", [True, False])
def test_a_list_to_choose_from(choices, chosen, required):
    field = forms.ChoiceField(
        choices=choices, required=required, widget=forms.Select(attrs={"class": "form-select"})
    )
    widget = field.widget
    attrs = {"id": "id_x", "required": required, "disabled": False}
    drawn, own = (widget.render("x", chosen, dict(attrs), each) for each in (Renderer(), DjangoTemplates()))
    assert marks(drawn) == marks(own)


@pytest.mark.parametrize("chosen", [None, [], ["a"], ["a", "3"]])
def test_boxes_to_tick(chosen):
    widget = forms.CheckboxSelectMultiple(choices=CHOICES[1:], attrs={"class": "choices"})
    drawn, own = (
        widget.render("x", chosen, {"id": "id_x"}, each) for each in (Renderer(), DjangoTemplates())
    )
    assert marks(drawn) == marks(own)


@pytest.mark.parametrize("value", [None, "", "甲 & <乙>", '"', 0, 12])
@pytest.mark.parametrize(
    "widget", [forms.TextInput, forms.NumberInput, forms.HiddenInput, forms.DateInput, forms.Textarea]
)
def test_what_is_typed(widget, value):
    attrs = {"id": "id_x", "class": "form-control", "required": True, "disabled": False, "rows": 3}
    drawn, own = (widget().render("x", value, dict(attrs), each) for each in (Renderer(), DjangoTemplates()))
    assert marks(drawn) == marks(own)
