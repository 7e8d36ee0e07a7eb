"""An amount of money as a form takes it: typed with its unit, kept in yuan."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tisu.foundation.money import HOW, NotMoney, parse_yuan, yuan_words


class YuanField(forms.CharField):
    """Whole yuan; a fraction of one is refused, because it is never part of what is asked for here."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("placeholder", HOW)

    def prepare_value(self, value: Any) -> Any:
        return yuan_words(value) if isinstance(value, int | Decimal) else value

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = parse_yuan(text)
        except NotMoney as fault:
            raise ValidationError(str(fault)) from fault
        if amount != amount.to_integral_value():
            raise ValidationError(_("Give whole yuan: look whether the unit is right."))
        return int(amount)
