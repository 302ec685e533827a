"""Gives each request an identifier, one line in the log and a clean answer when our own code fails."""

from __future__ import annotations

import asyncio
import re
import time
from random import getrandbits
from typing import TYPE_CHECKING

import structlog

from services.graphql.body import ClientLeft
from services.graphql.exchange import Refusal, request_id
from services.graphql.headers import secured
from services.graphql.protocol import refusal_answer
from services.tracing import sane, span, wanted

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from services.graphql.journal import Journal
    from services.graphql.lifecycle import Lifecycle

_SANE_IDENTIFIER = re.compile(rb"[A-Za-z0-9._-]{8,128}")
QUIET_PATHS = frozenset({"/live", "/ready", "/startup", "/metrics"})
_DOOR = "/graphql"
_LOGGED_PATH_LENGTH = 100
# Of the parts of an address only the identifiers of records are said: some addresses are secrets themselves.
_RECORD = re.compile(r"[A-Z][A-Za-z]{1,40}_[0-9a-f-]{36}")
_CLIENT_CLOSED_REQUEST = 499

ENDING = Refusal(
    "UNAVAILABLE", "The service is being restarted: try again in a moment.", headers={"retry-after": "1"}
)

log = structlog.get_logger(__name__)


class RequestObservation:
    """ASGI middleware around everything that can fail."""

    def __init__(self, app: ASGIApp, lifecycle: Lifecycle, journal: Journal) -> None:
        self.app = app
        self._lifecycle = lifecycle
        self._journal = journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request and write its line."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        identifier, given = identifier_of(scope)
        request_id.set(identifier)
        scope.setdefault("state", {})
        answer = ObservedAnswer(send, identifier, self._lifecycle)
        parent = traceparent_of(scope)
        try:
            if wanted(parent):
                await self._traced(scope, receive, answer, parent)
            else:
                await self.app(scope, receive, answer.send)
        except ClientLeft:
            answer.status = _CLIENT_CLOSED_REQUEST
        except asyncio.CancelledError:
            if not self._lifecycle.draining or answer.status:
                answer.status = _CLIENT_CLOSED_REQUEST
                raise
            # The server ends and has lost patience with this request; its client can ask another process.
            await answer.refuse(ENDING)
        except Exception:
            log.exception("a request failed by our own fault", request_id=identifier)
            if not answer.status:
                await answer.refuse(_our_fault(identifier))
        finally:
            if scope["path"] not in QUIET_PATHS:
                self._journal(
                    {
                        "method": scope["method"],
                        "path": said_path(scope),
                        "status": answer.status,
                        "ms": round((time.perf_counter() - started) * 1000, 2),
                        "request_id": identifier,
                        "given": given,
                        **scope["state"].get("observed", {}),
                    }
                )

    async def _traced(
        self, scope: Scope, receive: Receive, answer: ObservedAnswer, parent: str | None
    ) -> None:
        """Serve the request as a step of its caller's trace, or of a new one."""
        with span(
            scope["method"], parent=parent, kind="SERVER", http__request__method=scope["method"]
        ) as step:
            await self.app(scope, receive, answer.send)
            # What the address means is known only now.
            step.note(http__response__status_code=answer.status, url__path=said_path(scope))


class ObservedAnswer:
    """An answer on its way out: its status is noted, it is secured and carries the identifier of its request."""

    def __init__(self, send: Send, identifier: str, lifecycle: Lifecycle) -> None:
        self._send = send
        self._identifier = identifier
        self._lifecycle = lifecycle
        self.status = 0

    async def send(self, message: Message) -> None:
        """Send a part of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = message["headers"] = secured(message.get("headers", ()))
            headers.append((b"x-request-id", self._identifier.encode()))
            if self._lifecycle.draining:
                headers.append((b"connection", b"close"))
        await self._send(message)

    async def refuse(self, refusal: Refusal) -> None:
        """Send a refusal instead of the answer that will not come."""
        status, headers, body = refusal_answer(refusal, None)
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def said_path(scope: Scope) -> str:
    """Return the address as it may be said: words of ours and identifiers, no secret and nothing typed by hand."""
    path: str = scope["path"]
    if path == _DOOR:
        return path
    if "endpoint" not in scope:
        return "unknown"
    for name, value in scope.get("path_params", {}).items():
        if value and not _RECORD.fullmatch(str(value)):
            path = path.replace(str(value), f"{{{name}}}")
    return path[:_LOGGED_PATH_LENGTH]


def identifier_of(scope: Scope) -> tuple[str, bool]:
    """Take over the caller's identifier when it is harmless, else make one; it is a name and no secret."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SANE_IDENTIFIER.fullmatch(value):
            return str(value, "ascii"), True
    return f"{getrandbits(128):032x}", False


def traceparent_of(scope: Scope) -> str | None:
    """Return where the caller's trace stands, if it says so in a way we can pass on."""
    for name, value in scope["headers"]:
        if name == b"traceparent":
            return sane(str(value, "latin-1"))
    return None


def _our_fault(identifier: str) -> Refusal:
    return Refusal(
        "INTERNAL",
        f"The service failed to answer; report the request {identifier}.",
        extensions={"requestId": identifier},
    )
