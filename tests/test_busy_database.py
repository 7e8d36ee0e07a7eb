"""The database is locked or gone in the middle: the page says so, and nothing is half-written."""

import threading

import pytest
from django.db import connection, connections, transaction

from tisu.loop.models import Event, Matter

WAITS = {"sqlite": "PRAGMA busy_timeout = 50", "postgresql": "SET lock_timeout = '50ms'"}


@pytest.fixture
def client_and_held(county, task, sign_in):
    """Someone signed in, while another process holds the matter's row (on SQLite: the whole database)."""
    client = sign_in("office")
    ready, release = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(Matter.objects.select_for_update().filter(pk=task.pk))
            Matter.objects.filter(pk=task.pk).update(verifying=False)
            ready.set()
            release.wait(20)
        connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    assert ready.wait(10)
    with connection.cursor() as cursor:
        cursor.execute(WAITS[connection.vendor])
    yield client, task
    release.set()
    holder.join()
    connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("surface", ["page", "api"])
def test_says_so_and_writes_nothing(client_and_held, surface):
    client, held = client_and_held
    data = {"lead_unit": "zhujian"}
    if surface == "page":
        answer = client.post(f"/matters/{held.number}/assign", data | {"expected_version": 1})
    else:
        answer = client.post(
            f"/api/v1/matters/{held.number}/actions/assign",
            {"data": data, "expected_version": 1},
            content_type="application/json",
        )
    assert answer.status_code == 503
    assert answer["Retry-After"]
    kept = Matter.objects.get(pk=held.pk)
    assert (kept.stage, kept.version, Event.objects.filter(matter=kept).count()) == ("registered", 1, 1)
