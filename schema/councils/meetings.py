"""What may happen to a council's meeting: held with those present, minuted, or cancelled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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
from schema.problems import ProblemCode
from schema.vocabulary import MeetingStatus


@dataclass(frozen=True, slots=True)
class SeatAtMeeting:
    """A seat of the council, with its validity, and whether it was invited and came."""

    id: UUID
    valid_from: date
    valid_to: date | None
    attendance_id: UUID | None = None
    present: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether somebody holds the seat on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting and all seats the council ever had."""

    id: UUID
    cluster_id: UUID
    council_id: UUID
    status: MeetingStatus
    scheduled_on: date
    held_on: date | None
    seats: tuple[SeatAtMeeting, ...] = ()
    quorum_share: float = 0.5
    majority_share: float = 0.5
    decisions: int = 0


def hold(
    meeting: MeetingFacts,
    values: Mapping[str, object],
    *,
    on: date,
    present: Sequence[UUID],
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Record that a meeting was held, on which day and with whom."""
    problems = [*_still_to_come(meeting), *_of_day_and_seats(meeting, on, present, today)]
    if problems:
        return Refused(tuple(problems))
    held = {**values, "status": MeetingStatus.HELD, "held_on": on}
    return Accepted(
        ("CouncilMeeting", meeting.id),
        (Update("CouncilMeeting", meeting.id, held), *_attended(meeting, present, new_id)),
    )


def correct(
    meeting: MeetingFacts,
    *,
    on: date | None,
    present: Sequence[UUID],
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Correct the day of a meeting and who came, as long as no decision stands on it."""
    problems = list(uncorrectable(meeting))
    day = on or meeting.held_on or today
    problems += _of_day_and_seats(meeting, day, present, today)
    if problems:
        return Refused(tuple(problems))
    absent = tuple(
        Update("MeetingAttendance", seat.attendance_id, {"present": False})
        for seat in meeting.seats
        if seat.present and seat.attendance_id is not None and seat.id not in present
    )
    return Accepted(
        ("CouncilMeeting", meeting.id),
        (
            Update("CouncilMeeting", meeting.id, {"held_on": day}),
            *absent,
            *_attended(meeting, present, new_id),
        ),
    )


def uncorrectable(meeting: MeetingFacts) -> tuple[Problem, ...]:
    """Say why nobody corrects any more who came: the meeting was not held, or has decided."""
    if meeting.status is not MeetingStatus.HELD:
        return (Problem(ProblemCode.MEETING_NOT_HELD, (), {"status": meeting.status}),)
    if meeting.decisions:
        return (Problem(ProblemCode.DECISION_STANDS, (), {"count": meeting.decisions}),)
    return ()


def _of_day_and_seats(meeting: MeetingFacts, on: date, present: Sequence[UUID], today: date) -> list[Problem]:
    problems = []
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}))
    seats = {seat.id for seat in meeting.seats if seat.holds_on(on)}
    for place, seat in enumerate(present):
        if seat not in seats:
            problems.append(Problem(ProblemCode.NOT_A_SEAT_THEN, ("present", str(place))))
        elif seat in present[:place]:
            problems.append(Problem(ProblemCode.NAMED_TWICE, ("present", str(place)), {"row": place + 1}))
    if not present:
        problems.append(Problem(ProblemCode.REQUIRED, ("present",)))
    return problems


def _attended(
    meeting: MeetingFacts, present: Sequence[UUID], new_id: Callable[[], UUID]
) -> tuple[Create | Update, ...]:
    seats = {seat.id: seat for seat in meeting.seats}
    changes: list[Create | Update] = []
    for seat in (seats[each] for each in present):
        if seat.attendance_id is not None:
            changes.append(Update("MeetingAttendance", seat.attendance_id, {"present": True}))
            continue
        uninvited = {"meeting_id": meeting.id, "seat_id": seat.id, "invited": False, "present": True}
        changes.append(Create("MeetingAttendance", new_id(), {"cluster_id": meeting.cluster_id, **uninvited}))
    return tuple(changes)


def record_minutes(meeting: MeetingFacts, values: Mapping[str, object]) -> Decision:
    """Write or correct the minutes of a meeting that was held."""
    if meeting.status is not MeetingStatus.HELD:
        return refuse(ProblemCode.MEETING_NOT_HELD, status=meeting.status)
    return Accepted(("CouncilMeeting", meeting.id), (Update("CouncilMeeting", meeting.id, values),))


def cancel(meeting: MeetingFacts, *, reason: str | None) -> Decision:
    """Call a meeting off, with a reason."""
    problems = list(_still_to_come(meeting))
    if not reason:
        problems.append(Problem(ProblemCode.REASON_REQUIRED, ("reason",)))
    if problems:
        return Refused(tuple(problems))
    changed = {"status": MeetingStatus.CANCELLED, "status_reason": reason}
    return Accepted(("CouncilMeeting", meeting.id), (Update("CouncilMeeting", meeting.id, changed),))


def permitted(meeting: MeetingFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a meeting today."""
    del today
    open_still = _answer(meeting, _still_to_come(meeting))
    return (
        permission("holdCouncilMeeting", open_still),
        permission("cancelCouncilMeeting", open_still),
        permission("correctCouncilAttendance", _answer(meeting, uncorrectable(meeting))),
        permission("recordCouncilMinutes", record_minutes(meeting, {})),
        permission("recordCouncilDecision", _answer(meeting, not_held(meeting))),
    )


def not_held(meeting: MeetingFacts) -> tuple[Problem, ...]:
    """Say why a meeting cannot decide anything: it was not held."""
    if meeting.status is MeetingStatus.HELD and meeting.held_on is not None:
        return ()
    return (Problem(ProblemCode.MEETING_NOT_HELD, ("meetingId",), {"status": meeting.status}),)


def _still_to_come(meeting: MeetingFacts) -> tuple[Problem, ...]:
    if meeting.status is MeetingStatus.SCHEDULED:
        return ()
    return (Problem(ProblemCode.WRONG_STATUS, (), {"status": meeting.status}),)


def _answer(meeting: MeetingFacts, problems: tuple[Problem, ...]) -> Decision:
    return Refused(problems) if problems else Accepted(("CouncilMeeting", meeting.id), ())
