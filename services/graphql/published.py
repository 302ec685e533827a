"""Publishes the contract: the schema definition at /schema.graphql, for whoever generates code from it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

if TYPE_CHECKING:
    from starlette.requests import Request

PATH: Final = "/schema.graphql"
_FILE: Final = Path(__file__).resolve().parents[2] / "schema" / "schema.graphql"
_HEADERS: Final = {"cache-control": "public, max-age=300", "access-control-allow-origin": "*"}


def contract_routes() -> list[Route]:
    """Return the route; the text is the one `make check` compares with the code, and holds no data."""

    async def contract(request: Request) -> Response:
        text, mark = _contract()
        headers = {**_HEADERS, "etag": mark}
        if request.headers.get("if-none-match") == mark:
            return Response(status_code=304, headers=headers)
        return Response(text, headers=headers, media_type="text/plain")

    return [Route(PATH, contract)]


@cache
def _contract() -> tuple[bytes, str]:
    text = _FILE.read_bytes()
    return text, f'"{hashlib.sha256(text).hexdigest()[:32]}"'
