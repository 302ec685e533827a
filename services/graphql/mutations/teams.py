"""The commands on a project's team: assign, replace the lead, correct, end or take back an assignment."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.projects import assignments, rows, team
from schema.vocabulary import AgentRole
from services.graphql.mutations.command import Command
from services.graphql.mutations.given import given_values
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


@strawberry.input(description="Who takes a place in the team: a title, an account, a contract.")
class AgentInput(Command):
    """A title that is shown, never a private person's name."""

    project_id: strawberry.ID = strawberry.field(description="The project.")
    title_fa: str = strawberry.field(default="عامل توسعه خوشه", description="The title shown, in Persian.")
    title_en: str = strawberry.field(
        default="Cluster development agent", description="The title shown, in English."
    )
    user_id: strawberry.ID | None = strawberry.field(
        default=None, description="The account that acts; empty where there is none yet."
    )
    contract_number: str | None = strawberry.field(default=None, description="The number of the contract.")


@strawberry.input(description="What is needed to give somebody a place in the team.")
class AssignAgentInput(AgentInput):
    """A place in the team and its first day."""

    role: AgentRole = strawberry.field(
        default=AgentRole.CLUSTER_DEVELOPMENT_AGENT,
        description="The place in the team; the lead agent's unless given.",
    )
    valid_from: datetime.date | None = strawberry.field(
        default=None, description="The first day; today or the project's earlier start unless given."
    )


@strawberry.input(description="What is needed to name a new lead agent.")
class ReplaceAgentInput(AgentInput):
    """The successor and the first day."""

    valid_from: datetime.date | None = strawberry.field(
        default=None, description="The successor's first day; today unless given."
    )


@strawberry.input(description="The assignment that ends.")
class EndAssignmentInput(Command):
    """An assignment and its last day."""

    id: strawberry.ID = strawberry.field(description="The assignment.")
    on: datetime.date | None = strawberry.field(default=None, description="The last day; today unless given.")


@strawberry.input(description="What can be corrected in an assignment.")
class EditAssignmentInput(Command):
    """An assignment that lasts."""

    id: strawberry.ID = strawberry.field(description="The assignment.")
    title_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="The title shown, in Persian."
    )
    title_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="The title shown, in English."
    )
    contract_number: str | None = strawberry.field(
        default=strawberry.UNSET, description="The number of the contract."
    )
    valid_from: datetime.date | None = strawberry.field(
        default=strawberry.UNSET,
        description="The first day; that of the lead agent only before the project runs.",
    )


@strawberry.input(description="The assignment that is taken back.")
class RemoveAssignmentInput(Command):
    """An assignment under which nobody acted."""

    id: strawberry.ID = strawberry.field(description="The assignment.")


@strawberry.input(description="The assignment that comes back.")
class RestoreAssignmentInput(Command):
    """An assignment that was taken back."""

    id: strawberry.ID = strawberry.field(description="The assignment.")


async def _person(write: Write, given: AgentInput) -> team.Person:
    user = await write.identify("User", given.user_id, path="userId") if given.user_id else None
    return team.Person(given.title_fa, given.title_en, user, given.contract_number)


@mutation("AgentAssignment")
async def assign_agent(write: Write, input: AssignAgentInput) -> Decision:  # noqa: A002 - as in the API
    """Give somebody a place in the agent team; a project is activated only with its lead agent (R4, E3)."""
    project = await write.facts(rows.PROJECT, input.project_id, path="projectId")
    return team.assign(
        project,
        role=input.role,
        person=await _person(write, input),
        since=input.valid_from or team.first_day(project, write.today),
        new_id=write.new_id,
    )


@mutation("AgentAssignment")
async def replace_agent(write: Write, input: ReplaceAgentInput) -> Decision:  # noqa: A002 - as in the API
    """Hand the lead over to a successor: exactly one lead agent at any time (I3)."""
    project = await write.facts(rows.PROJECT, input.project_id, path="projectId")
    return team.replace_lead(
        project,
        person=await _person(write, input),
        since=input.valid_from or write.today,
        today=write.today,
        new_id=write.new_id,
    )


@mutation("AgentAssignment")
async def end_assignment(write: Write, input: EndAssignmentInput) -> Decision:  # noqa: A002 - as in the API
    """End an assignment; the lead agent of a running project is replaced instead (I3)."""
    assignment = await write.facts(rows.ASSIGNMENT, input.id)
    return assignments.end(assignment, on=input.on or write.today, today=write.today)


@mutation("AgentAssignment")
async def edit_assignment(write: Write, input: EditAssignmentInput) -> Decision:  # noqa: A002 - as in the API
    """Correct an assignment that lasts; the lead agent's first day only before the project runs on it (I3)."""
    assignment = await write.facts(rows.ASSIGNMENT, input.id)
    return assignments.edit(assignment, given_values(input, without=("id",)))


@mutation("AgentAssignment")
async def remove_assignment(write: Write, input: RemoveAssignmentInput) -> Decision:  # noqa: A002 - as in the API
    """Take back an assignment under which nobody acted yet."""
    return assignments.remove(await write.facts(rows.ASSIGNMENT, input.id), today=write.today)


@mutation("AgentAssignment")
async def restore_assignment(write: Write, input: RestoreAssignmentInput) -> Decision:  # noqa: A002 - as in the API
    """Bring back an assignment that was taken back."""
    return assignments.restore(await write.facts(rows.ASSIGNMENT, input.id, removed=True))
