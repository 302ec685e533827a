"""What happens to the committee of a province: formed, seated, in session, dissolved (E7)."""

from collections.abc import Callable, Mapping, Sequence
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
from schema.support.rules import EVERYWHERE, Reach
from schema.vocabulary import SeatRole

_SINGLE: Final = frozenset({SeatRole.CHAIR, SeatRole.SECRETARY})


@dataclass(frozen=True, slots=True)
class CommitteeHome:
    """The province a committee is formed for, and the one in office."""

    id: UUID
    committee_id: UUID | None


@dataclass(frozen=True, slots=True)
class TakenSeat:
    """A seat that is held now, in the committee itself or among its experts."""

    id: UUID
    role: SeatRole
    expert: bool
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class CommitteeFacts:
    """A committee, the seats that are held now, and the plans of the province that councils approved."""

    id: UUID
    province_id: UUID
    formed_on: date
    dissolved_on: date | None
    seats: tuple[TakenSeat, ...] = ()
    plans: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """A seat."""

    id: UUID
    province_id: UUID
    valid_from: date
    valid_to: date | None


def form(
    province: CommitteeHome, *, on: date, reach: Reach, today: date, new_id: Callable[[], UUID]
) -> Decision:
    """Form the committee of a province; there is one at a time."""
    problems = [*_foreign(province.id, reach, "provinceId"), *_in_future(on, today, "formedOn")]
    if province.committee_id is not None:
        problems.append(Problem(ProblemCode.COMMITTEE_EXISTS, ("provinceId",)))
    if problems:
        return Refused(tuple(problems))
    committee_id = new_id()
    row = {"province_id": province.id, "formed_on": on}
    return Accepted(
        ("ProvincialCommittee", committee_id), (Create("ProvincialCommittee", committee_id, row),)
    )


def dissolve(committee: CommitteeFacts, *, on: date, reach: Reach, today: date) -> Decision:
    """Dissolve a committee; its seats end with it, its sessions stay on record."""
    problems = [*_unavailable(committee, reach), *_in_future(on, today, "on")]
    began = max((committee.formed_on, *(seat.valid_from for seat in committee.seats if seat.valid_from)))
    if on < began:
        last = Occasion.COMMITTEE_FORMED if began == committee.formed_on else Occasion.SEAT_TAKEN
        days = {"start": began, "end": on, "event": last}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), days))
    if problems:
        return Refused(tuple(problems))
    return Accepted(
        ("ProvincialCommittee", committee.id),
        (
            *(Update("CommitteeSeat", seat.id, {"valid_to": on}) for seat in committee.seats),
            Update("ProvincialCommittee", committee.id, {"dissolved_on": on}),
        ),
    )


def appoint(  # noqa: PLR0913 - a seat has these parts
    committee: CommitteeFacts,
    values: Mapping[str, object],
    *,
    role: SeatRole,
    expert: bool,
    since: date,
    reach: Reach,
    new_id: Callable[[], UUID],
) -> Decision:
    """Give a seat to an office; chair and secretary are one each, among the experts as well."""
    problems = [*_unavailable(committee, reach), *emptied(values, "title_fa", "title_en")]
    if role in _SINGLE and any(seat.role is role and seat.expert is expert for seat in committee.seats):
        problems.append(Problem(ProblemCode.SEAT_TAKEN, ("role",), {"role": role}))
    if since < committee.formed_on:
        days = {"start": committee.formed_on, "end": since, "event": Occasion.COMMITTEE_FORMED}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("validFrom",), days))
    if problems:
        return Refused(tuple(problems))
    seat_id = new_id()
    row = {
        **values,
        "province_id": committee.province_id,
        "committee_id": committee.id,
        "role": role,
        "expert": expert,
        "valid_from": since,
    }
    return Accepted(("CommitteeSeat", seat_id), (Create("CommitteeSeat", seat_id, row),))


def end_seat(seat: SeatFacts, *, on: date, reach: Reach) -> Decision:
    """End an office's time in a seat."""
    if problems := _foreign(seat.province_id, reach, "id"):
        return Refused(tuple(problems))
    if seat.valid_to is not None:
        return refuse(ProblemCode.SEAT_ENDED, on=seat.valid_to)
    if on < seat.valid_from:
        taken = Occasion.SEAT_TAKEN
        return refuse(ProblemCode.DATES_OUT_OF_ORDER, "on", start=seat.valid_from, end=on, event=taken)
    return Accepted(("CommitteeSeat", seat.id), (Update("CommitteeSeat", seat.id, {"valid_to": on}),))


def record_session(  # noqa: PLR0913 - a session has these parts
    committee: CommitteeFacts,
    values: Mapping[str, object],
    *,
    held_on: date,
    plans: Sequence[UUID],
    reach: Reach,
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Put a session on record with the plans it helped to fund: approved ones of the province (E6, E7)."""
    problems = [*_unavailable(committee, reach), *_in_future(held_on, today, "heldOn")]
    if held_on < committee.formed_on:
        days = {"start": committee.formed_on, "end": held_on, "event": Occasion.COMMITTEE_FORMED}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("heldOn",), days))
    problems += [
        Problem(ProblemCode.PLAN_NOT_OF_THE_PROVINCE, ("planIds", str(place)))
        for place, plan in enumerate(plans)
        if plan not in committee.plans
    ]
    if problems:
        return Refused(tuple(problems))
    session_id = new_id()
    row = {
        **values,
        "province_id": committee.province_id,
        "committee_id": committee.id,
        "held_on": held_on,
    }
    return Accepted(
        ("CommitteeSession", session_id),
        (
            Create("CommitteeSession", session_id, row),
            *(
                Create("CommitteeSessionPlan", new_id(), {"session_id": session_id, "plan_id": plan_id})
                for plan_id in dict.fromkeys(plans)
            ),
        ),
    )


def permitted_in_province(province: CommitteeHome, *, today: date) -> tuple[Permission, ...]:
    """Say whether a committee could be formed, for those within whose reach the province is."""
    formed = form(province, on=today, reach=EVERYWHERE, today=today, new_id=lambda: province.id)
    return (permission("formProvincialCommittee", formed),)


def permitted(committee: CommitteeFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a committee today."""
    day = max(today, committee.formed_on)

    def new_id() -> UUID:
        return committee.id

    member = appoint(
        committee, {}, role=SeatRole.MEMBER, expert=False, since=day, reach=EVERYWHERE, new_id=new_id
    )
    held = record_session(committee, {}, held_on=day, plans=(), reach=EVERYWHERE, today=day, new_id=new_id)
    return (
        permission("appointCommitteeSeat", member),
        permission("recordCommitteeSession", held),
        permission("dissolveProvincialCommittee", dissolve(committee, on=day, reach=EVERYWHERE, today=day)),
    )


def permitted_of_seat(seat: SeatFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a seat today."""
    ended = end_seat(seat, on=max(today, seat.valid_from), reach=EVERYWHERE)
    return (permission("endCommitteeSeat", ended),)


def _foreign(province_id: UUID, reach: Reach, path: str) -> list[Problem]:
    return [] if reach.holds(province_id) else [Problem(ProblemCode.OUT_OF_REACH, (path,))]


def _unavailable(committee: CommitteeFacts, reach: Reach) -> list[Problem]:
    problems = _foreign(committee.province_id, reach, "committeeId")
    if committee.dissolved_on is not None:
        problems.append(Problem(ProblemCode.COMMITTEE_DISSOLVED, (), {"on": committee.dissolved_on}))
    return problems


def _in_future(on: date, today: date, path: str) -> tuple[Problem, ...]:
    return (Problem(ProblemCode.IN_FUTURE, (path,), {"date": on}),) if on > today else ()
