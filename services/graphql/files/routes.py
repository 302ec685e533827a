"""Files over HTTP: `POST /documents` takes one in, `GET /documents/{id}` gives one out."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

import orjson
from starlette.requests import ClientDisconnect
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from schema.decision import Problem
from schema.identity import global_id
from services.graphql.answers import shown_problem
from services.graphql.body import discard
from services.graphql.exchange import Refusal
from services.graphql.files.claims import Claim
from services.graphql.files.refusals import refused
from services.graphql.protocol import refusal_answer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

    from schema.viewers import Viewer
    from services.graphql.files.handing_out import Giver
    from services.graphql.files.receiving import Received, Receiver

PATH: Final = "/documents"
_PIECE_SECONDS: Final = 15.0
_WHOLE_SECONDS: Final = 300.0
_PROBLEM: Final = (("code", "code"), ("path", "path"), ("message", "message"))


def file_routes(
    receiver: Receiver, giver: Giver, viewer_of: Callable[[Request], Awaitable[Viewer]]
) -> list[Route]:
    """Return the two routes."""

    async def take(request: Request) -> Response:
        arriving = Arriving(request)
        try:
            return await _take(receiver, request, arriving, await viewer_of(request))
        except Refusal as refusal:
            await arriving.give_up()
            return _refused(refusal)

    async def give(request: Request) -> Response:
        try:
            viewer = await viewer_of(request)
            found = await giver.hand_out(request.path_params["document"], viewer)
            if found is None:
                raise refused("absent", viewer.language)
        except Refusal as refusal:
            return _refused(refusal)
        return StreamingResponse(found.content, headers=dict(found.headers))

    return [
        Route(PATH, take, methods=["POST"]),
        Route(f"{PATH}/{{document}}", give, methods=["GET"]),
    ]


async def _take(receiver: Receiver, request: Request, arriving: Arriving, viewer: Viewer) -> Response:
    claim = Claim(request.query_params.get("name", ""), request.headers.get("content-type", ""))
    declared = request.headers.get("content-length", "")
    found: Received | Problem
    if declared.isdigit() and int(declared[-18:]) > receiver.size_limit:
        found = receiver.too_large()
    else:
        found = await receiver.receive(arriving.pieces(viewer.language), claim, viewer)
    if isinstance(found, Problem):
        await arriving.give_up()
        told = {"problems": [shown_problem(found, _PROBLEM, viewer.language)]}
        return Response(orjson.dumps(told), status_code=422, media_type="application/json")
    kept = {
        "upload": global_id("Upload", found.id),
        "fileName": found.file_name,
        "mediaType": found.media_type,
        "size": found.size,
        "sha256": found.sha256,
    }
    return Response(orjson.dumps(kept), status_code=201, media_type="application/json")


class Arriving:
    """The body of a request as it arrives; what is refused is still let finish, else the client sees a reset."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._over = False

    async def pieces(self, language: str) -> AsyncIterator[bytes]:
        """Yield the body piece by piece.

        Raises:
            Refusal: it does not arrive within time, or the client left.
        """
        stream = self._request.stream()
        ends = time.monotonic() + _WHOLE_SECONDS
        while not self._over:
            try:
                wait = min(_PIECE_SECONDS, max(0.0, ends - time.monotonic()))
                piece = await asyncio.wait_for(anext(stream, None), wait)
            except TimeoutError:
                raise refused("late", language) from None
            except ClientDisconnect:
                self._over = True
                raise refused("broken off", language) from None
            if piece is None:
                self._over = True
            else:
                yield piece

    async def give_up(self) -> None:
        """Let the rest of the body pass by."""
        if not self._over:
            self._over = True
            await discard(self._request.receive)


def _refused(refusal: Refusal) -> Response:
    status, headers, body = refusal_answer(refusal, None)
    response = Response(status_code=status)
    response.raw_headers, response.body = headers, body
    return response
