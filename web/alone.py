"""Sessions of a machine without accounts: whoever reaches this loopback address is the national office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.access import Viewer
from schema.vocabulary import UserRole
from web.session import SignedIn, SignInOutcome

if TYPE_CHECKING:
    from starlette.requests import Request

_OFFICE: Final = SignedIn(
    Viewer(role=UserRole.NATIONAL_ADMINISTRATOR, actor="national-office"),
    "national-office",
    UserRole.NATIONAL_ADMINISTRATOR.value,
)


class Alone:
    """Needs no sign-in; only ever used on loopback, see `__main__`."""

    async def signed_in(self, _request: Request, _token: str) -> SignedIn | None:
        """Return the national office."""
        return _OFFICE

    async def sign_in(self, _request: Request, _email: str, _password: str) -> SignInOutcome:
        """Let in whoever asks: there is nobody else."""
        return SignInOutcome(token="alone")  # noqa: S106 - opens nothing that is not open already

    async def sign_out(self, _request: Request, _token: str) -> None:
        """There is no session to end."""
