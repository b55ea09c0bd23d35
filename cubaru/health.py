"""Probes: /healthz says that the process lives, /readyz that it can serve."""

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """503 unless database, cache and migrations are in order; says which are, never why not."""
    checks = {"database": _database_answers, "cache": _cache_answers, "migrations": _migrations_are_applied}
    results = {}
    for name, check in checks.items():
        try:
            results[name] = check()
        except Exception:  # a probe answers whatever breaks; the cause is in the log of the server
            results[name] = False
    ready = all(results.values())
    return JsonResponse({"ready": ready, **results}, status=200 if ready else 503)


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _cache_answers() -> bool:
    cache.set("readyz", "yes", timeout=10)
    return bool(cache.get("readyz") == "yes")


def _migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
