"""The mutations of action plans: draft, edit, submit, and the council's decisions on them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

import strawberry

from schema.councils import rows as council_rows
from schema.councils.ballots import Ballot, Resolution
from schema.plans import decisions, rows, rules
from schema.vocabulary import PlanOwner, ReviewDecision, UserRole
from services.graphql.mutations.command import Command
from services.graphql.mutations.councils import SeatVoteInput, ballots
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from schema.vocabulary import Term
    from services.graphql.mutations.write import Write

_SUBMITTERS: Final[dict[Term, PlanOwner]] = {
    UserRole.DEVELOPMENT_AGENT: PlanOwner.AGENT,
    UserRole.NETWORK_REPRESENTATIVE: PlanOwner.NETWORK,
}
_TEXTS: Final = ("vision_fa", "vision_en", "period_start", "period_end", "document_number")


def hands(write: Write) -> PlanOwner | None:
    """Tell in whose name the viewer acts; an administrator acts for whose duty it is."""
    return _SUBMITTERS.get(write.viewer.role)


@strawberry.input(description="What is needed to draft a version of the action plan.")
class DraftActionPlanInput(Command):
    """A new version."""

    cluster_id: strawberry.ID = strawberry.field(description="The cluster.")
    vision_fa: str | None = strawberry.field(default=None, description="The vision, in Persian.")
    vision_en: str | None = strawberry.field(default=None, description="The vision, in English.")
    period_start: datetime.date | None = strawberry.field(default=None, description="The first day it plans.")
    period_end: datetime.date | None = strawberry.field(default=None, description="The last day it plans.")
    document_number: str | None = strawberry.field(
        default=None, description="The number of the document; needed at the latest at approval."
    )


@mutation("ActionPlan")
async def draft_action_plan(write: Write, input: DraftActionPlanInput) -> Decision:  # noqa: A002 - the API's word
    """Draft the next version of a cluster's action plan; an earlier renewal is always welcome (R25, A3)."""
    home = await write.facts(rows.PLAN_HOME, input.cluster_id, path="clusterId")
    return rules.draft(home, input.given(*_TEXTS), by=hands(write), new_id=write.new_id)


@strawberry.input(description="What can be changed in a draft of the action plan.")
class EditActionPlanInput(Command):
    """The text of a version."""

    id: strawberry.ID = strawberry.field(description="The version.")
    vision_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The vision, in Persian.")
    vision_en: str | None = strawberry.field(default=strawberry.UNSET, description="The vision, in English.")
    period_start: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="The first day it plans."
    )
    period_end: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="The last day it plans."
    )
    document_number: str | None = strawberry.field(
        default=strawberry.UNSET, description="The number of the document."
    )


@mutation("ActionPlan")
async def edit_action_plan(write: Write, input: EditActionPlanInput) -> Decision:  # noqa: A002 - the API's word
    """Change the text of a draft or of a version that was returned, which makes it a draft again."""
    plan = await write.facts(rows.PLAN, input.id)
    return rules.edit(plan, input.given(*_TEXTS), by=hands(write))


@strawberry.input(description="What is needed to present the action plan to the council.")
class SubmitActionPlanInput(Command):
    """The presentation of a version."""

    id: strawberry.ID = strawberry.field(description="The version.")
    presented_on: datetime.date | None = strawberry.field(
        default=None, description="The day it was presented; today unless given."
    )


@mutation("ActionPlan")
async def submit_action_plan(write: Write, input: SubmitActionPlanInput) -> Decision:  # noqa: A002 - the API's word
    """Present a version with vision, strategies and programmes to the steering council (R23, R26, R30)."""
    plan = await write.facts(rows.PLAN, input.id)
    on = input.presented_on or write.today
    return rules.submit(plan, by=hands(write), on=on, today=write.today)


@strawberry.input(description="The council's decision on a version of the action plan.")
class DecideActionPlanInput(Command):
    """A decision and its votes."""

    id: strawberry.ID = strawberry.field(description="The version.")
    meeting_id: strawberry.ID = strawberry.field(
        description="The meeting of the same cluster's council in which it was decided."
    )
    votes: list[SeatVoteInput] = strawberry.field(
        description="How the seats present voted on this decision: FOR means for it, a rejection too."
    )
    note_fa: str | None = strawberry.field(default=None, description="A note, in Persian.")
    note_en: str | None = strawberry.field(default=None, description="A note, in English.")


@strawberry.input(description="The council's return of a version for correction.")
class ReturnActionPlanInput(DecideActionPlanInput):
    """A return."""


@strawberry.input(description="The council's rejection of a version.")
class RejectActionPlanInput(DecideActionPlanInput):
    """A rejection."""


@strawberry.input(description="The council's approval of a version of the action plan.")
class ApproveActionPlanInput(DecideActionPlanInput):
    """An approval, which gives the document its number."""

    document_number: str | None = strawberry.field(
        default=None, description="The number of the approved document, unless it has one already (R27)."
    )


@mutation("ActionPlan")
async def approve_action_plan(write: Write, input: ApproveActionPlanInput) -> Decision:  # noqa: A002 - the API's word
    """Record that the cluster's council approved a version; it supersedes the former one (R28, I8)."""
    return await _decide(write, input, ReviewDecision.APPROVE, input.document_number)


@mutation("ActionPlan")
async def return_action_plan(write: Write, input: ReturnActionPlanInput) -> Decision:  # noqa: A002 - the API's word
    """Record that the council returned a version for correction."""
    return await _decide(write, input, ReviewDecision.RETURN)


@mutation("ActionPlan")
async def reject_action_plan(write: Write, input: RejectActionPlanInput) -> Decision:  # noqa: A002 - the API's word
    """Record that the council rejected a version; the next draft gets the next number."""
    return await _decide(write, input, ReviewDecision.REJECT)


async def _decide(
    write: Write, given: DecideActionPlanInput, decision: ReviewDecision, number: str | None = None
) -> Decision:
    plan = await write.facts(rows.PLAN, given.id)
    meeting = await write.facts(council_rows.MEETING, given.meeting_id, path="meetingId")
    votes: tuple[Ballot, ...] = await ballots(write, given.votes)
    resolution = Resolution(decision, votes, given.note_fa, given.note_en)
    return decisions.decide(plan, meeting, resolution, document_number=number, new_id=write.new_id)
