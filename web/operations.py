"""What the platform asks of this process: is it alive, has it started, can it serve, what does it measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from services.graphql import Health
from services.telemetry import REGISTRY, metrics

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from prometheus_client import CollectorRegistry
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from services.graphql import Lifecycle


# Proxies add these, and whoever comes through one cannot take them away; Prometheus asks each pod by its address.
_OF_PROXIES: Final = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto")


def routes(
    check: Callable[[], Awaitable[None]], lifecycle: Lifecycle, registry: CollectorRegistry = REGISTRY
) -> list[Route]:
    """Return the probes and the metrics; `check` raises when the engine does not answer.

    Every address of the host leads to the admin unless the way in says otherwise, and not every way in can (an
    Ingress cannot), so the metrics themselves are silent to whoever comes through a proxy.
    """

    async def measured(request: Request) -> Response:
        if any(name in request.headers for name in _OF_PROXIES):
            raise HTTPException(404)
        body, kind = metrics(registry)
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
