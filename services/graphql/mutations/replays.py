"""The mutations that have deliveries posted once more: one, some by name, or everything since a moment."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.notifications import endpoints, rows, rules
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation
from services.graphql.mutations.webhooks import identified

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


@strawberry.input(description="A delivery to post once more.")
class ReplayDeliveryInput(Command):
    """Which delivery."""

    id: strawberry.ID = strawberry.field(description="The delivery.")


@strawberry.input(
    description="Finished deliveries of an endpoint to post once more: everything since, or those named."
)
class ReplayDeliveriesInput(Command):
    """Which deliveries."""

    webhook_endpoint_id: strawberry.ID = strawberry.field(description="The endpoint.")
    since: datetime.datetime | None = strawberry.field(
        default=None, description="Everything that was made from then on."
    )
    until: datetime.datetime | None = strawberry.field(
        default=None, description="Only what was made before; now, unless given."
    )
    only_given_up: bool = strawberry.field(
        default=False, description="Only what was given up after all attempts."
    )
    event_types: list[str] = strawberry.field(
        default_factory=list, description="Only of these types; none for all."
    )
    ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="These deliveries, up to 100, instead of a time."
    )


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@mutation("NotificationDelivery")
async def replay_delivery(write: Write, input: ReplayDeliveryInput) -> Decision:  # noqa: A002 - the name in the API
    """Post a finished delivery once more, under the same id."""
    return rules.replay(await write.facts(rows.DELIVERY, input.id), now=_now())


@mutation("DeliveryReplay")
async def replay_deliveries(write: Write, input: ReplayDeliveriesInput) -> Decision:  # noqa: A002 - the name in the API
    """Post many finished deliveries of an endpoint once more, in their order, each under its own id."""
    endpoint = await write.facts(rows.ENDPOINT, input.webhook_endpoint_id, "webhookEndpointId")
    named = dict.fromkeys(input.ids[: endpoints.MOST_REPLAYED_BY_NAME + 1])
    wanted = {
        "since": input.since,
        "until": input.until,
        "only_given_up": input.only_given_up,
        "event_types": list(dict.fromkeys(input.event_types)),
        "deliveries": await identified(write, "NotificationDelivery", list(named), "ids"),
    }
    return endpoints.replay_many(endpoint, wanted, replay_id=write.new_id(), now=_now())
