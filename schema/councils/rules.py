"""What a steering council may do with its seats and meetings (R29, E4); its decisions are in `ballots`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from schema.decision import (
    Accepted,
    Create,
    Decision,
    Event,
    Permission,
    Problem,
    Refused,
    Update,
    permission,
    refuse,
)
from schema.entries import emptied
from schema.events import EventType, dated
from schema.problems import ProblemCode
from schema.problems.occasions import Occasion
from schema.vocabulary import MeetingStatus, SeatRole

_SINGLE: Final = frozenset({SeatRole.CHAIR, SeatRole.SECRETARY})


@dataclass(frozen=True, slots=True)
class CouncilHome:
    """The cluster a council is formed for."""

    id: UUID
    council_id: UUID | None
    least_actors: int = 3


@dataclass(frozen=True, slots=True)
class TakenSeat:
    """A seat that is held now."""

    id: UUID
    role: SeatRole
    valid_from: date | None = None
    stakeholder_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CouncilFacts:
    """A council and the seats that are held now."""

    id: UUID
    cluster_id: UUID
    formed_on: date
    dissolved_on: date | None
    seats: tuple[TakenSeat, ...] = ()
    least_actors: int = 3

    @property
    def actors(self) -> int:
        """How many cluster actors hold a seat now."""
        return sum(seat.stakeholder_id is not None for seat in self.seats)


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """A seat."""

    id: UUID
    cluster_id: UUID
    role: SeatRole
    valid_from: date
    valid_to: date | None
    actors_beside: int = 0
    least_actors: int = 3


def form(cluster: CouncilHome, *, on: date, today: date, new_id: Callable[[], UUID]) -> Decision:
    """Form the cluster's steering council, still without seats; there is one at a time (R29)."""
    problems = list(_not_in_future(on, today, "formedOn"))
    if cluster.council_id is not None:
        problems.append(Problem(ProblemCode.COUNCIL_EXISTS, ("clusterId",)))
    if problems:
        return Refused(tuple(problems))
    council_id = new_id()
    return Accepted(
        ("SteeringCouncil", council_id),
        (Create("SteeringCouncil", council_id, {"cluster_id": cluster.id, "formed_on": on}),),
        warnings=_few_actors(0, cluster.least_actors),
    )


def dissolve(council: CouncilFacts, *, on: date, today: date) -> Decision:
    """Dissolve a council; its seats end with it, its decisions stay."""
    problems = [*_not_in_future(on, today, "on"), *_in_office(council)]
    # A seat that was taken later cannot have ended before.
    began = max((council.formed_on, *(seat.valid_from for seat in council.seats if seat.valid_from)))
    if on < began:
        last = Occasion.COUNCIL_FORMED if began == council.formed_on else Occasion.SEAT_TAKEN
        days = {"start": began, "end": on, "event": last}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), days))
    if problems:
        return Refused(tuple(problems))
    return Accepted(
        ("SteeringCouncil", council.id),
        (
            *(Update("CouncilSeat", seat.id, {"valid_to": on}) for seat in council.seats),
            Update("SteeringCouncil", council.id, {"dissolved_on": on}),
        ),
    )


def appoint(
    council: CouncilFacts,
    values: Mapping[str, object],
    *,
    role: SeatRole,
    since: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Give a seat to somebody; chair and secretary are one each (E4)."""
    problems = [*_in_office(council), *emptied(values, "title_fa", "title_en")]
    if role in _SINGLE and any(seat.role is role for seat in council.seats):
        problems.append(Problem(ProblemCode.SEAT_TAKEN, ("role",), {"role": role}))
    if since < council.formed_on:
        dates = {"start": council.formed_on, "end": since, "event": Occasion.COUNCIL_FORMED}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("validFrom",), dates))
    if problems:
        return Refused(tuple(problems))
    seat_id = new_id()
    seat = {
        **values,
        "cluster_id": council.cluster_id,
        "council_id": council.id,
        "role": role,
        "valid_from": since,
    }
    actors = council.actors + (values.get("stakeholder_id") is not None)
    return Accepted(
        ("CouncilSeat", seat_id),
        (Create("CouncilSeat", seat_id, seat),),
        warnings=_few_actors(actors, council.least_actors),
    )


def end_seat(seat: SeatFacts, *, on: date) -> Decision:
    """End somebody's time in a seat."""
    if seat.valid_to is not None:
        return refuse(ProblemCode.SEAT_ENDED, on=seat.valid_to)
    if on < seat.valid_from:
        taken = Occasion.SEAT_TAKEN
        return refuse(ProblemCode.DATES_OUT_OF_ORDER, "on", start=seat.valid_from, end=on, event=taken)
    return Accepted(
        ("CouncilSeat", seat.id),
        (Update("CouncilSeat", seat.id, {"valid_to": on}),),
        warnings=_few_actors(seat.actors_beside, seat.least_actors),
    )


def schedule(
    council: CouncilFacts,
    values: Mapping[str, object],
    *,
    on: date,
    invited: Sequence[UUID],
    new_id: Callable[[], UUID],
) -> Decision:
    """Call a meeting; everyone who holds a seat is invited unless some are named."""
    problems = list(_in_office(council))
    seats = {seat.id for seat in council.seats}
    problems.extend(
        Problem(ProblemCode.NOT_A_SEAT_THEN, ("invited", str(place)))
        for place, seat in enumerate(invited)
        if seat not in seats
    )
    if problems:
        return Refused(tuple(problems))
    meeting_id = new_id()
    meeting = {
        **values,
        "cluster_id": council.cluster_id,
        "council_id": council.id,
        "status": MeetingStatus.SCHEDULED,
        "scheduled_on": on,
    }
    guests = list(dict.fromkeys(invited)) or [seat.id for seat in council.seats]
    return Accepted(
        ("CouncilMeeting", meeting_id),
        (
            Create("CouncilMeeting", meeting_id, meeting),
            *(
                Create(
                    "MeetingAttendance",
                    new_id(),
                    {"cluster_id": council.cluster_id, "meeting_id": meeting_id, "seat_id": seat},
                )
                for seat in guests
            ),
        ),
        (
            Event(
                EventType.COUNCIL_MEETING_SCHEDULED,
                ("CouncilMeeting", meeting_id),
                payload={"scheduledOn": dated(on), "invited": len(guests)},
            ),
        ),
    )


def permitted_of_council(council: CouncilFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a council today."""
    called = schedule(council, {}, on=today, invited=(), new_id=lambda: council.id)
    member = appoint(council, {}, role=SeatRole.MEMBER, since=today, new_id=lambda: council.id)
    return (
        permission("appointCouncilSeat", member),
        permission("scheduleCouncilMeeting", called),
        permission("dissolveSteeringCouncil", dissolve(council, on=today, today=today)),
    )


def permitted_of_seat(seat: SeatFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a seat today."""
    return (permission("endCouncilSeat", end_seat(seat, on=max(today, seat.valid_from))),)


def _in_office(council: CouncilFacts) -> tuple[Problem, ...]:
    if council.dissolved_on is None:
        return ()
    return (Problem(ProblemCode.COUNCIL_DISSOLVED, (), {"on": council.dissolved_on}),)


def _few_actors(actors: int, least: int) -> tuple[Problem, ...]:
    """Remark on a council with fewer cluster actors than the programme expects; it works all the same (E4)."""
    if actors >= least:
        return ()
    return (Problem(ProblemCode.ACTORS_MISSING, (), {"count": actors, "least": least}),)


def _not_in_future(on: date, today: date, path: str) -> tuple[Problem, ...]:
    return (Problem(ProblemCode.IN_FUTURE, (path,), {"date": on}),) if on > today else ()
