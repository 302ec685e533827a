"""Who is signed in: the seam between the pages and the sessions of the access layer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from starlette.requests import Request

    from schema.access import Viewer


@dataclass(frozen=True)
class SignedIn:
    """The person behind a request: the viewer the engine knows, and what the screen says of them."""

    viewer: Viewer
    name: str
    role: str


@dataclass(frozen=True)
class SignInOutcome:
    """The answer to a sign-in: the opaque token of a new session, or why there is none."""

    token: str = ""
    refused: str = ""
    retry_after: int = 0


class Sessions(Protocol):
    """What the pages ask of the access layer."""

    async def signed_in(self, request: Request, token: str) -> SignedIn | None:
        """Return who the session belongs to; None for a token unknown, idle or revoked."""

    async def sign_in(self, request: Request, email: str, password: str) -> SignInOutcome:
        """Check the password and open a session; a refusal never tells whether the user exists."""

    async def sign_out(self, request: Request, token: str) -> None:
        """End the session at once."""


def cookie_name(*, secure: bool) -> str:
    """Return the name of the session cookie; the prefix binds it to this host where cookies are secure."""
    return "__Host-session" if secure else "session"
