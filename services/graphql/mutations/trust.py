"""The mutations of trust-building activities and those who take part in them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.open_lists.rows import TRUST_ACTIVITY_TYPE
from schema.trust import rows, rules
from schema.vocabulary import TrustActivityType, TrustApproach
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from schema.open_lists.rules import AddedType
    from services.graphql.mutations.write import Write


@strawberry.input(description="What is needed to plan a trust-building activity.")
class PlanTrustActivityInput(Command):
    """A new activity."""

    project_id: strawberry.ID = strawberry.field(description="The project.")
    type: TrustActivityType = strawberry.field(description="What it is.")
    additional_type_id: strawberry.ID | None = strawberry.field(
        default=None, description="An added type, when the type is OTHER."
    )
    approach: TrustApproach = strawberry.field(description="Scientific, practical or both.")
    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")
    planned_start: datetime.date = strawberry.field(description="When it is to start.")
    planned_end: datetime.date = strawberry.field(description="When it is to end.")


@mutation("TrustActivity")
async def plan_trust_activity(write: Write, input: PlanTrustActivityInput) -> Decision:  # noqa: A002 - the API's word
    """Plan a short-term trust-building activity of a running project (R16, R17, R18)."""
    home = await write.facts(rows.HOME, input.project_id, path="projectId")
    return rules.plan_activity(
        home,
        input.given("name_fa", "name_en"),
        means=rules.Means(input.type, input.approach, await _added(write, input.additional_type_id)),
        period=(input.planned_start, input.planned_end),
        new_id=write.new_id,
    )


@strawberry.input(description="What can be changed in a planned activity.")
class EditTrustActivityInput(Command):
    """An activity."""

    id: strawberry.ID = strawberry.field(description="The activity.")
    type: TrustActivityType | None = strawberry.field(default=strawberry.UNSET, description="What it is.")
    additional_type_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="An added type, when the type is OTHER; empty takes it away."
    )
    approach: TrustApproach | None = strawberry.field(
        default=strawberry.UNSET, description="Scientific, practical or both."
    )
    name_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian name.")
    name_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English name.")
    planned_start: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="When it is to start."
    )
    planned_end: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="When it is to end."
    )


@mutation("TrustActivity")
async def edit_trust_activity(write: Write, input: EditTrustActivityInput) -> Decision:  # noqa: A002 - as above
    """Change what was planned."""
    activity = await write.facts(rows.ACTIVITY, input.id)
    given = input.given("type", "approach", "name_fa", "name_en", "planned_start", "planned_end")
    if input.additional_type_id is strawberry.UNSET:
        return rules.edit_activity(activity, given)
    added = await _added(write, input.additional_type_id)
    given["additional_type_id"] = added.id if added else None
    return rules.edit_activity(activity, given, additional=added)


@strawberry.input(description="What is needed to record that an activity took place.")
class RecordTrustActivityInput(Command):
    """What happened."""

    id: strawberry.ID = strawberry.field(description="The activity.")
    actual_start: datetime.date = strawberry.field(description="The first day.")
    actual_end: datetime.date = strawberry.field(description="The last day.")
    outcome_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="What came of it, in Persian."
    )
    outcome_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="What came of it, in English."
    )


@mutation("TrustActivity")
async def record_trust_activity(write: Write, input: RecordTrustActivityInput) -> Decision:  # noqa: A002 - as above
    """Record that an activity took place and what came of it (R15)."""
    activity = await write.facts(rows.ACTIVITY, input.id)
    return rules.record_activity(
        activity,
        period=(input.actual_start, input.actual_end),
        outcome=input.given("outcome_fa", "outcome_en"),
        today=write.today,
    )


@strawberry.input(description="Which activity to remove.")
class RemoveTrustActivityInput(Command):
    """An activity."""

    id: strawberry.ID = strawberry.field(description="The activity.")


@mutation("TrustActivity")
async def remove_trust_activity(write: Write, input: RemoveTrustActivityInput) -> Decision:  # noqa: A002 - as above
    """Remove an activity that was only planned."""
    return rules.remove_activity(await write.facts(rows.ACTIVITY, input.id))


@strawberry.input(description="Which removed activity to bring back.")
class RestoreTrustActivityInput(Command):
    """An activity that was removed."""

    id: strawberry.ID = strawberry.field(description="The activity.")


@mutation("TrustActivity")
async def restore_trust_activity(write: Write, input: RestoreTrustActivityInput) -> Decision:  # noqa: A002 - as above
    """Bring back an activity that was removed."""
    return rules.restore_activity(await write.facts(rows.ACTIVITY, input.id, removed=True))


@strawberry.input(description="Who takes part: a stakeholder or an institution.")
class AddTrustParticipantInput(Command):
    """A participant."""

    id: strawberry.ID = strawberry.field(description="The activity.")
    stakeholder_id: strawberry.ID | None = strawberry.field(default=None, description="The stakeholder.")
    institution_id: strawberry.ID | None = strawberry.field(default=None, description="The institution.")


@mutation("TrustActivity")
async def add_trust_participant(write: Write, input: AddTrustParticipantInput) -> Decision:  # noqa: A002 - as above
    """Enter who takes part in an activity: a stakeholder, member or not, or an institution (R19)."""
    activity = await write.facts(rows.ACTIVITY, input.id)
    stakeholder = institution = None
    if input.stakeholder_id is not None:
        stakeholder = (await write.facts(rows.RESPONDENT, input.stakeholder_id, path="stakeholderId")).id
    if input.institution_id is not None:
        institution = await write.identify("SupportInstitution", input.institution_id, "institutionId")
    return rules.add_participant(
        activity, stakeholder_id=stakeholder, institution_id=institution, new_id=write.new_id
    )


@strawberry.input(description="Which participant to take off an activity.")
class RemoveTrustParticipantInput(Command):
    """A participant."""

    id: strawberry.ID = strawberry.field(description="The activity.")
    participant_id: strawberry.ID = strawberry.field(description="The participant.")


@mutation("TrustActivity")
async def remove_trust_participant(write: Write, input: RemoveTrustParticipantInput) -> Decision:  # noqa: A002 - as above
    """Take a participant off an activity that has not taken place yet."""
    activity = await write.facts(rows.ACTIVITY, input.id)
    participant = await write.identify("TrustParticipant", input.participant_id, "participantId")
    return rules.remove_participant(activity, participant)


async def _added(write: Write, additional_id: str | None) -> AddedType | None:
    """Load the added type that is chosen."""
    if additional_id is None:
        return None
    return await write.facts(TRUST_ACTIVITY_TYPE, additional_id, path="additionalTypeId")
