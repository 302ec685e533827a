"""The mutations of steering councils: their seats, meetings, minutes and decisions."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

import strawberry

from schema.councils import ballots as ballot_rules
from schema.councils import meetings, rows, rules
from schema.vocabulary import DecisionSubject, ReviewDecision, SeatRole, Vote
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation

if TYPE_CHECKING:
    from schema.decision import Decision
    from services.graphql.mutations.write import Write

_SEAT: Final = ("title_fa", "title_en")
_CALL: Final = ("place_fa", "place_en", "agenda_fa", "agenda_en")
_MINUTES: Final = ("minutes_fa", "minutes_en")


@strawberry.input(description="What is needed to form a steering council.")
class FormSteeringCouncilInput(Command):
    """A new council."""

    cluster_id: strawberry.ID = strawberry.field(description="The cluster.")
    formed_on: datetime.date | None = strawberry.field(
        default=None, description="When it was formed; today unless given."
    )


@mutation("SteeringCouncil")
async def form_steering_council(write: Write, input: FormSteeringCouncilInput) -> Decision:  # noqa: A002 - the API's word
    """Form the steering council of a cluster; there is one at a time (R29)."""
    cluster = await write.facts(rows.COUNCIL_HOME, input.cluster_id, path="clusterId")
    return rules.form(cluster, on=input.formed_on or write.today, today=write.today, new_id=write.new_id)


@strawberry.input(description="What is needed to dissolve a steering council.")
class DissolveSteeringCouncilInput(Command):
    """The end of a council."""

    id: strawberry.ID = strawberry.field(description="The council.")
    on: datetime.date | None = strawberry.field(default=None, description="Its last day; today unless given.")


@mutation("SteeringCouncil")
async def dissolve_steering_council(write: Write, input: DissolveSteeringCouncilInput) -> Decision:  # noqa: A002 - the API's word
    """Dissolve a council; its seats end with it and its decisions stay."""
    council = await write.facts(rows.COUNCIL, input.id)
    return rules.dissolve(council, on=input.on or write.today, today=write.today)


@strawberry.input(description="What is needed to give somebody a seat in the council.")
class AppointCouncilSeatInput(Command):
    """A new seat."""

    council_id: strawberry.ID = strawberry.field(description="The council.")
    role: SeatRole = strawberry.field(description="Chair, secretary or member.")
    title_fa: str = strawberry.field(description="The title shown, in Persian; not a person's name.")
    title_en: str = strawberry.field(description="The title shown, in English; not a person's name.")
    valid_from: datetime.date | None = strawberry.field(
        default=None, description="The first day; today unless given."
    )
    institution_id: strawberry.ID | None = strawberry.field(
        default=None, description="The institution it represents."
    )
    stakeholder_id: strawberry.ID | None = strawberry.field(
        default=None, description="The cluster actor who holds it."
    )
    user_id: strawberry.ID | None = strawberry.field(
        default=None, description="The user who signs in for this seat, as `User_…`."
    )


@mutation("CouncilSeat")
async def appoint_council_seat(write: Write, input: AppointCouncilSeatInput) -> Decision:  # noqa: A002 - the API's word
    """Give somebody a seat; chair and secretary are one each (E4)."""
    council = await write.facts(rows.COUNCIL, input.council_id, path="councilId")
    values = input.given(*_SEAT)
    for column, entity, given, path in (
        ("institution_id", "SupportInstitution", input.institution_id, "institutionId"),
        ("stakeholder_id", "Stakeholder", input.stakeholder_id, "stakeholderId"),
        ("user_id", "User", input.user_id, "userId"),
    ):
        if given is not None:
            values[column] = await write.identify(entity, given, path)
    since = input.valid_from or write.today
    return rules.appoint(council, values, role=input.role, since=since, new_id=write.new_id)


@strawberry.input(description="What is needed to end somebody's time in a seat.")
class EndCouncilSeatInput(Command):
    """The end of a seat."""

    id: strawberry.ID = strawberry.field(description="The seat.")
    on: datetime.date | None = strawberry.field(default=None, description="The last day; today unless given.")


@mutation("CouncilSeat")
async def end_council_seat(write: Write, input: EndCouncilSeatInput) -> Decision:  # noqa: A002 - the API's word
    """End somebody's time in a seat."""
    return rules.end_seat(await write.facts(rows.SEAT, input.id), on=input.on or write.today)


@strawberry.input(description="What is needed to call a meeting of the council.")
class ScheduleCouncilMeetingInput(Command):
    """A call."""

    council_id: strawberry.ID = strawberry.field(description="The council.")
    on: datetime.date = strawberry.field(description="The day it is called for.")
    place_fa: str | None = strawberry.field(default=None, description="Where, in Persian.")
    place_en: str | None = strawberry.field(default=None, description="Where, in English.")
    agenda_fa: str | None = strawberry.field(default=None, description="The agenda, in Persian.")
    agenda_en: str | None = strawberry.field(default=None, description="The agenda, in English.")
    invited: list[strawberry.ID] | None = strawberry.field(
        default=None, description="The seats that are invited; all that are held now unless given."
    )


@mutation("CouncilMeeting")
async def schedule_council_meeting(write: Write, input: ScheduleCouncilMeetingInput) -> Decision:  # noqa: A002 - the API's word
    """Call a meeting of the council."""
    council = await write.facts(rows.COUNCIL, input.council_id, path="councilId")
    invited = [await write.identify("CouncilSeat", seat, "invited") for seat in input.invited or ()]
    return rules.schedule(council, input.given(*_CALL), on=input.on, invited=invited, new_id=write.new_id)


@strawberry.input(description="What is needed to record that a meeting was held.")
class HoldCouncilMeetingInput(Command):
    """A meeting as it took place."""

    id: strawberry.ID = strawberry.field(description="The meeting.")
    on: datetime.date | None = strawberry.field(
        default=None, description="The day it was held; today unless given."
    )
    present: list[strawberry.ID] = strawberry.field(description="The seats that came.")
    minutes_fa: str | None = strawberry.field(default=None, description="The minutes, in Persian.")
    minutes_en: str | None = strawberry.field(default=None, description="The minutes, in English.")


@mutation("CouncilMeeting")
async def hold_council_meeting(write: Write, input: HoldCouncilMeetingInput) -> Decision:  # noqa: A002 - the API's word
    """Record that a meeting was held, on which day and with whom; only then can it have decided anything."""
    meeting = await write.facts(rows.MEETING, input.id)
    present = [await write.identify("CouncilSeat", seat, "present") for seat in input.present]
    return meetings.hold(
        meeting,
        input.given(*_MINUTES),
        on=input.on or write.today,
        present=present,
        today=write.today,
        new_id=write.new_id,
    )


@strawberry.input(description="Who really came to a meeting, and on which day.")
class CorrectCouncilAttendanceInput(Command):
    """A meeting as it really took place."""

    id: strawberry.ID = strawberry.field(description="The meeting.")
    on: datetime.date | None = strawberry.field(
        default=None, description="The day it was held; the one on record unless given."
    )
    present: list[strawberry.ID] = strawberry.field(description="All seats that came.")


@mutation("CouncilMeeting")
async def correct_council_attendance(write: Write, input: CorrectCouncilAttendanceInput) -> Decision:  # noqa: A002 - the API's word
    """Correct who came to a meeting and when, as long as no decision stands on it."""
    meeting = await write.facts(rows.MEETING, input.id)
    present = [await write.identify("CouncilSeat", seat, "present") for seat in input.present]
    return meetings.correct(meeting, on=input.on, present=present, today=write.today, new_id=write.new_id)


@strawberry.input(description="The minutes of a meeting.")
class RecordCouncilMinutesInput(Command):
    """Minutes."""

    id: strawberry.ID = strawberry.field(description="The meeting.")
    minutes_fa: str | None = strawberry.field(
        default=strawberry.UNSET, description="The minutes, in Persian."
    )
    minutes_en: str | None = strawberry.field(
        default=strawberry.UNSET, description="The minutes, in English."
    )


@mutation("CouncilMeeting")
async def record_council_minutes(write: Write, input: RecordCouncilMinutesInput) -> Decision:  # noqa: A002 - the API's word
    """Write or correct the minutes of a meeting that was held."""
    return meetings.record_minutes(await write.facts(rows.MEETING, input.id), input.given(*_MINUTES))


@strawberry.input(description="What is needed to call a meeting off.")
class CancelCouncilMeetingInput(Command):
    """A meeting that will not take place."""

    id: strawberry.ID = strawberry.field(description="The meeting.")
    reason: str | None = strawberry.field(default=None, description="Why; it is required.")


@mutation("CouncilMeeting")
async def cancel_council_meeting(write: Write, input: CancelCouncilMeetingInput) -> Decision:  # noqa: A002 - the API's word
    """Call a scheduled meeting off, with a reason."""
    return meetings.cancel(await write.facts(rows.MEETING, input.id), reason=input.reason)


@strawberry.input(description="How one seat voted.")
class SeatVoteInput:
    """A vote."""

    seat_id: strawberry.ID = strawberry.field(description="The seat; it was present.")
    vote: Vote = strawberry.field(description="For or against the decision as recorded, or abstained.")


async def ballots(write: Write, votes: list[SeatVoteInput]) -> tuple[ballot_rules.Ballot, ...]:
    """Turn the votes of an input into ballots of seats that the viewer sees."""
    return tuple(
        [
            ballot_rules.Ballot(
                await write.identify("CouncilSeat", each.seat_id, "votes", anywhere=True), each.vote
            )
            for each in votes
        ]
    )


@strawberry.input(description="The council's decision on a study or an exit.")
class RecordCouncilDecisionInput(Command):
    """A decision and its votes."""

    meeting_id: strawberry.ID = strawberry.field(
        description="The meeting of the same cluster's council in which it was decided."
    )
    project_id: strawberry.ID = strawberry.field(description="The project whose study or exit is decided on.")
    subject: DecisionSubject = strawberry.field(description="STUDY or EXIT.")
    decision: ReviewDecision = strawberry.field(description="Approve, return or reject.")
    votes: list[SeatVoteInput] = strawberry.field(
        description="How the seats present voted on this decision: FOR means for it, a rejection too."
    )
    note_fa: str | None = strawberry.field(default=None, description="A note, in Persian.")
    note_en: str | None = strawberry.field(default=None, description="A note, in English.")


@mutation("CouncilDecision")
async def record_council_decision(write: Write, input: RecordCouncilDecisionInput) -> Decision:  # noqa: A002 - the API's word
    """Record what the council decided on a study or an exit; plans have mutations of their own (A9, A14)."""
    meeting = await write.facts(rows.MEETING, input.meeting_id, path="meetingId")
    project = await write.facts(rows.DECIDED_PROJECT, input.project_id, path="projectId")
    votes = await ballots(write, input.votes)
    resolution = ballot_rules.Resolution(input.decision, votes, input.note_fa, input.note_en)
    return ballot_rules.record(meeting, project, resolution, subject=input.subject, new_id=write.new_id)
