"""What is asked for where something is written down beside the steps of a request."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tisu.foundation import clock
from tisu.loop.fields import DayField, TextField, WholeNumberField
from tisu.support.asking import read_amount
from tisu.support.forms import AmountField, Faulty
from tisu.support.models import FactorRequest, Introduction
from tisu.support.recording import RECORDS
from tisu.support.units import MEASURES
from tisu.web.moneyfield import YuanField

MOST = 32_000


class RecordForm(Faulty):
    """`version` is that of the request as its writer saw it; a single record begins with what stands there."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, request: FactorRequest, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.code = request, code
        self.fields["version"].initial = request.version
        if RECORDS[code].is_single and (known := getattr(request, code, None)):
            self.start_from(known)

    def start_from(self, known: Any) -> None:
        for name in self.fields.keys() - {"version"}:
            self.fields[name].initial = getattr(known, name)

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class Days(forms.Form):
    first = DayField(label=_("From"))
    last = DayField(label=_("To"))


class GuaranteeForm(RecordForm, Days):
    hours = WholeNumberField(label=_("Hours a day that are promised"), min_value=1, max_value=24)
    feeder = TextField(label=_("Feeder"), required=False, max_length=60)
    interruptions = WholeNumberField(label=_("Interruptions"), required=False, min_value=0, max_value=MOST)
    minutes_lost = WholeNumberField(
        label=_("Minutes without power"), required=False, min_value=0, max_value=1_000_000
    )
    loss_avoided = YuanField(
        label=_("Loss avoided"),
        required=False,
        help_text=_("As the firm declares it; empty if it says nothing."),
    )


class TransportForm(RecordForm, Days):
    pieces = WholeNumberField(label=_("Pieces"), min_value=1, max_value=MOST)
    longest_cm = AmountField(label=_("Longest piece, with its unit"))
    parts = WholeNumberField(label=_("Split into so many parts"), min_value=1, max_value=MOST, initial=1)
    value = YuanField(label=_("Insured value"), required=False)
    route = TextField(label=_("Route"), required=False, max_length=200)

    def start_from(self, known: Any) -> None:
        super().start_from(known)
        self.fields["longest_cm"].initial = MEASURES["length"].said(known.longest_cm)

    def facts(self) -> dict[str, Any]:
        given = super().facts()
        return given | {"longest_cm": read_amount("longest_cm", "length", given["longest_cm"])}


class IntroductionForm(RecordForm):
    """There is no field for a purchase, and one that is sent all the same is refused."""

    buyer = TextField(label=_("Buyer"), max_length=80)
    channel = TextField(
        label=pgettext_lazy("market", "Channel"), max_length=80,
        help_text=_("Through whom, such as a partner county or a fair."),
    )  # fmt: skip
    on = DayField(label=_("Introduced on"))

    def clean(self) -> dict[str, Any]:
        if any(name.startswith("purchase") for name in self.data):
            self.add_error(
                None,
                _(
                    "A purchase is not entered here: the county introduces, buyers and firms agree by themselves."
                ),
            )
        return super().clean()


class OrderForm(RecordForm):
    introduction = forms.ModelChoiceField(Introduction.objects.none(), label=_("Buyer"), empty_label=None)
    on = DayField(label=_("Ordered on"))
    amount = YuanField(label=_("Amount"), required=False, help_text=_("As the firm declares it."))

    def __init__(self, *args: Any, request: FactorRequest, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)
        self.fields["introduction"].queryset = request.introductions.all()


class GuidanceForm(RecordForm):
    on = DayField(label=_("Day"))
    expert = TextField(
        label=_("From where the expert came"), max_length=80,
        help_text=_("Unit and post, such as an agronomist of the agriculture bureau; no name is needed."),
    )  # fmt: skip
    topic = TextField(label=_("On what"), max_length=120)
    result = TextField(label=_("What came of it"), required=False, max_length=400, long=True)


FORMS: dict[str, type[RecordForm]] = {
    "guarantee": GuaranteeForm,
    "transport": TransportForm,
    "introduction": IntroductionForm,
    "order": OrderForm,
    "guidance": GuidanceForm,
}


def form_for(code: str, request: FactorRequest, data: Any = None, **more: Any) -> RecordForm:
    form = FORMS[code](data, request=request, code=code, **more)
    for name in ("on", "first", "last"):
        if name in form.fields and not form.fields[name].initial:
            form.fields[name].initial = clock.today()
    return form
