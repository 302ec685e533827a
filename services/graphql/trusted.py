"""Documents known by their SHA-256: what an agency registered, sent as a hash, and nothing else where it says so."""

from __future__ import annotations

import hashlib
import re
import time
from typing import TYPE_CHECKING, Final

from services.graphql.documents import Recent
from services.graphql.failures import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    import asyncpg

    from schema.viewers import Viewer
    from services.graphql.exchange import GraphQLRequest

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_REMEMBERED: Final = 5_000
# A document that was removed is forgotten after this long by every process.
REMEMBERED_SECONDS: Final = 5.0
_DOCUMENT_ID: Final = "sha256:"


class TrustedDocuments:
    """The registered documents of all agencies, as one process remembers them for seconds."""

    def __init__(
        self, pool: Callable[[], asyncpg.Pool[asyncpg.Record]], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pool = pool
        self._clock = clock
        self._known: Recent[tuple[UUID, str], tuple[float, str]] = Recent(_REMEMBERED)

    async def text_of(self, request: GraphQLRequest, viewer: Viewer) -> str:
        """Return the document to execute: the one sent, or the registered one of the digest sent.

        Raises:
            Refused: there is no such document, it is another one, or the agency sends registered ones only.
        """
        digest = digest_sent(request)
        if digest is None and not viewer.trusted_only:
            return request.query
        if digest is not None and request.query and digest_of(request.query) != digest:
            raise Refused("The SHA-256 sent is not the one of the document.", "PERSISTED_QUERY_MISMATCH")
        if request.query and not viewer.trusted_only:
            return request.query
        found = await self._registered(digest or digest_of(request.query), viewer)
        if found is not None:
            return found
        if viewer.trusted_only:
            raise Refused("This agency sends registered documents only.", "DOCUMENT_NOT_TRUSTED")
        # Clients that know Apollo's protocol read this very message and send the document whole.
        raise Refused("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND")

    async def _registered(self, digest: str, viewer: Viewer) -> str | None:
        if viewer.agency_id is None:
            return None
        key, now = (viewer.agency_id, digest), self._clock()
        kept = self._known.get(key)
        if kept is not None and kept[0] > now:
            return kept[1]
        found: str | None = await self._pool().fetchval(
            "select query from trusted_document where agency_id = $1 and digest = $2 and deleted_at is null",
            viewer.agency_id, digest,
        )  # fmt: skip
        if found is not None:
            self._known.keep(key, (now + REMEMBERED_SECONDS, found))
        return found


def digest_of(query: str) -> str:
    """Return the SHA-256 of a document's text, in hexadecimal."""
    return hashlib.sha256(query.encode("utf-8", "replace")).hexdigest()


def digest_sent(request: GraphQLRequest) -> str | None:
    """Return the digest a request names, as `documentId` or as Apollo's `extensions.persistedQuery`.

    Raises:
        Refused: it names one that is no SHA-256.
    """
    persisted = (request.extensions or {}).get("persistedQuery")
    given = request.document_id
    if given is not None:
        digest: object = given.removeprefix(_DOCUMENT_ID) if given.startswith(_DOCUMENT_ID) else None
    elif persisted is None:
        return None
    else:
        digest = _of_apollo(persisted)
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise Refused(
            'Name a document by `documentId: "sha256:…"` or by `extensions.persistedQuery` with version 1 and'
            " sha256Hash, 64 hexadecimal digits in lower case.",
            "BAD_REQUEST",
        )
    return digest


def _of_apollo(persisted: object) -> object:
    if not isinstance(persisted, dict):
        return None
    found: Mapping[str, object] = persisted
    return found.get("sha256Hash") if found.get("version") == 1 else None
