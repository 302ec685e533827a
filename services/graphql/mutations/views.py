"""The commands on views: keep a list under a name, remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import strawberry

from schema.decision import Decision, refuse
from schema.identity import global_id
from schema.problems import ProblemCode
from schema.views import rows, rules
from schema.vocabulary import UserRole
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from services.graphql.mutations.write import Write


@strawberry.input(description="A list to keep under a name.")
class SaveViewInput(Command):
    """Which list, under which name, for whom."""

    name: str = strawberry.field(description="What it is called.")
    address: str = strawberry.field(
        description="The address of the list's page with filters, order and columns."
    )
    shared_with: UserRole | None = strawberry.field(
        default=None, description="A role to share it with; administrators only."
    )


@strawberry.input(description="A view to remove.")
class RemoveViewInput(Command):
    """Which view."""

    id: strawberry.ID = strawberry.field(description="The view.")


@mutation("SavedView")
async def save_view(write: Write, input: SaveViewInput) -> Decision:  # noqa: A002 - the name in the API
    """Keep a list of the admin under a name, for oneself or for a role."""
    viewer = write.viewer
    if viewer.user_id is None:
        return refuse(ProblemCode.NOT_ALLOWED)
    owner = await write.facts(rows.OWNER, global_id("User", viewer.user_id), "address")
    values = input.given("name", "address", "shared_with")
    return rules.keep(owner, viewer.role, viewer.provinces, values, view_id=write.new_id())


@mutation("SavedView")
async def remove_view(write: Write, input: RemoveViewInput) -> Decision:  # noqa: A002 - as above
    """Remove a view of one's own."""
    return rules.remove(await write.facts(rows.VIEW, input.id))
