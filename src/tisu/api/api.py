"""The API of the whole house: it mounts the `router` of every app's `api.py` and knows none of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from tisu.api import workdays
from tisu.api.auth import SIGN_IN
from tisu.api.faults import no_such_method, word_all_faults
from tisu.api.wire import JsonIn, JsonOut
from tisu.foundation.rooms import modules

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence: what is wrong and what to do."},
        "errors": {
            "type": "object",
            "description": "Field → sentences.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}


class HouseApi(NinjaAPI):
    """Adds to Ninja what it leaves plain: HEAD, 405 in words, no caching, errors in the schema."""

    def _get_urls(self) -> list[URLPattern]:
        patterns = super()._get_urls()
        for pattern in patterns:
            pattern.callback = _worded(pattern.callback)
        return patterns

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM
        fault = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"]["default"] = {"description": "Not done, and why", "content": fault}
        return schema


def _worded(view: Callable) -> Callable:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.method
        request.method = "GET" if asked == "HEAD" else asked  # the server leaves the body out
        try:
            response = view(request, *args, **kwargs)
        finally:
            request.method = asked
        if response.status_code == 405:
            response = no_such_method(response["Allow"])
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def build() -> HouseApi:
    api = HouseApi(
        title="Tisu",
        version="1",
        description="The working system of a county's business-environment office.",
        urls_namespace="api-v1",
        docs_url=None,
        openapi_url="/openapi.json",
        auth=SIGN_IN,
        renderer=JsonOut(),
        parser=JsonIn(),
    )
    word_all_faults(api)
    api.add_router("", workdays.router)
    for app, module in modules("api"):
        if app != "api":
            api.add_router("", module.router)
    return api
