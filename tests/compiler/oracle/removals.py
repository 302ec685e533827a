"""What a fresh sample lacks: removed rows, a removed cluster, shares that end in a half, several currencies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import asyncpg

# Every so many rows of a table are removed.
REMOVED: Final = {
    "milestone": 5,
    "phase_gate": 7,
    "membership": 11,
    "network_member": 9,
    "budget_line": 6,
    "support_commitment": 7,
    "sub_project": 13,
    "trust_activity": 4,
    "supervision_visit": 3,
    "sub_project_network": 8,
    "cluster": 15,
}

UNEVEN: Final = (
    # One of sixteen is 6.25 per cent: a half that has to go up.
    "update milestone set weight = case when done_on is null then 15 else 1 end where deleted_at is null",
    # Money of one currency in which the cluster has nothing of its own.
    (
        "update budget_line set currency = 'EUR', unit = 'MAIN' where source = 'ISIPO'"
        " and cluster_id in (select id from cluster where slug < 'l')"
    ),
)


async def remove_some(connection: asyncpg.Connection[asyncpg.Record]) -> None:
    """Remove rows here and there, the same ones every time, and make shares uneven."""
    async with connection.transaction():
        for table, every in REMOVED.items():
            await connection.execute(
                f"update {table} set deleted_at = now() where id in (select id from"  # noqa: S608 - names of ours
                f" (select id, row_number() over (order by id desc) as place from {table}) numbered"
                " where place % $1 = 0)",
                every,
            )
        for statement in UNEVEN:
            await connection.execute(statement)
