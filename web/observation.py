"""Gives each request for a page an identifier, a step in its trace, a line in the log and a place in the figures."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from services.graphql import (
    QUIET_PATHS,
    identifier_of,
    request_id,
    said_path,
    traceparent_of,
)
from services.tracing import span, wanted

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from services.graphql import Journal
    from web.metrics import PageMetrics

_SERVER_ERROR: Final = 500
_STATIC: Final = "/static/"


class PageObservation:
    """ASGI middleware around everything the admin answers."""

    def __init__(self, app: ASGIApp, journal: Journal, metrics: PageMetrics) -> None:
        self.app = app
        self._journal = journal
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, write its line and count it."""
        if scope["type"] != "http" or scope["path"].startswith(_STATIC) or scope["path"] in QUIET_PATHS:
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        identifier, given = identifier_of(scope)
        request_id.set(identifier)
        answer = _Answer(send, identifier)
        parent = traceparent_of(scope)
        try:
            if wanted(parent):
                await self._traced(scope, receive, answer, parent)
            else:
                await self.app(scope, receive, answer.send)
        except Exception:
            answer.status = answer.status or _SERVER_ERROR
            raise
        finally:
            ended = time.perf_counter()
            self._metrics.answered(scope, answer.status, (answer.began or ended) - started)
            self._journal(
                {
                    "method": scope["method"],
                    "path": said_path(scope),
                    "status": answer.status,
                    "ms": round((ended - started) * 1000, 2),
                    "request_id": identifier,
                    "given": given,
                    **scope.get("state", {}).get("observed", {}),
                }
            )

    async def _traced(self, scope: Scope, receive: Receive, answer: _Answer, parent: str | None) -> None:
        """Serve the request as a step of its caller's trace, or of a new one."""
        with span(
            scope["method"], parent=parent, kind="SERVER", http__request__method=scope["method"]
        ) as step:
            await self.app(scope, receive, answer.send)
            # What the address means is known only now.
            step.note(http__response__status_code=answer.status, url__path=said_path(scope))


class _Answer:
    """An answer on its way out: its status is noted, and it carries the identifier of its request."""

    def __init__(self, send: Send, identifier: str) -> None:
        self._send = send
        self._identifier = identifier
        self.status = 0
        self.began = 0.0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.began = message["status"], time.perf_counter()
            message["headers"] = [*message.get("headers", ()), (b"x-request-id", self._identifier.encode())]
        await self._send(message)
