"""Callers of the API: programs with a bearer token."""

import json
from types import SimpleNamespace

import pytest
from django.test import Client

from tisu.accounts.tokens import issue_token

V1 = "/api/v1"


class Caller:
    """A program that calls in a person's name. Answers are what came back, read as JSON."""

    def __init__(self, token: str = "") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **query) -> SimpleNamespace:
        return self._read(self.client.get(_full(path), query or None, headers=self.headers))

    def post(self, path: str, body) -> SimpleNamespace:
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        sent = self.client.post(_full(path), text, content_type="application/json", headers=self.headers)
        return self._read(sent)

    def act(self, number: str, action: str, version: int, **data) -> SimpleNamespace:
        return self.post(f"/matters/{number}/actions/{action}", {"data": data, "expected_version": version})

    def _read(self, response) -> SimpleNamespace:
        return SimpleNamespace(
            status=response.status_code,
            type=response.headers.get("Content-Type", ""),
            headers=response.headers,
            body=json.loads(response.content),
        )


def _full(path: str) -> str:
    return path if path.startswith("/api/") else V1 + path


@pytest.fixture
def stranger() -> Caller:
    return Caller()


@pytest.fixture
def caller(county):
    """`caller("zhujian")`: a program that acts for that person."""
    return lambda name: Caller(issue_token(county.people[name]))
