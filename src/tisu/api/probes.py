"""What a watchman asks: does the process answer, and does it reach its records?"""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from tisu.web.errors import DATABASE_GONE, SENTENCES
from tisu.web.problem import problem


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is touched."""
    return JsonResponse({"status": "ok"})


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready for work: the database answers and its tables are those of this version."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DATABASE_GONE:
        return problem(503, str(SENTENCES[503]))
    if waiting:
        return problem(503, str(SENTENCES[503]))
    return JsonResponse({"status": "ready"})
