"""Assembles the GraphQL service: routes and middleware around an engine that is open already."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute

from services.graphql.door import BODY_SECONDS, GraphQLDoor
from services.graphql.exchange import GraphQLEngine, Refusal, ViewerT
from services.graphql.headers import CrossSiteRefusal
from services.graphql.health import Check, Health
from services.graphql.journal import Journal, through_the_log
from services.graphql.lifecycle import Lifecycle
from services.graphql.live import Live, LiveLimits, ViewerOf
from services.graphql.metrics import DoorMetrics
from services.graphql.observation import RequestObservation
from services.graphql.protocol import BODY_LIMIT, refusal_answer
from services.graphql.shared_stream import SharedStreams
from services.graphql.straight import PATH
from services.graphql.websocket import WebSocketDoor

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from prometheus_client import CollectorRegistry
    from starlette.requests import Request
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Receive, Scope, Send


_CODES = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}


@dataclass(frozen=True)
class DoorOptions:
    """What an installation may decide about the door."""

    body_limit: int = BODY_LIMIT
    body_seconds: float = BODY_SECONDS
    trusted_origins: Sequence[str] = ()
    live_limits: LiveLimits = field(default_factory=LiveLimits)
    checks: Mapping[str, Check] = field(default_factory=dict)
    routes: Sequence[BaseRoute] = ()
    registry: CollectorRegistry | None = None
    journal: Journal = through_the_log


class Service(Starlette):
    """Starlette with one address that nothing stands before: what is asked most goes straight to its door."""

    door: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take GraphQL requests to the door and everything else through the routes."""
        if self.door is not None and scope["type"] == "http" and scope["path"] == PATH:
            await self.door(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create_app(
    engine: GraphQLEngine[ViewerT],
    viewer_of: ViewerOf[ViewerT],
    options: DoorOptions | None = None,
    lifecycle: Lifecycle | None = None,
) -> Starlette:
    """Return the application; whoever opened the engine closes it after the application has ended."""
    options = options or DoorOptions()
    lifecycle = lifecycle or Lifecycle()
    metrics = DoorMetrics(options.registry)
    live = Live(engine, viewer_of, lifecycle, metrics, options.live_limits)
    door = GraphQLDoor(
        live, SharedStreams(live), body_limit=options.body_limit, body_seconds=options.body_seconds
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        lifecycle.started = True
        yield
        lifecycle.close_streams()

    guards = [
        Middleware(RequestObservation, lifecycle=lifecycle, journal=options.journal),
        Middleware(CrossSiteRefusal, trusted_origins=options.trusted_origins),
    ]
    app = Service(
        routes=[
            WebSocketRoute(PATH, WebSocketDoor(live)),
            *Health(lifecycle, options.checks).routes(),
            Route("/metrics", metrics.page),
            *options.routes,
        ],
        middleware=guards,
        exception_handlers={HTTPException: _refuse_path},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    guarded: ASGIApp = door
    for guard in reversed(guards):
        guarded = guard.cls(guarded, *guard.args, **guard.kwargs)
    app.door = guarded
    return app


async def _refuse_path(_: Request, error: Exception) -> Response:
    """Answer an address or a method we do not have in the form of all our errors."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    refusal = Refusal(_CODES.get(status, "BAD_REQUEST"), "There is nothing here; the API is at /graphql.")
    response = Response(status_code=refusal.status)
    _status, response.raw_headers, response.body = refusal_answer(refusal, None)
    return response
