"""What the office types about firms, and how everyone looks for one."""

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import User
from tisu.accounts.standing import standing_of
from tisu.enterprises.fields import CreditCodeField, FirmField, IndustryField, MonthField
from tisu.enterprises.models import (
    THRESHOLDS,
    Enterprise,
    Industry,
    LegalKind,
    Park,
    ScaleCategory,
    Status,
)
from tisu.enterprises.queries import OFFICE, STAFF, EnterpriseQuerySet
from tisu.orgs.forms import DayField, NameField
from tisu.orgs.models import Region, within
from tisu.web.moneyfield import YuanField

ALL = [("", _("all"))]


def regions_of(user: User, *roles: str) -> Q:
    """A filter for the regions in which this person has one of these roles, on `code`."""
    return reduce(or_, (within("code", code) for code in standing_of(user).regions(*roles)), Q(pk__in=()))


def parks_of(user: User) -> QuerySet[Park]:
    """The parks of the counties whose register this person keeps."""
    regions = Region.objects.filter(regions_of(user, *OFFICE))
    return Park.objects.filter(region__in=regions).select_related("region")


class SearchForm(forms.Form):
    """The filters of the list; every one of them narrows what the reader may see."""

    q = forms.CharField(label=_("Name, credit code or pinyin"), required=False, max_length=80)
    township = forms.ModelChoiceField(
        label=_("Township"), queryset=Region.objects.none(), required=False, empty_label=_("all")
    )
    park = forms.ModelChoiceField(
        label=_("Park"), queryset=Park.objects.none(), required=False, empty_label=_("all")
    )
    section = forms.ModelChoiceField(
        label=_("Industry"),
        queryset=Industry.objects.filter(section=None),
        required=False,
        empty_label=_("all"),
    )
    month = MonthField(label=_("Above scale in"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=ALL + Status.choices, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = regions_of(user, *STAFF)
        self.fields["township"].queryset = Region.objects.filter(reach)
        self.fields["park"].queryset = Park.objects.filter(region__in=Region.objects.filter(reach))

    @property
    def asks_for_words_alone(self) -> bool:
        return self.is_valid() and [name for name, value in self.cleaned_data.items() if value] == ["q"]

    def narrowed(self, rows: EnterpriseQuerySet) -> EnterpriseQuerySet:
        """A filter that cannot be read leaves no rows: it is said beside it."""
        if not self.is_valid():
            return rows.none()
        said = self.cleaned_data
        if said["q"]:
            rows = rows.found_by(said["q"])
        if said["township"]:
            rows = rows.filter(within("region_id", said["township"].code))
        if said["park"]:
            rows = rows.filter(park=said["park"])
        if said["section"]:
            rows = rows.filter(Q(industry=said["section"]) | Q(industry__section=said["section"]))
        if said["month"]:
            rows = rows.above_scale_in(said["month"])
        if said["status"]:
            rows = rows.filter(deregistered_on__isnull=said["status"] == Status.EXISTING)
        return rows


class FirmForm(forms.Form):
    """Everything that the office says of a firm. `firm` is what stands now, nothing for a new one."""

    credit_code = CreditCodeField(
        label=_("Unified social credit code"), help_text=_("18 characters, as on the licence.")
    )
    name = NameField(label=_("Name"), max_length=80)
    renamed_on = DayField(
        label=_("Day of the new name"), required=False, initial=None,
        help_text=_("Only where the name is another one now; the old name stays and is found. Today if empty."),
    )  # fmt: skip
    legal_kind = forms.ChoiceField(label=_("Legal kind"), choices=LegalKind.choices)
    parent = FirmField(
        label=_("Credit code of the parent firm"), required=False, help_text=_("For a branch.")
    )
    region = forms.ModelChoiceField(label=_("Township"), queryset=Region.objects.none())
    park = forms.ModelChoiceField(label=_("Park"), queryset=Park.objects.none(), required=False)
    address = NameField(label=_("Address"), required=False, max_length=160)
    industry = IndustryField(label=_("Industry"))
    business = NameField(label=_("Main business"), required=False, max_length=400)
    registered_capital = YuanField(label=_("Registered capital"), required=False)
    started_on = DayField(label=_("Established on"), required=False, initial=None)
    deregistered_on = DayField(label=_("Deregistered on"), required=False, initial=None)
    source = NameField(
        label=_("Source"),
        max_length=80,
        help_text=_("Where these facts come from, such as a list and its day."),
    )

    def __init__(self, *args: Any, user: User, firm: Enterprise | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = Region.objects.filter(regions_of(user, *OFFICE))
        self.fields["region"].queryset = regions
        self.fields["park"].queryset = Park.objects.filter(region__in=regions)
        self.fields["parent"].user = user
        for name in ("credit_code",) if firm else ("renamed_on", "deregistered_on"):
            del self.fields[name]


class FormerNameForm(forms.Form):
    name = NameField(label=_("Former name"), max_length=80)
    until = DayField(label=_("Until"), required=False, initial=None)


def _with_threshold(category: ScaleCategory) -> tuple[str, str]:
    return category.value, f"{category.label} · {THRESHOLDS[category]}"


class MonthsForm(forms.Form):
    category = forms.ChoiceField(
        label=_("Category"),
        help_text=_("The thresholds are those of the statistics bureau, which decides. Copy its list."),
    )
    first = MonthField(label=_("From month"))
    last = MonthField(label=_("To month"), required=False, help_text=_("Leave it empty while it goes on."))
    source = NameField(
        label=_("Source"), max_length=80,
        help_text=_("The list of the economic bureau or the firm itself, never statistical returns."),
    )  # fmt: skip
    note = NameField(label=_("Remark"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [_with_threshold(category) for category in ScaleCategory]


class EndMonthsForm(forms.Form):
    months = forms.ModelChoiceField(label=_("Which months"), queryset=None, empty_label=None)
    last = MonthField(label=_("Last month"))

    def __init__(self, *args: Any, rows: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["months"].queryset = rows
        self.fields["months"].label_from_instance = lambda row: (
            f"{row.get_category_display() or '—'} {row.first:%Y-%m} –"
        )


class ParkForm(forms.Form):
    name = NameField(label=_("Name of the park"), max_length=60)
    region = forms.ModelChoiceField(label=_("Township"), queryset=Region.objects.none())

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = Region.objects.filter(regions_of(user, *OFFICE))


class MergeForm(forms.Form):
    """Why two rows are one firm, or two after all."""

    reason = NameField(label=_("Reason"), max_length=200, help_text=_("It stands in the audit ledger."))


class MergeByCodeForm(MergeForm):
    gone = FirmField(label=_("Credit code of the row that goes"))
    kept = FirmField(label=_("Credit code of the row that stays"))

    field_order = ("gone", "kept", "reason")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gone"].user = self.fields["kept"].user = user
