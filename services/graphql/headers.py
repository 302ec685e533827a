"""Knows the security headers of every answer and refuses unsafe requests that other sites send for a user."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from services.graphql.exchange import Refusal
from services.graphql.protocol import refusal_answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Receive, Scope, Send

    from services.graphql.protocol import Headers

_TELLING = frozenset({b"cookie", b"origin", b"sec-fetch-site", b"host"})
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

# Everything the service answers is data; a page that needs more (GraphiQL) brings its own policy.
_CONTENT_SECURITY_POLICY = (
    b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
)
_ALWAYS: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=63072000; includeSubDomains"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"x-frame-options", b"DENY"),
]
_UNLESS_SET: Headers = [
    (b"content-security-policy", _CONTENT_SECURITY_POLICY),
    (b"cache-control", b"no-store"),
]
_UNLESS_SET_NAMES = frozenset(name for name, _ in _UNLESS_SET)
_ALL: Headers = _ALWAYS + _UNLESS_SET


def secured(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Return the headers of an answer with those that every answer has; a policy of its own stays its own."""
    headers = list(headers)
    present = {name for name, _ in headers if name in _UNLESS_SET_NAMES}
    if not present:
        return headers + _ALL
    return [*headers, *_ALWAYS, *(pair for pair in _UNLESS_SET if pair[0] not in present)]


class CrossSiteRefusal:
    """ASGI middleware: what a browser sends with a user's cookie must come from our own pages.

    Browsers say where a request comes from in Sec-Fetch-Site; older ones at least send Origin. A request
    with neither comes from a program, which no other site can make send a user's cookie.
    """

    def __init__(self, app: ASGIApp, trusted_origins: Iterable[str] = ()) -> None:
        self.app = app
        self._trusted = frozenset(origin.rstrip("/").lower().encode("latin-1") for origin in trusted_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a cross-site request, pass everything else on."""
        kind = scope["type"]
        unsafe = kind == "websocket" or (kind == "http" and scope["method"] not in _SAFE_METHODS)
        if not unsafe or not self._is_cross_site(scope["headers"]):
            await self.app(scope, receive, send)
            return
        if kind == "websocket":
            await send({"type": "websocket.close", "code": 4403})
            return
        refusal = Refusal(
            "CROSS_SITE_REFUSED", "A signed-in user's request must come from this site.",
            headers={"connection": "close"},
        )  # fmt: skip
        status, headers, body = refusal_answer(refusal, None)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _is_cross_site(self, headers: Headers) -> bool:
        fields = {name: value.lower() for name, value in headers if name in _TELLING}
        if b"cookie" not in fields:
            return False
        origin = fields.get(b"origin")
        if origin is not None and origin in self._trusted:
            return False
        if b"sec-fetch-site" in fields:
            return fields[b"sec-fetch-site"] not in {b"same-origin", b"none"}
        return origin is not None and _authority(origin) != fields.get(b"host", b"")


def _authority(origin: bytes) -> bytes | None:
    """Return host and port of an origin; the origin `null` has none."""
    try:
        return urlsplit(origin.decode("latin-1")).netloc.encode("latin-1") or None
    except ValueError:
        return None
