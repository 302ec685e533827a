"""Posts one signed webhook (Standard Webhooks): no redirects, limited time, limited answer, only outside."""

from __future__ import annotations

import asyncio
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

import httpcore2
from standardwebhooks.webhooks import Webhook

from schema.notifications.addresses import UnusableTarget, require_usable_url
from schema.vocabulary import AttemptStatus
from services.notifications.backoff import asked_wait
from services.notifications.channels.delivery import Outcome, unsent
from services.notifications.channels.envelope import CONTENT_TYPE, envelope, test_envelope
from services.notifications.channels.outside import OutsideOnly
from services.sealing import SealBroken
from services.tracing import traceparent

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence
    from types import TracebackType
    from uuid import UUID

    from services.notifications.channels.delivery import Delivery
    from services.notifications.channels.documents import Documents
    from services.sealing import Sealer

ANSWER_LIMIT: Final = 64 * 1024
GONE: Final = 410
_require_usable_url: Final = lru_cache(maxsize=1024)(require_usable_url)
_OK: Final = range(200, 300)
_REDIRECTS: Final = range(300, 400)
_WEB_PAGE: Final = (
    "the endpoint took it and answered with a web page: make sure that the address is your program's own"
    " (not a sign-in or a placeholder) and let it answer 204 without a body"
)
_ADVICE: Final = {
    401: "the endpoint wants a sign-in: let it verify the signature instead",
    403: "the endpoint turns us away: let it verify the signature instead",
    404: "nothing answers at this path: correct the address",
    405: "the endpoint does not take POST: let it accept POST",
    GONE: "the endpoint is gone; nothing more is tried for this delivery",
    413: "the endpoint finds the body too large: let it accept 64 KiB",
    429: "the endpoint asks us to slow down",
}


@dataclass(frozen=True, slots=True)
class Post:
    """What is posted where, under which id and signed with which secrets."""

    id: UUID
    url: str
    secrets: tuple[str, ...]
    body: bytes


class WebhookChannel:
    """Keeps connections to endpoints and posts to them."""

    most_at_once = 16

    def __init__(
        self,
        sealer: Sealer,
        documents: Documents,
        *,
        timeout: float,
        inside_allowed: bool = False,
        network: OutsideOnly | None = None,
    ) -> None:
        self._sealer = sealer
        self._documents = documents
        self._timeout = timeout
        self._inside_allowed = inside_allowed
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=None,
            max_keepalive_connections=100,
            keepalive_expiry=30.0,
            network_backend=network or OutsideOnly(inside_allowed=inside_allowed),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._pool.aclose()

    async def deliver(self, run: Sequence[Delivery]) -> AsyncGenerator[Outcome, None]:
        """Post one after the other, so that the order is kept."""
        for delivery in run:
            yield await self._deliver(delivery)

    async def _deliver(self, delivery: Delivery) -> Outcome:
        endpoint, event = delivery.endpoint, delivery.event
        if endpoint is None or (event is None and "type" not in delivery.content):
            return unsent("this delivery names no endpoint or nothing to tell", final=True)
        try:
            secrets = tuple(self._sealer.open(sealed) for sealed in endpoint.sealed_secrets)
        except SealBroken as broken:
            return unsent(f"the signing secret cannot be opened ({broken}): rotate it")
        if event is None:
            body = test_envelope(delivery, datetime.now(UTC))
        else:
            answered = await self._documents.answered(endpoint, event, attempt=delivery.attempts_made + 1)
            if answered is None:
                return unsent("the endpoint's document cannot be answered at the moment")
            body = envelope(event, answered)
        return await self.post(Post(delivery.id, endpoint.url, secrets, body))

    async def post(self, post: Post) -> Outcome:
        """Make one attempt; whatever goes wrong is told in the outcome."""
        at, began = datetime.now(UTC), time.monotonic()
        status, code, asked = AttemptStatus.FAILED, None, None
        problem: str | None = None
        try:
            _require_usable_url(post.url, inside_allowed=self._inside_allowed)
            async with asyncio.timeout(self._timeout):
                code, header, page = await self._exchange(post, at)
            asked = asked_wait(header, at)
            problem = _problem(code) or (_WEB_PAGE if page else None)
            status = AttemptStatus.SUCCEEDED if code in _OK else AttemptStatus.FAILED
        except UnusableTarget as unusable:
            status, problem = AttemptStatus.REFUSED, unusable.reason_en
        except TimeoutError:
            problem = f"no complete answer within {self._timeout:g} seconds: answer first and work later"
        except ssl.SSLError as error:
            problem = f"TLS failed ({error.reason or 'handshake'}): check the certificate"
        except (
            httpcore2.NetworkError,
            httpcore2.ProtocolError,
            httpcore2.TimeoutException,
            OSError,
        ) as error:
            problem = f"the endpoint cannot be reached ({str(error) or type(error).__name__})"
        duration = round((time.monotonic() - began) * 1000)
        return Outcome(status, at, duration, code, problem and problem[:300], asked, final=code == GONE)

    async def _exchange(self, post: Post, at: datetime) -> tuple[int, str | None, bool]:
        """Post and return the status, Retry-After, and whether a web page came back."""
        text = post.body.decode()
        headers = {
            "host": urlsplit(post.url).netloc,
            "user-agent": "Khoosheh webhooks",
            "content-type": CONTENT_TYPE,
            "content-length": str(len(post.body)),
            "webhook-id": str(post.id),
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": " ".join(
                Webhook(secret).sign(str(post.id), at, text) for secret in post.secrets
            ),
        }
        if trace := traceparent():
            headers["traceparent"] = trace
        wire = [(name.encode(), value.encode()) for name, value in headers.items()]
        extensions = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), self._timeout)}
        async with self._pool.stream(
            "POST", post.url, headers=wire, content=post.body, extensions=extensions
        ) as response:
            read = bytearray()
            async for part in response.aiter_stream():
                read += part
                if len(read) > ANSWER_LIMIT:
                    break
            page = bytes(read[:64]).lstrip().lower().startswith((b"<!doctype html", b"<html"))
            found = {name.lower(): value for name, value in response.headers}
            header = found.get(b"retry-after")
            return response.status, header.decode("latin-1") if header else None, page


def _problem(code: int) -> str | None:
    """Say what an answer means for the owner of the endpoint."""
    if code in _OK:
        return None
    if code in _REDIRECTS:
        return "the endpoint redirects elsewhere, which is not followed: enter the final address"
    return _ADVICE.get(code, f"the endpoint answered {code}: see its own log")
