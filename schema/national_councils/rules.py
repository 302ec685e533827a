"""What happens to the national policy council: formed under who chairs it, seated, in session, dissolved (E8)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from schema.decision import (
    Accepted,
    Create,
    Decision,
    Permission,
    Problem,
    Refused,
    Update,
    permission,
    refuse,
)
from schema.entries import emptied
from schema.problems import ProblemCode
from schema.problems.occasions import Occasion
from schema.vocabulary import SeatRole

_SINGLE: Final = frozenset({SeatRole.CHAIR, SeatRole.SECRETARY})


@dataclass(frozen=True, slots=True)
class ChairingInstitution:
    """The institution that is to chair the council, and the council in office."""

    id: UUID
    province_id: UUID | None
    current_council_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A seat that is held now."""

    id: UUID
    role: SeatRole
    valid_from: date


@dataclass(frozen=True, slots=True)
class CouncilFacts:
    """A council, who chairs it, and the seats that are held now."""

    id: UUID
    institution_id: UUID
    formed_on: date
    dissolved_on: date | None
    seats: tuple[HeldSeat, ...] = ()


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """A seat."""

    id: UUID
    valid_from: date
    valid_to: date | None


def form(chair: ChairingInstitution, *, on: date, today: date, new_id: Callable[[], UUID]) -> Decision:
    """Form the council under a national institution, which is ISIPO; there is one council at a time."""
    problems = list(_in_future(on, today, "formedOn"))
    if chair.province_id is not None:
        problems.append(Problem(ProblemCode.NATIONAL_INSTITUTION_ONLY, ("institutionId",)))
    if chair.current_council_id is not None:
        problems.append(Problem(ProblemCode.NATIONAL_COUNCIL_EXISTS))
    if problems:
        return Refused(tuple(problems))
    council_id = new_id()
    row = {"institution_id": chair.id, "formed_on": on}
    return Accepted(("NationalCouncil", council_id), (Create("NationalCouncil", council_id, row),))


def dissolve(council: CouncilFacts, *, on: date, today: date) -> Decision:
    """Dissolve the council; its seats end with it, its sessions stay on record."""
    problems = [*_over(council), *_in_future(on, today, "on")]
    began = max((council.formed_on, *(seat.valid_from for seat in council.seats)))
    formed = began == council.formed_on
    problems += _after(began, on, "on", Occasion.NATIONAL_COUNCIL_FORMED if formed else Occasion.SEAT_TAKEN)
    if problems:
        return Refused(tuple(problems))
    ended = (Update("NationalCouncilSeat", seat.id, {"valid_to": on}) for seat in council.seats)
    over = Update("NationalCouncil", council.id, {"dissolved_on": on})
    return Accepted(("NationalCouncil", council.id), (*ended, over))


def appoint(
    council: CouncilFacts,
    values: Mapping[str, object],
    *,
    role: SeatRole,
    since: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Give a seat to an office; chair and secretary are one each, and the chair is of who chairs the council."""
    problems = [
        *_over(council),
        *emptied(values, "title_fa", "title_en"),
        *_after(council.formed_on, since, "validFrom", Occasion.NATIONAL_COUNCIL_FORMED),
    ]
    if role in _SINGLE and any(seat.role is role for seat in council.seats):
        problems.append(Problem(ProblemCode.SEAT_TAKEN, ("role",), {"role": role}))
    if role is SeatRole.CHAIR and values.get("institution_id") != council.institution_id:
        problems.append(Problem(ProblemCode.CHAIR_OF_ANOTHER_INSTITUTION, ("institutionId",)))
    if problems:
        return Refused(tuple(problems))
    seat_id = new_id()
    row = {**values, "council_id": council.id, "role": role, "valid_from": since}
    return Accepted(("NationalCouncilSeat", seat_id), (Create("NationalCouncilSeat", seat_id, row),))


def end_seat(seat: SeatFacts, *, on: date) -> Decision:
    """End an office's time in a seat."""
    if seat.valid_to is not None:
        return refuse(ProblemCode.SEAT_ENDED, on=seat.valid_to)
    if problems := _after(seat.valid_from, on, "on", Occasion.SEAT_TAKEN):
        return Refused(problems)
    ended = Update("NationalCouncilSeat", seat.id, {"valid_to": on})
    return Accepted(("NationalCouncilSeat", seat.id), (ended,))


def record_session(
    council: CouncilFacts,
    values: Mapping[str, object],
    *,
    held_on: date,
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Put a session of the council in office on record."""
    problems = [
        *_over(council),
        *_in_future(held_on, today, "heldOn"),
        *_after(council.formed_on, held_on, "heldOn", Occasion.NATIONAL_COUNCIL_FORMED),
    ]
    if problems:
        return Refused(tuple(problems))
    session_id = new_id()
    row = {**values, "council_id": council.id, "held_on": held_on}
    made = Create("NationalCouncilSession", session_id, row)
    return Accepted(("NationalCouncilSession", session_id), (made,))


def permitted(council: CouncilFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on the council today."""
    day = max((today, council.formed_on, *(seat.valid_from for seat in council.seats)))

    def new_id() -> UUID:
        return council.id

    member = appoint(council, {}, role=SeatRole.MEMBER, since=day, new_id=new_id)
    held = record_session(council, {}, held_on=day, today=day, new_id=new_id)
    return (
        permission("appointNationalSeat", member),
        permission("recordNationalSession", held),
        permission("dissolveNationalCouncil", dissolve(council, on=day, today=day)),
    )


def permitted_of_seat(seat: SeatFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a seat today."""
    return (permission("endNationalSeat", end_seat(seat, on=max(today, seat.valid_from))),)


def _over(council: CouncilFacts) -> tuple[Problem, ...]:
    if council.dissolved_on is None:
        return ()
    return (Problem(ProblemCode.NATIONAL_COUNCIL_DISSOLVED, (), {"on": council.dissolved_on}),)


def _in_future(on: date, today: date, path: str) -> tuple[Problem, ...]:
    return (Problem(ProblemCode.IN_FUTURE, (path,), {"date": on}),) if on > today else ()


def _after(start: date, end: date, path: str, event: Occasion) -> tuple[Problem, ...]:
    if end >= start:
        return ()
    days = {"start": start, "end": end, "event": event}
    return (Problem(ProblemCode.DATES_OUT_OF_ORDER, (path,), days),)
