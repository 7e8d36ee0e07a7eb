"""What a person says about a file."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tisu.exchange.kinds import kind_of
from tisu.exchange.models import ImportRun
from tisu.foundation.sheets import words
from tisu.foundation.textnorm import narrow

ACCEPTED = ".xlsx,.xls,.ods,.csv,.xlsm,.xlsb,.et,.txt"
SAMPLES = 3


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
        help_text=_("XLSX, XLS, ODS or CSV. Titles, merged cells and notes may stay as they are."),
    )


class ColumnsForm(forms.Form):
    """One choice for each column of the sheet that has a name or a value."""

    def __init__(self, *args: object, run: ImportRun, rows: list[list[str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.run = run
        known = [(column.code, column.label) for column in kind_of(run.kind).columns]
        self.samples: dict[str, list[str]] = {}
        for place in range(len(run.names)):
            values = [row[place] for row in rows[run.last + 1 :] if place < len(row) and row[place]]
            if run.names[place] or values:
                self._add(place, known, values[:SAMPLES])

    def _add(self, place: int, known: list, values: list[str]) -> None:
        self.samples[f"column_{place}"] = values
        self.fields[f"column_{place}"] = forms.ChoiceField(
            label=self.run.names[place] or letters(place),
            choices=[("", _("not read")), *known],
            initial=self.run.mapping[place],
            required=False,
        )

    @property
    def shown(self) -> list[tuple]:
        """Each field with its letter and its first values."""
        return [
            (field, letters(int(field.name.removeprefix("column_"))), self.samples[field.name])
            for field in self
        ]

    def mapping(self) -> list[str]:
        return [self.cleaned_data.get(f"column_{place}", "") for place in range(len(self.run.names))]


class HeaderForm(forms.Form):
    """Where the header stands, in the numbers that the spreadsheet shows."""

    rows = forms.CharField(
        label=_("Rows of the header"), max_length=12, help_text=_("For example 3, or 3-4.")
    )

    def clean_rows(self) -> tuple[int, int]:
        found = words.TWO_ROWS.fullmatch(narrow(self.cleaned_data["rows"]).strip())
        if not found:
            raise ValidationError(_("Write one row, such as 3, or two that follow each other, such as 3-4."))
        first = int(found[1])
        return first - 1, int(found[2] or first) - 1


def letters(place: int) -> str:
    """The column as the spreadsheet names it: A for 0, AA for 26."""
    name, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
