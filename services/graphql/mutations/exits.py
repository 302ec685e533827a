"""The mutations of the exit: self-reliance, announcement, hand-over steps, completion, revocation."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.exits import announcement, rows, rules, steps
from schema.sub_projects.rows import EXECUTING_NETWORK
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


@strawberry.input(description="An assessment of how far the members define and steer projects themselves.")
class AssessSelfRelianceInput(Command):
    """Two shares and what they rest on."""

    project_id: strawberry.ID = strawberry.field(description="The project.")
    defining: float = strawberry.field(
        description="Share of projects defined by members or networks, 0 to 1."
    )
    steering: float = strawberry.field(description="Share of projects led by members or networks, 0 to 1.")
    assessed_on: datetime.date | None = strawberry.field(
        default=None, description="The day of the assessment; today unless given."
    )
    decided_by: str = strawberry.field(description="Who assessed it: a body or an office.")
    evidence: str = strawberry.field(description="What it rests on.")


@mutation("SelfRelianceAssessment")
async def assess_self_reliance(write: Write, input: AssessSelfRelianceInput) -> Decision:  # noqa: A002 - the API's word
    """Record the members' self-reliance; the threshold in force is kept with it (R48, R55)."""
    project = await write.facts(rows.READINESS, input.project_id, path="projectId")
    return announcement.assess(
        project,
        {"defining": input.defining, "steering": input.steering},
        on=input.assessed_on or write.today,
        decided_by=input.decided_by,
        evidence=input.evidence,
        today=write.today,
        new_id=write.new_id,
    )


@strawberry.input(description="What is needed to announce an exit.")
class AnnounceExitInput(Command):
    """An announcement."""

    project_id: strawberry.ID = strawberry.field(description="The project.")
    announced_on: datetime.date | None = strawberry.field(
        default=None, description="The day of the announcement; today unless given."
    )


@mutation("ExitProcess")
async def announce_exit(write: Write, input: AnnounceExitInput) -> Decision:  # noqa: A002 - as above
    """Announce the agent's exit, which starts the clock of 4 to 6 months (R47, R48, R49, A14)."""
    project = await write.facts(rows.READINESS, input.project_id, path="projectId")
    return announcement.announce(
        project, on=input.announced_on or write.today, today=write.today, new_id=write.new_id
    )


@strawberry.input(description="What is needed to take an announcement back.")
class RevokeExitInput(Command):
    """A revocation."""

    id: strawberry.ID = strawberry.field(description="The exit.")
    on: datetime.date | None = strawberry.field(default=None, description="The day; today unless given.")
    reason: str | None = strawberry.field(default=None, description="Why; it is required.")


@mutation("ExitProcess")
async def revoke_exit(write: Write, input: RevokeExitInput) -> Decision:  # noqa: A002 - as above
    """Take an announcement back; the project goes on."""
    exit_ = await write.facts(rows.EXIT, input.id)
    return rules.revoke(exit_, on=input.on or write.today, reason=input.reason, today=write.today)


@strawberry.input(description="What is needed to complete an exit.")
class CompleteExitInput(Command):
    """A completion."""

    id: strawberry.ID = strawberry.field(description="The exit.")
    completed_on: datetime.date | None = strawberry.field(
        default=None, description="The day the agent is out; today unless given."
    )
    override_reason: str | None = strawberry.field(
        default=None, description="Why it is completed before its window, if it is."
    )


@mutation("ExitProcess")
async def complete_exit(write: Write, input: CompleteExitInput) -> Decision:  # noqa: A002 - as above
    """Complete the exit: project, phases and assignments end the same day (R50, R51, R52)."""
    exit_ = await write.facts(rows.EXIT, input.id)
    return rules.complete(
        exit_,
        on=input.completed_on or write.today,
        override_reason=input.override_reason,
        today=write.today,
    )


@strawberry.input(description="What is needed to plan a hand-over step.")
class AddHandoverStepInput(Command):
    """A step: what, to whom, until when."""

    id: strawberry.ID = strawberry.field(description="The exit.")
    what_fa: str = strawberry.field(description="What is handed over, in Persian.")
    what_en: str = strawberry.field(description="What is handed over, in English.")
    network_id: strawberry.ID | None = strawberry.field(
        default=None, description="The network that takes over."
    )
    institution_id: strawberry.ID | None = strawberry.field(
        default=None, description="The institution that takes over."
    )
    due_on: datetime.date = strawberry.field(description="Until when.")


@mutation("HandoverStep")
async def add_handover_step(write: Write, input: AddHandoverStepInput) -> Decision:  # noqa: A002 - as above
    """Plan what the agent hands over, to a network or an institution (R51)."""
    exit_ = await write.facts(rows.EXIT, input.id)
    network = institution = None
    if input.network_id is not None:
        network = await write.facts(EXECUTING_NETWORK, input.network_id, path="networkId")
    if input.institution_id is not None:
        institution = await write.identify("SupportInstitution", input.institution_id, "institutionId")
    return steps.add(
        exit_,
        input.given("what_fa", "what_en"),
        recipient=steps.Recipient(network, institution),
        due_on=input.due_on,
        new_id=write.new_id,
    )


@strawberry.input(description="What can be changed in a step that is not done.")
class EditHandoverStepInput(Command):
    """A step."""

    id: strawberry.ID = strawberry.field(description="The step.")
    what_fa: str | None = strawberry.field(default=strawberry.UNSET, description="What, in Persian.")
    what_en: str | None = strawberry.field(default=strawberry.UNSET, description="What, in English.")
    due_on: datetime.date | None = strawberry.field(default=strawberry.UNSET, description="Until when.")


@mutation("HandoverStep")
async def edit_handover_step(write: Write, input: EditHandoverStepInput) -> Decision:  # noqa: A002 - as above
    """Change a step that is not done."""
    step = await write.facts(rows.STEP, input.id)
    return steps.edit(step, input.given("what_fa", "what_en", "due_on"))


@strawberry.input(description="What is needed to mark a step as done.")
class CompleteHandoverStepInput(Command):
    """A step that is done."""

    id: strawberry.ID = strawberry.field(description="The step.")
    done_on: datetime.date | None = strawberry.field(default=None, description="The day; today unless given.")
    evidence: str | None = strawberry.field(default=None, description="What shows it; it is required.")


@mutation("HandoverStep")
async def complete_handover_step(write: Write, input: CompleteHandoverStepInput) -> Decision:  # noqa: A002 - as above
    """Mark a hand-over step as done, with what shows it (R51)."""
    step = await write.facts(rows.STEP, input.id)
    return steps.finish(step, on=input.done_on or write.today, evidence=input.evidence, today=write.today)


@strawberry.input(description="Which step to drop.")
class RemoveHandoverStepInput(Command):
    """A step."""

    id: strawberry.ID = strawberry.field(description="The step.")


@mutation("HandoverStep")
async def remove_handover_step(write: Write, input: RemoveHandoverStepInput) -> Decision:  # noqa: A002 - as above
    """Drop a step that is not done."""
    return steps.drop(await write.facts(rows.STEP, input.id))


@strawberry.input(description="Which dropped step to bring back.")
class RestoreHandoverStepInput(Command):
    """A step that was dropped."""

    id: strawberry.ID = strawberry.field(description="The step.")


@mutation("HandoverStep")
async def restore_handover_step(write: Write, input: RestoreHandoverStepInput) -> Decision:  # noqa: A002 - as above
    """Bring back a step that was dropped."""
    return steps.restore(await write.facts(rows.STEP, input.id, removed=True))
