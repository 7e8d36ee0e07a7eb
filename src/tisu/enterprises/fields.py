"""What people type about firms: codes, months, an industry, another firm."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.models import User
from tisu.enterprises.models import Enterprise, Industry, compact_credit_code, validate_credit_code
from tisu.foundation.textnorm import narrow


class CreditCodeField(forms.CharField):
    """Folded to how the register keeps it before it is looked at."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.validators.append(validate_credit_code)

    def to_python(self, value: Any) -> str:
        return compact_credit_code(super().to_python(value))


class FirmField(CreditCodeField):
    """Another firm by its credit code, one that this person may see; a merged code means what it was merged into."""

    user: User | None = None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return Enterprise.objects.filter(pk=value).values_list("credit_code", flat=True).first()
        return value.credit_code if isinstance(value, Enterprise) else value

    def clean(self, value: Any) -> Enterprise | None:
        code = super().clean(value)
        if not code:
            return None
        firm = Enterprise.objects.visible_to(self.user).answering_to(code).first()
        if firm is None:
            raise ValidationError(
                _("No firm with the credit code %(code)s is registered in your county.") % {"code": code}
            )
        return firm


class MonthField(forms.DateField):
    """A month as its first day; the browser's own choice of months, or 2023-05."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m", "%Y/%m", "%Y.%m", "%Y%m", "%Y-%m-%d"],
            widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
            error_messages={"invalid": gettext_lazy("Write the month as year and month, such as 2023-05.")},
            **kwargs,
        )

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(narrow(value).strip() if isinstance(value, str) else value)
        return day and day.replace(day=1)


class BySection(ModelChoiceIterator):
    """Sections as groups; the section itself stands first in its own, for firms whose division is not known."""

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        rows = sorted(
            self.queryset, key=lambda row: (row.section_id or row.code, row.code.isdigit(), row.code)
        )
        group: tuple[str, list] | None = None
        for row in rows:
            if row.section_id is None:
                if group:
                    yield group
                group = (str(row), [])
            if group:
                group[1].append(self.choice(row))
        if group:
            yield group


class IndustryField(forms.ModelChoiceField):
    iterator = BySection

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Industry.objects.all(), required=False, empty_label="—", **kwargs)
