"""Tortoise's database client on a pool of ours, so that rows and compiled reads share connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tortoise.backends.asyncpg.client import AsyncpgDBClient

if TYPE_CHECKING:
    import asyncpg


class RowsConnection(AsyncpgDBClient):
    """Works on the pool it is given and closes it only if it was opened for the rows alone."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record], *, owned: bool, **options: Any) -> None:  # noqa: ANN401 - Tortoise's own
        super().__init__(**options)
        self._pool = pool
        self._owned = owned

    async def create_connection(self, with_db: bool) -> None:  # noqa: FBT001 - the signature is Tortoise's
        """Do nothing: the pool is open already."""

    async def close(self) -> None:
        """Leave a pool open that others use too."""
        if self._owned:
            await super().close()


client_class = RowsConnection
