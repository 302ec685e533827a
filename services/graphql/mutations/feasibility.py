"""The commands on feasibility studies: begin, put on record, complete, correct, take back."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

import strawberry

from schema.clusters.rows import CLUSTER
from schema.feasibility import rows, rules
from schema.vocabulary import FeasibilityRecommendation
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write

_SUMMARY: Final = ("summary_fa", "summary_en")
_FOUND: Final = ("begun_on", "completed_on", "recommendation", *_SUMMARY)


@strawberry.input(description="Who prepares a feasibility study; what is absent stays as it is.")
class FeasibilityPreparation(Command):
    """Who prepares a study."""

    institution_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The institution that prepares it."
    )
    prepared_by: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Who prepares it, where that is no institution on record: an office or a firm.",
    )


@strawberry.input(description="The cluster whose feasibility study begins.")
class StartFeasibilityStudyInput(FeasibilityPreparation):
    """A study that begins."""

    id: strawberry.ID = strawberry.field(description="The cluster.")
    on: datetime.date | None = strawberry.field(
        default=None, description="The first day of the study; today unless given."
    )
    reason: str | None = strawberry.field(default=None, description="Why now, if that is worth telling.")


@strawberry.input(description="A feasibility study that was made earlier, with what it recommends.")
class RecordFeasibilityStudyInput(FeasibilityPreparation):
    """A study that is over."""

    cluster_id: strawberry.ID = strawberry.field(description="The cluster.")
    begun_on: datetime.date = strawberry.field(description="When it began.")
    completed_on: datetime.date = strawberry.field(description="When it was completed.")
    recommendation: FeasibilityRecommendation = strawberry.field(description="What it recommends.")
    summary_fa: str = strawberry.field(description="Why it recommends so, in Persian.")
    summary_en: str | None = strawberry.field(default=None, description="Why it recommends so, in English.")


@strawberry.input(description="What a feasibility study recommends.")
class CompleteFeasibilityStudyInput(Command):
    """The end of a study."""

    id: strawberry.ID = strawberry.field(description="The study.")
    recommendation: FeasibilityRecommendation = strawberry.field(description="What it recommends.")
    on: datetime.date | None = strawberry.field(
        default=None, description="When it was completed; today unless given."
    )
    summary_fa: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Why it recommends so, in Persian; needed unless it is on record.",
    )
    summary_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="Why it recommends so, in English."
    )


@strawberry.input(description="What is to change in a feasibility study; what is absent stays as it is.")
class EditFeasibilityStudyInput(FeasibilityPreparation):
    """Corrections to a study."""

    id: strawberry.ID = strawberry.field(description="The study.")
    begun_on: datetime.date | None = strawberry.field(default=strawberry.UNSET, description="When it began.")
    completed_on: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="When it was completed, once it is."
    )
    recommendation: FeasibilityRecommendation | None = strawberry.field(
        default=strawberry.UNSET, description="What it recommends, once it is completed."
    )
    summary_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="Why it recommends so, in Persian."
    )
    summary_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="Why it recommends so, in English."
    )


async def _prepared(write: Write, given: FeasibilityPreparation) -> dict[str, object]:
    values: dict[str, object] = given.given("prepared_by", "institution_id")
    if values.get("institution_id"):
        values["institution_id"] = await write.identify(
            "SupportInstitution", str(given.institution_id), "institutionId"
        )
    return values


@mutation("Cluster")
async def start_feasibility_study(write: Write, input: StartFeasibilityStudyInput) -> Decision:  # noqa: A002 - the API's word
    """Begin the feasibility study of a prioritised cluster, or another one after a study that is over (E1)."""
    return rules.start(
        await write.facts(CLUSTER, input.id),
        await _prepared(write, input),
        on=input.on or write.today,
        reason=input.reason,
        today=write.today,
        new_id=write.new_id,
    )


@mutation("FeasibilityStudy")
async def record_feasibility_study(write: Write, input: RecordFeasibilityStudyInput) -> Decision:  # noqa: A002 - as above
    """Put a feasibility study on record that was made earlier; the state of the cluster stays (E1)."""
    cluster = await write.facts(CLUSTER, input.cluster_id, path="clusterId")
    values = {**input.given(*_FOUND), **await _prepared(write, input)}
    return rules.record(cluster, values, today=write.today, new_id=write.new_id)


@mutation("FeasibilityStudy")
async def complete_feasibility_study(write: Write, input: CompleteFeasibilityStudyInput) -> Decision:  # noqa: A002 - as above
    """Complete a feasibility study with what it recommends (E1)."""
    return rules.complete(
        await write.facts(rows.FEASIBILITY, input.id),
        on=input.on or write.today,
        recommendation=input.recommendation,
        summary=input.given(*_SUMMARY),
        today=write.today,
    )


@mutation("FeasibilityStudy")
async def edit_feasibility_study(write: Write, input: EditFeasibilityStudyInput) -> Decision:  # noqa: A002 - as above
    """Correct a feasibility study."""
    study = await write.facts(rows.FEASIBILITY, input.id)
    return rules.edit(study, {**input.given(*_FOUND), **await _prepared(write, input)}, today=write.today)


@strawberry.input(description="Which feasibility study was entered by mistake.")
class RemoveFeasibilityStudyInput(Command):
    """A study that is taken back."""

    id: strawberry.ID = strawberry.field(description="The study.")


@mutation("FeasibilityStudy")
async def remove_feasibility_study(write: Write, input: RemoveFeasibilityStudyInput) -> Decision:  # noqa: A002 - as above
    """Take back a feasibility study that was entered by mistake; the state of the cluster stays (E1)."""
    return rules.remove(await write.facts(rows.FEASIBILITY, input.id))


@strawberry.input(description="Which feasibility study to bring back.")
class RestoreFeasibilityStudyInput(Command):
    """A study that was removed."""

    id: strawberry.ID = strawberry.field(description="The study.")


@mutation("FeasibilityStudy")
async def restore_feasibility_study(write: Write, input: RestoreFeasibilityStudyInput) -> Decision:  # noqa: A002 - as above
    """Bring back a feasibility study that was removed."""
    return rules.restore(await write.facts(rows.FEASIBILITY, input.id, removed=True))
