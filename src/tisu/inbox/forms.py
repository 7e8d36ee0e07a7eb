"""What people type about where they want to be written to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tisu.inbox.channels import Channel, ready_channels
from tisu.orgs.forms import CodeField
from tisu.orgs.models import Unit


class ChannelField(forms.ChoiceField):
    """One of the ways out that this installation has; its value is the channel itself."""

    def __init__(self, *, for_units: bool, **kwargs: Any) -> None:
        self.channels = {each.code: each for each in ready_channels(for_units=for_units)}
        super().__init__(choices=[(code, each.label) for code, each in self.channels.items()], **kwargs)

    def clean(self, value: Any) -> Channel:
        return self.channels[super().clean(value)]


class AddressForm(forms.Form):
    """A person's own address. A number with full-width digits is read as it was meant."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"] = ChannelField(for_units=False, label=_("Way"))
        self.fields["address"] = CodeField(label=_("Address or number"), max_length=254)
        self.fields["takes_digest"] = forms.BooleanField(
            label=_("Send the morning digest there too"), required=False, initial=True
        )


class CodeForm(forms.Form):
    code = CodeField(
        label=_("Code from the letter"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class RobotForm(forms.Form):
    """A unit's group robot or keeper of anchors. What is typed as address and secret is not shown again."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), empty_label="—")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.on()
        self.fields["channel"] = ChannelField(for_units=True, label=_("Kind of robot"))
        self.fields["address"] = CodeField(
            label=_("Address of the robot"),
            max_length=1000,
            help_text=_("It holds a key: it is kept sealed."),
        )
        self.fields["secret"] = CodeField(
            label=_("Secret"), max_length=200, required=False, help_text=_("To sign with; WeCom has none.")
        )
        self.fields["takes_anchors"] = forms.BooleanField(
            label=_("It keeps the daily anchors"),
            required=False,
            help_text=_("Only a signed web hook can. Then it gets each anchor and nothing else."),
        )
