"""Everything needs sign-in unless it is declared public (architecture.md §2)."""

import json
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import resolve_url

from tisu.web import access
from tisu.web.access import public
from tisu.web.middleware import SignedInUnlessPublicMiddleware

STRANGER = SimpleNamespace(is_authenticated=False)
CLERK = SimpleNamespace(is_authenticated=True)


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    names = frozenset({"voice:front", "api-v1:*"})
    monkeypatch.setattr(access, "declared_names", lambda: names)


def view(request):
    return HttpResponse()


def answer(request, name: str, user=STRANGER, view=view):
    request.user, request.resolver_match = user, SimpleNamespace(view_name=name)
    return SignedInUnlessPublicMiddleware(view).process_view(request, view, (), {})


def test_leads_a_stranger_to_the_sign_in_page_and_back(rf):
    response = answer(rf.get("/desk?tab=2"), "loop:desk")
    assert response.status_code == 302
    assert response.url == f"{resolve_url(settings.LOGIN_URL)}?next=%2Fdesk%3Ftab%3D2"


def test_does_not_repeat_a_form_after_sign_in(rf):
    assert "next" not in answer(rf.post("/matters/1"), "loop:act").url


def test_moves_the_whole_page_when_a_part_of_it_was_asked_for(rf):
    request = rf.get("/desk")
    request.htmx = True
    response = answer(request, "loop:desk")
    assert response["HX-Redirect"] == resolve_url(settings.LOGIN_URL)


def test_tells_a_program_in_its_own_words(rf):
    response = answer(rf.get("/api/v1/matters"), "other:matters")
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"] == "Bearer"
    assert json.loads(response.content)["status"] == 401


def test_lets_a_signed_in_person_pass(rf):
    assert answer(rf.get("/desk"), "loop:desk", CLERK) is None


@pytest.mark.parametrize("name", ["voice:front", "api-v1:matters", "api-v1:openapi-json"])
def test_lets_a_stranger_see_what_a_room_declares_public(rf, name):
    assert answer(rf.get("/"), name) is None


@pytest.mark.parametrize("name", ["voice:inner", "voice", "api-v2:matters", "api-v1", ""])
def test_takes_no_other_name_for_a_declared_one(rf, name):
    assert answer(rf.get("/"), name) is not None


def test_lets_a_stranger_see_a_marked_view(rf):
    assert answer(rf.get("/healthz"), "healthz", view=public(lambda request: HttpResponse())) is None


def test_lets_everyone_choose_a_language():
    from tisu.web.room import ROOM  # the declaration itself, not the registry that this file replaces

    assert "web:choose_language" in ROOM.public
