"""Every error is one sentence a person can act on, as RFC 9457 problem+json."""

import json
import logging
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tisu.loop.models import Matter

pytestmark = pytest.mark.django_db
JARGON = ("Input", "input", "pydantic", "str_type", "valid ", "Field required", "Extra")


def check(answer, status: int) -> dict:
    assert (answer.status, answer.type) == (status, "application/problem+json")
    assert answer.body["status"] == status
    assert answer.body["title"] and answer.body["detail"]
    return answer.body


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": "", "text": "x"}, "kind"),
        ({"kind": "task", "title": 5, "text": "x"}, "title"),
        ({"kind": "task", "title": "", "text": "x", "documents": "a"}, "documents"),
        ({"kind": "task", "title": "", "text": "x", "colour": "red"}, "colour"),
        ({"kind": "task", "title": "", "text": ""}, "text"),
        ({"kind": "dance", "title": "", "text": "x"}, "kind"),
        ({"kind": "task", "title": "", "text": "x", "enterprise": "91350100M000100Y4Z"}, "enterprise"),
        ([], "body"),
        ("null", "body"),
        ("", "body"),
    ],
)
def test_names_the_field_in_words(caller, body, field):
    problem = check(caller("office").post("/matters", body), 422)
    assert list(problem["errors"]) == [field]
    [sentence] = problem["errors"][field]
    assert not any(word in sentence for word in JARGON)
    assert sentence[-1] in "。？."


def test_names_every_field_that_is_wrong(caller):
    problem = check(caller("office").post("/matters", {"kind": 1, "title": 2}), 422)
    assert set(problem["errors"]) == {"kind", "title", "text"}


@pytest.mark.parametrize(
    "body",
    ["{", "{'kind': 1}", '{"text": NaN}', '{"text": "\\ud800"}', "[" * 100_000, b"\xff\xfe{}"],
)
def test_says_that_a_body_is_no_json(caller, body):
    check(caller("office").post("/matters", body), 400)


def test_says_that_there_is_nothing_at_an_address(stranger):
    check(stranger.get("/nothing/here"), 404)


def test_says_which_methods_an_address_takes(caller):
    answer = caller("office").post("/units", {})
    check(answer, 405)
    assert answer.headers["Allow"] == "GET"


def test_refuses_a_body_that_is_too_large(caller, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    check(caller("office").post("/matters", {"kind": "task", "title": "", "text": "长" * 2000}), 413)


def _break(monkeypatch, fault: Exception) -> None:
    def broken(*args, **kwargs):
        raise fault

    monkeypatch.setattr(Matter.objects.__class__, "visible_to", broken)


def test_says_when_the_records_cannot_be_reached(caller, monkeypatch, caplog):
    program = caller("office")
    _break(monkeypatch, OperationalError("server closed the connection at 10.0.0.7"))
    with caplog.at_level(logging.CRITICAL):
        problem = check(program.get("/matters"), 503)
    assert "10.0.0.7" not in str(problem)


def test_tells_nothing_of_the_inside_when_it_breaks(caller, monkeypatch, caplog):
    program = caller("office")
    program.client.raise_request_exception = False
    _break(monkeypatch, RuntimeError("secret inside"))
    with caplog.at_level(logging.CRITICAL):
        problem = check(program.get("/matters"), 500)
    assert "secret inside" not in str(problem)


def test_is_not_cached_on_the_way(caller):
    assert caller("office").get("/units").headers["Cache-Control"] == "no-store"


def test_speaks_the_language_chosen(county, stranger):
    chinese = stranger.get("/matters").body["detail"]
    stranger.client.cookies["django_language"] = "en"
    english = stranger.get("/matters").body["detail"]
    assert english.isascii() and not chinese.isascii()


def test_stands_and_is_ready(db):
    program = Client()
    assert program.get("/healthz").json() == {"status": "ok"}
    assert program.get("/readyz").json() == {"status": "ready"}


def test_is_not_ready_without_its_database(db, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr("tisu.api.probes.MigrationExecutor", gone)
    assert Client().get("/readyz").status_code == 503
    assert Client().get("/healthz").status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "path",
    [
        "/matters/%00", "/matters/A%00B", "/enterprises/91422826%00", "/matters/x/actions/acc%00ept",
        "/units?region=42%00", "/units?%00=1", "/matters?q=%00&stage=open", "/enterprises?q=a%00",
    ],
)  # fmt: skip
def test_knows_no_address_that_holds_a_nul(caller, path, method, django_assert_num_queries):
    program = caller("office")
    with django_assert_num_queries(0):
        answer = program.get(path) if method == "get" else program.post(path, {})
    check(answer, 404)


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """Everything that goes to the database, as it goes there."""
    sent = []

    def note(execute, sql, params, many, context):
        sent.append(f"{sql} {json.dumps(params, default=str)}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/tokens", {"username": "zhu\0jian", "password": "n\0o"}),
        ("/reports", {"text": "路灯\0", "anonymous": True, "enterprise": "9142\0", "topic": "\0"}),
        ("/reports/lookup", {"receipt": "\0"}),
        ("/matters", {"kind": "ta\0sk", "title": "\0", "text": "清\0理", "enterprise": "\0"}),
    ],
)
def test_reads_every_text_without_its_nul(caller, asked, path, body):
    assert caller("office").post(path, body).status < 500
    assert asked and "\\u0000" not in "".join(asked)


def test_reads_the_data_of_an_act_without_its_nul(caller, task):
    answer = caller("office").act(task.number, "assign", 1, lead_unit="zhu\0jian", co_units=["fagai\0"])
    assert (answer.status, answer.body["lead_unit"]) == (200, "zhujian")


@pytest.mark.parametrize("path", ["/units", "/matters", "/openapi.json"])
def test_answers_head_like_get_without_a_body(caller, path):
    program = caller("office")
    answer = program.client.head(f"/api/v1{path}", headers=program.headers)
    assert (answer.status_code, answer.content) == (200, b"")


def test_answers_no_head_where_nothing_can_be_read(stranger):
    assert stranger.client.head("/api/v1/tokens").status_code == 405
