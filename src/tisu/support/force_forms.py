"""What is typed about task forces."""

from secrets import token_urlsafe
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.foundation import clock
from tisu.loop.fields import DayField, TextField, UnitField, UnitsField
from tisu.loop.queries import OFFICE_ROLES
from tisu.loop.services import LONGEST_TITLE
from tisu.orgs.models import Duty, Post, Role, Unit, within
from tisu.support.factors import Case
from tisu.support.forms import Faulty
from tisu.support.models import FactorRequest, TaskForce

LONGEST_PURPOSE = 2_000


def units_in(region: str) -> Any:
    """Departments, utilities and townships: who handles something can work together on it."""
    return Unit.objects.on().filter(within("region_id", region), duty=Duty.HANDLING)


class EndsForm(Faulty):
    ends_on = DayField(label=_("Ends on"), required=False)
    review_on = DayField(
        label=_("Reviewed on"), required=False,
        help_text=_("The day on which its leader looks whether it is still needed. One of the two days is needed."),
    )  # fmt: skip


class TaskForceForm(EndsForm):
    """Purpose, leader, members, an end. `keeps_permits` has to be ticked: a task force replaces no permit."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    name = TextField(label=_("Name"), max_length=80)
    purpose = TextField(label=_("What for"), long=True, max_length=LONGEST_PURPOSE)
    lead = forms.ModelChoiceField(Post.objects.none(), label=_("Led by"), empty_label="—")
    members = UnitsField(label=_("Member units"))
    since = DayField(label=_("Begins on"))
    request = forms.ModelChoiceField(
        FactorRequest.objects.none(), label=_("For the request"), required=False, widget=forms.HiddenInput
    )
    template = forms.ChoiceField(
        label=_("Begin with the risks of"), required=False, choices=[("", _("none")), *Case.choices]
    )
    keeps_permits = forms.BooleanField(
        label=_("It replaces no permit: each is applied for beside it, in its own procedure."),
        error_messages={"required": _("Say that no permit is replaced: without it there is no task force.")},
    )

    field_order = (
        "key", "request", "name", "purpose", "lead", "members", "since", "ends_on", "review_on", "template", "keeps_permits",
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = next(standing_of(user).having(*OFFICE_ROLES)).region
        self.fields["key"].initial = token_urlsafe(16)
        self.fields["since"].initial = clock.today()
        self.fields["lead"].queryset = (
            Post.objects.on()
            .filter(within("unit__region_id", region), role=Role.COUNTY_LEADER)
            .select_related("unit")
        )
        self.fields["members"].queryset = units_in(region)
        self.fields["request"].queryset = FactorRequest.objects.visible_to(user)


class ForceForm(Faulty):
    """What is done to one task force: `version` is the one that its writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, force: TaskForce, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = force.version


class GoOnForm(ForceForm, EndsForm):
    reason = TextField(label=_("Why it is still needed"), long=True, max_length=LONGEST_PURPOSE)

    field_order = ("version", "reason", "ends_on", "review_on")


class DissolveForm(ForceForm):
    on = DayField(label=_("Dissolved on"))
    result = TextField(label=_("What came of it"), long=True, max_length=LONGEST_PURPOSE)
    despite = forms.BooleanField(
        label=_("Tasks that are open stay with their units, who go on alone."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = clock.today()


class TaskForm(ForceForm):
    title = TextField(label=_("Task"), max_length=LONGEST_TITLE)
    text = TextField(label=_("What counts as done"), long=True, max_length=LONGEST_PURPOSE)
    lead_unit = UnitField(label=_("Handled by"))
    due_on = DayField(label=_("Due"))

    def __init__(self, *args: Any, force: TaskForce, **kwargs: Any) -> None:
        super().__init__(*args, force=force, **kwargs)
        self.fields["lead_unit"].queryset = force.members.all()


class RiskForm(Faulty):
    risk = TextField(label=pgettext_lazy("risk list", "Risk"), max_length=120)
    measure = TextField(label=pgettext_lazy("risk list", "Measure"), max_length=200)
    owner = UnitField(label=_("Whose it is"), required=False)

    def __init__(self, *args: Any, region: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = units_in(region)


class SettleRiskForm(Faulty):
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40, strip=False)
    owner = UnitField(label=_("Whose it is"), required=False)
    done_on = DayField(label=_("Done on"), required=False)

    def __init__(self, *args: Any, region: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = units_in(region)
