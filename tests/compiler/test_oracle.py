"""Whatever is asked, the compiled statement and a naive resolver over the same rows give the same answer."""

from __future__ import annotations

import asyncio
import datetime
import os
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strawberry.utils.str_converters import to_camel_case

from schema.declaration import Column
from schema.graph import ENTITIES, declarations
from schema.viewers import Viewer
from schema.vocabulary import UserRole
from services.database import open_pool
from services.graphql import Engine, GraphQLRequest
from services.sample.load import copy_sample
from services.sample.progress import silent
from services.settings import read_settings
from tests.compiler.oracle.computed import COMPUTED
from tests.compiler.oracle.counted import COUNTED_FIELDS
from tests.compiler.oracle.day import Day
from tests.compiler.oracle.documents import TYPES, documents
from tests.compiler.oracle.reach import Reach, viewer_of, viewers
from tests.compiler.oracle.removals import remove_some
from tests.compiler.oracle.resolver import Oracle, read_tables
from tests.compiler.oracle.values import differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from services.lending import Pool
    from tests.compiler.oracle.reach import Chosen
    from tests.compiler.oracle.resolver import Tables

# More than CI takes time for: ORACLE_EXAMPLES=2000.
EXAMPLES = int(os.environ.get("ORACLE_EXAMPLES", "40"))
# Near the day the sample is written for, years before it and long after it.
DAYS = tuple(
    datetime.date.fromisoformat(day) for day in ("2026-09-23", "2024-01-01", "2025-06-01", "2027-04-01")
)
VIEWER = Viewer(UserRole.NATIONAL_VIEWER, "oracle", language="en")


COUNTS = " ".join(f"{name} {{ {' '.join(asked)} }}" for name, asked in COUNTED_FIELDS.items())


class Both:
    """The engine over a loaded sample, and its rows in memory, on one event loop; who asks, and on which day."""

    def __init__(self, runner: asyncio.Runner, engine: Engine, tables: Tables) -> None:
        self.runner, self.engine, self.tables = runner, engine, tables
        self.ask(VIEWER, DAYS[0])

    def ask(self, viewer: Viewer, day: datetime.date) -> None:
        """Ask as this viewer on this day from now on."""
        noon = datetime.datetime.combine(day, datetime.time(8), datetime.UTC)
        self.viewer, self.engine.now = viewer, lambda: noon
        self.reach, self.day = Reach(viewer, self.tables), Day(self.tables, day)

    def compiled(self, document: str, variables: dict[str, Any]) -> dict[str, Any]:
        """Return the data of the compiled answer."""
        response = self.runner.run(
            self.engine.execute(GraphQLRequest(document, None, variables), self.viewer, trusted=True)
        )
        found: dict[str, Any] = orjson.loads(response.body)
        assert "errors" not in found, (found["errors"], document)
        data: dict[str, Any] = settled(found["data"])
        return data

    def resolved(self, document: str, variables: dict[str, Any]) -> dict[str, Any]:
        """Return the data as the naive resolver finds it."""
        found: dict[str, Any] = settled(Oracle.answer(self.day, self.reach, document, variables))
        return found


def settled(found: Any) -> Any:
    """Return an answer whose fractions are cut where a computer's arithmetic begins to differ."""
    if isinstance(found, dict):
        return {key: settled(one) for key, one in found.items()}
    if isinstance(found, list):
        return [settled(one) for one in found]
    return round(found, 9) if isinstance(found, float) else found


@pytest.fixture(scope="module")
def both(module_database_url: str) -> Iterator[Both]:
    """Load the sample, read it into memory and open an engine on it."""
    opened = read_settings(database_url=module_database_url, database_pool_min=1, database_pool_max=2)

    async def open_both() -> tuple[Engine, Tables, Pool]:
        pool = await open_pool(opened)
        async with pool.acquire() as connection:
            await copy_sample(connection, silent)
            await remove_some(connection)
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
@given(made=documents(), chosen=viewers(), day=st.sampled_from(DAYS))
def test_the_compiled_statement_answers_like_a_naive_resolver(
    both: Both, made: tuple[str, dict[str, bool]], chosen: Chosen, day: datetime.date
) -> None:
    document, variables = made
    both.ask(viewer_of(chosen, both.tables), day)
    assert both.compiled(document, variables) == both.resolved(document, variables), document


@pytest.mark.usefixtures("both")
def test_the_oracle_knows_every_computed_field() -> None:
    declared = {
        (name, field.graphql_name or to_camel_case(key))
        for name in TYPES
        for key, (field, declaration) in declarations(ENTITIES[name].graph).items()
        if isinstance(declaration, Column) and declaration.sql is not None
    }
    assert declared - set(COMPUTED) == set()


@pytest.mark.parametrize("day", DAYS[:2], ids=str)
def test_whatever_is_computed_of_any_row_is_what_plain_python_computes(
    both: Both, day: datetime.date
) -> None:
    both.ask(VIEWER, day)
    fields: dict[str, list[str]] = {}
    for name, field in COMPUTED:
        fields.setdefault(name, []).append(field)
    ends = [
        f"{name}{end}: {ENTITIES[name].plural}({end}: 100) {{ nodes {{ id {' '.join(asked)} }} }}"
        for name, asked in fields.items()
        for end in ("first", "last")
    ]
    document = f"{{ {' '.join(ends)} clusters(first: 100) {{ nodes {{ {COUNTS} }} }} }}"
    found = differences(both.compiled(document, {}), both.resolved(document, {}))
    assert not found, "\n".join(found)


# A role with one kind of reach, and the partner agency with each of its four.
KINDS = [
    *((role, 0) for role in sorted(UserRole, key=lambda one: one.value)),
    *((UserRole.PARTNER_AGENCY, kind) for kind in (1, 2, 3)),
]


@pytest.mark.parametrize(("role", "kind"), KINDS)
def test_a_viewer_finds_of_every_type_what_the_reach_in_plain_words_holds(
    both: Both, role: UserRole, kind: int
) -> None:
    both.ask(viewer_of((role, [kind, 0, 7]), both.tables), DAYS[0])
    roots = [ENTITIES[name].plural for name in TYPES if ENTITIES[name].root]
    asked = [f"{plural}(first: 100) {{ totalCount nodes {{ id }} }}" for plural in roots]
    document = f"{{ {' '.join(asked)} }}"
    found = differences(both.compiled(document, {}), both.resolved(document, {}))
    assert not found, "\n".join(found)


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
    both.ask(VIEWER, DAYS[0])
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
    both.ask(VIEWER, DAYS[0])
    operation = "query Same { clusters(first: 3) { nodes { ...Part } } }"
    for part in ("id", "slug", "nameFa nameEn"):
        document = f"{operation} fragment Part on Cluster {{ {part} }}"
        assert both.compiled(document, {}) == both.resolved(document, {})
