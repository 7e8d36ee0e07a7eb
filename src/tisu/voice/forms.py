"""What is typed on the pages of the direct line. Services decide; forms only carry and keep what was typed."""

from typing import Any

from django import forms
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from tisu.documents.fields import DocumentsField
from tisu.loop.faults import Refusal
from tisu.loop.forms import TextField
from tisu.loop.services import LONGEST_TEXT, LONGEST_TITLE
from tisu.loop.stages import Solved
from tisu.voice.models import STAFF_CHANNELS
from tisu.voice.services import LONGEST_CONTACT, LONGEST_MESSAGE, LONGEST_TOPIC, units_to_name

KEY_LENGTH = 32
ANONYMOUS, NAMED = "anonymous", "named"


def new_key() -> str:
    """One for each form that is drawn: what makes a reload, a double click and a second tab one report."""
    return get_random_string(KEY_LENGTH)


def unit_choices() -> list[tuple[str, Any]]:
    return [("", _("I do not know or would rather not say")), *((u.code, u.name) for u in units_to_name())]


class ReportForm(forms.Form):
    """One question after the other; all but the first and the last may stay open."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=KEY_LENGTH)
    text = TextField(
        label=_("What happened?"),
        help_text=_("Which matter, when, where, what you asked for and what came of it."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("One thing is missing: write what it is about.")},
    )
    documents = DocumentsField(required=False, unnamed=True)
    title = TextField(label=_("In one line"), required=False, max_length=LONGEST_TITLE)
    accused_unit = forms.ChoiceField(
        label=_("Which unit do you complain about?"),
        help_text=_("It will not see this report, on no path."),
        choices=unit_choices,
        required=False,
    )
    responsible_unit = forms.ChoiceField(
        label=_("Which unit could solve it?"),
        help_text=_("It may be asked to, and then reads the facts without you in them."),
        choices=unit_choices,
        required=False,
    )
    topic = TextField(
        label=_("Topic"),
        help_text=_("For example: construction permit, power connection, payment of a project."),
        required=False,
        max_length=LONGEST_TOPIC,
    )
    enterprise = TextField(label=_("Your firm's credit code"), required=False, max_length=40)
    name = forms.ChoiceField(
        label=_("Under your name?"),
        choices=[
            (ANONYMOUS, _("Anonymously: nobody learns who you are, not even the office")),
            (
                NAMED,
                _("Under my name: only the office can look up how to reach me, and each time is recorded"),
            ),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("One thing is missing: choose anonymously or under your name.")},
    )
    contact = TextField(
        label=_("Name and phone"),
        help_text=_("Only for a report under your name; kept sealed."),
        required=False,
        max_length=LONGEST_CONTACT,
    )

    def given(self) -> dict[str, Any]:
        """What the service asks for."""
        data = dict(self.cleaned_data)
        data.pop("key")
        return data | {"anonymous": data.pop("name") == ANONYMOUS}

    def tell(self, refusal: Refusal) -> None:
        """Show a refusal beside the field that it names."""
        for name, sentences in (refusal.errors or {None: [refusal.sentence]}).items():
            field = {"anonymous": "name"}.get(name, name)
            for sentence in sentences:
                self.add_error(field if field in self.fields else None, str(sentence))


class StaffReportForm(ReportForm):
    """The same for an officer who writes it down for someone else."""

    channel = forms.ChoiceField(
        label=_("How it came in"), choices=[(channel.value, channel.label) for channel in STAFF_CHANNELS]
    )
    field_order = ["key", "channel"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [
            (ANONYMOUS, _("Anonymously: leave every hint at the person out of the text")),
            (NAMED, _("Under the reporter's name, with a contact")),
        ]
        self.fields["name"].label = _("Under the reporter's name?")
        self.fields["enterprise"].label = _("The firm's credit code")
        self.fields["accused_unit"].label = _("Accused unit")
        self.fields["responsible_unit"].label = _("Unit that could solve it")


class ReceiptForm(forms.Form):
    """A receipt is typed into a form and never stands in an address."""

    receipt = forms.CharField(
        label=_("Your receipt"),
        help_text=_("Five groups of four characters; blanks, hyphens and small letters do not matter."),
        max_length=200,
        strip=True,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
        error_messages={"required": _("One thing is missing: type your receipt.")},
    )


class WordsForm(forms.Form):
    text = TextField(
        label=_("Your message"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("One thing is missing: write your message.")},
    )


class ReasonForm(forms.Form):
    reason = TextField(
        label=_("What you need the contact for"),
        max_length=400,
        error_messages={"required": _("One thing is missing: write what you need the contact for.")},
    )


class ContactForm(forms.Form):
    contact = TextField(
        label=_("Name and phone"),
        help_text=_("Kept sealed. You can leave it once and not take it back."),
        max_length=LONGEST_CONTACT,
        error_messages={"required": _("One thing is missing: say how to reach you.")},
    )


class RatingForm(forms.Form):
    """Two questions, because one may be content with an honest no."""

    solved = forms.ChoiceField(label=_("Is it solved?"), choices=Solved.choices, widget=forms.RadioSelect)
    satisfaction = forms.TypedChoiceField(
        label=_("How satisfied are you with how it was handled?"),
        choices=[
            (5, _("5 very satisfied")),
            (4, _("4 satisfied")),
            (3, _("3 so-so")),
            (2, _("2 not satisfied")),
            (1, _("1 not satisfied at all")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
    )
    text = TextField(
        label=_("In your words"),
        required=False,
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
