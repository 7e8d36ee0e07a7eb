"""What each step of a request asks for: one table, read by the pages and by the form itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tisu.foundation import clock
from tisu.loop.fields import DayField, TextField
from tisu.support.asking import read_amount
from tisu.support.factors import Level
from tisu.support.forms import AmountField, Faulty
from tisu.support.models import FactorRequest, StepKind
from tisu.support.steps import Said

LONGEST_REMARK = 1_000

# Fields in order; the ones that a step cannot do without, and what the remark is called there.
FIELDS: dict[str, tuple[str, ...]] = {
    StepKind.REFERRED: ("on", "level", "number", "text"),
    StepKind.DECIDED: ("on", "level", "number", "amount", "text"),
    StepKind.DELIVERED: ("on", "text"),
    StepKind.USED: ("on", "amount", "text"),
    StepKind.CONFIRMED: ("text",),
    StepKind.UNMET: ("on", "text", "alternative"),
    StepKind.TAKEN_BACK: ("text",),
}
REQUIRED = {StepKind.UNMET: ("text", "alternative"), StepKind.TAKEN_BACK: ("text",)}
CALLED = {
    StepKind.UNMET: {"text": _("Why it cannot be met")},
    StepKind.TAKEN_BACK: {"text": _("Reason")},
    StepKind.USED: {"amount": _("Used so far, with its unit")},
    StepKind.DECIDED: {"amount": _("Granted, with its unit")},
}


class StepForm(Faulty):
    """One step of one request. `version` is that of the request as its writer saw it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=_("Day"))
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    number = TextField(label=_("Document number"), required=False, max_length=60)
    amount = AmountField(label=_("Amount"), required=False)
    text = TextField(
        label=_("Remark"),
        required=False,
        max_length=LONGEST_REMARK,
        long=True,
        help_text=_("The firm reads this."),
    )
    alternative = TextField(
        label=_("What is offered instead"), required=False, max_length=LONGEST_REMARK, long=True,
        help_text=_("Another way, another place, a later day: an offer that the firm can take up."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, request: FactorRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.request = kind, request
        kept = ("version", *FIELDS[kind])
        for name in [*self.fields]:
            if name not in kept or (name == "amount" and not request.measure):
                del self.fields[name]
        for name in REQUIRED.get(kind, ()):
            self.fields[name].required = True
        for name, label in CALLED.get(kind, {}).items():
            if name in self.fields:
                self.fields[name].label = label
        self._begin_with()

    def _begin_with(self) -> None:
        """What is most likely: today, the level that decides, all that was asked for."""
        request = self.request
        likely = {"version": request.version, "on": clock.today(), "level": request.level}
        if request.measure and self.kind == StepKind.DECIDED:
            likely["amount"] = request.said(request.asked - (request.granted or 0))
        for name, value in likely.items():
            if name in self.fields:
                self.fields[name].initial = value

    def said(self) -> Said:
        """Unacceptable, at `amount`, for one that cannot be read."""
        given = {name: value for name, value in self.cleaned_data.items() if name in FIELDS[self.kind]}
        if text := given.pop("amount", ""):
            given["amount"] = read_amount("amount", self.request.measure, text, least=0)
        return Said(**({"on": clock.today()} | given))
