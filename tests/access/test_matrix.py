"""Who sees what: every role against every type, field and mutation, here, next door and far away."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pytest

from schema.access import ACTIONS
from schema.identity import global_id, new_id
from schema.vocabulary import UserRole
from services.database import close_rows, open_pool, open_rows
from services.graphql.compiler.catalog import Scalar
from services.graphql.mutations.registry import MUTATIONS
from services.graphql.viewer import Viewers
from services.settings import read_settings
from tests.access.asking import Asking, entities, everything_of
from tests.access.country import Country, fill_country
from tests.access.declared import EVERYWHERE, FIELDS_ONLY_FOR, NOBODYS, PLACES
from tests.access.least_input import commanded, fill, takes_an_id

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import asyncpg

    from services.graphql.engine import Engine

    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]

pytestmark = pytest.mark.requirement("I18")


@pytest.fixture(scope="module")
def country(module_database_url: str) -> Country:
    """Fill a database once; nothing in this module ever changes it."""
    return asyncio.run(fill_country(module_database_url))


@pytest.fixture(params=list(UserRole), ids=lambda role: role.value.lower())
async def asking(
    request: pytest.FixtureRequest, country: Country, contract_engine: Engine
) -> AsyncIterator[Asking]:
    """Ask as each role in turn."""
    settings = read_settings(database_url=country.url, database_pool_min=1)
    pool = await open_pool(settings)
    await open_rows(settings, pool=pool)
    contract_engine.settings = settings
    await contract_engine.open(pool)
    token = next(entry["token"] for entry in country.demo["tokens"] if entry["role"] == request.param.value)
    viewers = Viewers(pool)
    from tests.access.conftest import request_with  # noqa: PLC0415 - a fixture cannot take parameters

    yield Asking(
        contract_engine, country, await viewers.viewer_of(request_with(authorization=f"Bearer {token}"))
    )
    await viewers.close()
    await close_rows()
    await pool.close()


async def test_single_objects_lists_nodes_counts_and_filters_agree_with_the_matrix(asking: Asking) -> None:
    cells = 0
    for name, plural, _ in entities(asking.engine):
        examples = [asking.country.one(name, place) for place in (*PLACES, EVERYWHERE, NOBODYS)]
        examples.append(asking.viewer.actor if name == "User" else None)
        for found in filter(None, examples):
            lists = (
                f" listed: {plural}(filter: {{ id: {{ eq: $id }} }}) {{ totalCount nodes {{ id }} edges {{ cursor }} }}"
                f" none: {plural}(filter: {{ not: {{ id: {{ ne: $id }} }} }}) {{ nodes {{ id }} }}"
            )
            answer = await asking.ask(
                "query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id }"
                f" {lists if plural and found.startswith(f'{name}_') else ''} }}",
                {"id": found},
            )
            assert "errors" not in answer, (name, answer["errors"])
            data, seen = answer["data"], asking.may_see(found)
            there = {"id": found} if seen else None
            assert data["node"] == there, (asking.viewer.role, found, asking.country.places[found])
            assert data["nodes"] == [there]
            cells += 2
            if "listed" in data:
                assert data["listed"]["totalCount"] == len(data["listed"]["edges"]) == int(seen)
                assert data["listed"]["nodes"] == data["none"]["nodes"] == ([there] if seen else [])
                cells += 4
    assert cells >= 120


async def test_no_field_of_anything_in_reach_leads_to_what_is_not(asking: Asking) -> None:
    for name, _, type_ in entities(asking.engine):
        for place in (*PLACES, EVERYWHERE):
            found = asking.country.one(name, place)
            if found is None or not asking.may_see(found):
                continue
            fields = everything_of(type_, asking.engine)
            document = f"query ($id: ID!) {{ node(id: $id) {{ ... on {name} {{ {fields} }} }} }}"
            answer = await asking.ask(document, {"id": found})
            assert "errors" not in answer, (name, answer["errors"])
            asking.check_ids(answer["data"])
            for field, kind in type_.fields.items():
                if isinstance(kind, Scalar):
                    asking.cells += 1
                    allowed = FIELDS_ONLY_FOR.get(f"{name}.{field}", frozenset(UserRole))
                    assert asking.viewer.role in allowed or answer["data"]["node"][field] is None, (
                        name,
                        field,
                    )
    assert asking.cells >= 150


async def test_lists_name_only_what_is_in_reach_and_count_only_that(asking: Asking) -> None:
    for name, plural, _ in entities(asking.engine):
        if not plural:
            continue
        answer = await asking.ask(f"{{ {plural}(first: 100) {{ totalCount nodes {{ id }} }} }}")
        assert "errors" not in answer, (name, answer["errors"])
        asking.check_ids(answer["data"])
        visible = sum(
            asking.may_see(found) for found in asking.country.places if found.startswith(f"{name}_")
        )
        assert answer["data"][plural]["totalCount"] == visible, (asking.viewer.role, name)


async def test_hidden_fields_cannot_be_guessed_by_filters_or_orders(asking: Asking) -> None:
    for name, plural, type_ in entities(asking.engine):
        for field, kind in type_.fields.items():
            if not isinstance(kind, Scalar) or kind.restricted is None:
                continue
            expected = FIELDS_ONLY_FOR[f"{name}.{field}"]
            assert kind.restricted.roles == expected, f"{name}.{field}: the matrix says otherwise."
            if plural and kind.filterable:
                answer = await asking.ask(
                    f'{{ {plural}(filter: {{ {field}: {{ startsWith: "0" }} }}) {{ totalCount }} }}'
                )
                assert ("errors" in answer) == (asking.viewer.role not in expected), (name, field, answer)
            if not plural:
                continue
            ordered = await asking.ask(f"{{ {plural}(orderBy: [{{ {field}: ASC }}]) {{ nodes {{ id }} }} }}")
            assert "errors" in ordered, f"{name}.{field} is restricted and can be ordered by."


async def test_filters_through_relations_and_orders_do_not_tell_of_hidden_rows(asking: Asking) -> None:
    visible = sum(asking.may_see(f) for f in asking.country.places if f.startswith("Cluster_"))
    answer = await asking.ask(
        '{ provinces(filter: { clusters: { nameFa: { contains: "" } } }, first: 100) { totalCount }'
        " all: provinces(first: 100, orderBy: [{ nameFa: ASC }]) { nodes { clusters { totalCount nodes { id } } } }"
        ' institutions: supportInstitutions(filter: { supportCommitments: { cluster: { slug: { ne: "x" } } } })'
        " { nodes { id } } programmeStatistics { __typename } }"
    )
    assert "errors" not in answer, answer
    asking.check_ids(answer["data"])
    provinces = {node["clusters"]["totalCount"] for node in answer["data"]["all"]["nodes"]}
    assert sum(n["clusters"]["totalCount"] for n in answer["data"]["all"]["nodes"]) == visible
    assert answer["data"]["provinces"]["totalCount"] == sum(
        1 for n in answer["data"]["all"]["nodes"] if n["clusters"]["totalCount"]
    ), provinces


async def test_every_mutation_is_open_to_its_roles_and_finds_nothing_foreign(asking: Asking) -> None:
    schema = asking.engine.schema
    before = await footprint(asking.engine.pool)
    cells = 0
    for name, mutation in MUTATIONS.items():
        kind = schema.mutation_type.fields[name].args["input"].type  # type: ignore[union-attr]  # there are some
        input_type = kind.of_type
        if asking.viewer.role in ACTIONS[name] and not takes_an_id(input_type):
            continue
        document = f"mutation ($input: {input_type.name}!) {{ {name}(input: $input) {{ problems {{ code path }} }} }}"

        async def told(row: str, name: str = name, document: str = document, kind: Any = kind) -> set[str]:
            given = fill(kind, {"id": row, "expectedRevision": 999_999_999})
            answer = await asking.ask(document, {"input": given})
            assert "errors" not in answer, (name, given, answer)
            return {problem["code"] for problem in answer["data"][name]["problems"]}

        target = commanded(name, mutation.target, input_type)
        absent = await told(global_id(target, new_id()))
        for place in PLACES:
            found = asking.country.one(target, place)
            answer = await told(found) if found else absent
            cells += 1
            if asking.viewer.role not in ACTIONS[name]:
                assert answer == absent == {"NOT_ALLOWED"}, (asking.viewer.role, name)
            elif "id" in input_type.fields and found and not name.startswith(OF_THE_REMOVED):
                expected = "STALE" if asking.may_see(found) else "NOT_FOUND"
                assert answer == {expected}, (asking.viewer.role, name, place, answer)
                assert absent == {"NOT_FOUND"}, (name, absent)
            else:
                assert "NOT_ALLOWED" not in answer, (name, answer)
        assert await footprint(asking.engine.pool) == before, name
    assert cells >= 200


# These find only what was removed, and nothing of the sample is.
OF_THE_REMOVED: Final = "restore"


async def footprint(pool: Pool) -> tuple[Any, ...]:
    return tuple(
        await pool.fetchrow("select (select count(*) from event), (select count(*) from audit_entry)")
    )


async def test_what_is_foreign_takes_as_long_as_what_is_absent(
    asking: Asking, timed: Callable[..., Any]
) -> None:
    foreign = next(
        (f for f in asking.country.places if f.startswith("Cluster_") and not asking.may_see(f)), None
    )
    if foreign is None:
        return
    document = (
        "query ($id: ID!) { node(id: $id) { id } cluster(id: $id) { nameFa projects { nodes { id } } } }"
    )
    absent = [f"Cluster_{new_id()}" for _ in range(200)]
    found = []
    for _ in range(3):
        # What is only noise does not come back every time; a difference does.
        found.append(
            await timed(
                200,
                lambda _turn: asking.ask(document, {"id": foreign}),
                lambda turn: asking.ask(document, {"id": absent[turn]}),
            )
        )
        # Whoever guesses by the time is right as often as whoever tosses a coin, within four standard errors of
        # 200 tries; and the middle of the one is the middle of the other.
        if abs(found[-1].guess - 0.5) < 0.12 and 0.8 < found[-1].ratio < 1.25:
            return
    pytest.fail(f"foreign and absent can be told apart by time: {found}")
