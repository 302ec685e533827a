"""One trace from a partner's request over the event row to the post that tells of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx2
import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from services.graphql.journal import through_the_log
from services.graphql.lifecycle import Lifecycle
from services.graphql.observation import RequestObservation
from services.tracing import Tracing, sane, span, traceparent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from opentelemetry.sdk.trace import ReadableSpan
    from starlette.requests import Request

    from tests.events.conftest import Country, Pipeline, Receiver
    from tests.world import Api

TRACE = "0af7651916cd43dd8448eb211c80319c"
GIVEN = f"00-{TRACE}-b7ad6b7169203331-01"


@contextmanager
def collected() -> Iterator[InMemorySpanExporter]:
    """Collect spans as an installation with a collector does."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    Tracing.tracer = provider.get_tracer("test")
    try:
        yield exporter
    finally:
        Tracing.tracer = None
        provider.shutdown()


async def seen_by_a_request(**headers: str) -> str:
    """Send a request through the observation of the services and return the trace its work sees."""

    async def answer(_: Request) -> PlainTextResponse:
        return PlainTextResponse(traceparent() or "none")

    app = RequestObservation(Starlette(routes=[Route("/", answer)]), Lifecycle(), through_the_log)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as client:
        return (await client.get("/", headers=headers)).text


def by_name(spans: tuple[ReadableSpan, ...]) -> dict[str, ReadableSpan]:
    return {found.name: found for found in spans}


def place_of(found: ReadableSpan) -> tuple[int, int]:
    assert found.context is not None
    return found.context.trace_id, found.context.span_id


async def test_a_process_without_a_collector_passes_the_trace_on() -> None:
    assert await seen_by_a_request(traceparent=GIVEN) == GIVEN
    assert await seen_by_a_request() == "none"
    assert traceparent() is None


@pytest.mark.parametrize(
    "given",
    [
        "",
        "x",
        f"01-{TRACE}-b7ad6b7169203331-01",
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"{GIVEN}\n",
        GIVEN * 9,
    ],
)
async def test_what_is_no_trace_is_not_passed_on(given: str) -> None:
    assert sane(given) is None


async def test_a_request_is_a_step_of_its_callers_trace() -> None:
    with collected() as exporter:
        seen = await seen_by_a_request(traceparent=GIVEN)
        assert await seen_by_a_request() != "none", "a request without a trace begins one"
    request = exporter.get_finished_spans()[0]
    trace, step = place_of(request)
    assert f"{trace:032x}" == TRACE
    assert seen == f"00-{TRACE}-{step:016x}-01"
    assert request.attributes
    assert request.attributes["http.response.status_code"] == 200


async def test_the_trace_of_an_event_goes_on_with_its_routing_and_its_deliveries(
    country: Country, receiver: Receiver, pipeline: Pipeline
) -> None:
    province = await country.province(1)
    await country.endpoint(await country.agency(province), receiver.url)
    (event,) = await country.happen(await country.cluster(province))
    await country.pool.execute("update event set trace = $1 where id = $2", GIVEN, event)
    with collected() as exporter:
        await pipeline.run()
    spans = by_name(exporter.get_finished_spans())
    routed, delivered = spans["route event"], spans["deliver webhook"]
    for found in (routed, delivered):
        assert f"{place_of(found)[0]:032x}" == TRACE
        assert found.parent is not None
        assert f"{found.parent.span_id:016x}" == "b7ad6b7169203331"
    assert delivered.attributes
    assert delivered.attributes["khoosheh.outcome"] == "SUCCEEDED"
    assert delivered.attributes["http.response.status_code"] == 204
    (post,) = receiver.posts
    assert post.trace == f"00-{TRACE}-{place_of(delivered)[1]:016x}-01"


async def test_the_trace_of_a_request_is_written_with_the_events_of_its_changes(
    api: Api, country: Country, receiver: Receiver, pipeline: Pipeline
) -> None:
    province = await country.province(1)
    await country.endpoint(await country.agency(province), receiver.url)
    given = {"provinceId": f"Province_{province}", "nameFa": "گلیم", "nameEn": "Gelim", "slug": "gelim"}
    with collected() as exporter, span("request", parent=GIVEN):
        await api.accepted("createCluster", given)
    spans = by_name(exporter.get_finished_spans())
    mutation = place_of(spans["mutation createCluster"])
    assert spans["mutation createCluster"].parent == spans["request"].context
    traces = await country.pool.fetch("select trace from event")
    assert {row["trace"] for row in traces} == {f"00-{TRACE}-{mutation[1]:016x}-01"}
    await pipeline.run()
    assert {post.trace for post in receiver.posts} == {row["trace"] for row in traces}, (
        "a worker without a collector passes the trace on"
    )
