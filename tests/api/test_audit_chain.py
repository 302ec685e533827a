"""The audit trail is only ever added to, and whoever changes it behind the application's back is found out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from schema.history.chain import CHAINED
from schema.identity import new_id
from schema.rows import AuditEntry
from services.audit_trail import BrokenChain, broken_chains, main
from tests.world import CLUSTER, number

if TYPE_CHECKING:
    from tests.world import Api

ENTRY = (
    "insert into audit_entry (id, at, actor, action, entity, entity_id, request_id)"
    " values ($1, now(), 'somebody', 'editCluster', 'Cluster', $2, 'request')"
)


@pytest.mark.requirement("I17")
@pytest.mark.usefixtures("world")
async def test_a_change_behind_the_back_of_the_application_is_found_out(
    api: Api, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", api.engine.settings.require_database_url())
    first, second = (f"Cluster_{number(CLUSTER, place)}" for place in (1, 2))
    for count, cluster in enumerate((first, first, first, second, second), 130):
        await api.accepted("editCluster", {"id": cluster, "workshopsCount": count})
    await asyncio.to_thread(main)
    assert capsys.readouterr().out == "The audit trail is whole.\n"

    forged = "update audit_entry set after = '{\"workshops_count\": 7}' where number = 2 and entity_id = $1"
    removed = "delete from audit_entry where number = 1 and entity_id = $1"
    for statement in (forged, removed):
        with pytest.raises(asyncpg.CheckViolationError, match="only ever added to"):
            await api.pool.execute(statement, number(CLUSTER, 1))
    with pytest.raises(asyncpg.CheckViolationError, match="only ever added to"):
        await api.pool.execute("truncate audit_entry")

    async with api.pool.acquire() as connection, connection.transaction():
        # What only the owner of the tables can do, or a superuser by other means.
        await connection.execute("alter table audit_entry disable trigger user")
        await connection.execute(forged, number(CLUSTER, 1))
        await connection.execute(removed, number(CLUSTER, 2))
        await connection.execute("alter table audit_entry enable trigger user")
    assert await broken_chains(api.pool) == [BrokenChain(first, 2), BrokenChain(second, 2)]
    with pytest.raises(SystemExit) as ended:
        await asyncio.to_thread(main)
    assert f"{first} from entry 2, {second} from entry 2" in str(ended.value.code)


async def test_entries_of_one_thing_written_at_the_same_instant_are_one_chain(
    pool: asyncpg.Pool[asyncpg.Record],
) -> None:
    thing = UUID(int=7)
    await asyncio.gather(*(pool.execute(ENTRY, new_id(), thing) for _ in range(8)))
    found = await pool.fetch("select number from audit_entry where entity_id = $1 order by number", thing)
    assert [row["number"] for row in found] == list(range(1, 9))
    assert await broken_chains(pool) == []


def test_the_hash_takes_in_everything_an_entry_says() -> None:
    assert {name for name in AuditEntry._meta.fields_map if f"entry.{name}" not in CHAINED.up} == set()


@pytest.mark.requirement("I18")
@pytest.mark.usefixtures("world")
async def test_the_trail_shows_the_hash_of_every_entry_and_no_way_to_try_out_what_is_hidden(api: Api) -> None:
    await api.accepted("editCluster", {"id": f"Cluster_{number(CLUSTER, 1)}", "workshopsCount": 130})
    (entry,) = (await api.data("{ auditEntries { nodes { hash } } }"))["auditEntries"]["nodes"]
    assert bytes.fromhex(entry["hash"]) == await api.pool.fetchval("select hash from audit_entry")
    assert "entry.salt" in CHAINED.up
    assert not any("salt" in type_.fields for type_ in api.engine.catalog.types.values())
