"""What opens without signing in, by a secret address alone: a reader's calendar, and the end of e-mail."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final, Protocol
from uuid import UUID

from starlette.responses import Response
from starlette.routing import Route

from services.sealing import SealBroken
from web.calendar_feed import gather, write_calendar
from web.door import Refused
from web.handlers import answer
from web.session import SignedIn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from services.graphql import Viewers
    from services.sealing import Sealer
    from web.house import House

_UNSUBSCRIBE: Final = "unsubscribe "
_KEPT: Final = "private, max-age=900"


class Readers(Protocol):
    """Who is behind a secret address."""

    async def of_calendar(self, secret: str) -> SignedIn | None:
        """Return whose calendar it is; None once it was taken back."""

    async def of_letter(self, secret: str) -> SignedIn | None:
        """Return whom a letter was written to; None for a secret of another kind."""


class ReadersBySecret:
    """The people of this installation by the secrets they were given."""

    def __init__(self, viewers: Viewers, sealer: Sealer) -> None:
        self._viewers = viewers
        self._sealer = sealer

    async def of_calendar(self, secret: str) -> SignedIn | None:
        """Look the address up, with the reach of this moment."""
        viewer = await self._viewers.viewer_of_calendar(secret)
        return SignedIn(viewer, viewer.role.value) if viewer else None

    async def of_letter(self, secret: str) -> SignedIn | None:
        """Open what was sealed into the letter."""
        try:
            opened = self._sealer.open(secret)
        except SealBroken:
            return None
        if not opened.startswith(_UNSUBSCRIBE):
            return None
        viewer = await self._viewers.viewer_of_user(UUID(opened.removeprefix(_UNSUBSCRIBE)))
        return SignedIn(viewer, viewer.role.value) if viewer else None


def routes(house: House, readers: Readers) -> list[Route]:
    """Return these routes."""

    async def calendar(request: Request) -> Response:
        return await show_calendar(house, readers, request)

    async def stop(request: Request) -> Response:
        return await stop_mail(house, readers, request)

    return [
        Route("/calendar/{secret}.ics", calendar, methods=["GET"]),
        Route("/unsubscribe/{secret}", stop, methods=["GET", "POST"]),
    ]


async def show_calendar(house: House, readers: Readers, request: Request) -> Response:
    """Answer with what comes due within the reader's reach, as a calendar that programs subscribe to."""
    person = await readers.of_calendar(request.path_params["secret"])
    if person is None:
        return answer(house, request, "refusal.html", {"status": 404}, None, status=404)

    async def ask(variables: Mapping[str, object]) -> Mapping[str, Any]:
        return await house.door.query(house.documents["calendar/feed"], variables, person)

    data = await gather(ask, house.today())
    content = write_calendar(data, person.viewer.language)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": _KEPT, "Referrer-Policy": "no-referrer"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="khoosheh.ics"'
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


async def stop_mail(house: House, readers: Readers, request: Request) -> Response:
    """Ask whether e-mail is to stop (GET), or stop it at once (POST: the button, or the reader's mail program)."""
    person = await readers.of_letter(request.path_params["secret"])
    if person is None:
        return answer(house, request, "refusal.html", {"status": 404}, None, status=404)
    stopped = False
    if request.method == "POST":
        payload = await house.door.submit(house.documents["readers/edit"], {"mail": "OFF"}, person)
        if payload["problems"]:
            raise Refused("INTERNAL", "the way of sending could not be changed")
        stopped = True
    return answer(house, request, "unsubscribe.html", {"stopped": stopped}, None)
