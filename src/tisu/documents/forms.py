from django import forms
from django.utils.translation import gettext_lazy as _


class OpenOriginalForm(forms.Form):
    reason = forms.CharField(
        label=_("What you need the original for"),
        max_length=400,
        help_text=_("Your post, the time and the reason are recorded."),
        error_messages={"required": _("One thing is missing: write what you need the original for.")},
    )
