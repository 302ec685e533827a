"""What the measurements stand on: a PostgreSQL of their own with the data of SCALE=1, loaded once."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import asyncpg

from schema.agencies.rows import ApiToken, AppUser, UserProvince
from schema.identity import new_id
from schema.vocabulary import TokenScope, UserRole
from services.graphql.identities.credentials import new_token
from services.local.postgres import EmbeddedPostgres
from services.migrate import fingerprint, migrate
from services.sample.load import load_national
from services.sample.progress import bar, silent
from services.sample.sheets import Sheets
from services.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

VAR: Final = Path("var/bench")
SCALE: Final = 1


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
        sheets = Sheets()
        # Every province is within reach, so that the answer is the same, but every row has to prove it.
        provinces = [row["id"] for row in await connection.fetch("select id from province")]
        tokens = {
            UserRole.NATIONAL_VIEWER: _add_token(sheets, UserRole.NATIONAL_VIEWER, []),
            UserRole.PROVINCE_VIEWER: _add_token(sheets, UserRole.PROVINCE_VIEWER, provinces),
        }
        await sheets.copy(connection, silent)
        cluster: UUID = await connection.fetchval("select id from cluster order by name_fa_order, id limit 1")
        return cluster, tokens
    finally:
        await connection.close()


def _add_token(sheets: Sheets, role: UserRole, provinces: list[UUID]) -> str:
    user, made = new_id(), new_token()
    sheets.add(AppUser, user, email=f"{user}@bench.example", name="bench", role=role)
    for province in provinces:
        sheets.add(UserProvince, new_id(), user_id=user, province_id=province)
    scopes = [scope.value for scope in TokenScope]
    sheets.add(
        ApiToken, new_id(), name="bench", user_id=user, prefix=made.prefix, hash=made.hash, scopes=scopes
    )
    return made.token
