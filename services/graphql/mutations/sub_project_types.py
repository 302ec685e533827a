"""The mutations of the open list of sub-project types (R44)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import strawberry

from schema.sub_projects import open_list, rows
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write

_NAMES: Final = ("name_fa", "name_en")


@strawberry.input(description="What is needed to add a type of sub-project.")
class AddSubProjectTypeInput(Command):
    """A new type."""

    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")


@mutation("AdditionalSubProjectType")
async def add_sub_project_type(write: Write, input: AddSubProjectTypeInput) -> Decision:  # noqa: A002 - the API's word
    """Add a type to the open list of the source (R44)."""
    return open_list.add_type(input.given(*_NAMES), new_id=write.new_id)


@strawberry.input(description="What can be changed in an added type.")
class EditSubProjectTypeInput(Command):
    """The names of a type."""

    id: strawberry.ID = strawberry.field(description="The type.")
    name_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian name.")
    name_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English name.")


@mutation("AdditionalSubProjectType")
async def edit_sub_project_type(write: Write, input: EditSubProjectTypeInput) -> Decision:  # noqa: A002 - the API's word
    """Correct the names of an added type."""
    return open_list.edit_type(await write.facts(rows.ADDED_TYPE, input.id), input.given(*_NAMES))


@strawberry.input(description="Which added type is no longer offered.")
class RetireSubProjectTypeInput(Command):
    """A type."""

    id: strawberry.ID = strawberry.field(description="The type.")


@mutation("AdditionalSubProjectType")
async def retire_sub_project_type(write: Write, input: RetireSubProjectTypeInput) -> Decision:  # noqa: A002 - the API's word
    """Offer an added type no longer; sub-projects that have it keep it."""
    return open_list.retire_type(await write.facts(rows.ADDED_TYPE, input.id), on=write.today)
