"""The commands that move a cluster through its states, from priority to rest (E1)."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.clusters import rows, rules
from schema.vocabulary import ClusterStatus
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


@strawberry.input(description="The cluster, the day and the reason of a step.")
class MoveClusterInput(Command):
    """A step of a cluster from one state to the next."""

    id: strawberry.ID = strawberry.field(description="The cluster.")
    on: datetime.date | None = strawberry.field(
        default=None, description="The day of the decision; today unless given."
    )
    reason: str | None = strawberry.field(default=None, description="Why; needed to make a cluster dormant.")


@strawberry.input(description="The cluster that is given priority.")
class PrioritiseClusterInput(MoveClusterInput):
    """A step of a cluster."""


@strawberry.input(description="The cluster that comes under development.")
class StartClusterDevelopmentInput(MoveClusterInput):
    """A step of a cluster."""


@strawberry.input(description="The cluster whose development is over.")
class ConcludeClusterDevelopmentInput(MoveClusterInput):
    """A step of a cluster."""


@strawberry.input(description="The cluster that is declared developed.")
class DeclareClusterDevelopedInput(MoveClusterInput):
    """A step of a cluster."""


@strawberry.input(description="The cluster that is laid to rest, and why.")
class MakeClusterDormantInput(MoveClusterInput):
    """A step of a cluster that needs its reason."""


async def _move(write: Write, given: MoveClusterInput, to: ClusterStatus) -> Decision:
    cluster = await write.facts(rows.CLUSTER, given.id)
    return rules.move(cluster, to=to, on=given.on or write.today, reason=given.reason, today=write.today)


@mutation("Cluster")
async def prioritise_cluster(write: Write, input: PrioritiseClusterInput) -> Decision:  # noqa: A002 - as in the API
    """Record that an identified cluster was given priority in its province (E1)."""
    return await _move(write, input, ClusterStatus.PRIORITISED)


@mutation("Cluster")
async def start_cluster_development(write: Write, input: StartClusterDevelopmentInput) -> Decision:  # noqa: A002 - as in the API
    """Bring a cluster under development, after its feasibility study or out of dormancy (E1)."""
    return await _move(write, input, ClusterStatus.UNDER_DEVELOPMENT)


@mutation("Cluster")
async def conclude_cluster_development(write: Write, input: ConcludeClusterDevelopmentInput) -> Decision:  # noqa: A002 - as in the API
    """Record that the development of a cluster is over; no project may be running."""
    return await _move(write, input, ClusterStatus.COMPLETED)


@mutation("Cluster")
async def declare_cluster_developed(write: Write, input: DeclareClusterDevelopedInput) -> Decision:  # noqa: A002 - as in the API
    """Declare a cluster developed, on the recorded level of development (R34, A22)."""
    return await _move(write, input, ClusterStatus.DEVELOPED)


@mutation("Cluster")
async def make_cluster_dormant(write: Write, input: MakeClusterDormantInput) -> Decision:  # noqa: A002 - as in the API
    """Lay a cluster to rest, with the reason; no project may be running."""
    return await _move(write, input, ClusterStatus.DORMANT)
