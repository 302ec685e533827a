"""What the measurements stand on: a PostgreSQL of their own with the data of SCALE=1, loaded once."""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import asyncpg

from schema.identity import new_id
from schema.vocabulary import TokenScope, UserRole
from services.graphql.identities.credentials import new_token
from services.local.postgres import EmbeddedPostgres
from services.migrate import fingerprint, migrate
from services.sample.load import load_national
from services.sample.progress import bar
from services.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

VAR: Final = Path("var/bench")
SCALE: Final = 1
ROLES: Final = (UserRole.NATIONAL_VIEWER, UserRole.PROVINCE_VIEWER)


@dataclass(frozen=True, slots=True)
class Setting:
    """A database, a cluster to ask for, and a token for each role."""

    database: str
    cluster: UUID
    tokens: dict[UserRole, str]
    postmaster: int


@contextmanager
def setting() -> Iterator[Setting]:
    """Start PostgreSQL, load what is missing, and stop PostgreSQL at the end."""
    # A folder for each state of the tables: an older one is of no use to anybody.
    folder = VAR / f"postgres-{fingerprint()[:12]}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with EmbeddedPostgres(folder) as server:
        address = server.address()
        settings = read_settings(database_url=address)
        asyncio.run(migrate(settings, say=lambda _words: None))
        asyncio.run(load_national(settings, SCALE, bar()))
        cluster, tokens = asyncio.run(_prepare(address))
        postmaster = int((folder / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
        yield Setting(address, cluster, tokens, postmaster)


async def _prepare(address: str) -> tuple[UUID, dict[UserRole, str]]:
    """Bring the tables into the state they have after some use, and make a token for each role."""
    connection = await asyncpg.connect(address)
    try:
        await connection.execute("vacuum analyze")
        tokens = {role: await _token(connection, role) for role in ROLES}
        cluster: UUID = await connection.fetchval("select id from cluster order by name_fa_order, id limit 1")
        return cluster, tokens
    finally:
        await connection.close()


async def _token(connection: asyncpg.Connection[asyncpg.Record], role: UserRole) -> str:
    user, made = new_id(), new_token()
    await connection.execute(
        "insert into app_user (id, revision, created_at, email, name, role, language, calendar, digits,"
        " is_sample) values ($1, 1, now(), $2, 'bench', $3, 'EN', 'GREGORIAN', 'LATIN', true)",
        user,
        f"{user}@bench.example",
        role,
    )
    if role is UserRole.PROVINCE_VIEWER:
        # Every province is within reach, so that the answer is the same, but every row has to prove it.
        for province in await connection.fetch("select id from province"):
            await connection.execute(
                "insert into user_province (id, revision, created_at, user_id, province_id)"
                " values ($1, 1, now(), $2, $3)",
                new_id(),
                user,
                province["id"],
            )
    await connection.execute(
        "insert into api_token (id, revision, created_at, name, is_sample, user_id, prefix, hash, scopes)"
        " values ($1, 1, now(), 'bench', true, $2, $3, $4, $5)",
        new_id(),
        user,
        made.prefix,
        made.hash,
        json.dumps([scope.value for scope in TokenScope]),
    )
    return made.token
