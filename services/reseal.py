"""Seals every secret at rest with the newest key: `python -m services.reseal`, before an old key is dropped."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from services.database import DatabaseProblem, open_pool
from services.sealing import SealBroken, Sealer
from services.settings import SettingsInvalid, read_settings

if TYPE_CHECKING:
    import asyncpg

SEALED: Final = (
    ("webhook_endpoint", "sealed_secret"),
    ("webhook_endpoint", "former_sealed_secret"),
    ("letter", "sealed"),
    ("notification_preference", "phone_secret"),
    ("notification_preference", "messenger_secret"),
)
"""Every column that holds something sealed."""

_PIECE: Final = 500


@dataclass(slots=True)
class Resealed:
    """What was done: sealed anew, sealed by the newest key already, opened by no key at all."""

    anew: int = 0
    already: int = 0
    broken: list[str] = field(default_factory=list)


async def reseal(pool: asyncpg.Pool[asyncpg.Record], sealer: Sealer) -> Resealed:
    """Seal everything with the newest key; what somebody changes meanwhile is sealed by it anyway."""
    done = Resealed()
    for table, column in SEALED:
        after = None
        while rows := await pool.fetch(_select(table, column), after, _PIECE):
            after = rows[-1]["id"]
            for row in rows:
                try:
                    anew = sealer.reseal(row["sealed"])
                except SealBroken:
                    done.broken.append(f"{table} {row['id']}")
                    continue
                if anew is None:
                    done.already += 1
                    continue
                await pool.execute(
                    f"update {table} set {column} = $3 where id = $1 and {column} = $2",  # noqa: S608 - names of ours
                    row["id"], row["sealed"], anew,
                )  # fmt: skip
                done.anew += 1
    return done


def _select(table: str, column: str) -> str:
    return (
        f"select id, {column} as sealed from {table} where {column} <> ''"  # noqa: S608 - names of ours
        " and ($1::uuid is null or id > $1) order by id limit $2"
    )


async def _run() -> Resealed:
    settings = read_settings()
    sealer = Sealer(settings)
    if not sealer.ready:
        raise SettingsInvalid("ENCRYPTION_KEYS is not set; give the new key first and the old ones after it.")
    pool = await open_pool(settings)
    async with pool:
        return await reseal(pool, sealer)


def main() -> None:
    """Seal anew and say what became of it; a secret nobody can open any more is named and ends this with 1."""
    try:
        done = asyncio.run(_run())
    except (SettingsInvalid, DatabaseProblem) as problem:
        sys.exit(str(problem))
    sys.stdout.write(f"Sealed anew: {done.anew}. By the newest key already: {done.already}.\n")
    if done.broken:
        names = ", ".join(done.broken[:20])
        sys.exit(
            f"No key opens {len(done.broken)}: {names}. Put the key that sealed them after the others"
            " in ENCRYPTION_KEYS, or rotate these secrets."
        )


if __name__ == "__main__":
    main()
