"""The mutations of a sub-project's milestones and of the reports on its progress."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

import strawberry

from schema.sub_projects import progress, rows
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write

_VALUES: Final = ("name_fa", "name_en", "weight", "due_on")


@strawberry.input(description="What is needed to add a milestone.")
class AddMilestoneInput(Command):
    """A new milestone."""

    sub_project_id: strawberry.ID = strawberry.field(description="The sub-project.")
    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")
    weight: int = strawberry.field(description="Its share of the progress, 1 to 100.")
    due_on: datetime.date | None = strawberry.field(default=None, description="When it is due.")


@mutation("Milestone")
async def add_milestone(write: Write, input: AddMilestoneInput) -> Decision:  # noqa: A002 - the API's word
    """Add a step to a sub-project that is not over."""
    sub_project = await write.facts(rows.SUB_PROJECT, input.sub_project_id, path="subProjectId")
    return progress.add_milestone(sub_project, input.given(*_VALUES), new_id=write.new_id)


@strawberry.input(description="What can be changed in a milestone.")
class EditMilestoneInput(Command):
    """A milestone that is not done."""

    id: strawberry.ID = strawberry.field(description="The milestone.")
    name_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian name.")
    name_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English name.")
    weight: int | None = strawberry.field(
        default=strawberry.UNSET, description="Its share of the progress, 1 to 100."
    )
    due_on: datetime.date | None = strawberry.field(default=strawberry.UNSET, description="When it is due.")


@mutation("Milestone")
async def edit_milestone(write: Write, input: EditMilestoneInput) -> Decision:  # noqa: A002 - the API's word
    """Change a milestone that is not done."""
    return progress.edit_milestone(await write.facts(rows.MILESTONE, input.id), input.given(*_VALUES))


@strawberry.input(description="Which milestone is taken out.")
class RemoveMilestoneInput(Command):
    """A milestone that is not done."""

    id: strawberry.ID = strawberry.field(description="The milestone.")


@mutation("SubProject")
async def remove_milestone(write: Write, input: RemoveMilestoneInput) -> Decision:  # noqa: A002 - the API's word
    """Take out a milestone that is not done."""
    return progress.remove_milestone(await write.facts(rows.MILESTONE, input.id))


@strawberry.input(description="What is reported about a sub-project.")
class ReportProgressInput(Command):
    """A report of progress."""

    sub_project_id: strawberry.ID = strawberry.field(description="The sub-project.")
    on: datetime.date | None = strawberry.field(default=None, description="The day; today unless given.")
    done: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="The milestones that were done on that day."
    )
    note_fa: str | None = strawberry.field(default=None, description="The report, in Persian.")
    note_en: str | None = strawberry.field(default=None, description="The report, in English.")


@mutation("SubProject")
async def report_progress(write: Write, input: ReportProgressInput) -> Decision:  # noqa: A002 - the API's word
    """Report how far a sub-project is and which milestones are done."""
    sub_project = await write.facts(rows.SUB_PROJECT, input.sub_project_id, path="subProjectId")
    done = [await write.identify("Milestone", milestone, "done") for milestone in input.done]
    return progress.report(
        sub_project,
        input.given("note_fa", "note_en"),
        on=input.on or write.today,
        done=done,
        today=write.today,
        new_id=write.new_id,
    )


@strawberry.input(description="Which milestone is brought back.")
class RestoreMilestoneInput(Command):
    """A milestone that was removed."""

    id: strawberry.ID = strawberry.field(description="The milestone.")


@mutation("Milestone")
async def restore_milestone(write: Write, input: RestoreMilestoneInput) -> Decision:  # noqa: A002 - the API's word
    """Bring a removed milestone back, at the end of the list."""
    return progress.restore_milestone(await write.facts(rows.MILESTONE, input.id, removed=True))
