"""Days are stored as days and travel as ISO dates; Jalali is for people and for counting months (I19)."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from graphql import GraphQLObjectType

if TYPE_CHECKING:
    import asyncpg

    from services.graphql.engine import Engine
    from tests.world import Api

DAYS = ("_on", "_start", "_end", "valid_from", "valid_to")


@pytest.mark.requirement("I19")
async def test_every_column_that_names_a_day_is_a_date(pool: asyncpg.Pool[asyncpg.Record]) -> None:
    columns = await pool.fetch(
        "select table_name, column_name, data_type from information_schema.columns where table_schema = 'public'"
    )
    days = [row for row in columns if row["column_name"].endswith(DAYS)]
    assert len(days) > 60
    assert {row["data_type"] for row in days} == {"date"}
    texts = [row["column_name"] for row in columns if row["data_type"] in {"text", "character varying"}]
    assert not [name for name in texts if "jalali" in name or name.endswith("_date")]


@pytest.mark.requirement("I19")
def test_every_field_that_names_a_day_has_the_type_date(engine_types: dict[str, str]) -> None:
    assert len(engine_types) > 60
    assert {kind.rstrip("!") for kind in engine_types.values()} == {"Date"}


@pytest.mark.requirement("I19")
@pytest.mark.usefixtures("world")
async def test_a_day_travels_as_an_iso_date(api: Api) -> None:
    data = await api.data("{ projects(first: 1) { nodes { plannedStart } } }")
    assert datetime.date.fromisoformat(data["projects"]["nodes"][0]["plannedStart"]) == datetime.date(
        2026, 6, 1
    )


@pytest.fixture
def engine_types(contract_engine: Engine) -> dict[str, str]:
    """Return the type of every public field that names a day."""
    return {
        f"{type_.name}.{name}": str(field.type)
        for type_ in contract_engine.schema.type_map.values()
        if isinstance(type_, GraphQLObjectType)
        for name, field in type_.fields.items()
        if name.endswith(("On", "Start", "End", "validFrom", "validTo"))
    }
