"""The mutations of the open lists: types of sub-projects (R44) and of trust-building activities (R18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import strawberry

from schema.open_lists import rows
from schema.open_lists.rules import SUB_PROJECT_TYPES, TRUST_ACTIVITY_TYPES
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write

_NAMES: Final = ("name_fa", "name_en")


@strawberry.input(description="What is needed to add a type to an open list.")
class _AddTypeInput(Command):
    """The names of a new type."""

    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")


@strawberry.input(description="What can be changed in an added type.")
class _EditTypeInput(Command):
    """A type, and its names."""

    id: strawberry.ID = strawberry.field(description="The type.")
    name_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian name.")
    name_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English name.")


@strawberry.input(description="Which added type is no longer offered.")
class _RetireTypeInput(Command):
    """A type."""

    id: strawberry.ID = strawberry.field(description="The type.")


@strawberry.input(description="What is needed to add a type of sub-project.")
class AddSubProjectTypeInput(_AddTypeInput):
    """A new type of sub-projects."""


@mutation("AdditionalSubProjectType")
async def add_sub_project_type(write: Write, input: AddSubProjectTypeInput) -> Decision:  # noqa: A002 - the API's word
    """Add a type to the open list of the source (R44)."""
    return SUB_PROJECT_TYPES.add(input.given(*_NAMES), new_id=write.new_id)


@strawberry.input(description="What can be changed in an added type.")
class EditSubProjectTypeInput(_EditTypeInput):
    """The names of a type of sub-projects."""


@mutation("AdditionalSubProjectType")
async def edit_sub_project_type(write: Write, input: EditSubProjectTypeInput) -> Decision:  # noqa: A002 - as above
    """Correct the names of an added type."""
    return SUB_PROJECT_TYPES.edit(await write.facts(rows.SUB_PROJECT_TYPE, input.id), input.given(*_NAMES))


@strawberry.input(description="Which added type is no longer offered.")
class RetireSubProjectTypeInput(_RetireTypeInput):
    """A type of sub-projects."""


@mutation("AdditionalSubProjectType")
async def retire_sub_project_type(write: Write, input: RetireSubProjectTypeInput) -> Decision:  # noqa: A002 - as above
    """Offer an added type no longer; sub-projects that have it keep it."""
    return SUB_PROJECT_TYPES.retire(await write.facts(rows.SUB_PROJECT_TYPE, input.id), on=write.today)


@strawberry.input(description="What is needed to add a type of trust-building activity.")
class AddTrustActivityTypeInput(_AddTypeInput):
    """A new type of activities."""


@mutation("AdditionalTrustActivityType")
async def add_trust_activity_type(write: Write, input: AddTrustActivityTypeInput) -> Decision:  # noqa: A002 - as above
    """Add a type of trust-building activity to the open list of the source (R18)."""
    return TRUST_ACTIVITY_TYPES.add(input.given(*_NAMES), new_id=write.new_id)


@strawberry.input(description="What can be changed in an added type of trust-building activity.")
class EditTrustActivityTypeInput(_EditTypeInput):
    """The names of a type of activities."""


@mutation("AdditionalTrustActivityType")
async def edit_trust_activity_type(write: Write, input: EditTrustActivityTypeInput) -> Decision:  # noqa: A002 - as above
    """Correct the names of an added type of trust-building activity."""
    added = await write.facts(rows.TRUST_ACTIVITY_TYPE, input.id)
    return TRUST_ACTIVITY_TYPES.edit(added, input.given(*_NAMES))


@strawberry.input(description="Which added type of trust-building activity is no longer offered.")
class RetireTrustActivityTypeInput(_RetireTypeInput):
    """A type of activities."""


@mutation("AdditionalTrustActivityType")
async def retire_trust_activity_type(write: Write, input: RetireTrustActivityTypeInput) -> Decision:  # noqa: A002 - as above
    """Offer an added type of trust-building activity no longer; activities that have it keep it."""
    return TRUST_ACTIVITY_TYPES.retire(await write.facts(rows.TRUST_ACTIVITY_TYPE, input.id), on=write.today)
