"""What the platform asks of this process: is it alive, has it started, can it serve, what does it measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.routing import Route

from services.graphql import Health
from services.telemetry import metrics

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from services.graphql import Lifecycle


def routes(check: Callable[[], Awaitable[None]], lifecycle: Lifecycle) -> list[Route]:
    """Return the probes and the metrics; `check` raises when the engine does not answer."""

    async def measured(_request: Request) -> Response:
        body, kind = metrics()
        return Response(body, media_type=kind)

    return [*Health(lifecycle, {"database": check}).routes(), Route("/metrics", measured)]


class LastAnswers:
    """While the process ends, every answer closes its connection, so that no click is lost on an old one."""

    def __init__(self, app: ASGIApp, lifecycle: Lifecycle) -> None:
        self.app = app
        self._lifecycle = lifecycle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the headers of its answer."""

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start" and self._lifecycle.draining:
                MutableHeaders(scope=message)["connection"] = "close"
            await send(message)

        await self.app(scope, receive, complete)
