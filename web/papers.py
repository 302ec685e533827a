"""Files in forms and downloads: what a person sends goes through the facade, and so does what a person fetches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from services.graphql import NotTaken
from web.house import signed_in
from web.page import Nothing
from web.submissions import Trouble

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Message

    from web.forms import Form
    from web.house import House
    from web.session import SignedIn

_PIECE: Final = 256 * 1024
_BESIDE: Final = 200_000


class TooMuch(Exception):
    """More arrived than a form with one file can have."""


async def read_form(
    house: House, form: Form, request: Request, person: SignedIn
) -> tuple[dict[str, list[str]], Trouble | None]:
    """Return the texts of a form; its file is taken in and stands there as the id it can be attached by."""
    if not form.file or house.files is None:
        async with request.form(max_files=0) as received:
            return {name: [str(value) for value in received.getlist(name)] for name in received}, None
    texts: dict[str, list[str]] = {}
    try:
        async with _limited(request, house.files.size_limit + _BESIDE).form(max_files=1) as received:
            texts = {
                name: [value for value in received.getlist(name) if isinstance(value, str)]
                for name in received
            }
            file = next(
                (v for v in received.getlist(form.file) if isinstance(v, UploadFile) and v.filename), None
            )
            if file is None:
                return texts, None
            upload = await house.files.take(
                _pieces(file), file.filename or "", file.content_type or "", person.viewer
            )
            return texts | {form.file: [upload]}, None
    except TooMuch:
        return {}, Trouble("FILE_TOO_LARGE")
    except NotTaken as refused:
        return texts | {form.file: []}, Trouble(message=str(refused))


def _limited(request: Request, limit: int) -> Request:
    """Return the request with a body that ends in an exception when it is larger than the limit."""
    arrived = 0

    async def receive() -> Message:
        nonlocal arrived
        message = await request.receive()
        arrived += len(message.get("body", b""))
        if arrived > limit:
            raise TooMuch
        return message

    return Request(request.scope, receive)


async def _pieces(file: UploadFile) -> AsyncIterator[bytes]:
    while piece := await file.read(_PIECE):
        yield piece


def routes(house: House) -> list[Route]:
    """Return the route that gives a document's file to whoever is signed in and sees it."""
    from web.handlers import answer, refuse, to_sign_in  # noqa: PLC0415 - they build on this module

    async def fetch(request: Request) -> Response:
        person = await signed_in(house, request)
        if person is None:
            return to_sign_in(request)
        try:
            found = await house.files.give(request.path_params["id"], person.viewer) if house.files else None
        except NotTaken:
            return answer(house, request, "refusal.html", {"status": 503}, person, 503)
        if found is None:
            return refuse(house, request, person, Nothing(request.url.path))
        headers = {**found.headers, "cross-origin-resource-policy": "same-origin"}
        return StreamingResponse(found.content, headers=headers)

    return [Route("/documents/{id}/file", fetch, methods=["GET"])]
