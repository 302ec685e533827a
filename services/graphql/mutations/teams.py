"""The commands on a project's team: assign, replace the lead, end an assignment, record a visit."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.projects import rows, team
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


@strawberry.input(description="What a supervision visit found.")
class RecordSupervisionVisitInput(Command):
    """A visit of the technical advisor–supervisor (E9)."""

    project_id: strawberry.ID = strawberry.field(description="The project.")
    findings_fa: str = strawberry.field(description="What was found, in Persian.")
    findings_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="What was found, in English."
    )
    corrections_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="What is to be corrected, in Persian."
    )
    corrections_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="What is to be corrected, in English."
    )
    visited_on: datetime.date | None = strawberry.field(
        default=None, description="The day of the visit; today unless given."
    )


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
    return team.end(assignment, on=input.on or write.today, today=write.today)


@mutation("SupervisionVisit")
async def record_supervision_visit(write: Write, input: RecordSupervisionVisitInput) -> Decision:  # noqa: A002 - as in the API
    """Record a visit of the technical advisor–supervisor; the next one is counted from it (E9)."""
    project = await write.facts(rows.PROJECT, input.project_id, path="projectId")
    return team.visit(
        project,
        on=input.visited_on or write.today,
        report=given_values(input, without=("project_id", "visited_on")),
        today=write.today,
        new_id=write.new_id,
    )
