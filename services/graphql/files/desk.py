"""Both ways of files behind one name: what pages and routes need of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schema.decision import Problem
from schema.identity import global_id
from schema.problems import message
from services.graphql.exchange import Refusal
from services.graphql.files.claims import Claim
from services.graphql.files.handing_out import Giver, HandedOut
from services.graphql.files.receiving import Receiver
from services.storage import Storage, open_storage

if TYPE_CHECKING:
    from collections.abc import AsyncIterable

    from schema.viewers import Viewer
    from services.graphql.engine import Engine
    from services.settings import Settings


class NotTaken(Exception):
    """A file was not taken in; the message says why and what to do, in the viewer's language."""


@dataclass(frozen=True, slots=True)
class Files:
    """Takes files in and gives them out."""

    receiver: Receiver
    giver: Giver
    storage: Storage

    @property
    def size_limit(self) -> int:
        """Bytes of one file at most."""
        return self.receiver.size_limit

    async def take(self, pieces: AsyncIterable[bytes], name: str, media_type: str, viewer: Viewer) -> str:
        """Take a file in and return the global id under which it can be attached.

        Raises:
            NotTaken: there is something wrong with it, or it cannot be taken now.
        """
        try:
            found = await self.receiver.receive(pieces, Claim(name, media_type), viewer)
        except Refusal as refusal:
            raise NotTaken(refusal.message) from None
        if isinstance(found, Problem):
            raise NotTaken(message(found, viewer.language))
        return global_id("Upload", found.id)

    async def give(self, document: str, viewer: Viewer) -> HandedOut | None:
        """Return the file of a document that the viewer sees, or nothing."""
        try:
            return await self.giver.hand_out(document, viewer)
        except Refusal as refusal:
            raise NotTaken(refusal.message) from None


def open_files(engine: Engine, settings: Settings) -> Files:
    """Open the storage of the settings for an engine that is open already."""
    storage = open_storage(settings)
    receiver = Receiver(engine.pool, storage, size_limit=settings.documents_size_limit)
    return Files(receiver, Giver(engine, storage), storage)
