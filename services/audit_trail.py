"""Says whether the audit trail is as it was written: `python -m services.audit_trail` names what was tampered with."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from schema.history.chain import BROKEN
from services.database import DatabaseProblem, open_pool
from services.settings import SettingsInvalid, read_settings

if TYPE_CHECKING:
    import asyncpg

_NAMED: Final = 20


@dataclass(frozen=True, slots=True)
class BrokenChain:
    """An entity whose trail was changed behind the application's back, and from which of its entries on."""

    subject: str
    number: int


async def broken_chains(pool: asyncpg.Pool[asyncpg.Record]) -> list[BrokenChain]:
    """Read the whole trail and return every chain in which an entry was changed, taken out or put in."""
    async with pool.acquire() as connection, connection.transaction(readonly=True):
        await connection.execute("set local statement_timeout = 0")
        return [BrokenChain(row["subject"], row["number"]) for row in await connection.fetch(BROKEN)]


async def _run() -> list[BrokenChain]:
    async with await open_pool(read_settings()) as pool:
        return await broken_chains(pool)


def main() -> None:
    """Say that the trail is whole, or name the entities whose trail is not and end with 1."""
    try:
        broken = asyncio.run(_run())
    except (SettingsInvalid, DatabaseProblem) as problem:
        sys.exit(str(problem))
    if broken:
        names = ", ".join(f"{chain.subject} from entry {chain.number}" for chain in broken[:_NAMED])
        sys.exit(
            f"The audit trail of {len(broken)} was tampered with: {names}."
            " Compare these entries with a backup of the day before."
        )
    sys.stdout.write("The audit trail is whole.\n")


if __name__ == "__main__":
    main()
