"""The mutations of messages: acknowledgements, and another try at telling of an event."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.notifications import rows, rules
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


@strawberry.input(description="A message to acknowledge.")
class AcknowledgeNotificationInput(Command):
    """Which message."""

    id: strawberry.ID = strawberry.field(description="The message in the inbox.")


@strawberry.input(description="Messages to acknowledge together.")
class AcknowledgeNotificationsInput(Command):
    """Which messages."""

    ids: list[strawberry.ID] = strawberry.field(description="The messages in the inbox, up to 100.")


@strawberry.input(description="An event to tell of again.")
class TellOfEventAgainInput(Command):
    """Which event."""

    id: strawberry.ID = strawberry.field(description="The event that was set aside.")


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@mutation("InboxEntry")
async def acknowledge_notification(write: Write, input: AcknowledgeNotificationInput) -> Decision:  # noqa: A002 - the name in the API
    """Say that a message was read and is being seen to."""
    return rules.acknowledge(await write.facts(rows.ENTRY, input.id), now=_now())


@mutation("InboxEntry")
async def acknowledge_notifications(write: Write, input: AcknowledgeNotificationsInput) -> Decision:  # noqa: A002 - as above
    """Say of several messages that they were read and are being seen to; all of them or none."""
    wanted = dict.fromkeys(input.ids[: rules.MOST_ENTRIES + 1])
    entries = [await write.facts(rows.ENTRY, one, "ids") for one in wanted]
    return rules.acknowledge_all(entries, now=_now())


@mutation("SetAsideEvent")
async def tell_of_event_again(write: Write, input: TellOfEventAgainInput) -> Decision:  # noqa: A002 - as above
    """Have another try at telling of an event that was set aside, after its cause was mended."""
    return rules.tell_again(await write.facts(rows.SET_ASIDE, input.id), now=_now())
