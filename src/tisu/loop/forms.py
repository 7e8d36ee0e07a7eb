"""What each action asks for. One validator: pages, API and jobs send their data through the same forms."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tisu.documents.fields import DocumentsField
from tisu.foundation import clock
from tisu.foundation.calendars import calendar_of
from tisu.loop.empty_words import says_nothing
from tisu.loop.fields import (
    ChecklistField,
    DayField,
    TextField,
    UnitField,
    UnitsField,
    WholeNumberField,
)
from tisu.loop.models import Matter
from tisu.loop.stages import PROPOSABLE, Method, Solved
from tisu.orgs.models import Duty, Unit
from tisu.web.forms import SuggestInput

MOST_WORKING_DAYS = 250
MOST_CALENDAR_DAYS = 730
MOST_MONTHS = 24
MOST_WORKING_HOURS = 80
LIMITS = ("working_days", "calendar_days", "months", "working_hours", "due_on")


class ActionForm(forms.Form):
    """Base of all actions' data: knows the matter, offers only units that may be named.

    `folded` names fields that a page keeps behind one more fold; a fault in one of them opens it.
    """

    template_name = "loop/forms/action.html"
    units_depend_on_matter = False
    folded: tuple[str, ...] = ()
    points = ""  # which of the type's checklists has to be ticked

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matter, rules = matter, matter.matter_type.rules
        for name in self.fields.keys() & set(rules.asks):
            self.fields[name].required = True
        if "checklist" in self.fields:
            self._ask_to_tick(getattr(rules, self.points))
        for field in self.fields.values():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _("One thing is missing: fill in “%(label)s”.") % {
                    "label": field.label
                }
            # An empty form is given its choices by the page, once for all forms.
            if isinstance(field, UnitField | UnitsField) and (self.is_bound or self.units_depend_on_matter):
                field.queryset = self.units()

    def _ask_to_tick(self, points: tuple[str, ...]) -> None:
        if points:
            self.fields["checklist"].ask(points)
        else:
            del self.fields["checklist"]

    def get_context(self) -> dict[str, Any]:
        folded = [self[name] for name in self.folded if not self.fields[name].required]
        opened = any(field.errors for field in folded)
        return super().get_context() | {
            "folded": folded,
            "folded_names": [field.name for field in folded],
            "fold_is_open": opened,
        }

    def units(self):
        return Unit.objects.on().filter(region=self.matter.region_id).exclude(duty=Duty.ADMINISTRATION)


class NothingForm(ActionForm):
    """An action that asks for nothing."""


class OpinionForm(ActionForm):
    opinion = TextField(label=_("Opinion"), required=False, long=True)


class ReasonForm(ActionForm):
    reason = TextField(label=_("Reason"), long=True)


class HandlerForm(ActionForm):
    """Names who is to handle it: never a walled unit, never so that nobody is left to verify."""

    def units(self):
        """Handling is for bureaus, townships, utilities and the office itself."""
        return super().units().filter(duty__in=(Duty.HANDLING, Duty.OFFICE))

    def check_handlers(self, name: str, lead: Unit | None, co_units: list[Unit]) -> None:
        self._refuse_walled(name, [lead] if lead else [])
        self._refuse_walled("co_units", co_units)
        if lead in co_units:
            self.add_error("co_units", _("%(unit)s is the lead unit already.") % {"unit": lead})
        if lead and not self._leaves_a_verifier({lead.pk, *(unit.pk for unit in co_units)}):
            self.add_error(name, _("Then nobody would be left to verify it: name another unit."))

    def _refuse_walled(self, name: str, units: list[Unit]) -> None:
        for unit in units:
            if unit.pk in self.matter.walled_units:
                self.add_error(name, _("This report accuses %(unit)s: name another unit.") % {"unit": unit})

    def _leaves_a_verifier(self, handling: set[int]) -> bool:
        """Office or supervision verifies, whichever neither handles the matter nor is walled off from it."""
        overseers = super().units().filter(duty__in=(Duty.OFFICE, Duty.SUPERVISION))
        return overseers.exclude(pk__in=handling | self.matter.walled_units).exists()


class AssignForm(HandlerForm):
    folded = ("working_hours", "calendar_days", "months", "due_on")
    lead_unit = UnitField(label=_("Lead unit"))
    co_units = UnitsField(label=_("Co-units"), required=False)
    working_days = WholeNumberField(
        label=_("Working days"),
        required=False,
        min_value=1,
        max_value=MOST_WORKING_DAYS,
        error_messages={
            "min_value": _("Give at least 1 working day; for the same day name today as the day it is due."),
            "max_value": _("Give %(limit_value)s working days at the most."),
        },
    )
    calendar_days = WholeNumberField(
        label=_("Calendar days"), required=False, min_value=1, max_value=MOST_CALENDAR_DAYS
    )
    months = WholeNumberField(label=_("Months"), required=False, min_value=1, max_value=MOST_MONTHS)
    working_hours = WholeNumberField(
        label=_("Working hours"), required=False, min_value=1, max_value=MOST_WORKING_HOURS
    )
    due_on = DayField(label=_("Due on"), required=False)
    requirement = TextField(label=_("Requirement"), required=False, long=True)

    def clean_due_on(self) -> date | None:
        day = self.cleaned_data["due_on"]
        if day and clock.moment(day, calendar_of(self.matter.region_id).close_on(day)) < clock.now():
            raise ValidationError(_("%(day)s has passed: name a later day."), params={"day": day})
        if day and (day - clock.today()).days > MOST_CALENDAR_DAYS:
            raise ValidationError(_("%(day)s is more than two years away."), params={"day": day})
        return day

    def clean(self) -> dict:
        data = super().clean()
        if sum(bool(data.get(name)) for name in LIMITS) > 1:
            self.add_error(
                "due_on",
                _("Give one limit only: working days, working hours, calendar days, months or a day."),
            )
        self.check_handlers("lead_unit", data.get("lead_unit"), list(data.get("co_units") or []))
        return data


class AcceptForm(ActionForm):
    handler = TextField(label=_("Handler"), required=False, max_length=40)


class ReturnForm(ReasonForm):
    suggested_unit = UnitField(label=_("Unit you suggest"), required=False)


class ReportForm(ActionForm):
    text = TextField(label=_("Progress"), long=True)
    documents = DocumentsField(required=False)


class TextForm(ActionForm):
    text = TextField(label=_("Text"), long=True)


class CoUnitForm(ActionForm):
    units_depend_on_matter = True
    unit = UnitField(label=_("Co-unit"))

    def units(self):
        return super().units().filter(pk__in=[row.unit_id for row in self.matter.co_assignments])


class CoWaiveForm(CoUnitForm):
    reason = TextField(label=_("Reason"), long=True)


class SubmitForm(ActionForm):
    folded = ("evidence",)
    points = "checklist"
    result = forms.ChoiceField(
        label=_("Result"),
        choices=[(result.value, result.label) for result in PROPOSABLE],
        error_messages={"required": _("One thing is missing: choose the result.")},
    )
    summary = TextField(
        label=_("What was done and what came of it"),
        long=True,
        error_messages={"required": _("One thing is missing: write what was done and what came of it.")},
    )
    evidence = TextField(
        label=_("Evidence"),
        required=False,
        max_length=200,
        help_text=_("The number of a document, or of a record that stands in this system already."),
    )
    checklist = ChecklistField(label=_("Checked"))
    documents = DocumentsField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if allowed := self.matter.matter_type.rules.results:
            self.fields["result"].choices = [
                (code, label) for code, label in self.fields["result"].choices if code in allowed
            ]

    def clean_summary(self) -> str:
        summary = self.cleaned_data["summary"]
        if says_nothing(summary):
            raise ValidationError(
                _(
                    "This says that it was arranged, not what came of it. Write what was done, on which day, and "
                    "what the firm has now, for example: “The permit was issued on 18 May, No. 2023-041.”"
                )
            )
        return summary


class PassForm(ActionForm):
    folded = ("rest",)
    points = "verify_checklist"
    opinion = TextField(label=_("Opinion"), long=True)
    method = TextField(
        label=_("How it was verified"),
        max_length=60,
        widget=SuggestInput(tuple(Method.labels)),
        help_text=_("Choose one of the usual ways or write your own."),
    )
    checklist = ChecklistField(label=_("Checked"))
    rest = TextField(
        label=_("What is left to do"),
        required=False,
        long=True,
        max_length=20_000,
        help_text=_("Only for a result that is partly resolved: a new matter carries the rest."),
    )

    def clean_method(self) -> str:
        """A usual way is kept by its code, whichever language it was chosen in."""
        written = self.cleaned_data["method"]
        code = next((method.value for method in Method if str(method.label) == written), written)
        if "contact" in self.matter.matter_type.rules.asks and code not in (Method.PHONE, Method.VISIT):
            raise ValidationError(
                _("Whoever raised it has to be contacted for this type of matter: by phone or by a visit.")
            )
        return code


class RateForm(ActionForm):
    solved = forms.ChoiceField(label=_("Is it solved?"), choices=Solved.choices, widget=forms.RadioSelect)
    satisfaction = WholeNumberField(label=_("How satisfied are you, 1 to 5?"), min_value=1, max_value=5)
    text = TextField(label=_("In your words"), required=False, long=True)
