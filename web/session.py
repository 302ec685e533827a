"""Who is signed in: the sessions of the access layer as the pages see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from services.graphql import Accounts, NotArrived, NotSignedIn, ProviderSignIn, Viewers, note_viewer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from starlette.requests import Request

    from schema.viewers import Viewer
    from services.graphql import Arrived, Visit


@dataclass(frozen=True)
class SignedIn:
    """The person behind a request: the viewer the engine knows, and what the screen says of them."""

    viewer: Viewer
    role: str


@dataclass(frozen=True)
class SignInOutcome:
    """The answer to a sign-in: the opaque token of a new session, or nothing and how long to wait."""

    token: str = ""
    retry_after: int = 0


class Sessions(Protocol):
    """What the pages ask of the access layer."""

    async def signed_in(self, request: Request, token: str) -> SignedIn | None:
        """Return who the session belongs to; None for a token unknown, idle or revoked."""

    async def sign_in(self, request: Request, email: str, password: str) -> SignInOutcome:
        """Check the password and open a session; a refusal never tells whether the user exists."""

    async def sign_out(self, request: Request, token: str) -> bool:
        """End the session at once; tell whether the OpenID provider had opened it."""

    async def visit_provider(self, target: str) -> Visit | NotArrived:
        """Send somebody to the OpenID provider, to come back to `target`."""

    async def return_from_provider(
        self, request: Request, answer: Mapping[str, str], browser: str
    ) -> Arrived | NotArrived:
        """Open a session for whoever the provider sent back."""

    async def provider_farewell(self) -> str | None:
        """Return where to sign out at the provider."""

    async def request_reset(self, email: str) -> None:
        """Send a letter to whoever has this address; it returns at once and tells nothing."""

    async def letter_is_good(self, secret: str) -> bool:
        """Whether the link of a letter still opens."""

    async def reset_password(self, secret: str, new: str) -> bool:
        """Set a password by a letter's link; False when the link is void."""

    async def change_password(self, request: Request, user_id: UUID, old: str, new: str) -> SignInOutcome:
        """Set another password and open a new session, the only one left."""


class PeopleSessions:
    """The sessions of the people of this installation."""

    def __init__(
        self,
        accounts: Accounts,
        viewers: Viewers,
        *,
        secure: bool,
        provider: ProviderSignIn | None = None,
    ) -> None:
        self._provider = provider
        self._accounts = accounts
        self._viewers = viewers
        self._cookie = cookie_name(secure=secure)

    async def signed_in(self, request: Request, token: str) -> SignedIn | None:
        """Look the session up, remembered for seconds by the access layer, and note it for the log."""
        viewer = await self._viewers.viewer_of_session(token)
        if viewer is None:
            return None
        note_viewer(request.scope, viewer)
        return SignedIn(viewer, viewer.role.value)

    async def sign_in(self, request: Request, email: str, password: str) -> SignInOutcome:
        """Open a session and end the one this browser had."""
        opened = await self._accounts.sign_in(
            email,
            password,
            client=request.headers.get("user-agent", ""),
            previous=request.cookies.get(self._cookie, ""),
        )
        if isinstance(opened, NotSignedIn):
            return SignInOutcome(retry_after=opened.retry_after)
        return SignInOutcome(opened.secret)

    async def sign_out(self, _request: Request, token: str) -> bool:
        """End the session."""
        return await self._accounts.sign_out(token)

    async def visit_provider(self, target: str) -> Visit | NotArrived:
        """Send somebody to the provider, if there is one."""
        return await self._provider.begin(target) if self._provider else NotArrived("failed")

    async def return_from_provider(
        self, request: Request, answer: Mapping[str, str], browser: str
    ) -> Arrived | NotArrived:
        """Open a session and end the one this browser had."""
        if self._provider is None:
            return NotArrived("failed")
        return await self._provider.finish(
            answer,
            browser,
            client=request.headers.get("user-agent", ""),
            previous=request.cookies.get(self._cookie, ""),
        )

    async def provider_farewell(self) -> str | None:
        """Return where to sign out at the provider, if there is such a place."""
        return await self._provider.farewell() if self._provider else None

    async def request_reset(self, email: str) -> None:
        """Let the letter be written beside the answer."""
        await self._accounts.request_reset(email)

    async def letter_is_good(self, secret: str) -> bool:
        """Look, and use nothing up."""
        return await self._accounts.letter_is_good(secret)

    async def reset_password(self, secret: str, new: str) -> bool:
        """Set the password; every session and token ends."""
        return await self._accounts.reset_password(secret, new)

    async def change_password(self, request: Request, user_id: UUID, old: str, new: str) -> SignInOutcome:
        """Set the password; every session and token ends but the one opened now."""
        changed = await self._accounts.change_password(
            user_id, old, new, client=request.headers.get("user-agent", "")
        )
        if isinstance(changed, NotSignedIn):
            return SignInOutcome(retry_after=changed.retry_after)
        return SignInOutcome(changed.secret)


def cookie_name(*, secure: bool) -> str:
    """Return the name of the session cookie; the prefix binds it to this host where cookies are secure."""
    return "__Host-khoosheh" if secure else "khoosheh"
