"""The commands on projects: plan, edit, activate, suspend, resume, cancel."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.projects import interruption, planning, rows, rules
from schema.vocabulary import Currency
from services.graphql.mutations.command import Command
from services.graphql.mutations.given import given_values
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


@strawberry.input(description="What is needed to plan a project.")
class CreateProjectInput(Command):
    """A cluster and the time its project is to take."""

    cluster_id: strawberry.ID = strawberry.field(description="The cluster it develops (R2).")
    planned_start: datetime.date = strawberry.field(description="When it is to start.")
    planned_end: datetime.date = strawberry.field(description="When it is to end.")
    name_fa: str | None = strawberry.field(
        default=None, description="The Persian name; made of the cluster's name unless given."
    )
    name_en: str | None = strawberry.field(
        default=None, description="The English name; made of the cluster's name unless given."
    )
    executing_organisation_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The institution that carries it out (E3)."
    )
    contract_number: str | None = strawberry.field(
        default=None, description="The number of the agency contract."
    )
    currency: Currency | None = strawberry.field(
        default=None, description="The currency it is planned in; rials unless given."
    )


@strawberry.input(description="What is to change in a project; what is absent stays as it is.")
class EditProjectInput(Command):
    """Corrections to a project."""

    id: strawberry.ID = strawberry.field(description="The project.")
    name_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian name.")
    name_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English name.")
    planned_start: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="When it is to start."
    )
    planned_end: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="When it is to end."
    )
    executing_organisation_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The institution that carries it out (E3)."
    )
    contract_number: str | None = strawberry.field(
        default=strawberry.UNSET, description="The number of the agency contract."
    )
    currency: Currency | None = strawberry.field(
        default=strawberry.UNSET, description="The currency; fixed once the project runs."
    )


@strawberry.input(description="What is needed to activate a project.")
class ActivateProjectInput(Command):
    """A project and its first day."""

    id: strawberry.ID = strawberry.field(description="The project.")
    on: datetime.date | None = strawberry.field(
        default=None, description="The first day; today unless given."
    )
    study_starts_on: datetime.date | None = strawberry.field(
        default=None, description="The first day of the diagnostic study; the project's unless given (A8)."
    )


@strawberry.input(description="The project to interrupt or to give up, and why.")
class SuspendProjectInput(Command):
    """A project, a day and a reason."""

    id: strawberry.ID = strawberry.field(description="The project.")
    reason: str = strawberry.field(description="Why.")
    on: datetime.date | None = strawberry.field(default=None, description="The day; today unless given.")


@strawberry.input(description="The project to take up again.")
class ResumeProjectInput(Command):
    """A project and a day."""

    id: strawberry.ID = strawberry.field(description="The project.")
    on: datetime.date | None = strawberry.field(default=None, description="The day; today unless given.")


@strawberry.input(description="The project to give up, and why.")
class CancelProjectInput(SuspendProjectInput):
    """A project, a day and a reason."""


async def _executor(write: Write, given: CreateProjectInput | EditProjectInput) -> dict[str, object]:
    """Return the executing organisation that was given; nothing when it is absent."""
    organisation = given.executing_organisation_id
    if organisation is strawberry.UNSET:
        return {}
    if organisation is None:
        return {"executing_organisation_id": None}
    found = await write.identify("SupportInstitution", organisation, "executingOrganisationId")
    return {"executing_organisation_id": found}


@mutation("ClusterProject")
async def create_project(write: Write, input: CreateProjectInput) -> Decision:  # noqa: A002 - as in the API
    """Plan a development project; it keeps the present version of the programme (R2, R3, R33)."""
    cluster = await write.facts(rows.HOME, input.cluster_id, path="clusterId")
    return planning.create(
        cluster,
        planned_start=input.planned_start,
        planned_end=input.planned_end,
        details={
            **given_values(
                input,
                without=("cluster_id", "planned_start", "planned_end", "executing_organisation_id"),
            ),
            **await _executor(write, input),
        },
        new_id=write.new_id,
    )


@mutation("ClusterProject")
async def edit_project(write: Write, input: EditProjectInput) -> Decision:  # noqa: A002 - as in the API
    """Correct a project that is not over; its currency is fixed once it runs."""
    project = await write.facts(rows.PROJECT, input.id)
    changed = given_values(input, without=("executing_organisation_id",))
    return rules.edit(project, changed={**changed, **await _executor(write, input)})


@mutation("ClusterProject")
async def activate_project(write: Write, input: ActivateProjectInput) -> Decision:  # noqa: A002 - as in the API
    """Start a project that has its lead agent (R4): trust building and the study start with it (R20, A8)."""
    project = await write.facts(rows.PROJECT, input.id)
    return rules.activate(
        project, on=input.on or write.today, study_starts_on=input.study_starts_on, today=write.today
    )


@mutation("ClusterProject")
async def suspend_project(write: Write, input: SuspendProjectInput) -> Decision:  # noqa: A002 - as in the API
    """Interrupt an active project, with the reason; its phases in progress follow."""
    project = await write.facts(rows.PROJECT, input.id)
    return interruption.suspend(project, on=input.on or write.today, reason=input.reason, today=write.today)


@mutation("ClusterProject")
async def resume_project(write: Write, input: ResumeProjectInput) -> Decision:  # noqa: A002 - as in the API
    """Take a suspended project up again; windows stay as they were."""
    project = await write.facts(rows.PROJECT, input.id)
    return interruption.resume(project, on=input.on or write.today, today=write.today)


@mutation("ClusterProject")
async def cancel_project(write: Write, input: CancelProjectInput) -> Decision:  # noqa: A002 - as in the API
    """Give a project up, with the reason: its open phases and its team's assignments end."""
    project = await write.facts(rows.PROJECT, input.id)
    return interruption.cancel(project, on=input.on or write.today, reason=input.reason, today=write.today)
