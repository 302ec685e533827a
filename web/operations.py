"""What the platform asks of this process: is it alive, has it started, can it serve, what does it measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from services.telemetry import metrics

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request


def routes(check: Callable[[], Awaitable[bool]]) -> list[Route]:
    """Return the probes and the metrics; `check` says whether the engine answers."""

    async def live(_request: Request) -> Response:
        return PlainTextResponse("live")

    async def ready(_request: Request) -> Response:
        return (
            PlainTextResponse("ready") if await check() else PlainTextResponse("not ready", status_code=503)
        )

    async def measured(_request: Request) -> Response:
        body, kind = metrics()
        return Response(body, media_type=kind)

    return [
        Route("/live", live),
        Route("/startup", ready),
        Route("/ready", ready),
        Route("/metrics", measured),
    ]
