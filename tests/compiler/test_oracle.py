"""Whatever is asked, the compiled statement and a naive resolver over the same rows give the same answer."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings

from schema.viewers import Viewer
from schema.vocabulary import UserRole
from services.database import open_pool
from services.graphql import Engine, GraphQLRequest
from services.sample.load import copy_sample
from services.sample.progress import silent
from services.settings import read_settings
from tests.compiler.oracle.documents import documents
from tests.compiler.oracle.resolver import Oracle, read_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.lending import Pool
    from tests.compiler.oracle.resolver import Tables

# More than CI takes time for: ORACLE_EXAMPLES=2000.
EXAMPLES = int(os.environ.get("ORACLE_EXAMPLES", "40"))
VIEWER = Viewer(UserRole.NATIONAL_VIEWER, "oracle", language="en")


class Both:
    """The engine over a loaded sample, and its rows in memory, on one event loop."""

    def __init__(self, runner: asyncio.Runner, engine: Engine, tables: Tables) -> None:
        self.runner, self.engine, self.tables = runner, engine, tables

    def compiled(self, document: str, variables: dict[str, Any]) -> dict[str, Any]:
        """Return the data of the compiled answer."""
        response = self.runner.run(
            self.engine.execute(GraphQLRequest(document, None, variables), VIEWER, trusted=True)
        )
        found: dict[str, Any] = orjson.loads(response.body)
        assert "errors" not in found, (found["errors"], document)
        data: dict[str, Any] = found["data"]
        return data

    def resolved(self, document: str, variables: dict[str, Any]) -> dict[str, Any]:
        """Return the data as the naive resolver finds it."""
        return Oracle.answer(self.tables, document, variables)


@pytest.fixture(scope="module")
def both(module_database_url: str) -> Iterator[Both]:
    """Load the sample, read it into memory and open an engine on it."""
    opened = read_settings(database_url=module_database_url, database_pool_min=1, database_pool_max=2)

    async def open_both() -> tuple[Engine, Tables, Pool]:
        pool = await open_pool(opened)
        async with pool.acquire() as connection:
            await copy_sample(connection, silent)
            tables = await read_tables(connection)
        engine = Engine(opened)
        await engine.open(pool)
        return engine, tables, pool

    with asyncio.Runner() as runner:
        engine, tables, pool = runner.run(open_both())
        yield Both(runner, engine, tables)
        runner.run(pool.close())


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(made=documents())
def test_the_compiled_statement_answers_like_a_naive_resolver(
    both: Both, made: tuple[str, dict[str, bool]]
) -> None:
    document, variables = made
    assert both.compiled(document, variables) == both.resolved(document, variables), document


ORDERS = (
    "[{nameFa: ASC}]",
    "[{nameEn: DESC}]",
    "[{workersCount: DESC}, {nameFa: ASC}]",
    "[{county: {nameFa: ASC}}]",
)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    ("size", "cursor", "edge"), [("first", "after", "endCursor"), ("last", "before", "startCursor")]
)
def test_walking_the_pages_meets_every_row_once_and_in_order(
    both: Both, order: str, size: str, cursor: str, edge: str
) -> None:
    condition = 'filter: {cluster: {slug: {eq: "lorestan-gelim-jajim-mashteh"}}}'
    whole = f"{{ stakeholders(first: 100, {condition}, orderBy: {order}) {{ totalCount }} }}"
    total = both.resolved(whole, {})["stakeholders"]["totalCount"]
    ordered = f"{{ stakeholders(first: {total}, {condition}, orderBy: {order}) {{ nodes {{ id }} }} }}"
    expected = both.resolved(ordered, {})["stakeholders"]["nodes"]
    met: list[Any] = []
    place = ""
    while len(met) <= total:
        page = both.compiled(
            f"{{ stakeholders({size}: 17{place}, {condition}, orderBy: {order})"
            f" {{ nodes {{ id }} pageInfo {{ {edge} }} }} }}",
            {},
        )["stakeholders"]
        if not page["nodes"]:
            break
        met = [*met, *page["nodes"]] if size == "first" else [*page["nodes"], *met]
        place = f', {cursor}: "{page["pageInfo"][edge]}"'
    assert met == expected


def test_equal_operations_with_other_fragments_are_other_documents(both: Both) -> None:
    operation = "query Same { clusters(first: 3) { nodes { ...Part } } }"
    for part in ("id", "slug", "nameFa nameEn"):
        document = f"{operation} fragment Part on Cluster {{ {part} }}"
        assert both.compiled(document, {}) == both.resolved(document, {})
