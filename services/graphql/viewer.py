"""Says who asks: the viewer behind a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schema.access import Viewer
from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from starlette.requests import Request

_NATIONAL: Final = Viewer(role=UserRole.NATIONAL_ADMINISTRATOR, actor="national-office")


async def viewer_of(_request: Request) -> Viewer:
    """Return the national office: the service listens on loopback, and nobody has an account there."""
    return _NATIONAL
