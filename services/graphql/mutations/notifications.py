"""The mutations of notifications: webhook endpoints, replays, acknowledgements."""

from __future__ import annotations

import base64
import datetime
import secrets
from typing import TYPE_CHECKING, Final

import strawberry

from schema.decision import Accepted, Decision, refuse
from schema.identity import global_id
from schema.notifications import rows, rules
from schema.problems import ProblemCode
from schema.unusable import Unusable
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation
from services.sealing import Sealer
from services.settings import read_settings

if TYPE_CHECKING:
    from services.graphql.mutations.write import Write

_SECRET_BYTES: Final = 32
_NOT_REPEATABLE: Final = Unusable(
    "کلید امضا تنها یک بار نشان داده می‌شود، پس پاسخ آن نگه داشته نمی‌شود؛ بدون کلید تکرار بفرستید.",
    "a secret is shown once, so its answer is not kept: send this without a key.",
)
_NO_KEYS: Final = Unusable(
    "این نصب هنوز کلید رمزنگاری (ENCRYPTION_KEYS) ندارد؛ از راهبر سامانه بخواهید آن را تعیین کند.",
    "this installation has no ENCRYPTION_KEYS yet: ask its operator to set them.",
)


@strawberry.input(description="A new webhook endpoint.")
class CreateWebhookEndpointInput(Command):
    """Where to post what."""

    name: str = strawberry.field(description="What it is for, so that it is recognised later.")
    url: str = strawberry.field(description="Where to post, as in https://partner.example/khoosheh.")
    event_types: list[str] = strawberry.field(
        default_factory=list, description="The event types wanted, as `phase.completed`; none for all."
    )
    province_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Only these provinces; none for all within reach."
    )
    cluster_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Only these clusters; none for all within reach."
    )
    partner_agency_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whose it is; the agency that asks, unless given."
    )


@strawberry.input(description="An endpoint to pause.")
class PauseWebhookEndpointInput(Command):
    """Which endpoint."""

    id: strawberry.ID = strawberry.field(description="The endpoint.")


@strawberry.input(description="An endpoint to resume.")
class ResumeWebhookEndpointInput(Command):
    """Which endpoint."""

    id: strawberry.ID = strawberry.field(description="The endpoint.")


@strawberry.input(description="A delivery to post once more.")
class ReplayDeliveryInput(Command):
    """Which delivery."""

    id: strawberry.ID = strawberry.field(description="The delivery.")


@strawberry.input(description="A message to acknowledge.")
class AcknowledgeNotificationInput(Command):
    """Which message."""

    id: strawberry.ID = strawberry.field(description="The message in the inbox.")


@strawberry.input(description="Messages to acknowledge together.")
class AcknowledgeNotificationsInput(Command):
    """Which messages."""

    ids: list[strawberry.ID] = strawberry.field(description="The messages in the inbox, up to 100.")


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@mutation("WebhookEndpoint")
async def create_webhook_endpoint(write: Write, input: CreateWebhookEndpointInput) -> Decision:  # noqa: A002 - the name in the API
    """Register an endpoint; `webhookEndpoint { secret }` shows its signing secret in this answer only."""
    settings = read_settings()
    sealer = Sealer(settings)
    if input.idempotency_key:
        return refuse(ProblemCode.INVALID, "idempotencyKey", reason=_NOT_REPEATABLE)
    if not sealer.ready:
        return refuse(ProblemCode.INVALID, reason=_NO_KEYS)
    given = input.partner_agency_id or (
        global_id("PartnerAgency", write.viewer.agency_id) if write.viewer.agency_id else None
    )
    if given is None:
        return refuse(ProblemCode.REQUIRED, "partnerAgencyId")
    agency = await write.facts(rows.AGENCY, given, "partnerAgencyId")
    secret = f"whsec_{base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}"
    values = {
        "name": input.name,
        "url": input.url,
        "event_types": list(dict.fromkeys(input.event_types)),
        "provinces": [
            str(await write.identify("Province", one, "provinceIds")) for one in input.province_ids
        ],
        "clusters": [str(await write.identify("Cluster", one, "clusterIds")) for one in input.cluster_ids],
        "sealed_secret": sealer.seal(secret),
    }
    decision = rules.create_endpoint(
        agency, values, endpoint_id=write.new_id(), inside_allowed=settings.webhook_inside_allowed
    )
    if isinstance(decision, Accepted):
        await write.transaction.connection.execute(
            "select set_config('khoosheh.issued', $1, true), set_config('khoosheh.secret', $2, true)",
            str(decision.result[1]),
            secret,
        )
    return decision


@mutation("WebhookEndpoint")
async def pause_webhook_endpoint(write: Write, input: PauseWebhookEndpointInput) -> Decision:  # noqa: A002 - as above
    """Stop posting to an endpoint; what is meant for it waits."""
    return rules.pause(await write.facts(rows.ENDPOINT, input.id), now=_now())


@mutation("WebhookEndpoint")
async def resume_webhook_endpoint(write: Write, input: ResumeWebhookEndpointInput) -> Decision:  # noqa: A002 - as above
    """Go on posting to an endpoint, beginning with what has waited longest."""
    return rules.resume(await write.facts(rows.ENDPOINT, input.id))


@mutation("NotificationDelivery")
async def replay_delivery(write: Write, input: ReplayDeliveryInput) -> Decision:  # noqa: A002 - as above
    """Post a finished delivery once more, under the same id."""
    return rules.replay(await write.facts(rows.DELIVERY, input.id), now=_now())


@mutation("InboxEntry")
async def acknowledge_notification(write: Write, input: AcknowledgeNotificationInput) -> Decision:  # noqa: A002 - as above
    """Say that a message was read and is being seen to."""
    return rules.acknowledge(await write.facts(rows.ENTRY, input.id), now=_now())


@mutation("InboxEntry")
async def acknowledge_notifications(write: Write, input: AcknowledgeNotificationsInput) -> Decision:  # noqa: A002 - as above
    """Say of several messages that they were read and are being seen to; all of them or none."""
    wanted = dict.fromkeys(input.ids[: rules.MOST_ENTRIES + 1])
    entries = [await write.facts(rows.ENTRY, one, "ids") for one in wanted]
    return rules.acknowledge_all(entries, now=_now())
