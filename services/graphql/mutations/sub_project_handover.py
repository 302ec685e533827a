"""The mutations that say who leads and who carries out a sub-project: transfer and networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import strawberry

from schema.sub_projects import handover, rows
from schema.vocabulary import SubProjectActor
from services.graphql.mutations.registry import mutation
from services.graphql.mutations.sub_projects import SubProjectInput, SubProjectOnInput

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


@strawberry.input(description="Who is to lead a sub-project from now on.")
class TransferSubProjectInput(SubProjectOnInput):
    """A hand-over of the lead."""

    to: SubProjectActor = strawberry.field(description="A member, a network or a support institution.")
    member_id: strawberry.ID | None = strawberry.field(
        default=None, description="The member of the cluster who leads it; needed when a member is to lead."
    )
    network_id: strawberry.ID | None = strawberry.field(
        default=None, description="The network that leads it; needed when none carries it out yet."
    )


@mutation("SubProject")
async def transfer_sub_project(write: Write, input: TransferSubProjectInput) -> Decision:  # noqa: A002 - the API's word
    """Let a member, a network or an institution lead a sub-project; its status stays (R37, R48)."""
    sub_project = await write.facts(rows.SUB_PROJECT, input.id)
    member = network = None
    if input.member_id is not None:
        member = await write.facts(rows.LEADING_MEMBER, input.member_id, path="memberId")
    if input.network_id is not None:
        network = await write.facts(rows.EXECUTING_NETWORK, input.network_id, path="networkId")
    return handover.transfer(
        sub_project,
        handover.Leader(input.to, member, network),
        on=input.on or write.today,
        today=write.today,
        new_id=write.new_id,
    )


@strawberry.input(description="Which network of which sub-project.")
class SubProjectNetworkInput(SubProjectInput):
    """A network of a sub-project."""

    network_id: strawberry.ID = strawberry.field(description="The network.")


@strawberry.input(description="Which network is to carry out which sub-project.")
class AssignNetworkInput(SubProjectNetworkInput):
    """Which network is to carry out which sub-project."""


@mutation("SubProject")
async def assign_network(write: Write, input: AssignNetworkInput) -> Decision:  # noqa: A002 - the API's word
    """Let a network of the cluster carry out the sub-project (R45)."""
    sub_project = await write.facts(rows.SUB_PROJECT, input.id)
    network = await write.facts(rows.EXECUTING_NETWORK, input.network_id, path="networkId")
    return handover.assign(sub_project, network, new_id=write.new_id)


@strawberry.input(description="Which network is taken out of which sub-project.")
class ReleaseNetworkInput(SubProjectNetworkInput):
    """Which network is taken out of which sub-project."""


@mutation("SubProject")
async def release_network(write: Write, input: ReleaseNetworkInput) -> Decision:  # noqa: A002 - the API's word
    """Take a network out of the sub-project."""
    assignment = await write.facts(rows.ASSIGNMENT, input.id)
    network_id = await write.identify("Network", input.network_id, "networkId")
    return handover.release(assignment, network_id)
