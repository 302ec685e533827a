"""What is named in a command is of the command's own cluster, and whatever is wrong is said at a field of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from graphql import GraphQLInputObjectType, GraphQLList, GraphQLNonNull

from schema.graph import ENTITIES
from schema.identity import global_id
from services.graphql.mutations.registry import MUTATIONS
from services.graphql.mutations.violations import field_of
from tests.access.least_input import fill
from tests.random_commands import NAMED, is_placed, named_by

if TYPE_CHECKING:
    from tests.world import Api

pytestmark = pytest.mark.requirement("I18")
LEAST_REFERENCES: Final = 15


async def _of(api: Api, cluster: object, type_name: str) -> str | None:
    """Return something of this type in a cluster."""
    row = ENTITIES[type_name].row
    column = "id" if type_name == "Cluster" else "cluster_id"
    if column not in row._meta.fields_map:
        found = await api.pool.fetchval(f"select id from {row._meta.db_table} limit 1")  # noqa: S608 - ours
    else:
        alive = "and deleted_at is null" if "deleted_at" in row._meta.fields_map else ""
        found = await api.pool.fetchval(
            f"select id from {row._meta.db_table} where {column} = $1 {alive} order by id desc limit 1",  # noqa: S608
            cluster,
        )
    return global_id(type_name, found) if found else None


async def test_what_belongs_to_another_cluster_is_refused_at_a_field_that_was_sent(sampled: Api) -> None:
    here, there = [
        row[0]
        for row in await sampled.pool.fetch(
            "select c.id from cluster c join network n on n.cluster_id = c.id join exit_process e"
            " on e.cluster_id = c.id group by c.id order by count(*) desc, c.id limit 2"
        )
    ]
    before, asked = await sampled.footprint(), 0
    for name, mutation in MUTATIONS.items():
        kind = sampled.engine.schema.mutation_type.fields[name].args["input"].type.of_type  # type: ignore[union-attr]  # there are some
        assert isinstance(kind, GraphQLInputObjectType)
        references = [field for field in kind.fields if field in NAMED and NAMED[field] in ENTITIES]
        inside = [
            field for field in references if "cluster_id" in ENTITIES[NAMED[field]].row._meta.fields_map
        ]
        for foreign in inside:
            given: dict[str, Any] = {}
            if "id" in kind.fields:
                given["id"] = await _of(sampled, here, named_by(mutation))
            for field in references:
                required = isinstance(kind.fields[field].type, GraphQLNonNull)
                if field == foreign or required:
                    found = await _of(sampled, there if field == foreign else here, NAMED[field])
                    bare = getattr(kind.fields[field].type, "of_type", kind.fields[field].type)
                    listed = isinstance(kind.fields[field].type, GraphQLList) or isinstance(bare, GraphQLList)
                    given[field] = [found] if listed else found
            homes = [field for field in given if field == "id" or (field in inside and field != foreign)]
            if not homes or None in given.values() or [None] in given.values():
                continue
            asked += 1
            document = (
                f"mutation ($input: {kind.name}!) {{ {name}(input: $input) {{ problems {{ code path }} }} }}"
            )
            answer = await sampled.ask(document, {"input": fill(kind, given)})
            problems = answer["data"][name]["problems"]
            assert problems, (name, foreign)
            assert all(is_placed(sampled, mutation, each["path"]) for each in problems), (
                name,
                foreign,
                problems,
            )
    assert asked >= LEAST_REFERENCES
    assert await sampled.footprint() == before


async def test_a_recipient_a_holder_and_a_participant_of_another_cluster_are_told_so(sampled: Api) -> None:
    here, there = [
        row[0]
        for row in await sampled.pool.fetch(
            "select c.id from cluster c where exists (select from exit_process e where e.cluster_id = c.id)"
            " and exists (select from network n where n.cluster_id = c.id) order by c.id limit 2"
        )
    ]
    words = {"whatFa": "x", "whatEn": "x", "dueOn": "2027-01-01"}
    step = {
        "id": await _of(sampled, here, "ExitProcess"),
        **words,
        "networkId": await _of(sampled, there, "Network"),
    }
    assert await sampled.refused("addHandoverStep", step) == [("OF_ANOTHER_CLUSTER", ["networkId"])]
    seat = {
        "councilId": await _of(sampled, here, "SteeringCouncil"),
        "role": "MEMBER",
        "titleFa": "x",
        "titleEn": "x",
    }
    actor = await _of(sampled, there, "Stakeholder")
    assert await sampled.refused("appointCouncilSeat", {**seat, "stakeholderId": actor}) == [
        ("OF_ANOTHER_CLUSTER", ["stakeholderId"])
    ]
    elsewhere = await sampled.pool.fetchval(
        "select cluster_id from trust_activity order by cluster_id limit 1"
    )
    activity = await _of(sampled, elsewhere, "TrustActivity")
    actor = await _of(sampled, there if elsewhere == here else here, "Stakeholder")
    assert await sampled.refused("addTrustParticipant", {"id": activity, "stakeholderId": actor}) == [
        ("OF_ANOTHER_CLUSTER", ["stakeholderId"])
    ]


@pytest.mark.parametrize(
    ("command", "columns", "path"),
    [
        ("addHandoverStep", ["cluster_id", "network_id"], ("networkId",)),
        ("proposeSubProject", ["network_id", "cluster_id"], ("networkIds",)),
        ("approveActionPlan", ["cluster_id", "seat_id"], ("votes",)),
        ("formNetwork", ["cluster_id"], ("clusterId",)),
        ("editNetwork", ["cluster_id", "colour"], ()),
    ],
)
@pytest.mark.usefixtures("contract_engine")
def test_a_column_is_named_by_the_field_it_was_given_by(
    command: str, columns: list[str], path: tuple[str, ...]
) -> None:
    assert field_of(columns, MUTATIONS[command].input) == path
