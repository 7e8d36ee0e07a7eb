"""What those above a matter give it: a word, a watch, a parent."""

from datetime import date
from typing import Any

from django import forms
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy as _

from tisu.foundation import clock
from tisu.loop.fields import DayField, TextField, UnitField, WholeNumberField
from tisu.loop.forms import MOST_WORKING_DAYS, ActionForm, HandlerForm
from tisu.loop.superiors import next_superior, post_named, superior_keys, superiors_of

OLDEST_NOTE = 366  # days
CARRIED = (
    ("", _("nothing more")),
    ("urge", _("urges the unit")),
    ("escalate", _("tells the next superior")),
    ("assign", _("assigns it")),
)


class EscalateForm(ActionForm):
    to = forms.CharField(
        label=_("Leader"),
        required=False,
        widget=forms.Select,
        help_text=_("Left open: the next superior who does not watch it yet."),
    )
    text = TextField(label=_("Text"), long=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].widget.choices = CallableChoiceIterator(self._choices)  # only a page draws them

    def _choices(self) -> list[tuple[str, str]]:
        return [("", "—"), *((str(post.pk), str(post)) for post in superiors_of(self.matter))]

    def clean(self) -> dict[str, Any]:
        """`to` becomes a post: named by the list, by its holder's user name or by its unit's code."""
        data = super().clean()
        if "to" in data:
            data["to"] = self._post(data["to"])
        return data

    def _post(self, words: str):
        post = post_named(self.matter, words) if words else next_superior(self.matter)
        if words and post is None:
            self.add_error(
                "to",
                _("No county leader is called “%(to)s” here: choose one from the list.") % {"to": words},
            )
        elif post is None:
            self.add_error("to", _("Every superior who may see it watches it already."))
        elif words and post.pk not in superior_keys(self.matter):
            self.add_error("to", _("%(post)s watches it already, or may not see it.") % {"post": post})
        return post


class InstructForm(HandlerForm):
    """A leader's word; a secretary enters one from a paper note and says of which day it is."""

    folded = ("paper_of", "carries", "lead_unit", "working_days")
    text = TextField(label=_("Text"), long=True)
    paper_of = DayField(label=_("Day of the paper note"), required=False)
    carries = forms.ChoiceField(label=_("Which also"), choices=CARRIED, required=False)
    lead_unit = UnitField(label=_("Lead unit"), required=False)
    working_days = WholeNumberField(
        label=_("Working days"), required=False, min_value=1, max_value=MOST_WORKING_DAYS
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.check_handlers("lead_unit", data.get("lead_unit"), [])
        if data.get("carries") == "assign" and not data.get("lead_unit"):
            self.add_error("lead_unit", _("One thing is missing: name the unit that handles it."))
        if day := data.get("paper_of"):
            self._check_day(day)
        return data

    def _check_day(self, day: date) -> None:
        if day > clock.today():
            self.add_error("paper_of", _("%(day)s has not come yet.") % {"day": day})
        elif (clock.today() - day).days > OLDEST_NOTE:
            self.add_error("paper_of", _("%(day)s is more than a year ago: check the year.") % {"day": day})


class MergeForm(ActionForm):
    parent = TextField(
        label=_("Merge into"), max_length=24, help_text=_("The number of the matter that goes on.")
    )
