"""Takes a file in: counts and sums it on its way to a temporary file, looks at it, keeps it, remembers it."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from schema.access import may, scope_of
from schema.decision import Problem
from schema.documents.rows import Upload
from schema.identity import new_id
from schema.problems import ProblemCode
from services.graphql.files.claims import check_name, cleaned_name, contradiction
from services.graphql.files.content import recognise
from services.graphql.files.refusals import refused
from services.storage import Storage, StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterable
    from uuid import UUID

    import asyncpg

    from schema.viewers import Viewer
    from services.graphql.files.claims import Claim

ATTACH: Final = "attachDocument"
_IN_MEMORY: Final = 1 << 20
_MEGABYTE: Final = 1_000_000
_WAITING_AT_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Received:
    """A file that is kept now and waits to be attached."""

    id: UUID
    file_name: str
    media_type: str
    size: int
    sha256: str


class TooLarge(Exception):
    """More bytes arrived than one file may have."""


class Receiver:
    """Takes files in for viewers who may attach them."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record], storage: Storage, *, size_limit: int) -> None:
        self._pool = pool
        self._storage = storage
        self.size_limit = size_limit

    async def receive(self, pieces: AsyncIterable[bytes], claim: Claim, viewer: Viewer) -> Received | Problem:
        """Take a file in, or say what is wrong with it; then nothing of it is kept.

        Raises:
            Refusal: the viewer may not send files, or has too many waiting, or there is no storage now.
        """
        user = await self._admit(viewer)
        name = cleaned_name(claim.name)
        if problem := check_name(name):
            return problem
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
            try:
                size, sha256 = await self._gather(pieces, file)
            except TooLarge:
                return self.too_large()
            if not size:
                return Problem(ProblemCode.FILE_EMPTY, ("file",))
            found = await asyncio.to_thread(recognise, file, size)
            if isinstance(found, Problem):
                return found
            if problem := contradiction(claim, name, found):
                return problem
            received = Received(new_id(), name, found, size, sha256)
            await self._keep(received, file, user, viewer.language)
        return received

    def too_large(self) -> Problem:
        """Say how large a file may be."""
        limit = f"{self.size_limit / _MEGABYTE:g}"
        return Problem(ProblemCode.FILE_TOO_LARGE, ("file",), {"limit": limit})

    async def _admit(self, viewer: Viewer) -> UUID:
        if viewer.user_id is None or not may(viewer.role, ATTACH) or scope_of(ATTACH) not in viewer.scopes:
            raise refused("not open", viewer.language)
        waiting = await self._pool.fetchval(
            "select count(*) from upload where user_id = $1 and attached_at is null", viewer.user_id
        )
        if waiting >= _WAITING_AT_MOST:
            raise refused("too many waiting", viewer.language)
        return viewer.user_id

    async def _gather(self, pieces: AsyncIterable[bytes], file: IO[bytes]) -> tuple[int, str]:
        size, digest = 0, hashlib.sha256()
        async for piece in pieces:
            size += len(piece)
            if size > self.size_limit:
                raise TooLarge
            digest.update(piece)
            file.write(piece)
        return size, digest.hexdigest()

    async def _keep(self, received: Received, file: IO[bytes], user: UUID, language: str) -> None:
        """Write the file, then its row; a file without a row is swept away later."""
        file.seek(0)
        try:
            await self._storage.keep(received.id.hex, file)
        except StorageUnavailable:
            raise refused("unavailable", language) from None
        await Upload.create(
            id=received.id,
            user_id=user,
            file_name=received.file_name,
            media_type=received.media_type,
            size=received.size,
            sha256=received.sha256,
        )
