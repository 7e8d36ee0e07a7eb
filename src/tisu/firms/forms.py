"""What a firm types on its own side. Services decide; forms carry and keep what was typed."""

from typing import Any

from django import forms
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from tisu.documents.fields import DocumentsField
from tisu.foundation.rooms import declared
from tisu.foundation.signatures import as_written
from tisu.loop.faults import Refusal
from tisu.loop.forms import TextField
from tisu.loop.services import LONGEST_TEXT, LONGEST_TITLE

KEY_LENGTH = 32


class AskForm(forms.Form):
    """One question; a title and papers may be added."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=KEY_LENGTH)
    text = TextField(
        label=_("What do you need?"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What it is about, by when, and whom you asked already."),
        error_messages={"required": _("One thing is missing: write what it is about.")},
    )  # fmt: skip
    title = TextField(label=_("In one line"), required=False, max_length=LONGEST_TITLE)
    documents = DocumentsField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = get_random_string(KEY_LENGTH)

    def tell(self, refusal: Refusal) -> None:
        """Show a refusal beside the field that it names."""
        for name, sentences in (refusal.errors or {None: [refusal.sentence]}).items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, str(sentence))


class CorrectionForm(AskForm):
    """Where it stands, and what should stand there."""

    about = forms.ChoiceField(label=_("Where does it stand?"))
    field_order = ("key", "about", "text", "title", "documents")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        records = sorted(declared("firm_records"), key=lambda record: record.order)
        self.fields["about"].choices = [(record.code, record.label) for record in records]
        self.fields["text"].label = _("What is wrong, and what should stand there?")
        self.fields["text"].help_text = _("If you have a paper that shows it, add it below.")
        del self.fields["title"]

    def clean_about(self) -> str:
        """As words in the language of the house: they stand on record."""
        labels = dict(self.fields["about"].choices)
        return as_written(labels[self.cleaned_data["about"]])
