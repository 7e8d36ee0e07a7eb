"""Text messages through an HTTP gateway: TISU_SMS_URL, TISU_SMS_TOKEN and TISU_SMS_TEMPLATE.

The template is the JSON that the gateway asks for, with {phone}, {text} and {key} where they belong. Gateways that
answer 200 whatever happens are told apart by TISU_SMS_OK, words that stand in a good answer. A lock screen has
other readers: the text names nobody and nothing.
"""

import json
import re
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tisu.accounts.mobile import as_mobile, check_mobile, masked_mobile
from tisu.inbox.channels import Parcel, Refused
from tisu.inbox.channels.post import post_json

PLACE = re.compile(r"{(phone|text|key)}")


class Sms:
    code = "sms"
    label = _("Text message")
    address_label = _("Mobile number")
    for_units = False
    one_server = True
    asks_secret = ""
    takes_anchors = False

    def is_ready(self) -> bool:
        return bool(settings.SMS_URL)

    def clean(self, address: str) -> str:
        """Eleven digits; spaces, hyphens and the country's +86 are left out."""
        number = as_mobile(address)
        check_mobile(number)
        return number

    def mask(self, address: str) -> str:
        return masked_mobile(address)

    def send(self, parcel: Parcel) -> None:
        values = {"phone": parcel.address, "text": f"{parcel.brief} {parcel.url}".strip(), "key": parcel.key}
        headers = {"Idempotency-Key": parcel.key}
        if settings.SMS_TOKEN:
            headers["Authorization"] = f"Bearer {settings.SMS_TOKEN}"
        answer = post_json(settings.SMS_URL, _filled(_template(), values), headers)
        if settings.SMS_OK.encode() not in answer:
            raise Refused("answer")


def send_text(key: str, number: str, text: str) -> None:
    """A text that is no letter of the inbox: a code that lets somebody in."""
    Sms().send(Parcel(key=key, address=number, secret="", subject="", text="", brief=text, url=""))


def _template() -> Any:
    try:
        return json.loads(settings.SMS_TEMPLATE)
    except ValueError:
        raise Refused("template") from None


def _filled(part: Any, values: dict[str, str]) -> Any:
    """Within the template's strings only, so that no text can become a part of the JSON."""
    if isinstance(part, dict):
        return {name: _filled(value, values) for name, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, values) for value in part]
    return PLACE.sub(lambda found: values[found[1]], part) if isinstance(part, str) else part
