"""The mutations of sub-projects: defined in a draft, carried out under the plan in force, handed over."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

import strawberry

from schema.open_lists.rows import SUB_PROJECT_TYPE
from schema.sub_projects import carrying, definition, places, rows, rules
from schema.sub_projects.definition import Classification
from schema.vocabulary import SubProjectActor, SubProjectType
from services.graphql.mutations.command import Command
from services.graphql.mutations.plans import hands
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write

_VALUES: Final = (
    "name_fa",
    "name_en",
    "objectives_fa",
    "objectives_en",
    "defined_by",
    "led_by",
    "planned_start",
    "planned_end",
)


@strawberry.input(description="What is needed to define a sub-project.")
class ProposeSubProjectInput(Command):
    """A new sub-project."""

    plan_id: strawberry.ID = strawberry.field(description="The draft of the action plan that defines it.")
    type: SubProjectType = strawberry.field(description="What it is directed at.")
    additional_type_id: strawberry.ID | None = strawberry.field(
        default=None, description="An added type, when the type is OTHER."
    )
    programme_id: strawberry.ID | None = strawberry.field(
        default=None, description="The operational programme it carries out."
    )
    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")
    objectives_fa: str | None = strawberry.field(
        default=None, description="What it is to achieve, in Persian."
    )
    objectives_en: str | None = strawberry.field(
        default=None, description="What it is to achieve, in English."
    )
    defined_by: SubProjectActor = strawberry.field(
        default=SubProjectActor.AGENT, description="Who defined it; counts for self-reliance."
    )
    led_by: SubProjectActor = strawberry.field(
        default=SubProjectActor.AGENT, description="Who is to lead it; counts for self-reliance."
    )
    planned_start: datetime.date | None = strawberry.field(default=None, description="When it is to start.")
    planned_end: datetime.date | None = strawberry.field(default=None, description="When it is to end.")
    network_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="The networks that are to carry it out."
    )


@mutation("SubProject")
async def propose_sub_project(write: Write, input: ProposeSubProjectInput) -> Decision:  # noqa: A002 - the API's word
    """Define a sub-project in a draft of the action plan (R38 to R44)."""
    home = await write.facts(rows.PLAN_OF_SUB_PROJECTS, input.plan_id, path="planId")
    networks = [
        await write.facts(rows.EXECUTING_NETWORK, network, path="networkIds")
        for network in input.network_ids or ()
    ]
    return definition.propose(
        home,
        input.given(*_VALUES),
        classification=await _classified(write, input.type, input.additional_type_id, input.programme_id),
        networks=networks,
        by=hands(write),
        new_id=write.new_id,
    )


@strawberry.input(description="How a sub-project of a draft is defined.")
class EditSubProjectInput(Command):
    """The definition of a sub-project."""

    id: strawberry.ID = strawberry.field(description="The sub-project.")
    type: SubProjectType = strawberry.field(description="What it is directed at.")
    additional_type_id: strawberry.ID | None = strawberry.field(
        default=None, description="An added type, when the type is OTHER; empty takes it away."
    )
    programme_id: strawberry.ID | None = strawberry.field(
        default=None, description="The operational programme it carries out; empty takes it away."
    )
    name_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian name.")
    name_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English name.")
    objectives_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="What it is to achieve, in Persian."
    )
    objectives_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="What it is to achieve, in English."
    )
    defined_by: SubProjectActor | None = strawberry.field(
        default=strawberry.UNSET, description="Who defined it; counts for self-reliance."
    )
    led_by: SubProjectActor | None = strawberry.field(
        default=strawberry.UNSET, description="Who is to lead it; counts for self-reliance."
    )
    planned_start: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="When it is to start."
    )
    planned_end: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="When it is to end."
    )


@mutation("SubProject")
async def edit_sub_project(write: Write, input: EditSubProjectInput) -> Decision:  # noqa: A002 - the API's word
    """Change the definition of a sub-project while its plan version is open."""
    sub_project = await write.facts(rows.SUB_PROJECT, input.id)
    home = await write.facts(rows.PLAN_OF_SUB_PROJECTS, f"ActionPlan_{sub_project.plan_id}", path="planId")
    chosen = await _classified(write, input.type, input.additional_type_id, input.programme_id)
    return definition.edit(sub_project, home, input.given(*_VALUES), classification=chosen)


@strawberry.input(description="The counties in which a sub-project is carried out.")
class PlaceSubProjectInput(Command):
    """A sub-project and its counties."""

    id: strawberry.ID = strawberry.field(description="The sub-project.")
    county_ids: list[strawberry.ID] = strawberry.field(
        description="Counties of the cluster's province; the list replaces the recorded one."
    )


@mutation("SubProject")
async def place_sub_project(write: Write, input: PlaceSubProjectInput) -> Decision:  # noqa: A002 - the API's word
    """Say in which counties a sub-project is carried out (4.1)."""
    placement = await write.facts(rows.PLACEMENT, input.id)
    chosen = [await write.identify("County", county, "countyIds") for county in input.county_ids]
    return places.place(placement, chosen, new_id=write.new_id)


@strawberry.input(description="Which sub-project.")
class SubProjectInput(Command):
    """A sub-project."""

    id: strawberry.ID = strawberry.field(description="The sub-project.")


@strawberry.input(description="Which proposal is taken out.")
class WithdrawSubProjectInput(SubProjectInput):
    """Which proposal is taken out."""


@mutation("ActionPlan")
async def withdraw_sub_project(write: Write, input: WithdrawSubProjectInput) -> Decision:  # noqa: A002 - the API's word
    """Take a proposed sub-project out of an open version; what was approved is cancelled instead."""
    return definition.withdraw(await write.facts(rows.SUB_PROJECT, input.id))


@strawberry.input(description="Which sub-project, and on which day.")
class SubProjectOnInput(SubProjectInput):
    """A sub-project and a day."""

    on: datetime.date | None = strawberry.field(default=None, description="The day; today unless given.")


@strawberry.input(description="Which sub-project starts, and when.")
class StartSubProjectInput(SubProjectOnInput):
    """Which sub-project starts, and when."""


@mutation("SubProject")
async def start_sub_project(write: Write, input: StartSubProjectInput) -> Decision:  # noqa: A002 - the API's word
    """Start an approved sub-project; only under the action plan in force (R38, I6)."""
    sub_project = await write.facts(rows.SUB_PROJECT, input.id)
    return rules.start(sub_project, on=input.on or write.today, today=write.today)


@strawberry.input(description="Which sub-project is completed, and when.")
class CompleteSubProjectInput(SubProjectOnInput):
    """Which sub-project is completed, and when."""


@mutation("SubProject")
async def complete_sub_project(write: Write, input: CompleteSubProjectInput) -> Decision:  # noqa: A002 - the API's word
    """Complete a sub-project that is in progress."""
    sub_project = await write.facts(rows.SUB_PROJECT, input.id)
    return rules.complete(sub_project, on=input.on or write.today, today=write.today)


@strawberry.input(description="Which sub-project, and why.")
class SubProjectReasonInput(SubProjectInput):
    """A sub-project and a reason."""

    reason: str | None = strawberry.field(default=None, description="Why; it is required.")


@strawberry.input(description="Which sub-project is suspended, and why.")
class SuspendSubProjectInput(SubProjectReasonInput):
    """Which sub-project is suspended, and why."""


@mutation("SubProject")
async def suspend_sub_project(write: Write, input: SuspendSubProjectInput) -> Decision:  # noqa: A002 - the API's word
    """Suspend a sub-project that is in progress, with a reason."""
    return rules.suspend(await write.facts(rows.SUB_PROJECT, input.id), reason=input.reason)


@strawberry.input(description="Which sub-project is taken up again.")
class ResumeSubProjectInput(SubProjectInput):
    """Which sub-project is taken up again."""


@mutation("SubProject")
async def resume_sub_project(write: Write, input: ResumeSubProjectInput) -> Decision:  # noqa: A002 - the API's word
    """Take a suspended sub-project up again."""
    return rules.resume(await write.facts(rows.SUB_PROJECT, input.id))


@strawberry.input(description="Which sub-project is cancelled, and why.")
class CancelSubProjectInput(SubProjectReasonInput):
    """Which sub-project is cancelled, and why."""


@mutation("SubProject")
async def cancel_sub_project(write: Write, input: CancelSubProjectInput) -> Decision:  # noqa: A002 - the API's word
    """Cancel a sub-project that is not over, with a reason (R37)."""
    return rules.cancel(await write.facts(rows.SUB_PROJECT, input.id), reason=input.reason)


@strawberry.input(description="What is carried over, and into which draft.")
class CarryOverSubProjectInput(SubProjectInput):
    """A sub-project that never started."""

    plan_id: strawberry.ID = strawberry.field(description="The draft of the action plan that continues it.")


@mutation("SubProject")
async def carry_over_sub_project(write: Write, input: CarryOverSubProjectInput) -> Decision:  # noqa: A002 - the API's word
    """Propose what was approved and never started again in a new version; its approval ends the old one."""
    leftover = await write.facts(rows.LEFTOVER, input.id)
    home = await write.facts(rows.PLAN_OF_SUB_PROJECTS, input.plan_id, path="planId")
    return carrying.carry_over(leftover, home.plan, by=hands(write), new_id=write.new_id)


@strawberry.input(description="Which proposal is brought back.")
class RestoreSubProjectInput(Command):
    """A sub-project that was withdrawn."""

    id: strawberry.ID = strawberry.field(description="The sub-project.")


@mutation("SubProject")
async def restore_sub_project(write: Write, input: RestoreSubProjectInput) -> Decision:  # noqa: A002 - the API's word
    """Bring a withdrawn sub-project back into its draft."""
    return definition.restore(await write.facts(rows.SUB_PROJECT, input.id, removed=True))


async def _classified(
    write: Write,
    kind: SubProjectType,
    additional_id: strawberry.ID | None,
    programme_id: strawberry.ID | None,
) -> Classification:
    additional = None
    if additional_id is not None:
        additional = await write.facts(SUB_PROJECT_TYPE, additional_id, path="additionalTypeId")
    programme = None
    if programme_id is not None:
        programme = await write.identify("OperationalProgramme", programme_id, "programmeId")
    return Classification(kind, additional, programme)
