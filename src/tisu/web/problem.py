"""Errors for programs: RFC 9457 `application/problem+json`, whose detail is a sentence."""

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse


def is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def problem(status: int, detail: str, **more) -> JsonResponse:
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JsonResponse(
        body | more,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
