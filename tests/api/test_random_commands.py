"""Random commands from eight connections leave every invariant whole, write skew included.

`RANDOM_COMMANDS=10000` runs the long form; the short one is part of every run. A failure names its seed.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from schema.guards import Reference
from services.database import row_modules
from services.graphql.mutations.registry import MUTATIONS
from services.migration_file import collect_guards
from tests.council_room import peopled
from tests.random_commands import RARE, Caller, Outcome, is_ours

if TYPE_CHECKING:
    import asyncpg

    from tests.home import Home

COMMANDS: Final = int(os.environ.get("RANDOM_COMMANDS", "240"))
SEED: Final = int(os.environ.get("RANDOM_SEED", "1405"))
CONNECTIONS: Final = 8
LONG: Final = 10_000
CLUSTERS: Final = 8 if COMMANDS >= LONG else 3
INVARIANTS: Final = Path(__file__).resolve().parents[1] / "invariants.sql"
SECTION: Final = re.compile(r"^-- (I[0-9]+): (.*)$", re.MULTILINE)


def invariants() -> list[tuple[str, str, str]]:
    """Read the sections of the file: number, sentence, query."""
    pieces = SECTION.split(INVARIANTS.read_text(encoding="utf-8"))[1:]
    return [(pieces[at], pieces[at + 1], pieces[at + 2].strip()) for at in range(0, len(pieces), 3)]


def recorded_tables() -> dict[str, str]:
    """Return every table whose rows are written by commands, with its row class."""
    found = {}
    for module in row_modules():
        for model in vars(importlib.import_module(module)).values():
            meta = getattr(model, "_meta", None)
            if meta is not None and not meta.abstract and {"revision", "cluster_id"} <= set(meta.fields_map):
                found[meta.db_table] = model.__name__
    return found


async def broken(pool: asyncpg.Pool[asyncpg.Record]) -> list[tuple[str, str, list[str]]]:
    """Return every invariant that does not hold, with the rows that break it."""
    found = []
    for number, sentence, query in invariants():
        rows = await pool.fetch(query)
        if rows:
            found.append((number, sentence, [str(row[0]) for row in rows[:5]]))
    for table in recorded_tables():
        # I17: one audit row in the transaction of each write: as many as the revision has risen to.
        rows = await pool.fetch(
            f"select t.id from {table} t where t.revision <> "  # noqa: S608 - tables of ours
            "(select count(*) from audit_entry a where a.entity_id = t.id)"
        )
        if rows:
            found.append(
                ("I17", f"every write of {table} leaves one audit row", [str(row[0]) for row in rows[:5]])
            )
    return found


async def stray(pool: asyncpg.Pool[asyncpg.Record]) -> list[tuple[str, str, list[str]]]:
    """Return what hangs on a row of another cluster, which would carry it out of its scope (I18)."""
    found = []
    for guard in collect_guards():
        if isinstance(guard, Reference) and {guard.table, guard.target} <= set(recorded_tables()):
            rows = await pool.fetch(
                f"select near.id from {guard.table} near join {guard.target} far on far.id = near.{guard.column}"  # noqa: S608
                " where far.cluster_id <> near.cluster_id"
            )
            if rows:
                found.append(("I18", f"{guard.name} stays in its cluster", [str(row[0]) for row in rows[:5]]))
    return found


@pytest.mark.requirement(
    "I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "I11", "I12", "I13", "I14", "I15", "I16", "I17", "I18",
    "I19",
)  # fmt: skip
async def test_random_commands_from_eight_connections_leave_every_invariant_whole(home: Home) -> None:
    api = home.api
    clusters = [home.cluster]
    await peopled(home)
    for place in range(1, CLUSTERS):
        named = {"nameFa": f"خوشه {place}", "nameEn": f"Cluster {place}", "provinceId": home.province}
        made = await api.accepted("createCluster", named)
        await peopled(replace(home, cluster=made["id"]))
        clusters.append(made["id"])
    assert [*await broken(api.pool), *await stray(api.pool)] == [], "the world before the first command"
    outcome = Outcome()
    started = time.monotonic()
    share = -(-COMMANDS // CONNECTIONS)
    callers = [Caller(api, SEED + place, tuple(clusters), outcome) for place in range(CONNECTIONS)]
    await asyncio.gather(*(caller.run(share) for caller in callers))
    told = f"{outcome.count} commands in {time.monotonic() - started:.0f} s, seed {SEED}: {outcome.accepted}"
    print(told)  # noqa: T201 - the figures of the long form are quoted
    assert outcome.faults == [], told
    assert [*await broken(api.pool), *await stray(api.pool)] == [], told
    assert outcome.accepted.total() > outcome.count // 8, told
    if COMMANDS >= LONG:
        tried = {*outcome.accepted, *(name.partition(":")[0] for name in outcome.refused)}
        assert {mutation.name for mutation in MUTATIONS.values() if is_ours(mutation)} - RARE <= tried


def test_every_invariant_of_the_domain_is_among_the_queries() -> None:
    numbers = {number for number, _, _ in invariants()} | {"I17", "I18"}
    assert numbers == {f"I{number}" for number in range(1, 20)}


async def test_the_queries_of_the_invariants_find_nothing_in_an_empty_database(
    pool: asyncpg.Pool[asyncpg.Record],
) -> None:
    assert [*await broken(pool), *await stray(pool)] == []
