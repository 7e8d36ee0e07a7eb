"""What the system administrator types about units and posts."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tisu.foundation import clock
from tisu.foundation.textnorm import clean_text, narrow
from tisu.orgs.models import ROLES_BY_DUTY, Duty, Post, Region, Role, Unit, within


class NameField(forms.CharField):
    """A name a person typed, without what cannot be seen."""

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        return clean_text(text).replace("\n", " ").strip() if text else text


class CodeField(forms.CharField):
    """Letters, digits and signs; full-width ones are read as half-width."""

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        return narrow(text).strip() if text else text


class DayField(forms.DateField):
    """A day; the widget is the browser's own calendar."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("initial", clock.today)
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)

    def to_python(self, value: object):
        return super().to_python(narrow(value).strip() if isinstance(value, str) else value)


class UnitNamesForm(forms.Form):
    name = NameField(label=_("Full name"), max_length=80)
    short_name = NameField(label=_("Short name"), max_length=20)


class RenameForm(UnitNamesForm):
    since = DayField(label=_("First day of the new name"), required=False)


class UnitForm(UnitNamesForm):
    code = CodeField(
        label=_("Code"),
        max_length=31,
        help_text=_("A short Latin word such as zhujian. It is not changed later."),
    )
    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.none())
    duty = forms.ChoiceField(label=_("Duty"), choices=Duty.choices)
    since = DayField(label=_("Since"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.subtree(settings.REGION)
        self.fields["region"].initial = settings.REGION


class EndForm(forms.Form):
    until = DayField(label=_("First day on which it no longer applies"))


class PostForm(forms.Form):
    title = NameField(label=_("Title of the post"), max_length=60)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    since = DayField(label=_("Since"))

    def __init__(self, *args: object, unit: Unit, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        fitting = ROLES_BY_DUTY[unit.duty]
        self.fields["role"].choices = [(code, label) for code, label in Role.choices if code in fitting]


class TitleForm(forms.Form):
    title = NameField(label=_("Title of the post"), max_length=60)


class ChargeForm(forms.Form):
    units = forms.ModelMultipleChoiceField(
        label=_("Units in charge of"),
        queryset=Unit.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, post: Post, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.on().filter(within("region_id", post.unit.region_id))
        self.fields["units"].queryset = units.exclude(duty=Duty.ADMINISTRATION)
        self.fields["units"].initial = post.in_charge_of.all()
