"""The mutations by which the national office words what people are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import strawberry

from schema.vocabulary import InterfaceLanguage
from schema.wordings import rows, rules
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write

_SAID: Final = ("title", "text")


@strawberry.input(description="What people are to be told of a type of event, in one language.")
class WriteNotificationTextInput(Command):
    """A new wording."""

    event_type: str = strawberry.field(description="The type of event, as `phase.completed`.")
    language: InterfaceLanguage = strawberry.field(description="The language of those who read it.")
    title: str = strawberry.field(description="The subject of letters and the title in the inbox; no blanks.")
    text: str = strawberry.field(description="One sentence with the same blanks as the shipped one.")


@mutation("NotificationText")
async def write_notification_text(write: Write, input: WriteNotificationTextInput) -> Decision:  # noqa: A002 - the API's word
    """Word what people are told of a type of event, instead of the shipped sentence."""
    return rules.write(input.event_type, input.language, input.given(*_SAID), new_id=write.new_id)


@strawberry.input(description="What changes about a wording.")
class EditNotificationTextInput(Command):
    """A wording."""

    id: strawberry.ID = strawberry.field(description="The wording.")
    title: str | None = strawberry.field(
        default=strawberry.UNSET, description="The subject of letters and the title in the inbox; no blanks."
    )
    text: str | None = strawberry.field(
        default=strawberry.UNSET, description="One sentence with the same blanks as the shipped one."
    )


@mutation("NotificationText")
async def edit_notification_text(write: Write, input: EditNotificationTextInput) -> Decision:  # noqa: A002 - as above
    """Change how a type of event is told."""
    return rules.edit(await write.facts(rows.WORDING, input.id), input.given(*_SAID))


@strawberry.input(description="Which wording is given up.")
class UseShippedNotificationTextInput(Command):
    """A wording."""

    id: strawberry.ID = strawberry.field(description="The wording.")


@mutation("NotificationText")
async def use_shipped_notification_text(write: Write, input: UseShippedNotificationTextInput) -> Decision:  # noqa: A002 - as above
    """Go back to the sentence we ship; the wording stays in the history."""
    return rules.give_up(await write.facts(rows.WORDING, input.id))
