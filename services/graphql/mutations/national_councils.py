"""The commands on the national policy council: form, dissolve, seat, put a session on record."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.national_councils import rows, rules
from schema.vocabulary import SeatRole
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


@strawberry.input(description="The institution under which the national council is formed.")
class FormNationalCouncilInput(Command):
    """A new council."""

    institution_id: strawberry.ID = strawberry.field(
        description="The national institution that chairs it: ISIPO."
    )
    formed_on: datetime.date | None = strawberry.field(
        default=None, description="The day it was formed; today unless given."
    )


@mutation("NationalCouncil")
async def form_national_council(write: Write, input: FormNationalCouncilInput) -> Decision:  # noqa: A002 - the API's word
    """Form the national policy council; there is one at a time (E8)."""
    chair = await write.facts(rows.CHAIR, input.institution_id, path="institutionId")
    return rules.form(chair, on=input.formed_on or write.today, today=write.today, new_id=write.new_id)


@strawberry.input(description="Which national council is dissolved.")
class DissolveNationalCouncilInput(Command):
    """A council in office."""

    id: strawberry.ID = strawberry.field(description="The council.")
    on: datetime.date | None = strawberry.field(default=None, description="Its last day; today unless given.")


@mutation("NationalCouncil")
async def dissolve_national_council(write: Write, input: DissolveNationalCouncilInput) -> Decision:  # noqa: A002 - as above
    """Dissolve the national council; its seats end with it, its sessions stay on record."""
    council = await write.facts(rows.COUNCIL, input.id)
    return rules.dissolve(council, on=input.on or write.today, today=write.today)


@strawberry.input(description="Who gets a seat in the national council.")
class AppointNationalSeatInput(Command):
    """A seat."""

    council_id: strawberry.ID = strawberry.field(description="The council.")
    role: SeatRole = strawberry.field(description="Chair, secretary or member.")
    title_fa: str = strawberry.field(description="The title shown, in Persian; no person's name.")
    title_en: str = strawberry.field(description="The title shown, in English; no person's name.")
    institution_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="The institution it stands for; the chair's is the one that chairs the council.",
    )
    valid_from: datetime.date | None = strawberry.field(
        default=None, description="The first day; today unless given."
    )


@mutation("NationalCouncilSeat")
async def appoint_national_seat(write: Write, input: AppointNationalSeatInput) -> Decision:  # noqa: A002 - as above
    """Give a seat in the national council to an office (E8)."""
    council = await write.facts(rows.COUNCIL, input.council_id, path="councilId")
    values: dict[str, object] = {"title_fa": input.title_fa, "title_en": input.title_en}
    if input.institution_id is not None:
        values["institution_id"] = await write.identify(
            "SupportInstitution", input.institution_id, "institutionId"
        )
    since = input.valid_from or write.today
    return rules.appoint(council, values, role=input.role, since=since, new_id=write.new_id)


@strawberry.input(description="Which seat of the national council ends.")
class EndNationalSeatInput(Command):
    """A seat that is held."""

    id: strawberry.ID = strawberry.field(description="The seat.")
    on: datetime.date | None = strawberry.field(default=None, description="The last day; today unless given.")


@mutation("NationalCouncilSeat")
async def end_national_seat(write: Write, input: EndNationalSeatInput) -> Decision:  # noqa: A002 - as above
    """End an office's time in a seat of the national council."""
    return rules.end_seat(await write.facts(rows.SEAT, input.id), on=input.on or write.today)


@strawberry.input(description="A session that the national council has held.")
class RecordNationalSessionInput(Command):
    """A session."""

    council_id: strawberry.ID = strawberry.field(description="The council.")
    held_on: datetime.date | None = strawberry.field(
        default=None, description="The day it was held; today unless given."
    )
    agenda_fa: str | None = strawberry.field(default=None, description="The agenda, in Persian.")
    agenda_en: str | None = strawberry.field(default=None, description="The agenda, in English.")
    minutes_fa: str | None = strawberry.field(
        default=None, description="The minutes, in Persian; restricted."
    )
    minutes_en: str | None = strawberry.field(
        default=None, description="The minutes, in English; restricted."
    )


@mutation("NationalCouncilSession")
async def record_national_session(write: Write, input: RecordNationalSessionInput) -> Decision:  # noqa: A002 - as above
    """Put a session of the national council on record (E8)."""
    return rules.record_session(
        await write.facts(rows.COUNCIL, input.council_id, path="councilId"),
        input.given("agenda_fa", "agenda_en", "minutes_fa", "minutes_en"),
        held_on=input.held_on or write.today,
        today=write.today,
        new_id=write.new_id,
    )
