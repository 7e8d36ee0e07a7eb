"""Mobile numbers: how they are typed, kept and shown. One is a second name to sign in with, never a first one."""

import re

from django.core.exceptions import ValidationError
from django.forms import CharField
from django.utils.translation import gettext_lazy as _

from tisu.foundation.textnorm import narrow

MOBILE = re.compile(r"1[3-9][0-9]{9}")
NOISE = re.compile(r"[\s()-]")
COUNTRY = re.compile(r"^(?:\+|00)86")
NO_NUMBER = _("This is no mobile number: it has eleven digits and begins with 1.")


def as_mobile(typed: str) -> str:
    """The number as it is kept, eleven digits; empty when what was typed is none."""
    number = COUNTRY.sub("", NOISE.sub("", narrow(typed)))
    return number if MOBILE.fullmatch(number) else ""


def check_mobile(number: str) -> None:
    if not MOBILE.fullmatch(number):
        raise ValidationError(NO_NUMBER, code="invalid")


def masked_mobile(number: str) -> str:
    """So much of it that its owner knows it again, and nobody else learns it."""
    return f"{number[:3]}****{number[-4:]}"


class MobileField(CharField):
    """Full-width digits, blanks, hyphens and the country's +86 are read as they are meant."""

    def __init__(self, **kwargs: object) -> None:
        kwargs = {"label": _("Mobile number"), "max_length": 30} | kwargs
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "tel", "autocomplete": "tel-national"}

    def clean(self, value: object) -> str | None:
        """None for an empty one: many accounts have no number, and only numbers are unique."""
        typed = super().clean(value)
        if not typed:
            return None
        if not (number := as_mobile(typed)):
            raise ValidationError(NO_NUMBER, code="invalid")
        return number
