"""Counts what the door does, per operation, in the words of Prometheus."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector
from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.metrics_core import Metric
    from starlette.requests import Request

OPERATIONS_LIMIT: Final = 200
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_BOUNDS: Final = (*map(str, _SECONDS), "+Inf")


@dataclass(slots=True)
class Tally:
    """What was counted of one operation."""

    statuses: dict[int, int] = field(default_factory=dict)
    errors: int = 0
    cost: float = 0.0
    rows: int = 0
    seconds: float = 0.0
    buckets: list[int] = field(default_factory=lambda: [0] * len(_BOUNDS))


class Tallies(Collector):
    """The tallies of all operations, turned into metrics when somebody asks.

    Counting happens with every request and asking every few seconds, so counting is what has to be cheap.
    Names of operations come from clients, so their number is bounded.
    """

    def __init__(self) -> None:
        self._tallies: dict[str, Tally] = {}

    def of(self, operation: str) -> Tally:
        """Return the tally of an operation."""
        found = self._tallies.get(operation)
        if found is None:
            if len(self._tallies) >= OPERATIONS_LIMIT:
                operation = "other"
            found = self._tallies.setdefault(operation, Tally())
        return found

    def collect(self) -> Iterator[Metric]:
        """Tell what was counted."""
        requests = CounterMetricFamily(
            "khoosheh_graphql_requests", "GraphQL requests answered.", labels=["operation", "status"]
        )
        errors = CounterMetricFamily(
            "khoosheh_graphql_errors", "GraphQL requests answered without data.", labels=["operation"]
        )
        cost = CounterMetricFamily(
            "khoosheh_graphql_cost", "Cost of the operations executed.", labels=["operation"]
        )
        rows = CounterMetricFamily(
            "khoosheh_graphql_rows",
            "Objects in the answers: rows of the database and the connections around them.",
            labels=["operation"],
        )
        seconds = HistogramMetricFamily(
            "khoosheh_graphql_seconds", "Time from request to answer.", labels=["operation"]
        )
        for operation, tally in self._tallies.items():
            for status, count in tally.statuses.items():
                requests.add_metric([operation, str(status)], count)
            errors.add_metric([operation], tally.errors)
            cost.add_metric([operation], tally.cost)
            rows.add_metric([operation], tally.rows)
            reached = zip(_BOUNDS, accumulate(tally.buckets), strict=True)
            seconds.add_metric(
                [operation], [(bound, float(count)) for bound, count in reached], tally.seconds
            )
        yield from (requests, errors, cost, rows, seconds)


class DoorMetrics:
    """The figures of one application."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        self._tallies = Tallies()
        self.registry.register(self._tallies)
        self.streams = Gauge(
            "khoosheh_live_streams", "Subscriptions open now.", ["transport"], registry=self.registry
        )
        self.results = Counter(
            "khoosheh_live_results", "Results sent to subscriptions.", ["transport"], registry=self.registry
        )

    def answered(
        self,
        operation: str,
        status: int,
        seconds: float,
        *,
        data_present: bool,
        cost: float = 0.0,
        rows: int = 0,
    ) -> None:
        """Count one answer."""
        tally = self._tallies.of(operation)
        tally.statuses[status] = tally.statuses.get(status, 0) + 1
        tally.seconds += seconds
        tally.buckets[bisect_left(_SECONDS, seconds)] += 1
        tally.cost += cost
        tally.rows += rows
        if not data_present:
            tally.errors += 1

    async def page(self, _: Request) -> Response:
        """Answer /metrics."""
        return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)
