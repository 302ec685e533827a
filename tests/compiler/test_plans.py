"""On the data of a whole country, every relation, filter and order finds its rows by an index.

A small table may be read from end to end; one with thousands of rows may not, neither to find a row,
nor to follow a relation, nor to show the next page of a list.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest
from graphql import get_variable_values

from schema.graph import ENTITIES
from schema.viewers import Viewer
from schema.vocabulary import UserRole
from services.database import open_pool
from services.graphql.compiled import compiled_of
from services.graphql.compiler.catalog import Scalar, ToMany, ToOne
from services.graphql.engine import Engine
from services.sample.national.load import load_scale
from services.sample.progress import silent
from services.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from services.graphql.compiler.catalog import ObjectType

pytestmark = pytest.mark.slow

# Tables of at least so many rows are great; reading one whole would be felt.
GREAT = 5_000
SOME_ID = "01a0cb8f-e400-7000-8000-000000000001"


@pytest.fixture(scope="module")
def national(module_database_url: str) -> str:
    """Load the national data set once and return the address of its database."""

    async def load() -> None:
        connection = await asyncpg.connect(module_database_url)
        try:
            assert await load_scale(connection, 1, silent)
        finally:
            await connection.close()

    asyncio.run(load())
    return module_database_url


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Return an engine that plans; it needs no pool for that."""
    return Engine(read_settings())


@pytest.fixture
async def connection(national: str) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
    """Connect as the service does."""
    connection = await asyncpg.connect(national, server_settings={"jit": "off"})
    yield connection
    await connection.close()


VIEWERS = (
    Viewer(UserRole.NATIONAL_VIEWER, "national"),
    Viewer(UserRole.PROVINCE_VIEWER, "regional"),
)


async def explained(
    connection: asyncpg.Connection[asyncpg.Record], engine: Engine, document: str, viewer: Viewer
) -> dict[str, Any]:
    """Return the plan PostgreSQL makes for a document's statement."""
    prepared = engine.documents.prepare(document, None)
    operation = prepared.operation(None)
    variables = get_variable_values(engine.schema, operation.variable_definitions or (), {})
    assert not isinstance(variables, list)
    compiled = compiled_of(engine.planner(prepared, variables, viewer).operation(operation.selection_set))
    parameters, _ = engine._bind(compiled, variables, viewer, trusted=True)  # noqa: SLF001 - as the engine binds
    found = await connection.fetchval(f"explain (format json) {compiled.statement.sql}", *parameters)
    plan: dict[str, Any] = json.loads(found)[0]["Plan"]
    return plan


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Return a plan's node and all below it."""
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


async def great_tables(connection: asyncpg.Connection[asyncpg.Record]) -> set[str]:
    """Return the tables that are too great to be read whole."""
    rows = await connection.fetch(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        " and reltuples >= $1",
        GREAT,
    )
    return {row["relname"] for row in rows}


async def read_whole(
    connection: asyncpg.Connection[asyncpg.Record], engine: Engine, document: str
) -> list[str]:
    """Return the great tables that a document reads from end to end, for any viewer."""
    great = await great_tables(connection)
    return [
        f"{viewer.actor} reads all of {node['Relation Name']}: {document}"
        for viewer in VIEWERS
        for node in nodes(await explained(connection, engine, document, viewer))
        if node["Node Type"].endswith("Seq Scan") and node["Relation Name"] in great
    ]


def roots(engine: Engine) -> Iterator[tuple[str, ObjectType]]:
    """Return every root connection with its type."""
    for entity in ENTITIES.values():
        if entity.root and "id" in engine.catalog.type(entity.name).fields:
            yield entity.plural, engine.catalog.type(entity.name)


async def test_the_national_data_set_is_of_the_size_that_was_asked_for(
    connection: asyncpg.Connection[asyncpg.Record],
) -> None:
    expected = {
        "province": 31,
        "cluster": 1_000,
        "phase": 5_000,
        "sub_project": 50_000,
        "stakeholder": 200_000,
        "support_institution": 3_000,
        "support_commitment": 10_000,
        "network": 5_000,
    }
    found = {table: await connection.fetchval(f"select count(*) from {table}") for table in expected}  # noqa: S608 - names of ours
    assert found == expected


async def test_loading_left_every_index_and_reference_standing(
    connection: asyncpg.Connection[asyncpg.Record], database_url: str
) -> None:
    catalog = (
        "select indexdef as made from pg_indexes where schemaname = 'public'"
        " union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)"
        " from pg_constraint where connamespace = 'public'::regnamespace order by 1"
    )
    untouched = await asyncpg.connect(database_url)
    try:
        assert await connection.fetch(catalog) == await untouched.fetch(catalog)
    finally:
        await untouched.close()


async def test_a_single_row_is_found_by_its_id(
    connection: asyncpg.Connection[asyncpg.Record], engine: Engine
) -> None:
    faults = [
        fault
        for name in ENTITIES
        for fault in await read_whole(
            connection, engine, f'{{ node(id: "{name}_{SOME_ID}") {{ ... on {name} {{ id }} }} }}'
        )
    ]
    assert faults == []


async def test_a_page_of_every_list_comes_in_the_order_of_an_index(
    connection: asyncpg.Connection[asyncpg.Record], engine: Engine
) -> None:
    faults = [
        fault
        for plural, _ in roots(engine)
        for fault in await read_whole(connection, engine, f"{{ {plural}(first: 20) {{ nodes {{ id }} }} }}")
    ]
    assert faults == []


async def test_every_relation_is_followed_by_an_index(
    connection: asyncpg.Connection[asyncpg.Record], engine: Engine
) -> None:
    faults: list[str] = []
    for name in ENTITIES:
        type_ = engine.catalog.type(name)
        for field in type_.fields.values():
            if isinstance(field, ToOne) or (isinstance(field, ToMany) and not field.declaration.paged):
                selection = f"{field.name} {{ __typename id }}"
            elif isinstance(field, ToMany):
                selection = f"{field.name}(first: 10) {{ nodes {{ id }} }}"
            else:
                continue
            if "id" in engine.catalog.type(field.target).fields:
                document = f'{{ node(id: "{name}_{SOME_ID}") {{ ... on {name} {{ {selection} }} }} }}'
                faults += await read_whole(connection, engine, document)
    assert faults == []


@pytest.mark.parametrize(
    "condition",
    [
        'stakeholders(first: 10, filter: {nameFa: {startsWith: "کارگاه نگارین"}})',
        'stakeholders(first: 10, filter: {nameEn: {eq: "Workshop 4711"}})',
        'subProjects(first: 10, filter: {nameFa: {startsWith: "آزمایشگاه همکار ۱۲"}})',
        'phases(first: 10, filter: {status: {eq: IN_PROGRESS}, windowEnd: {lt: "2026-01-01"}})',
        "subProjects(first: 10, orderBy: [{plannedEnd: ASC}])",
        "stakeholders(first: 10, orderBy: [{nameFa: DESC}])",
        "supportCommitments(first: 10, orderBy: [{committedOn: DESC}])",
    ],
)
async def test_the_usual_filters_and_orders_use_an_index(
    connection: asyncpg.Connection[asyncpg.Record], engine: Engine, condition: str
) -> None:
    assert await read_whole(connection, engine, f"{{ {condition} {{ nodes {{ id }} }} }}") == []


async def test_the_next_page_of_a_great_list_begins_in_the_index(
    connection: asyncpg.Connection[asyncpg.Record], engine: Engine, national: str
) -> None:
    settings = read_settings(database_url=national, database_pool_min=1, database_pool_max=1)
    served = Engine(settings)
    pool = await open_pool(settings)
    await served.open(pool)
    from services.graphql import GraphQLRequest  # noqa: PLC0415 - only this test executes

    first = "{ stakeholders(first: 20) { pageInfo { endCursor } } }"
    answer = await served.execute(GraphQLRequest(first, None, None), VIEWERS[0])
    cursor = json.loads(answer.body)["data"]["stakeholders"]["pageInfo"]["endCursor"]
    await pool.close()
    document = f'{{ stakeholders(first: 20, after: "{cursor}") {{ nodes {{ id }} }} }}'
    assert await read_whole(connection, engine, document) == []
    plan = await explained(connection, engine, document, VIEWERS[0])
    assert not [node for node in nodes(plan) if node["Node Type"] == "Sort" and node["Plan Rows"] > GREAT]


def test_scalar_fields_are_known_to_the_catalog(engine: Engine) -> None:
    assert isinstance(engine.catalog.type("Stakeholder").fields["nameFa"], Scalar)
