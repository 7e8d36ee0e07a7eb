"""How values travel: JSON in, JSON out, every moment with the county's offset."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder

from tisu.foundation import clock


class Encoder(NinjaJSONEncoder):
    """ISO 8601 with offset, +08:00 wherever the server stands."""

    def default(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return clock.local(value).isoformat(timespec="seconds")
        return super().default(value)


class JsonOut(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        return json.dumps(data, cls=Encoder, ensure_ascii=False)


class JsonIn(Parser):
    """Plain JSON: no NaN, no half characters and no NUL, which no database stores, no nesting without end."""

    def parse_body(self, request: HttpRequest) -> Any:
        text = request.body.decode("utf-8")
        try:
            read = _without_nul(json.loads(text, parse_constant=_no_number))
            json.dumps(read, ensure_ascii=False).encode("utf-8")
        except RecursionError:
            raise ValueError("nested too deeply") from None
        return read


def _without_nul(read: Any) -> Any:
    """The sign shows nothing, so taking it out changes no statement; web.middleware keeps it out of pages."""
    if isinstance(read, str):
        return read.replace("\0", "")
    if isinstance(read, list):
        return [_without_nul(item) for item in read]
    if isinstance(read, dict):
        return {_without_nul(name): _without_nul(item) for name, item in read.items()}
    return read


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not a number of JSON")
