"""A small remembered world behind the real engine: one province reached, one foreign, and who asks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
import pytest

from schema.access import Viewer
from schema.vocabulary import UserRole
from services.graphql.engine import Engine
from services.graphql.exchange import GraphQLRequest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    import asyncpg

    from services.settings import Settings

TODAY = datetime.date(2026, 11, 23)


@dataclass(slots=True)
class Api:
    """Asks the engine as somebody, and looks at the tables behind it."""

    engine: Engine
    pool: asyncpg.Pool[asyncpg.Record]
    viewer: Viewer
    now: datetime.datetime

    def as_(self, role: UserRole, **reach: Any) -> Api:  # noqa: ANN401 - fields of Viewer
        """Ask as somebody else."""
        return replace(self, viewer=Viewer(role=role, actor=f"{role.value} (test)", language="en", **reach))

    async def ask(self, query: str, variables: Mapping[str, object] | None = None) -> dict[str, Any]:
        """Execute a document and return the whole answer."""
        response = await self.engine.execute(GraphQLRequest(query, None, variables), self.viewer)
        found: dict[str, Any] = orjson.loads(response.body)
        return found

    async def data(self, query: str, variables: Mapping[str, object] | None = None) -> dict[str, Any]:
        """Execute a document that must succeed and return its data."""
        found = await self.ask(query, variables)
        assert "errors" not in found, found
        data: dict[str, Any] = found["data"]
        return data

    async def run(self, mutation: str, given: Mapping[str, object], shown: str = "id") -> dict[str, Any]:
        """Run one mutation and return its payload."""
        name = f"{mutation[0].upper()}{mutation[1:]}Input"
        field = self.payload_field(mutation)
        document = (
            f"mutation ($input: {name}!) {{ {mutation}(input: $input) {{ {field} {{ {shown} }} "
            "problems { code path message } warnings { code path message } } }"
        )
        data = await self.data(document, {"input": dict(given)})
        payload: dict[str, Any] = data[mutation]
        return payload

    def payload_field(self, mutation: str) -> str:
        """The name under which a mutation's payload shows its entity."""
        from services.graphql.contract import payload_field  # noqa: PLC0415 - the engine imports it first
        from services.graphql.mutations.registry import MUTATIONS  # noqa: PLC0415 - as above

        return payload_field(MUTATIONS[mutation].target)

    async def accepted(self, mutation: str, given: Mapping[str, object], shown: str = "id") -> dict[str, Any]:
        """Run a mutation that must be accepted and return the entity it shows."""
        payload = await self.run(mutation, given, shown)
        assert payload["problems"] == [], payload
        entity: dict[str, Any] = payload[self.payload_field(mutation)]
        return entity

    async def refused(self, mutation: str, given: Mapping[str, object]) -> list[tuple[str, list[str]]]:
        """Run a mutation that must be refused; prove that no row and no event appeared."""
        before = await self.footprint()
        payload = await self.run(mutation, given)
        assert payload["problems"], payload
        assert await self.footprint() == before
        return [(problem["code"], problem["path"]) for problem in payload["problems"]]

    async def footprint(self) -> tuple[int, ...]:
        """Count the rows that every accepted change leaves."""
        row = await self.pool.fetchrow("select (select count(*) from event), (select count(*) from audit_entry)")
        return tuple(row)

    async def events(self) -> list[str]:
        """Return the types of all events in order."""
        return [row["type"] for row in await self.pool.fetch("select type from event order by sequence")]


@pytest.fixture
async def engine(settings: Settings, pool: asyncpg.Pool[asyncpg.Record]) -> AsyncIterator[Engine]:
    """Open an engine on the test's database, on a fixed day."""
    noon = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
    engine = Engine(settings, now=lambda: noon)
    await engine.open(pool)
    yield engine
    await engine.close()


@pytest.fixture
def api(engine: Engine, pool: asyncpg.Pool[asyncpg.Record]) -> Api:
    """Ask as the national administrator, in English."""
    noon = datetime.datetime(2026, 11, 23, 9, 0, tzinfo=datetime.UTC)
    viewer = Viewer(role=UserRole.NATIONAL_ADMINISTRATOR, actor="national administrator (test)", language="en")
    return Api(engine, pool, viewer, noon)


def identity(global_id: str) -> UUID:
    """Return the row id inside a global id."""
    return UUID(global_id.partition("_")[2])
