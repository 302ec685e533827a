"""The commands on what a sub-project brings forth: planned, counted, removed, restored."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import strawberry

from schema.sub_projects import outputs, rows
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write

_VALUES: Final = ("name_fa", "name_en", "counted_in_fa", "counted_in_en", "planned")


@strawberry.input(description="What is to come of a sub-project.")
class AddSubProjectOutputInput(Command):
    """A new output."""

    sub_project_id: strawberry.ID = strawberry.field(description="The sub-project.")
    name_fa: str = strawberry.field(description="What it is, in Persian.")
    name_en: str = strawberry.field(description="What it is, in English.")
    counted_in_fa: str = strawberry.field(description="What it is counted in, in Persian.")
    counted_in_en: str = strawberry.field(description="What it is counted in, in English.")
    planned: Decimal = strawberry.field(description="How much is to come of it.")


@mutation("SubProjectOutput")
async def add_sub_project_output(write: Write, input: AddSubProjectOutputInput) -> Decision:  # noqa: A002 - the API's word
    """Say what is to come of a sub-project of a draft (4.1)."""
    sub_project = await write.facts(rows.SUB_PROJECT, input.sub_project_id, path="subProjectId")
    return outputs.add(sub_project, input.given(*_VALUES), new_id=write.new_id)


@strawberry.input(description="What can be changed in a planned output.")
class EditSubProjectOutputInput(Command):
    """A planned output."""

    id: strawberry.ID = strawberry.field(description="The output.")
    name_fa: str | None = strawberry.field(default=strawberry.UNSET, description="What it is, in Persian.")
    name_en: str | None = strawberry.field(default=strawberry.UNSET, description="What it is, in English.")
    counted_in_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="What it is counted in, in Persian."
    )
    counted_in_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="What it is counted in, in English."
    )
    planned: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="How much is to come of it."
    )


@mutation("SubProjectOutput")
async def edit_sub_project_output(write: Write, input: EditSubProjectOutputInput) -> Decision:  # noqa: A002 - as above
    """Change a planned output while the plan version is open."""
    return outputs.edit(await write.facts(rows.OUTPUT, input.id), input.given(*_VALUES))


@strawberry.input(description="What has come of a sub-project so far.")
class RecordSubProjectOutputInput(Command):
    """A count."""

    id: strawberry.ID = strawberry.field(description="The output.")
    achieved: Decimal = strawberry.field(description="How much has come of it so far.")
    on: datetime.date | None = strawberry.field(
        default=None, description="The day it was counted; today unless given."
    )


@mutation("SubProjectOutput")
async def record_sub_project_output(write: Write, input: RecordSubProjectOutputInput) -> Decision:  # noqa: A002 - as above
    """Count what has come of a sub-project that has started."""
    output = await write.facts(rows.OUTPUT, input.id)
    return outputs.record(output, input.achieved, on=input.on or write.today, today=write.today)


@strawberry.input(description="Which output is taken out.")
class RemoveSubProjectOutputInput(Command):
    """A planned output."""

    id: strawberry.ID = strawberry.field(description="The output.")


@mutation("SubProject")
async def remove_sub_project_output(write: Write, input: RemoveSubProjectOutputInput) -> Decision:  # noqa: A002 - as above
    """Take an output out while the plan version is open."""
    return outputs.remove(await write.facts(rows.OUTPUT, input.id))


@strawberry.input(description="Which output is brought back.")
class RestoreSubProjectOutputInput(Command):
    """An output that was removed."""

    id: strawberry.ID = strawberry.field(description="The output.")


@mutation("SubProjectOutput")
async def restore_sub_project_output(write: Write, input: RestoreSubProjectOutputInput) -> Decision:  # noqa: A002 - as above
    """Bring a removed output back into its draft."""
    return outputs.restore(await write.facts(rows.OUTPUT, input.id, removed=True))
