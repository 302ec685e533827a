"""The commands on provincial committees: form, dissolve, seat, put a session on record."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import strawberry

from schema.committees import rows, rules
from schema.support.rules import Reach
from schema.vocabulary import SeatRole
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write


def _reach(write: Write) -> Reach:
    return Reach(write.viewer.is_national, tuple(write.viewer.provinces))


@strawberry.input(description="The province whose committee is formed.")
class FormProvincialCommitteeInput(Command):
    """A new committee."""

    province_id: strawberry.ID = strawberry.field(description="The province.")
    formed_on: datetime.date | None = strawberry.field(
        default=None, description="The day it was formed; today unless given."
    )


@mutation("ProvincialCommittee")
async def form_provincial_committee(write: Write, input: FormProvincialCommitteeInput) -> Decision:  # noqa: A002 - the API's word
    """Form the committee of a province; there is one at a time (E7)."""
    home = await write.facts(rows.PROVINCE_HOME, input.province_id, path="provinceId")
    day = input.formed_on or write.today
    return rules.form(home, on=day, reach=_reach(write), today=write.today, new_id=write.new_id)


@strawberry.input(description="Which committee is dissolved.")
class DissolveProvincialCommitteeInput(Command):
    """A committee in office."""

    id: strawberry.ID = strawberry.field(description="The committee.")
    on: datetime.date | None = strawberry.field(default=None, description="Its last day; today unless given.")


@mutation("ProvincialCommittee")
async def dissolve_provincial_committee(write: Write, input: DissolveProvincialCommitteeInput) -> Decision:  # noqa: A002 - as above
    """Dissolve a committee; its seats end with it, its sessions stay on record."""
    committee = await write.facts(rows.COMMITTEE, input.id)
    return rules.dissolve(committee, on=input.on or write.today, reach=_reach(write), today=write.today)


@strawberry.input(description="Who gets a seat in a provincial committee.")
class AppointCommitteeSeatInput(Command):
    """A seat."""

    committee_id: strawberry.ID = strawberry.field(description="The committee.")
    role: SeatRole = strawberry.field(description="Chair, secretary or member.")
    title_fa: str = strawberry.field(description="The title shown, in Persian; no person's name.")
    title_en: str = strawberry.field(description="The title shown, in English; no person's name.")
    institution_id: strawberry.ID | None = strawberry.field(
        default=None, description="The institution it stands for."
    )
    expert: bool = strawberry.field(
        default=False, description="Whether the seat belongs to the expert sub-committee."
    )
    valid_from: datetime.date | None = strawberry.field(
        default=None, description="The first day; today unless given."
    )


@mutation("CommitteeSeat")
async def appoint_committee_seat(write: Write, input: AppointCommitteeSeatInput) -> Decision:  # noqa: A002 - as above
    """Give a seat in the committee or its expert sub-committee to an office (E7)."""
    committee = await write.facts(rows.COMMITTEE, input.committee_id, path="committeeId")
    values: dict[str, object] = {"title_fa": input.title_fa, "title_en": input.title_en}
    if input.institution_id is not None:
        values["institution_id"] = await write.identify(
            "SupportInstitution", input.institution_id, "institutionId"
        )
    return rules.appoint(
        committee,
        values,
        role=input.role,
        expert=input.expert,
        since=input.valid_from or write.today,
        reach=_reach(write),
        new_id=write.new_id,
    )


@strawberry.input(description="Which seat of a committee ends.")
class EndCommitteeSeatInput(Command):
    """A seat that is held."""

    id: strawberry.ID = strawberry.field(description="The seat.")
    on: datetime.date | None = strawberry.field(default=None, description="The last day; today unless given.")


@mutation("CommitteeSeat")
async def end_committee_seat(write: Write, input: EndCommitteeSeatInput) -> Decision:  # noqa: A002 - as above
    """End an office's time in a seat of the committee."""
    seat = await write.facts(rows.SEAT, input.id)
    return rules.end_seat(seat, on=input.on or write.today, reach=_reach(write))


@strawberry.input(description="A session that a committee has held.")
class RecordCommitteeSessionInput(Command):
    """A session."""

    committee_id: strawberry.ID = strawberry.field(description="The committee.")
    held_on: datetime.date | None = strawberry.field(
        default=None, description="The day it was held; today unless given."
    )
    expert: bool = strawberry.field(
        default=False, description="Whether it was a session of the expert sub-committee."
    )
    agenda_fa: str | None = strawberry.field(default=None, description="The agenda, in Persian.")
    agenda_en: str | None = strawberry.field(default=None, description="The agenda, in English.")
    minutes_fa: str | None = strawberry.field(
        default=None, description="The minutes, in Persian; restricted."
    )
    minutes_en: str | None = strawberry.field(
        default=None, description="The minutes, in English; restricted."
    )
    plan_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="The approved action plans of the province that it helped to fund."
    )


@mutation("CommitteeSession")
async def record_committee_session(write: Write, input: RecordCommitteeSessionInput) -> Decision:  # noqa: A002 - as above
    """Put a session on record, with the approved action plans it helped to fund (E6, E7)."""
    committee = await write.facts(rows.COMMITTEE, input.committee_id, path="committeeId")
    plans = [await write.identify("ActionPlan", plan, path="planIds") for plan in input.plan_ids or ()]
    return rules.record_session(
        committee,
        input.given("expert", "agenda_fa", "agenda_en", "minutes_fa", "minutes_en"),
        held_on=input.held_on or write.today,
        plans=plans,
        reach=_reach(write),
        today=write.today,
        new_id=write.new_id,
    )
