"""Sessions that know one weaver, for the framework of the admin alone."""

from __future__ import annotations

from schema.viewers import Viewer
from schema.vocabulary import UserRole
from services.graphql import NotArrived
from web.session import SignedIn, SignInOutcome


class OneWeaver:
    """Sessions of one weaver, whose token is `thread`."""

    async def signed_in(self, _request: object, token: str) -> SignedIn | None:
        """Know the weaver by the token."""
        if token != "thread":
            return None
        return SignedIn(
            Viewer(role=UserRole.NATIONAL_ADMINISTRATOR, actor="weaver"), "NATIONAL_ADMINISTRATOR"
        )

    async def sign_in(self, _request: object, email: str, password: str) -> SignInOutcome:
        """Let the weaver in with the right password, and slow down who asks too often."""
        if password == "too often":
            return SignInOutcome(retry_after=30)
        fits = (email, password) == ("weaver@example.org", "madder-and-indigo")
        return SignInOutcome(token="thread") if fits else SignInOutcome()

    async def sign_out(self, _request: object, _token: str) -> bool:
        """There is nothing to end."""
        return False

    async def visit_provider(self, _target: str) -> NotArrived:
        """There is no provider."""
        return NotArrived("failed")

    async def return_from_provider(self, *_: object) -> NotArrived:
        """Nobody comes from there."""
        return NotArrived("failed")

    async def provider_farewell(self) -> None:
        """There is nothing to end there either."""

    async def request_reset(self, email: str) -> None:
        """Send nothing."""

    async def letter_is_good(self, secret: str) -> bool:
        """Know one letter."""
        return secret == "letter"

    async def reset_password(self, secret: str, _new: str) -> bool:
        """Accept that letter."""
        return secret == "letter"

    async def change_password(
        self, _request: object, _user_id: object, _old: str, _new: str
    ) -> SignInOutcome:
        """Change nothing."""
        return SignInOutcome(token="thread")
