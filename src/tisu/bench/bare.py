"""What our pages and our intake are compared with: as little as a Django view can do for the same job.

Both bare views are mounted beside the house's own addresses in the process that measures and in its server
(addresses.py), nowhere else, and pass through the same middleware, so that what differs is the view.
"""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connection, models, transaction
from django.db.models.signals import post_save
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import Context, Template
from django.test import Client
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tisu.bench.originals import COUNTY
from tisu.enterprises.models import Benefit, Figure, Visit
from tisu.foundation.models import SearchEntry
from tisu.foundation.numbering import new_number
from tisu.loop.findable import SEARCH_SUBJECT
from tisu.loop.models import Matter
from tisu.loop.stages import Stage
from tisu.web.access import public

ROWS = 50
REPORTS = "/api/v1/reports"
TABLE = """<!doctype html><html><body><table>{% for row in rows %}{% url "loop:matter" row.number as href %}<tr>
<td><a href="{{ href }}">{{ row.number }}</a></td><td><a href="{{ href }}">{{ row.title }}</a></td>
<td>{{ row.kind }}</td><td>{{ row.region.name }}</td><td>{{ row.get_stage_display }}</td>
<td>{{ row.verdict|default:"" }}</td><td>{{ row.registered_at|date:"Y-m-d" }}</td>
<td>{{ row.due_at|date:"Y-m-d" }}</td></tr>{% endfor %}</table></body></html>"""

FIRM_TABLE = """<!doctype html><html><body><table>{% for day, said in rows %}<tr><td>{{ day|date:"Y-m-d" }}</td>
<td>{{ said }}</td></tr>{% endfor %}</table></body></html>"""


# --- A page ------------------------------------------------------------------------------------------------


def page(request: HttpRequest) -> HttpResponse:
    """One query by an index, fifty rows of as many cells as the list of matters has, for whoever is signed in."""
    rows = Matter.objects.filter(region_id=COUNTY, stage=Stage.IN_PROGRESS).select_related("region")
    return HttpResponse(_template().render(Context({"rows": rows.order_by("-pk")[:ROWS]})))


@cache
def _template() -> Template:
    return Template(TABLE)


def firm(request: HttpRequest, pk: int) -> HttpResponse:
    """A firm's visits, figures and benefits, all of them read and each in a row of a table."""
    sorts = ((Visit, "first", "purpose"), (Benefit, "first", "title"), (Figure, "last", "source"))
    rows = [row for sort, *said in sorts for row in sort.objects.filter(enterprise=pk).values_list(*said)]
    return HttpResponse(_of_firm().render(Context({"rows": sorted(rows, reverse=True)})))


@cache
def _of_firm() -> Template:
    return Template(FIRM_TABLE)


# --- An intake ---------------------------------------------------------------------------------------------


@csrf_exempt
@require_POST
@public
def intake(request: HttpRequest) -> HttpResponse:
    """The rows that an intake writes, written as they are in one transaction: nothing checked, nothing reckoned."""
    body = json.loads(request.body)
    with transaction.atomic():
        number = write_again(rows_of_an_intake(), body["text"])
    return JsonResponse({"number": number}, status=201)


@cache
def rows_of_an_intake() -> list[models.Model]:
    """What one real intake saved, in order: taken once in each process before it serves, so that it never lags behind."""
    with _saved() as rows:
        answer = Client(SERVER_NAME="localhost").post(
            REPORTS, {"text": "bench", "anonymous": True}, content_type="application/json"
        )
    if answer.status_code != 201:
        raise RuntimeError(f"An intake was answered with {answer.status_code}: {answer.content[:400]!r}")
    return rows


@contextmanager
def _saved() -> Iterator[list[models.Model]]:
    """The rows that are inserted meanwhile, as their models tell of them; RuntimeError where a table says of more."""
    rows: list[models.Model] = []
    tables: list[str] = []

    def keep(sender: type[models.Model], instance: models.Model, created: bool, **more: Any) -> None:
        if created:
            rows.append(instance)

    def watch(execute: Callable, sql: str, *more: Any) -> Any:
        words = sql.replace('"', " ").split(maxsplit=3)
        if words[0] == "INSERT":
            tables.append(words[2])
        return execute(sql, *more)

    post_save.connect(keep)
    try:
        with connection.execute_wrapper(watch):
            yield rows
    finally:
        post_save.disconnect(keep)
    if tables != [row._meta.db_table for row in rows]:
        raise RuntimeError(f"The bare writer would write less than an intake does: {tables}, not {rows}.")


def write_again(rows: list[models.Model], text: str) -> str:
    """The same rows once more, under new keys and with what must be unique made anew."""
    new: dict[tuple[type, Any], Any] = {}
    number = new_number()
    for row in rows:
        copy = type(row)(**_values(row, new))
        if isinstance(copy, Matter):
            copy.number, copy.text = number, text
        copy.save(force_insert=True)
        new[type(row), row.pk] = copy.pk
    return number


def _values(row: models.Model, new: dict[tuple[type, Any], Any]) -> dict[str, Any]:
    values = {field.attname: _value(field, row, new) for field in row._meta.concrete_fields}
    if isinstance(row, SearchEntry) and row.subject == SEARCH_SUBJECT:
        values["object_id"] = new[Matter, row.object_id]
    return values


def _value(field: models.Field, row: models.Model, new: dict[tuple[type, Any], Any]) -> Any:
    value = getattr(row, field.attname)
    if isinstance(field, models.ForeignKey):
        return new.get((field.related_model, value), value)
    if field.primary_key:
        return None
    if field.unique and value is not None:
        return secrets.token_hex(32)[: field.max_length]
    return value
