"""The commands on supervision visits: record, correct, take back (E9)."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.projects import rows, visits
from services.graphql.mutations.command import Command
from services.graphql.mutations.given import given_values
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


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
    advisor_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="The place in the team of whoever visited; the technical advisor's unless given.",
    )


@strawberry.input(description="What can be corrected in a supervision visit.")
class EditSupervisionVisitInput(Command):
    """A visit on record."""

    id: strawberry.ID = strawberry.field(description="The visit.")
    visited_on: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="The day of the visit."
    )
    findings_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="What was found, in Persian."
    )
    findings_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="What was found, in English."
    )
    corrections_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="What is to be corrected, in Persian."
    )
    corrections_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="What is to be corrected, in English."
    )
    advisor_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The place in the team of whoever visited."
    )


@strawberry.input(description="Which supervision visit to remove.")
class RemoveSupervisionVisitInput(Command):
    """A visit that was recorded by mistake."""

    id: strawberry.ID = strawberry.field(description="The visit.")


@strawberry.input(description="Which removed supervision visit to bring back.")
class RestoreSupervisionVisitInput(Command):
    """A visit that was removed."""

    id: strawberry.ID = strawberry.field(description="The visit.")


@mutation("SupervisionVisit")
async def record_supervision_visit(write: Write, input: RecordSupervisionVisitInput) -> Decision:  # noqa: A002 - as in the API
    """Record a visit of the technical advisor–supervisor; the next one is counted from it (E9)."""
    project = await write.facts(rows.PROJECT, input.project_id, path="projectId")
    return visits.record(
        project,
        on=input.visited_on or write.today,
        report=given_values(input, without=("project_id", "visited_on", "advisor_id")),
        advisor=await _advisor(write, input.advisor_id),
        today=write.today,
        new_id=write.new_id,
    )


@mutation("SupervisionVisit")
async def edit_supervision_visit(write: Write, input: EditSupervisionVisitInput) -> Decision:  # noqa: A002 - as in the API
    """Correct what was recorded of a visit."""
    visit = await write.facts(rows.VISIT, input.id)
    changed = given_values(input, without=("id", "advisor_id"))
    advisor = None
    if input.advisor_id is not strawberry.UNSET:
        advisor = await _advisor(write, input.advisor_id)
        changed = {**changed, "advisor_id": advisor.id if advisor else None}
    return visits.edit(visit, changed, advisor=advisor, today=write.today)


@mutation("SupervisionVisit")
async def remove_supervision_visit(write: Write, input: RemoveSupervisionVisitInput) -> Decision:  # noqa: A002 - as in the API
    """Take back a visit that was recorded by mistake."""
    return visits.remove(await write.facts(rows.VISIT, input.id))


@mutation("SupervisionVisit")
async def restore_supervision_visit(write: Write, input: RestoreSupervisionVisitInput) -> Decision:  # noqa: A002 - as in the API
    """Bring back a visit that was removed."""
    return visits.restore(await write.facts(rows.VISIT, input.id, removed=True))


async def _advisor(write: Write, given: str | None) -> visits.Advisor | None:
    if not given:
        return None
    return await write.facts(rows.ADVISOR, given, path="advisorId")
