"""The mutations of networks: formed, registered, dissolved, made the comprehensive one, and their members."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.networks import members, rows, rules
from schema.vocabulary import LegalForm, NetworkKind
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


@strawberry.input(description="What is needed to form a network.")
class FormNetworkInput(Command):
    """A new network."""

    cluster_id: strawberry.ID = strawberry.field(description="The cluster.")
    kind: NetworkKind = strawberry.field(description="What ties its members together.")
    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")
    formed_on: datetime.date | None = strawberry.field(
        default=None, description="When it formed; today unless given."
    )


@mutation("Network")
async def form_network(write: Write, input: FormNetworkInput) -> Decision:  # noqa: A002 - the API's word
    """Form a network of a cluster; it starts unregistered (R46, E10)."""
    home = await write.facts(rows.NETWORK_HOME, input.cluster_id, path="clusterId")
    return rules.form(
        home,
        input.given("name_fa", "name_en"),
        kind=input.kind,
        on=input.formed_on or write.today,
        today=write.today,
        new_id=write.new_id,
    )


@strawberry.input(description="What can be changed in a network.")
class EditNetworkInput(Command):
    """A network."""

    id: strawberry.ID = strawberry.field(description="The network.")
    kind: NetworkKind | None = strawberry.field(
        default=strawberry.UNSET, description="What ties its members together."
    )
    name_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian name.")
    name_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English name.")
    last_assembly_on: datetime.date | None = strawberry.field(
        default=strawberry.UNSET, description="Its last general assembly."
    )


@mutation("Network")
async def edit_network(write: Write, input: EditNetworkInput) -> Decision:  # noqa: A002 - the API's word
    """Change the names of a network, its kind or the date of its last assembly."""
    network = await write.facts(rows.NETWORK, input.id)
    return rules.edit(network, input.given("kind", "name_fa", "name_en", "last_assembly_on"))


@strawberry.input(description="What is needed to register a network.")
class RegisterNetworkInput(Command):
    """A registration."""

    id: strawberry.ID = strawberry.field(description="The network.")
    legal_form: LegalForm | None = strawberry.field(
        default=None, description="Its legal form; it is required."
    )
    registration_number: str | None = strawberry.field(
        default=None, description="Its number in the register; it is required."
    )
    on: datetime.date | None = strawberry.field(
        default=None, description="When it was registered; today unless given."
    )


@mutation("Network")
async def register_network(write: Write, input: RegisterNetworkInput) -> Decision:  # noqa: A002 - the API's word
    """Register a network with its legal form and number (R46)."""
    return rules.register(
        await write.facts(rows.NETWORK, input.id),
        legal_form=input.legal_form,
        number=input.registration_number,
        on=input.on or write.today,
        today=write.today,
    )


@strawberry.input(description="What is needed to dissolve a network.")
class DissolveNetworkInput(Command):
    """The end of a network."""

    id: strawberry.ID = strawberry.field(description="The network.")
    on: datetime.date | None = strawberry.field(default=None, description="Its last day; today unless given.")
    reason: str | None = strawberry.field(default=None, description="Why; it is required.")


@mutation("Network")
async def dissolve_network(write: Write, input: DissolveNetworkInput) -> Decision:  # noqa: A002 - the API's word
    """Dissolve a network, with a reason."""
    network = await write.facts(rows.NETWORK, input.id)
    return rules.dissolve(network, on=input.on or write.today, reason=input.reason, today=write.today)


@strawberry.input(description="Which network becomes the comprehensive one.")
class DesignateComprehensiveNetworkInput(Command):
    """A designation."""

    id: strawberry.ID = strawberry.field(description="The network.")
    on: datetime.date | None = strawberry.field(default=None, description="The day; today unless given.")


@mutation("Network")
async def designate_comprehensive_network(
    write: Write,
    input: DesignateComprehensiveNetworkInput,  # noqa: A002 - the API's word
) -> Decision:
    """Make a network the comprehensive one; after the project it owns the action plan (R30, R31)."""
    network = await write.facts(rows.NETWORK, input.id)
    return rules.designate(network, on=input.on or write.today, today=write.today)


@strawberry.input(description="Who is to take part in a network.")
class AddNetworkMemberInput(Command):
    """A new participation."""

    network_id: strawberry.ID = strawberry.field(description="The network.")
    stakeholder_id: strawberry.ID = strawberry.field(description="The stakeholder, of the same cluster.")
    valid_from: datetime.date | None = strawberry.field(
        default=None, description="The first day; today unless given."
    )


@mutation("NetworkMember")
async def add_network_member(write: Write, input: AddNetworkMemberInput) -> Decision:  # noqa: A002 - the API's word
    """Let a stakeholder take part in a network of the same cluster."""
    network = await write.facts(rows.NETWORK_OF_MEMBERS, input.network_id, path="networkId")
    stakeholder = await write.facts(rows.PARTICIPANT, input.stakeholder_id, path="stakeholderId")
    since = input.valid_from or write.today
    return members.join(network, stakeholder, since=since, new_id=write.new_id)


@strawberry.input(description="Whose time in a network ends.")
class EndNetworkMemberInput(Command):
    """The end of a participation."""

    id: strawberry.ID = strawberry.field(description="The participation.")
    on: datetime.date | None = strawberry.field(default=None, description="The last day; today unless given.")


@mutation("NetworkMember")
async def end_network_member(write: Write, input: EndNetworkMemberInput) -> Decision:  # noqa: A002 - the API's word
    """End somebody's time in a network."""
    return members.leave(await write.facts(rows.NETWORK_MEMBER, input.id), on=input.on or write.today)
