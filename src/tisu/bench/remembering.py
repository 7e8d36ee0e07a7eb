"""How much memory a web process holds after it has served every sort of page."""

from http.client import HTTPConnection
from time import perf_counter
from typing import Any

from django.conf import settings
from django.test import Client

from tisu.accounts.models import User
from tisu.bench import machine
from tisu.bench.figures import at_most, figure
from tisu.bench.originals import OFFICER
from tisu.bench.pages import LISTS, WORD
from tisu.bench.server import Server
from tisu.loop.models import Matter

HELD = at_most(200)
FEWEST = 4  # rounds through every sort of page


def remembering(seconds: float, server: Server) -> dict[str, Any]:
    number = Matter.objects.order_by("pk").values_list("number", flat=True)[0]
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=OFFICER))
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    addresses = ["/desk", *LISTS, f"/matters/{number}", f"/matters?q={_quoted(WORD)}", "/"]
    served, rounds, ends = 0, 0, perf_counter() + seconds
    while perf_counter() < ends or rounds < FEWEST:
        connection = server.connect()  # a new one each round, so that every process gets its share
        served += sum(_read(connection, address, cookie) for address in addresses)
        connection.close()
        rounds += 1
    held = [machine.resident(pid) for pid in server.processes()]
    return {"served": served, "resident_mb": figure(max(held, default=0), "MB", HELD), "processes": len(held)}


def _quoted(word: str) -> str:
    return "".join(f"%{byte:02X}" for byte in word.encode())


def _read(connection: HTTPConnection, address: str, cookie: str) -> int:
    connection.request("GET", address, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{address} was answered with {answer.status}.")
    return 1
