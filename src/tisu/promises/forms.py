"""What is typed about promises. Services decide; forms carry, and keep what was typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tisu.accounts.models import User
from tisu.documents.fields import DocumentsField
from tisu.enterprises.models import Enterprise, compact_credit_code
from tisu.foundation.listed import listed_apart
from tisu.loop.forms import TextField
from tisu.orgs.forms import DayField, NameField
from tisu.orgs.models import Duty, Post, Unit
from tisu.promises.answering import LONGEST_WORDS
from tisu.promises.models import Promise
from tisu.promises.powers import makers_for, units_to_name
from tisu.promises.services import LONGEST_TEXT
from tisu.promises.states import Answer, Benefit, Finding, Form, Level
from tisu.web.moneyfield import YuanField

KEY_LENGTH = 32
LEADERS_FIRST = Case(
    When(unit__duty=Duty.LEADERSHIP, then=0), When(unit__duty=Duty.OFFICE, then=1), default=2
)
MOST_NAMED = 5


def new_key() -> str:
    return get_random_string(KEY_LENGTH)


class FirmField(forms.CharField):
    """A firm by credit code, by name, or by any words that fit one alone; of several the first few are named."""

    user: User | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=100, **kwargs)
        self.widget.attrs.update({"autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return value.credit_code if isinstance(value, Enterprise) else value

    def clean(self, value: Any) -> Enterprise | None:
        words = super().clean(value)
        if not words:
            return None
        rows = Enterprise.objects.visible_to(self.user).select_related("survivor")
        exact = rows.answering_to(compact_credit_code(words)).first() or rows.filter(name=words).first()
        if exact:
            return exact
        found = list(rows.found_by(words).order_by("name")[: MOST_NAMED + 1])
        if len(found) == 1:
            return found[0]
        raise ValidationError(_none_or_several(words, found))


def _none_or_several(words: str, found: list[Enterprise]) -> str:
    if not found:
        return _("No firm of the county fits “%(words)s”. Try a part of its name, or its credit code.") % {
            "words": words
        }
    named = listed_apart(f"{firm.name} {firm.credit_code}" for firm in found[:MOST_NAMED])
    return _("Several firms fit: %(firms)s. Give the credit code of the one you mean.") % {"firms": named}


class FoldedForm(forms.Form):
    """What is seldom needed stands behind one more fold; a fault in there opens it."""

    template_name = "loop/forms/action.html"
    folded: tuple[str, ...] = ()

    def get_context(self) -> dict[str, Any]:
        folded = [self[name] for name in self.folded]
        return super().get_context() | {
            "folded": folded,
            "folded_names": self.folded,
            "fold_is_open": any(field.errors for field in folded),
        }


class PromiseForm(FoldedForm):
    """One minute on a phone: what, to whom, by whom, until when. The rest may come later."""

    folded = ("form", "unit", "place", "source", "amount", "level", "basis", "documents")
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=KEY_LENGTH)
    text = TextField(
        label=gettext_lazy("What was promised?"),
        help_text=gettext_lazy("In the words that were used."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("One thing is missing: write what was promised, in the words used.")
        },
    )
    enterprise = FirmField(
        label=gettext_lazy("To which firm?"),
        help_text=gettext_lazy("Name, credit code or the first letters of its pinyin."),
        required=False,
    )
    maker = forms.ModelChoiceField(label=gettext_lazy("Promised by"), queryset=None)
    given_on = DayField(label=gettext_lazy("Promised on"))
    due_on = DayField(label=gettext_lazy("To be kept by"), required=False, initial=None)
    is_slogan = forms.BooleanField(
        label=gettext_lazy("A slogan: nothing in it that could be measured or be due"), required=False
    )
    benefit = forms.ChoiceField(
        label=gettext_lazy("Does this firm alone get it?"), choices=Benefit.choices, initial=Benefit.NONE
    )
    form = forms.ChoiceField(label=gettext_lazy("Given as"), choices=Form.choices, initial=Form.SPOKEN)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Responsible unit"), queryset=Unit.objects.none(), required=False, empty_label="—"
    )
    place = NameField(label=gettext_lazy("Where it was made"), required=False, max_length=120)
    source = NameField(
        label=gettext_lazy("Who wrote it down"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Empty: you."),
    )
    amount = YuanField(label=gettext_lazy("Money"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Legal basis"), choices=Level.choices, initial=Level.NONE)
    basis = NameField(label=gettext_lazy("Document and article"), required=False, max_length=400)
    documents = DocumentsField(required=False, label=gettext_lazy("Papers that bear it out"))

    def __init__(self, *args: Any, user: User, promise: Promise | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        makers = makers_for(user)
        if promise:  # its own, though it may have ended since
            makers |= Post.objects.filter(pk=promise.maker_id).select_related("unit")
        makers = makers.order_by(LEADERS_FIRST, "unit__code", "pk")
        self.fields["maker"].queryset = makers
        self.fields["maker"].empty_label = None if makers.count() == 1 else "—"
        self.fields["enterprise"].user = user
        first = promise.maker if promise else makers.first()
        region = first.unit.region_id[:6] if first else ""
        self.fields["unit"].queryset = units_to_name(region)
        self.fields["key"].initial = new_key()
        if promise:  # corrected: papers are added on its page
            del self.fields["documents"], self.fields["key"]
            self.folded = tuple(name for name in self.folded if name != "documents")


class ReviewForm(forms.Form):
    rule = forms.ModelChoiceField(label=gettext_lazy("Review"), queryset=None, empty_label=None)
    finding = forms.ChoiceField(label=gettext_lazy("Finding"), choices=Finding.choices)
    opinion = TextField(label=gettext_lazy("Opinion"), long=True)
    level = forms.ChoiceField(label=gettext_lazy("It rests on a rule that is"), choices=Level.choices)
    basis = NameField(label=gettext_lazy("Document and article"), required=False, max_length=400)

    def __init__(self, *args: Any, rules: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].queryset = rules
        self.fields["level"].initial = Level.NONE


class ReasonForm(forms.Form):
    reason = TextField(label=gettext_lazy("Reason"), long=True)


class PartForm(forms.Form):
    """One deliverable. To a slogan it also names who can confirm it."""

    text = NameField(
        label=gettext_lazy("What is to be there?"),
        max_length=400,
        help_text=gettext_lazy("So that anyone can see whether it is: a number, a paper, a thing."),
    )
    due_on = DayField(label=gettext_lazy("To be there by"), initial=None)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("By which unit?"), queryset=Unit.objects.none(), empty_label=None
    )
    enterprise = FirmField(label=gettext_lazy("Which firm can confirm it?"))

    def __init__(self, *args: Any, promise: Promise, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_to_name(promise.region_id)
        self.fields["unit"].initial = promise.unit_id
        self.fields["due_on"].initial = promise.due_on
        self.fields["enterprise"].user = user
        if promise.enterprise_id:
            del self.fields["enterprise"]


class LinkForm(forms.Form):
    number_end = NameField(
        label=gettext_lazy("Last four digits of the mobile number"),
        max_length=12,
        help_text=gettext_lazy(
            "Of whoever speaks for the firm and gets the link: they are asked for with it, so that a link which was "
            "sent on opens nothing."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=gettext_lazy("Was it kept?"),
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three answers.")},
    )
    words = TextField(
        label=gettext_lazy("In your words"),
        long=True,
        required=False,
        max_length=LONGEST_WORDS,
        help_text=gettext_lazy("Needed where something is missing: say what."),
    )


class CodeForm(forms.Form):
    """The code as it came, and the end of the number that it came to."""

    code = forms.CharField(
        label=gettext_lazy("Code of the link"),
        max_length=300,
        help_text=gettext_lazy("Five groups of four characters, from the message."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-from-fragment": ""}),
    )
    number_end = forms.CharField(
        label=gettext_lazy("Last four digits of your mobile number"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class ChangeForm(ReasonForm):
    reason = TextField(label=gettext_lazy("Which public interest asks for it?"), long=True)
    procedure = NameField(label=gettext_lazy("Decision and procedure"), max_length=400)
    compensation = NameField(label=gettext_lazy("How the firm is compensated"), max_length=400)
    amount = YuanField(label=gettext_lazy("Money"), required=False)


class PapersForm(forms.Form):
    documents = DocumentsField(label=gettext_lazy("Papers that bear it out"), required=False)
