"""The commands on phases and their gates: plan, start, complete, meet a gate, open it again."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.phases import gates, rows, rules
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


@strawberry.input(description="What is needed to start a phase.")
class StartPhaseInput(Command):
    """A phase and its first day."""

    id: strawberry.ID = strawberry.field(description="The phase.")
    on: datetime.date | None = strawberry.field(
        default=None, description="The first day; today unless given."
    )


@strawberry.input(description="What is needed to complete a phase.")
class CompletePhaseInput(Command):
    """A phase, its last day, and why it ends early or late."""

    id: strawberry.ID = strawberry.field(description="The phase.")
    on: datetime.date | None = strawberry.field(default=None, description="The last day; today unless given.")
    reason: str | None = strawberry.field(
        default=None, description="Why it ends before its window; optional when it ends late (A6)."
    )


@strawberry.input(description="When a phase is meant to start and end.")
class PlanPhaseInput(Command):
    """The plan of a phase."""

    id: strawberry.ID = strawberry.field(description="The phase.")
    planned_start: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="The first day; empty removes it."
    )
    planned_end: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="The last day; empty removes it."
    )


@strawberry.input(description="The evidence that a gate of a phase is met.")
class MeetGateInput(Command):
    """A gate, the decision and its evidence."""

    id: strawberry.ID = strawberry.field(description="The gate.")
    decided_by: str = strawberry.field(description="Who decided: a body or an office, not a private person.")
    evidence: str = strawberry.field(description="What it rests on.")
    on: datetime.date | None = strawberry.field(
        default=None, description="The day of the decision; today unless given."
    )


@strawberry.input(description="The gate whose evidence did not hold.")
class ReopenGateInput(Command):
    """A gate."""

    id: strawberry.ID = strawberry.field(description="The gate.")


@mutation("Phase")
async def start_phase(write: Write, input: StartPhaseInput) -> Decision:  # noqa: A002 - as in the API
    """Start a phase: the study at a day of its own (A8), implementation after the study (R35)."""
    phase = await write.facts(rows.PHASE, input.id)
    return rules.start(phase, on=input.on or write.today, today=write.today)


@mutation("Phase")
async def complete_phase(write: Write, input: CompletePhaseInput) -> Decision:  # noqa: A002 - as in the API
    """Complete the study or implementation (R10, R12, R37); the end of the study opens planning (R24)."""
    phase = await write.facts(rows.PHASE, input.id)
    return rules.complete(phase, on=input.on or write.today, reason=input.reason, today=write.today)


@mutation("Phase")
async def plan_phase(write: Write, input: PlanPhaseInput) -> Decision:  # noqa: A002 - as in the API
    """Enter when a phase is meant to start and end; warns when implementation is not the longest (R36)."""
    phase = await write.facts(rows.PHASE, input.id)
    start, end = input.planned_start, input.planned_end
    return rules.plan(
        phase,
        planned_start=phase.planned_start if start is strawberry.UNSET else start,
        planned_end=phase.planned_end if end is strawberry.UNSET else end,
    )


@mutation("PhaseGate")
async def meet_gate(write: Write, input: MeetGateInput) -> Decision:  # noqa: A002 - as in the API
    """Record that a gate of a phase is met: when, by whose decision, on what evidence."""
    gate = await write.facts(rows.GATE, input.id)
    return gates.meet(
        gate,
        on=input.on or write.today,
        decided_by=input.decided_by,
        evidence=input.evidence,
        today=write.today,
    )


@mutation("PhaseGate")
async def reopen_gate(write: Write, input: ReopenGateInput) -> Decision:  # noqa: A002 - as in the API
    """Open a gate again whose evidence did not hold; the history keeps what was recorded."""
    return gates.reopen(await write.facts(rows.GATE, input.id))
