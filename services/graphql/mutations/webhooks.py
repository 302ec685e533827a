"""The mutations of webhook endpoints: made, edited, paused, removed, with new secrets, and tested."""

from __future__ import annotations

import base64
import datetime
import secrets
from typing import TYPE_CHECKING, Final

import strawberry

from schema.decision import Accepted, Decision, refuse
from schema.identity import global_id
from schema.notifications import endpoints, rows
from schema.problems import ProblemCode
from schema.unusable import Unusable
from schema.vocabulary import PhaseCode
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation
from services.graphql.payload_documents import unusable_document
from services.sealing import Sealer
from services.settings import read_settings

if TYPE_CHECKING:
    from services.graphql.mutations.write import Write

_SECRET_BYTES: Final = 32
_OVERLAP_HOURS: Final = 24
_NO_KEYS: Final = Unusable(
    "این نصب هنوز کلید رمزنگاری (ENCRYPTION_KEYS) ندارد؛ از راهبر سامانه بخواهید آن را تعیین کند.",
    "this installation has no ENCRYPTION_KEYS yet: ask its operator to set them.",
)
_DOCUMENT: Final = (
    "A GraphQL query of your own; its answer travels with every event, executed in your agency's scope."
    " It may use the variables $event, $subject, $cluster, $project (ID), $type and $phase (String)."
)

_MOST_DAYS_LEFT: Final = "Only reminders of what is due within so many days, or overdue."
_LEAST_PERCENT: Final = "Only progress and budgets from so many per cent."


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
    phases: list[PhaseCode] = strawberry.field(
        default_factory=list, description="Only these phases; none for all."
    )
    most_days_left: int | None = strawberry.field(default=None, description=_MOST_DAYS_LEFT)
    least_percent: int | None = strawberry.field(default=None, description=_LEAST_PERCENT)
    document: str | None = strawberry.field(default=None, description=_DOCUMENT)
    partner_agency_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whose it is; the agency that asks, unless given."
    )


@strawberry.input(description="What changes of an endpoint; what is absent stays as it is.")
class EditWebhookEndpointInput(Command):
    """The new values."""

    id: strawberry.ID = strawberry.field(description="The endpoint.")
    name: str | None = strawberry.field(default=strawberry.UNSET, description="What it is for.")
    url: str | None = strawberry.field(default=strawberry.UNSET, description="Where to post.")
    event_types: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="The event types wanted, as `phase.completed`; none for all."
    )
    province_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="Only these provinces; none for all within reach."
    )
    cluster_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="Only these clusters; none for all within reach."
    )
    phases: list[PhaseCode] | None = strawberry.field(
        default=strawberry.UNSET, description="Only these phases; none for all."
    )
    most_days_left: int | None = strawberry.field(default=strawberry.UNSET, description=_MOST_DAYS_LEFT)
    least_percent: int | None = strawberry.field(default=strawberry.UNSET, description=_LEAST_PERCENT)
    document: str | None = strawberry.field(default=strawberry.UNSET, description=_DOCUMENT)


@strawberry.input(description="An endpoint to pause.")
class PauseWebhookEndpointInput(Command):
    """Which endpoint."""

    id: strawberry.ID = strawberry.field(description="The endpoint.")


@strawberry.input(description="An endpoint to resume.")
class ResumeWebhookEndpointInput(Command):
    """Which endpoint."""

    id: strawberry.ID = strawberry.field(description="The endpoint.")


@strawberry.input(description="An endpoint to remove.")
class RemoveWebhookEndpointInput(Command):
    """Which endpoint."""

    id: strawberry.ID = strawberry.field(description="The endpoint.")


@strawberry.input(description="A removed endpoint to bring back.")
class RestoreWebhookEndpointInput(Command):
    """Which endpoint."""

    id: strawberry.ID = strawberry.field(description="The endpoint.")


@strawberry.input(description="An endpoint that gets a new secret.")
class RotateWebhookSecretInput(Command):
    """Which endpoint, and how long both secrets hold."""

    id: strawberry.ID = strawberry.field(description="The endpoint.")
    overlap_hours: int = strawberry.field(
        default=_OVERLAP_HOURS,
        description="Hours during which the former secret signs too; 0 when it has become known to others.",
    )


@strawberry.input(description="An endpoint to test.")
class PingWebhookEndpointInput(Command):
    """Which endpoint."""

    id: strawberry.ID = strawberry.field(description="The endpoint.")


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@mutation("WebhookEndpoint")
async def create_webhook_endpoint(write: Write, input: CreateWebhookEndpointInput) -> Decision:  # noqa: A002 - the name in the API
    """Register an endpoint; `webhookEndpoint { secret }` shows its signing secret in this answer only."""
    sealer = Sealer(read_settings())
    if refused := _secret_refused(sealer):
        return refused
    given = input.partner_agency_id or (
        global_id("PartnerAgency", write.viewer.agency_id) if write.viewer.agency_id else None
    )
    if given is None:
        return refuse(ProblemCode.REQUIRED, "partnerAgencyId")
    agency = await write.facts(rows.AGENCY, given, "partnerAgencyId")
    secret = _new_secret()
    values = {
        "name": input.name,
        "url": input.url,
        "event_types": list(dict.fromkeys(input.event_types)),
        "provinces": await identified(write, "Province", input.province_ids, "provinceIds"),
        "clusters": await identified(write, "Cluster", input.cluster_ids, "clusterIds"),
        "phases": [code.value for code in input.phases],
        **input.given("most_days_left", "least_percent"),
        "document": input.document or None,
        "sealed_secret": sealer.seal(secret),
    }
    decision = endpoints.create(
        agency, values, endpoint_id=write.new_id(), inside_allowed=read_settings().webhook_inside_allowed
    )
    if reason := unusable_document(write.examine, input.document, agency.id):
        return refuse(ProblemCode.INVALID, "document", reason=reason)
    return await _showing(write, decision, secret)


@mutation("WebhookEndpoint")
async def edit_webhook_endpoint(write: Write, input: EditWebhookEndpointInput) -> Decision:  # noqa: A002 - as above
    """Change the name, the address, what is wanted or the document of an endpoint; deliveries under way follow."""
    endpoint = await write.facts(rows.ENDPOINT, input.id)
    values = input.given("name", "url", "document", "most_days_left", "least_percent")
    if input.phases is not strawberry.UNSET:
        values["phases"] = [code.value for code in input.phases or ()]
    if input.event_types is not strawberry.UNSET:
        values["event_types"] = list(dict.fromkeys(input.event_types or ()))
    for column, entity, wanted, path in (
        ("provinces", "Province", input.province_ids, "provinceIds"),
        ("clusters", "Cluster", input.cluster_ids, "clusterIds"),
    ):
        if wanted is not strawberry.UNSET:
            values[column] = await identified(write, entity, wanted or [], path)
    if "document" in values:
        values["document"] = values["document"] or None
        if reason := unusable_document(write.examine, values["document"], endpoint.agency_id):
            return refuse(ProblemCode.INVALID, "document", reason=reason)
    return endpoints.edit(endpoint, values, inside_allowed=read_settings().webhook_inside_allowed)


@mutation("WebhookEndpoint")
async def pause_webhook_endpoint(write: Write, input: PauseWebhookEndpointInput) -> Decision:  # noqa: A002 - as above
    """Stop posting to an endpoint; what is meant for it waits."""
    return endpoints.pause(await write.facts(rows.ENDPOINT, input.id), now=_now())


@mutation("WebhookEndpoint")
async def resume_webhook_endpoint(write: Write, input: ResumeWebhookEndpointInput) -> Decision:  # noqa: A002 - as above
    """Go on posting to an endpoint, beginning with what has waited longest."""
    return endpoints.resume(await write.facts(rows.ENDPOINT, input.id))


@mutation("WebhookEndpoint")
async def remove_webhook_endpoint(write: Write, input: RemoveWebhookEndpointInput) -> Decision:  # noqa: A002 - as above
    """Take an endpoint away; what waits for it is kept until it is restored."""
    return endpoints.remove(await write.facts(rows.ENDPOINT, input.id))


@mutation("WebhookEndpoint")
async def restore_webhook_endpoint(write: Write, input: RestoreWebhookEndpointInput) -> Decision:  # noqa: A002 - as above
    """Bring a removed endpoint back; what waited for it is posted."""
    return endpoints.restore(await write.facts(rows.ENDPOINT, input.id, removed=True))


@mutation("WebhookEndpoint")
async def rotate_webhook_secret(write: Write, input: RotateWebhookSecretInput) -> Decision:  # noqa: A002 - as above
    """Give an endpoint a new secret, shown in this answer only; for a while the former one signs too."""
    sealer = Sealer(read_settings())
    if refused := _secret_refused(sealer):
        return refused
    secret = _new_secret()
    hours = max(-1, min(input.overlap_hours, 10_000))
    decision = endpoints.rotate(
        await write.facts(rows.ENDPOINT, input.id),
        sealed=sealer.seal(secret),
        overlap=datetime.timedelta(hours=hours),
        now=_now(),
    )
    return await _showing(write, decision, secret)


@mutation("NotificationDelivery")
async def ping_webhook_endpoint(write: Write, input: PingWebhookEndpointInput) -> Decision:  # noqa: A002 - as above
    """Post `webhook.ping.v1` to an endpoint; the delivery shows whether it arrived."""
    endpoint = await write.facts(rows.ENDPOINT, input.id)
    return endpoints.ping(endpoint, delivery_id=write.new_id(), now=_now())


async def identified(write: Write, entity: str, given: list[strawberry.ID], path: str) -> list[str]:
    """Return the row ids behind global ids, all of which the viewer must see."""
    return [str(await write.identify(entity, one, path)) for one in given]


def _new_secret() -> str:
    return f"whsec_{base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}"


def _secret_refused(sealer: Sealer) -> Decision | None:
    """Refuse what could not be kept sealed."""
    return None if sealer.ready else refuse(ProblemCode.INVALID, reason=_NO_KEYS)


async def _showing(write: Write, decision: Decision, secret: str) -> Decision:
    """Let the payload of this one transaction show the secret."""
    if isinstance(decision, Accepted):
        await write.show_once(decision.result[1], secret)
    return decision
