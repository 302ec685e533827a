"""Counts what the admin answers, by page, in the words of Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.routing import Route, get_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.routing import BaseRoute
    from starlette.types import Scope

_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_CLIENT_CLOSED_REQUEST: Final = 499
UNKNOWN: Final = "unknown"


class PageMetrics:
    """The figures of one admin: how many answers of each page, with which status, after how many seconds."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._requests = Counter(
            "khoosheh_admin_requests",
            "Requests for pages answered.",
            ["page", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "khoosheh_admin_seconds",
            "Time from the request for a page to the beginning of its answer.",
            ["page"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._names: dict[Any, str] = {}

    def know(self, routes: Iterable[BaseRoute]) -> None:
        """Learn what the pages are called: as their documents, or as the address where there is none.

        Only what is known has figures of its own, so nobody can add names by asking for addresses.
        """
        for route in routes:
            if isinstance(route, Route):
                named = route.path if route.name == get_name(route.endpoint) else route.name
                self._names[route.endpoint] = named

    def answered(self, scope: Scope, status: int, seconds: float) -> None:
        """Count one answer; without a status its reader left before it began."""
        page = self._names.get(scope.get("endpoint"), UNKNOWN)
        self._requests.labels(page, str(status or _CLIENT_CLOSED_REQUEST)).inc()
        self._seconds.labels(page).observe(seconds)
