"""Where jobs stand: taken by one process at a time under a lease, gone on with by any other when it runs out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

from schema.identity import new_id

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
    from uuid import UUID

    import asyncpg

LEASE_SECONDS: Final = 30
KEPT: Final = "7 days"

# Every change of a job under way asks whether it is still ours: stopped or taken up elsewhere, it is not.
_RELEASE: Final = (
    "update job set lease = null, leased_until = null where id = $1 and lease = $2 and status = 'RUNNING'"
)
_FAIL: Final = (
    "update job set status = 'FAILED', problem = $3, finished_at = now() "
    "where id = $1 and lease = $2 and status = 'RUNNING'"
)
_FINISH: Final = (
    "update job set status = 'DONE', total = done + refused, finished_at = now() "
    "where id = $1 and lease = $2 and status = 'RUNNING'"
)
_ADVANCE: Final = (
    "update job set done = done + $3, refused = refused + $4, total = coalesce($5, total), cursor = $6,"
    " gathered = $7, advanced_at = now(), leased_until = now() + $8 * interval '1 second' "
    "where id = $1 and lease = $2 and status = 'RUNNING' returning id"
)


class LeaseLost(Exception):
    """The job was stopped, or another process has taken it up: whoever held it lets go."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A job under a lease of ours, as it stood when we took it."""

    id: UUID
    lease: UUID
    user_id: UUID
    kind: str
    address: str
    language: str
    format: str | None
    action: str | None
    given: Mapping[str, Any]
    total: int | None
    done: int
    refused: int
    gathered: bool
    cursor: str | None

    @property
    def progress(self) -> int:
        """How many things were seen to, done or refused."""
        return self.done + self.refused


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a bulk action that still waits."""

    id: UUID
    ordinal: int
    subject: str


class Jobs:
    """The queue of jobs in the database; every step is kept in one transaction, or not at all."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record]) -> None:
        self._pool = pool

    async def take(self) -> Taken | None:
        """Take the open job that waited longest, unless a process that lives holds it."""
        row = await self._pool.fetchrow(
            "update job set status = 'RUNNING', lease = $1, leased_until = now() + $2 * interval '1 second',"
            " advanced_at = now() where id = (select id from job where status in ('WAITING', 'RUNNING')"
            " and (leased_until is null or leased_until < now()) order by advanced_at"
            " limit 1 for update skip locked) returning id, lease, user_id, kind, address, language, format,"
            " action, given, total, done, refused, gathered, cursor",
            new_id(),
            LEASE_SECONDS,
        )
        if row is None:
            return None
        return Taken(**{**dict(row), "given": orjson.loads(row["given"])})

    async def release(self, taken: Taken) -> None:
        """Let others have a turn; the job goes on later from where it stands."""
        await self._pool.execute(_RELEASE, *_of(taken))

    async def fail(self, taken: Taken, problem: str) -> None:
        """End a job that cannot go on, with the reason."""
        await self._pool.execute(_FAIL, *_of(taken), problem)

    async def finish(self, taken: Taken) -> None:
        """End a job that has done everything."""
        await self._pool.execute(_FINISH, *_of(taken))

    async def keep_part(
        self,
        taken: Taken,
        content: bytes,
        *,
        count: int,
        total: int | None,
        cursor: str | None,
        gathered: bool,
    ) -> None:
        """Keep the next piece of an export.

        Raises:
            LeaseLost: the job is no longer ours.
        """
        async with self._pool.acquire() as connection, connection.transaction():
            await _advance(connection, taken, count=count, total=total, cursor=cursor, gathered=gathered)
            await _append(connection, taken, content)

    async def replace_parts(self, taken: Taken, pieces: Iterable[bytes]) -> None:
        """Put the finished file in the place of what was gathered for it, and end the job.

        Raises:
            LeaseLost: the job is no longer ours.
        """
        async with self._pool.acquire() as connection, connection.transaction():
            await _advance(connection, taken, gathered=True)
            await connection.execute("delete from job_part where job_id = $1", taken.id)
            for piece in pieces:
                await _append(connection, taken, piece)
            await connection.execute(_FINISH, *_of(taken))

    async def hold(self, taken: Taken) -> None:
        """Hold a job for longer while something slow is under way.

        Raises:
            LeaseLost: the job is no longer ours.
        """
        async with self._pool.acquire() as connection:
            await _advance(connection, taken, gathered=taken.gathered)

    async def keep_items(
        self,
        taken: Taken,
        things: Sequence[tuple[str, str]],
        *,
        total: int | None,
        cursor: str | None,
        gathered: bool,
    ) -> None:
        """Keep the next things a bulk action is about, by global id and name.

        Raises:
            LeaseLost: the job is no longer ours.
        """
        async with self._pool.acquire() as connection, connection.transaction():
            await _advance(connection, taken, total=total, cursor=cursor, gathered=gathered)
            begin = await connection.fetchval(
                "select coalesce(max(ordinal), 0) from job_item where job_id = $1", taken.id
            )
            await connection.executemany(
                "insert into job_item (id, revision, created_at, job_id, user_id, ordinal, subject, name, status)"
                " values ($1, 1, now(), $2, $3, $4, $5, $6, 'WAITING')",
                [
                    (new_id(), taken.id, taken.user_id, begin + place, subject, name[:300])
                    for place, (subject, name) in enumerate(things, 1)
                ],
            )

    async def waiting(self, taken: Taken, limit: int) -> list[Item]:
        """Return the next things nobody has seen to."""
        rows = await self._pool.fetch(
            "select id, ordinal, subject from job_item where job_id = $1 and status = 'WAITING'"
            " order by ordinal limit $2",
            taken.id,
            limit,
        )
        return [Item(**dict(row)) for row in rows]

    async def settle(self, taken: Taken, item: Item, problem: str | None) -> None:
        """Write down what became of one thing.

        Raises:
            LeaseLost: the job is no longer ours.
        """
        async with self._pool.acquire() as connection, connection.transaction():
            await _advance(
                connection, taken, count=0 if problem else 1, refused=1 if problem else 0, gathered=True
            )
            await connection.execute(
                "update job_item set status = $2, problem = $3 where id = $1 and status = 'WAITING'",
                item.id,
                "REFUSED" if problem else "DONE",
                problem,
            )

    async def parts(self, job_id: UUID, user_id: UUID | None = None) -> AsyncIterator[bytes]:
        """Yield the pieces of a file in order; with a user only of that user's own job."""
        ordinal = 0
        while True:
            row = await self._pool.fetchrow(
                "select p.ordinal, p.content from job_part p join job j on j.id = p.job_id where p.job_id = $1"
                " and p.ordinal > $2 and ($3::uuid is null or j.user_id = $3) order by p.ordinal limit 1",
                job_id,
                ordinal,
                user_id,
            )
            if row is None:
                return
            ordinal = row["ordinal"]
            yield row["content"]

    async def finished_format(self, job_id: UUID, user_id: UUID) -> str | None:
        """Return the kind of file of somebody's own finished export; nothing for whatever else."""
        found: str | None = await self._pool.fetchval(
            "select format from job where id = $1 and user_id = $2 and status = 'DONE' and kind = 'EXPORT'",
            job_id,
            user_id,
        )
        return found

    async def forget(self) -> None:
        """Remove what has been over for a week, with its file."""
        await self._pool.execute(f"delete from job where finished_at < now() - interval '{KEPT}'")  # noqa: S608 - a constant


def _of(taken: Taken) -> tuple[UUID, UUID]:
    return taken.id, taken.lease


async def _advance(  # noqa: PLR0913 - what a step may change
    connection: asyncpg.Connection[asyncpg.Record],
    taken: Taken,
    *,
    count: int = 0,
    refused: int = 0,
    total: int | None = None,
    cursor: str | None = None,
    gathered: bool,
) -> None:
    """Write down a step and hold the job for longer; a job that is no longer ours is let go."""
    row = await connection.fetchval(
        _ADVANCE,
        *_of(taken),
        count,
        refused,
        total,
        cursor,
        gathered,
        LEASE_SECONDS,
    )
    if row is None:
        raise LeaseLost


async def _append(connection: asyncpg.Connection[asyncpg.Record], taken: Taken, content: bytes) -> None:
    await connection.execute(
        "insert into job_part (id, job_id, ordinal, content)"
        " select $1, $2, coalesce(max(ordinal), 0) + 1, $3 from job_part where job_id = $2",
        new_id(),
        taken.id,
        content,
    )
