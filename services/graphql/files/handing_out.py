"""Hands a document's file to whoever sees the document; everybody else learns nothing, not even that it exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import orjson

from schema.identity import UnusableId, read_global_id
from services.graphql.exchange import GraphQLRequest
from services.graphql.files.claims import EXTENSIONS, ending_of
from services.graphql.files.refusals import refused
from services.storage import Storage, StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from schema.viewers import Viewer
    from services.graphql.engine import Engine

_DOCUMENT: Final = "query ($id: ID!) { document(id: $id) { fileName mediaType size sha256 } }"


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A file on its way out: the headers that keep browsers from running it, and its content."""

    headers: Mapping[str, str]
    content: AsyncIterator[bytes]


class Giver:
    """Gives files out through the one door, which knows who sees which document."""

    def __init__(self, engine: Engine, storage: Storage) -> None:
        self._engine = engine
        self._storage = storage

    async def hand_out(self, document: str, viewer: Viewer) -> HandedOut | None:
        """Return the file of a document, or nothing when there is none for this viewer.

        Raises:
            Refusal: the storage does not work, or has lost the file.
        """
        seen = await self._seen(document, viewer)
        if seen is None:
            return None
        key = await self._engine.pool.fetchval(
            "select upload_id from document where id = $1", read_global_id(document)[1]
        )
        try:
            content = await self._storage.read(key.hex)
        except StorageUnavailable:
            raise refused("unavailable", viewer.language) from None
        if content is None:
            raise refused("unavailable", viewer.language)
        return HandedOut(
            headers_of(str(seen["fileName"]), str(seen["mediaType"]), int(str(seen["size"]))), content
        )

    async def _seen(self, document: str, viewer: Viewer) -> Mapping[str, object] | None:
        try:
            entity, _ = read_global_id(document)
        except UnusableId:
            return None
        if entity != "Document":
            return None
        request = GraphQLRequest(_DOCUMENT, None, {"id": document})
        answer = orjson.loads((await self._engine.execute(request, viewer, trusted=True)).body)
        found: Mapping[str, object] | None = (answer.get("data") or {}).get("document")
        return found


def headers_of(file_name: str, media_type: str, size: int) -> dict[str, str]:
    """Return the headers of a download: never shown in place, never with rights of ours."""
    ending = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    name = file_name if EXTENSIONS.get(ending) else f"{file_name}.{ending_of(media_type)}"
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._- ") else "_" for c in name)[-150:]
    return {
        "content-type": f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type,
        "content-length": str(size),
        "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "cache-control": "private, no-store",
    }
