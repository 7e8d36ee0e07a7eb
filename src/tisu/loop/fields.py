"""Fields of the actions' forms: what a person may type, pages and API alike."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tisu.foundation.listed import listed_apart
from tisu.foundation.textnorm import clean_text, narrow
from tisu.orgs.models import Unit

LONG = 4_000
MOST_UNITS = 20


class TextField(forms.CharField):
    """Text a person typed: invisible and direction-changing signs are taken out, HTML stays plain text."""

    def __init__(self, *, long: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONG)
        if long:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return ""
        if not isinstance(value, str):
            raise ValidationError(_("Give this as text."), code="invalid")
        return super().to_python(clean_text(value))


class WholeNumberField(forms.IntegerField):
    """A whole number; full-width digits are read as digits, so the browser must let them be typed."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, bool | float | list | dict):
            raise ValidationError(_("Give this as a whole number."), code="invalid")
        return super().to_python(narrow(value) if isinstance(value, str) else value)


class DayField(forms.DateField):
    """A day as 2023-05-22; full-width digits are read as digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            **kwargs,
        )

    def to_python(self, value: Any) -> date | None:
        if value not in self.empty_values and not isinstance(value, str | date):
            raise ValidationError(_("Give the day as 2023-05-22."), code="invalid")
        return super().to_python(narrow(value).strip() if isinstance(value, str) else value)


class UnitField(forms.ModelChoiceField):
    """A unit of the matter's region, named by its code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), to_field_name="code", **kwargs)
        self.error_messages["invalid_choice"] = _("There is no unit with this code in the county.")

    def to_python(self, value: Any) -> Unit | None:
        if value not in self.empty_values and not isinstance(value, str | Unit):
            raise ValidationError(_("Name the unit by its code."), code="invalid")
        return super().to_python(value)


class UnitsField(forms.ModelMultipleChoiceField):
    """Units of the matter's region, named by their codes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Unit.objects.none(), to_field_name="code", widget=forms.CheckboxSelectMultiple, **kwargs
        )
        self.error_messages["invalid_choice"] = _("There is no unit with the code %(value)s in the county.")

    def clean(self, value: Any) -> Any:
        if value and not (isinstance(value, list | tuple) and all(isinstance(code, str) for code in value)):
            raise ValidationError(_("Give the units as a list of codes."), code="invalid")
        if value and len(value) > MOST_UNITS:
            raise ValidationError(_("Twenty units at the most."), code="invalid")
        return super().clean(value)


class TextsField(forms.CharField):
    """Several texts: a list, or on a page one text with a line of three or more hyphens between the parts."""

    widget = forms.Textarea(attrs={"rows": 6})

    def to_python(self, value: Any) -> list[str]:
        parts = value.replace("\r\n", "\n").split("\n---\n") if isinstance(value, str) else value or []
        if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
            raise ValidationError(_("Give the parts as a list of texts."), code="invalid")
        return [text for part in parts if (text := clean_text(part).strip())]

    def validate(self, value: list[str]) -> None:
        if not 2 <= len(value) <= 10:
            raise ValidationError(_("Give two to ten texts, one for each new matter."), code="invalid")
        if any(len(text) > 20_000 for text in value):
            raise ValidationError(_("Each text may have 20,000 characters at the most."), code="invalid")

    def run_validators(self, value: list[str]) -> None:
        """The parts are checked above; the base class would check the list as one string."""


class ChecklistField(forms.MultipleChoiceField):
    """Points of a type, all of which have to be ticked; the points themselves are what is kept."""

    widget = forms.CheckboxSelectMultiple

    def ask(self, points: Iterable[str]) -> None:
        self.choices = [(point, point) for point in points]

    def clean(self, value: Any) -> list[str]:
        given = value if isinstance(value, list | tuple) else []
        if left := [point for point, _label in self.choices if point not in given]:
            raise ValidationError(_("Not ticked yet: %(points)s."), params={"points": listed_apart(left)})
        return [point for point, _label in self.choices]


class PapersField(forms.MultipleChoiceField):
    """Papers to be passed on, by id; offered by the page, checked by the act."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        given = value or []
        if not isinstance(given, list | tuple) or not all(isinstance(each, str) for each in given):
            raise ValidationError(_("Give the documents as a list of ids."), code="invalid")
        return list(dict.fromkeys(given))
