"""What is typed about a leave: whose post, who covers it, the first and the last day."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tisu.accounts.models import Delegation, PostHolding, User
from tisu.orgs.forms import DayField


class LeaveForm(forms.Form):
    holding = forms.ModelChoiceField(label=_("Whose post"), queryset=None, empty_label=None)
    user = forms.ModelChoiceField(label=_("Who covers"), queryset=None, empty_label="—")
    since = DayField(label=_("First day"))
    last = DayField(label=_("Last day"))

    def __init__(
        self, *args: object, holdings: QuerySet[PostHolding], people: QuerySet[User], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holding"].queryset, self.fields["user"].queryset = holdings, people
        self.fields["holding"].label_from_instance = lambda row: f"{row.post} · {row.user.name}"


class EndCoverForm(forms.Form):
    cover = forms.ModelChoiceField(label=_("Which cover"), queryset=None, empty_label=None)
    until = DayField(label=_("First day on which it no longer applies"))

    def __init__(self, *args: object, covers: QuerySet[Delegation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cover"].queryset = covers
        self.fields["cover"].label_from_instance = lambda row: (
            f"{row.post} · {row.holder.name} → {row.user.name}"
        )
