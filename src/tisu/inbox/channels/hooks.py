"""Group robots and other programs: a signed web hook of our own, and the bodies of WeCom and DingTalk.

A group has readers who may not see the matter, so a robot says that there is something to do, never what.
"""

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.utils.translation import gettext_lazy as _

from tisu.inbox.channels import Parcel
from tisu.inbox.channels.post import answered_zero, clean_address, mask_address, post_json
from tisu.inbox.realtime import real_now


class Hook:
    """What every hook has in common: an address that holds its key, and a unit that it belongs to."""

    address_label = _("Address of the robot")
    for_units = True
    one_server = False
    asks_secret = ""
    takes_anchors = False

    def is_ready(self) -> bool:
        return True

    def clean(self, address: str) -> str:
        return clean_address(address)

    def mask(self, address: str) -> str:
        return mask_address(address)


class SignedHook(Hook):
    """POST of `{key, text, url, sent_at}`, or of an anchor as `{key, number, day, root, chains, sent_at}`, signed:
    X-Tisu-Signature is the HMAC-SHA256 in hex, under the secret, of X-Tisu-Timestamp (seconds), a full stop and
    the body."""

    code = "hook"
    label = _("Signed web hook")
    asks_secret = "required"
    takes_anchors = True

    def send(self, parcel: Parcel) -> None:
        at = real_now()
        told = parcel.told or {"text": parcel.brief, "url": parcel.url}
        fields = {"key": parcel.key, **told, "sent_at": at.isoformat()}
        body = json.dumps(fields, ensure_ascii=False).encode()
        stamp = str(int(at.timestamp()))
        headers = {
            "Idempotency-Key": parcel.key,
            "X-Tisu-Timestamp": stamp,
            "X-Tisu-Signature": signature(parcel.secret, stamp, body),
        }
        post_json(parcel.address, body, headers)


class WeCom(Hook):
    """A WeCom (企业微信) group robot: the key stands in its address."""

    code = "wecom"
    label = _("WeCom group robot")

    def send(self, parcel: Parcel) -> None:
        answered_zero(post_json(parcel.address, _text(parcel), {"Idempotency-Key": parcel.key}))


class DingTalk(Hook):
    """A DingTalk (钉钉) group robot, signed by its own rule when it has a secret."""

    code = "dingtalk"
    label = _("DingTalk group robot")
    asks_secret = "optional"

    def send(self, parcel: Parcel) -> None:
        address = parcel.address
        if parcel.secret:
            address = dingtalk_signed(address, parcel.secret, int(real_now().timestamp() * 1000))
        answered_zero(post_json(address, _text(parcel), {"Idempotency-Key": parcel.key}))


def signature(secret: str, stamp: str, body: bytes) -> str:
    return hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def dingtalk_signed(address: str, secret: str, milliseconds: int) -> str:
    """The address with `timestamp` and `sign`: Base64 of the HMAC-SHA256 of "timestamp\\nsecret" under the secret."""
    told = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
    parts = urlsplit(address)
    query = [*parse_qsl(parts.query), ("timestamp", milliseconds), ("sign", base64.b64encode(told).decode())]
    return urlunsplit(parts._replace(query=urlencode(query)))


def _text(parcel: Parcel) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": f"{parcel.brief}\n{parcel.url}"}}
