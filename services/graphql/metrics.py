"""Counts what the door does, per operation, in the words of Prometheus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.responses import Response

if TYPE_CHECKING:
    from starlette.requests import Request

OPERATIONS_LIMIT = 200
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class DoorMetrics:
    """The counters of one application; names of operations come from clients, so their number is bounded."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._requests = Counter(
            "khoosheh_graphql_requests", "GraphQL requests answered.", ["operation", "status"],
            registry=self.registry,
        )  # fmt: skip
        self._errors = Counter(
            "khoosheh_graphql_errors", "GraphQL requests answered without data.", ["operation"],
            registry=self.registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "khoosheh_graphql_seconds", "Time from request to answer.", ["operation"],
            buckets=_SECONDS, registry=self.registry,
        )  # fmt: skip
        self._cost = Counter(
            "khoosheh_graphql_cost", "Cost of the operations executed.", ["operation"], registry=self.registry
        )
        self.streams = Gauge(
            "khoosheh_live_streams", "Subscriptions open now.", ["transport"], registry=self.registry
        )
        self.results = Counter(
            "khoosheh_live_results", "Results sent to subscriptions.", ["transport"], registry=self.registry
        )
        self._request_children: dict[tuple[str, int], Counter] = {}
        self._error_children: dict[str, Counter] = {}
        self._second_children: dict[str, Histogram] = {}
        self._cost_children: dict[str, Counter] = {}

    def answered(
        self, operation: str, status: int, seconds: float, *, data_present: bool, cost: float = 0.0
    ) -> None:
        """Count one answer."""
        if operation not in self._second_children:
            if len(self._second_children) >= OPERATIONS_LIMIT:
                operation = "other"
            self._second_children.setdefault(operation, self._seconds.labels(operation))
            self._cost_children.setdefault(operation, self._cost.labels(operation))
            self._error_children.setdefault(operation, self._errors.labels(operation))
        key = (operation, status)
        child = self._request_children.get(key)
        if child is None:
            child = self._request_children[key] = self._requests.labels(operation, str(status))
        child.inc()
        self._second_children[operation].observe(seconds)
        if not data_present:
            self._error_children[operation].inc()
        if cost:
            self._cost_children[operation].inc(cost)

    async def page(self, _: Request) -> Response:
        """Answer /metrics."""
        return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)
