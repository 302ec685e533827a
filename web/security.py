"""The headers every page carries and the refusal of requests that come from other sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SAFE_METHODS: Final = {"GET", "HEAD", "OPTIONS"}
_OWN_SITES: Final = {"same-origin", "none"}


def content_security_policy(script: str = "", stylesheet: str = "") -> str:
    """Write the policy: everything from here, htmx and the font from exactly where the settings say."""
    scripts = f" {script}" if _is_elsewhere(script) else ""
    styles = f" {stylesheet}" if _is_elsewhere(stylesheet) else ""
    fonts = f" {stylesheet.rsplit('/', 1)[0]}/" if _is_elsewhere(stylesheet) else ""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self'{scripts}",
            f"style-src 'self'{styles}",
            f"font-src 'self'{fonts}",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


def _is_elsewhere(address: str) -> bool:
    return urlsplit(address).scheme in {"http", "https"}


class SecurityHeaders:
    """Add the security headers to every response, unless the response set its own."""

    def __init__(self, app: ASGIApp, policy: str, *, secure: bool) -> None:
        self.app = app
        self.headers = {
            "content-security-policy": policy,
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "referrer-policy": "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
        }
        if secure:
            self.headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the headers of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, complete)


class SameSiteOnly:
    """Refuse every changing request that a browser says comes from another site (Fetch Metadata, Origin)."""

    def __init__(self, app: ASGIApp, own_origins: Sequence[str] = ()) -> None:
        self.app = app
        self.own_origins = frozenset(own_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let reading pass, and changing only from our own pages."""
        if scope["type"] != "http" or scope["method"] in _SAFE_METHODS or self._is_own(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        refusal = PlainTextResponse("This request came from another site and was refused.", status_code=403)
        await refusal(scope, receive, send)

    def _is_own(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin in self.own_origins:
            return True
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in _OWN_SITES
        return origin is None or urlsplit(origin).netloc == headers.get("host")
