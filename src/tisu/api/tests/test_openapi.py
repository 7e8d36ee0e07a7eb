"""The API describes itself: everything mounted, everything summed up, nothing loaded from outside."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema() -> dict:
    return Client().get("/api/v1/openapi.json").json()


def operations(schema: dict) -> list[tuple[str, str, dict]]:
    return [
        (path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]


def test_is_openapi(schema):
    assert schema["openapi"].startswith("3.")


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/tokens",
        "/api/v1/matters",
        "/api/v1/matters/{number}",
        "/api/v1/matters/{number}/actions/{action}",
        "/api/v1/units",
        "/api/v1/enterprises",
        "/api/v1/enterprises/{uscc}",
        "/api/v1/workdays/add",
        "/api/v1/workdays/between",
    ],
)
def test_lists_what_the_contract_promises(schema, path):
    assert path in schema["paths"]


def test_sums_up_every_call(schema):
    assert not [(path, method) for path, method, op in operations(schema) if not op.get("summary")]


def test_says_how_errors_look(schema):
    for _path, _method, operation in operations(schema):
        assert "application/problem+json" in operation["responses"]["default"]["content"]


def test_has_no_two_calls_of_one_name(schema):
    names = [operation["operationId"] for _path, _method, operation in operations(schema)]
    assert len(names) == len(set(names))


def test_says_how_to_sign_in(schema):
    schemes = {scheme["type"] for scheme in schema["components"]["securitySchemes"].values()}
    assert schemes == {"http", "apiKey"}


def test_has_no_page_that_loads_from_outside(db):
    assert Client().get("/api/v1/docs").status_code == 404
