"""The mutations of stakeholders, alone and in bulk, and of their memberships."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import strawberry

from schema.identity import UnusableId, read_global_id
from schema.provinces.rows import PLACE
from schema.stakeholders import rows, rules
from schema.vocabulary import Gender, SizeClass, StakeholderKind, StakeholderRole
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write

_TEXTS: Final = (
    "kind",
    "role",
    "name_fa",
    "name_en",
    "workers_count",
    "size_class",
    "lead_gender",
    "contact_name",
    "phone",
    "email",
)
_NOWHERE: Final = UUID(int=0)


def _county(given: str) -> UUID:
    """Read a county's id; what is no county lies in no province and is refused by the rule."""
    try:
        entity, county = read_global_id(str(given))
    except UnusableId:
        return _NOWHERE
    return county if entity == "County" else _NOWHERE


async def _columns(write: Write, given: Any, path: str) -> dict[str, Any]:  # noqa: ANN401 - an entry or an edit
    """Return what was given of a stakeholder, its references resolved."""
    values = {name: getattr(given, name) for name in (*_TEXTS, "county_id", "institution_id")}
    columns = {name: value for name, value in values.items() if value is not strawberry.UNSET}
    if columns.get("county_id") is not None:
        columns["county_id"] = _county(columns["county_id"])
    if given.place_id is not strawberry.UNSET:
        columns["place_id"] = None
        if given.place_id is not None:
            place = await write.facts(PLACE, given.place_id, path="placeId")
            columns |= {"place_id": place.id, "place_county_id": place.county_id}
    if columns.get("institution_id") is not None:
        institution = columns["institution_id"]
        columns["institution_id"] = await write.identify("SupportInstitution", institution, path)
    return columns


@strawberry.input(description="A stakeholder as entered.")
class StakeholderEntryInput:
    """What is known of a stakeholder."""

    kind: StakeholderKind = strawberry.field(description="Person, household, workshop or organisation.")
    role: StakeholderRole = strawberry.field(description="The place in the value chain.")
    name_fa: str = strawberry.field(description="The Persian name.")
    name_en: str = strawberry.field(description="The English name.")
    county_id: strawberry.ID | None = strawberry.field(
        default=None, description="The county, of the cluster's province."
    )
    place_id: strawberry.ID | None = strawberry.field(
        default=None, description="The city or village; its county is the stakeholder's."
    )
    institution_id: strawberry.ID | None = strawberry.field(
        default=None, description="The institution it stands for; required for a support institution."
    )
    workers_count: int | None = strawberry.field(
        default=None, description="Number of workers; decides the size class."
    )
    size_class: SizeClass | None = strawberry.field(
        default=None, description="The size class, where the number is not known."
    )
    lead_gender: Gender | None = strawberry.field(
        default=None, description="Gender of who leads it, if given."
    )
    contact_name: str | None = strawberry.field(default=None, description="Whom to contact; restricted.")
    phone: str | None = strawberry.field(default=None, description="The telephone number; restricted.")
    email: str | None = strawberry.field(default=None, description="The e-mail address; restricted.")


@strawberry.input(description="What is needed to enter a stakeholder.")
class EnterStakeholderInput(StakeholderEntryInput, Command):
    """A new stakeholder of a cluster."""

    cluster_id: strawberry.ID = strawberry.field(description="The cluster.")


@mutation("Stakeholder")
async def enter_stakeholder(write: Write, input: EnterStakeholderInput) -> Decision:  # noqa: A002 - the API's word
    """Enter a stakeholder of a cluster (R54, A19)."""
    home = await write.facts(rows.HOME, input.cluster_id, path="clusterId")
    return rules.enter(home, await _columns(write, input, "institutionId"), new_id=write.new_id)


@strawberry.input(description="Up to a hundred stakeholders of a cluster.")
class EnterStakeholdersInput(Command):
    """A list of stakeholders."""

    cluster_id: strawberry.ID = strawberry.field(description="The cluster.")
    stakeholders: list[StakeholderEntryInput] = strawberry.field(
        description="The stakeholders; all are entered or none."
    )


@mutation("Cluster")
async def enter_stakeholders(write: Write, input: EnterStakeholdersInput) -> Decision:  # noqa: A002 - the API's word
    """Enter up to a hundred stakeholders at once, all or none; problems name their row."""
    home = await write.facts(rows.HOME, input.cluster_id, path="clusterId")
    # Places are locked one after the other, by every command in the same order.
    for place in sorted({str(entry.place_id) for entry in input.stakeholders if entry.place_id}):
        await write.facts(PLACE, place, path="stakeholders")
    entries = [
        await _columns(write, entry, "stakeholders") for entry in input.stakeholders[: rules.AT_ONCE + 1]
    ]
    return rules.enter_many(home, entries, new_id=write.new_id)


@strawberry.input(description="What can be changed in a stakeholder; what is absent stays as it is.")
class EditStakeholderInput(Command):
    """Corrections to a stakeholder."""

    id: strawberry.ID = strawberry.field(description="The stakeholder.")
    kind: StakeholderKind | None = strawberry.field(
        default=strawberry.UNSET, description="Person, household, workshop or organisation."
    )
    role: StakeholderRole | None = strawberry.field(
        default=strawberry.UNSET, description="The place in the value chain."
    )
    name_fa: str | None = strawberry.field(default=strawberry.UNSET, description="The Persian name.")
    name_en: str | None = strawberry.field(default=strawberry.UNSET, description="The English name.")
    county_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The county, of the cluster's province."
    )
    place_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The city or village; its county is the stakeholder's."
    )
    institution_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The institution it stands for."
    )
    workers_count: int | None = strawberry.field(
        default=strawberry.UNSET, description="Number of workers; decides the size class."
    )
    size_class: SizeClass | None = strawberry.field(
        default=strawberry.UNSET, description="The size class, where the number is not known."
    )
    lead_gender: Gender | None = strawberry.field(
        default=strawberry.UNSET, description="Gender of who leads it, if given."
    )
    contact_name: str | None = strawberry.field(
        default=strawberry.UNSET, description="Whom to contact; restricted."
    )
    phone: str | None = strawberry.field(
        default=strawberry.UNSET, description="The telephone number; restricted."
    )
    email: str | None = strawberry.field(
        default=strawberry.UNSET, description="The e-mail address; restricted."
    )


@mutation("Stakeholder")
async def edit_stakeholder(write: Write, input: EditStakeholderInput) -> Decision:  # noqa: A002 - the API's word
    """Change what is recorded of a stakeholder."""
    stakeholder = await write.facts(rows.STAKEHOLDER, input.id)
    return rules.edit(stakeholder, await _columns(write, input, "institutionId"))


@strawberry.input(description="Which stakeholder is removed.")
class RemoveStakeholderInput(Command):
    """A stakeholder without ties."""

    id: strawberry.ID = strawberry.field(description="The stakeholder.")


@mutation("Stakeholder")
async def remove_stakeholder(write: Write, input: RemoveStakeholderInput) -> Decision:  # noqa: A002 - the API's word
    """Remove a stakeholder who is neither member nor part of a network or of the council now."""
    return rules.remove(await write.facts(rows.STAKEHOLDER, input.id))


@strawberry.input(description="Which stakeholder is brought back.")
class RestoreStakeholderInput(Command):
    """A stakeholder who was removed."""

    id: strawberry.ID = strawberry.field(description="The stakeholder.")


@mutation("Stakeholder")
async def restore_stakeholder(write: Write, input: RestoreStakeholderInput) -> Decision:  # noqa: A002 - the API's word
    """Bring back a stakeholder who was removed."""
    return rules.restore(await write.facts(rows.STAKEHOLDER, input.id, removed=True))


@strawberry.input(description="Who becomes a member of the cluster.")
class AdmitMemberInput(Command):
    """A new membership."""

    stakeholder_id: strawberry.ID = strawberry.field(description="The stakeholder.")
    valid_from: datetime.date | None = strawberry.field(
        default=None, description="The first day; today unless given."
    )


@mutation("Membership")
async def admit_member(write: Write, input: AdmitMemberInput) -> Decision:  # noqa: A002 - the API's word
    """Make a stakeholder a member of the cluster; members are some of the stakeholders (R54)."""
    stakeholder = await write.facts(rows.STAKEHOLDER, input.stakeholder_id, path="stakeholderId")
    return rules.admit(
        stakeholder, since=input.valid_from or write.today, today=write.today, new_id=write.new_id
    )


@strawberry.input(description="Whose membership ends.")
class EndMembershipInput(Command):
    """The end of a membership."""

    id: strawberry.ID = strawberry.field(description="The membership.")
    on: datetime.date | None = strawberry.field(default=None, description="The last day; today unless given.")


@mutation("Membership")
async def end_membership(write: Write, input: EndMembershipInput) -> Decision:  # noqa: A002 - the API's word
    """End a membership; the stakeholder stays one."""
    return rules.end_membership(await write.facts(rows.MEMBERSHIP, input.id), on=input.on or write.today)
