"""The language is chosen by a person, never guessed from a browser (look.md)."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from tisu.web.middleware import ChosenLanguageMiddleware


@pytest.fixture(autouse=True)
def keeps_the_test_language():
    with translation.override(settings.LANGUAGE_CODE):
        yield


def language_of(request, user=None) -> str:
    middleware = ChosenLanguageMiddleware(lambda request: HttpResponse())
    middleware(request)
    request.user = user or SimpleNamespace()
    middleware.process_view(request, view=None, args=(), kwargs={})
    return translation.get_language()


def with_cookie(request, language: str):
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = language
    return request


def test_speaks_simplified_chinese_whatever_the_browser_asks_for(rf: RequestFactory):
    assert language_of(rf.get("/", headers={"accept-language": "en"})) == "zh-hans"


def test_follows_the_choice_kept_in_the_cookie(rf):
    assert language_of(with_cookie(rf.get("/"), "en")) == "en"


def test_follows_the_choice_kept_with_the_person(rf):
    assert language_of(rf.get("/"), SimpleNamespace(language="zh-hant")) == "zh-hant"


def test_prefers_the_choice_at_this_machine_to_the_one_kept_with_the_person(rf):
    assert language_of(with_cookie(rf.get("/"), "en"), SimpleNamespace(language="zh-hant")) == "en"


@pytest.mark.parametrize("unknown", ["fr", "../../etc", ""])
def test_takes_no_language_that_it_does_not_speak(rf, unknown):
    assert language_of(with_cookie(rf.get("/"), unknown), SimpleNamespace(language=unknown)) == "zh-hans"
