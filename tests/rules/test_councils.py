"""Steering councils: one for a cluster, seats, meetings, decisions with quorum and majority."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.councils import ballots, meetings, rules
from schema.councils.ballots import Ballot, DecidedProject, Resolution
from schema.councils.meetings import MeetingFacts, SeatAtMeeting
from schema.councils.rules import CouncilFacts, CouncilHome, SeatFacts, TakenSeat
from schema.decision import Accepted, Create, Decision, Refused, Remove, Update
from schema.events import EventType
from schema.problems import ProblemCode
from schema.vocabulary import DecisionSubject, MeetingStatus, ReviewDecision, SeatRole, Vote

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 23)
CLUSTER, COUNCIL, MEETING, PROJECT = (UUID(int=number) for number in (1, 2, 3, 4))
SEATS = tuple(UUID(int=number) for number in range(11, 16))


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    numbers = count(1000)
    return lambda: UUID(int=next(numbers))


def council(dissolved_on: date | None = None) -> CouncilFacts:
    seats = (TakenSeat(SEATS[0], SeatRole.CHAIR), TakenSeat(SEATS[1], SeatRole.MEMBER))
    return CouncilFacts(COUNCIL, CLUSTER, date(2020, 1, 1), dissolved_on, seats)


def meeting(present: int = 5, status: MeetingStatus = MeetingStatus.HELD) -> MeetingFacts:
    held_on = date(2026, 11, 1) if status is MeetingStatus.HELD else None
    seats = tuple(
        SeatAtMeeting(seat, date(2020, 1, 1), None, UUID(int=100 + place), place < present)
        for place, seat in enumerate(SEATS)
    )
    return MeetingFacts(MEETING, CLUSTER, COUNCIL, status, date(2026, 11, 1), held_on, seats)


def votes(in_favour: int, against: int = 0) -> tuple[Ballot, ...]:
    cast = [Vote.FOR] * in_favour + [Vote.AGAINST] * against
    return tuple(Ballot(seat, vote) for seat, vote in zip(SEATS, cast, strict=False))


def codes(decision: Decision) -> list[ProblemCode]:
    assert isinstance(decision, Refused), decision
    return [problem.code for problem in decision.problems]


@pytest.mark.requirement("R29")
def test_a_cluster_has_one_steering_council_at_a_time(new_id: Callable[[], UUID]) -> None:
    formed = rules.form(CouncilHome(CLUSTER, None), on=TODAY, today=TODAY, new_id=new_id)
    assert isinstance(formed, Accepted)
    assert formed.changes == (
        Create("SteeringCouncil", formed.result[1], {"cluster_id": CLUSTER, "formed_on": TODAY}),
    )
    second = rules.form(CouncilHome(CLUSTER, COUNCIL), on=TODAY, today=TODAY, new_id=new_id)
    assert codes(second) == [ProblemCode.COUNCIL_EXISTS]


def test_a_council_is_not_formed_in_the_future(new_id: Callable[[], UUID]) -> None:
    later = rules.form(CouncilHome(CLUSTER, None), on=date(2026, 11, 24), today=TODAY, new_id=new_id)
    assert codes(later) == [ProblemCode.IN_FUTURE]


def test_dissolving_a_council_ends_its_seats() -> None:
    dissolved = rules.dissolve(council(), on=TODAY, today=TODAY)
    assert isinstance(dissolved, Accepted)
    assert [change.values for change in dissolved.changes if isinstance(change, Update)] == [
        {"valid_to": TODAY},
        {"valid_to": TODAY},
        {"dissolved_on": TODAY},
    ]
    again = rules.dissolve(council(dissolved_on=TODAY), on=TODAY, today=TODAY)
    assert codes(again) == [ProblemCode.COUNCIL_DISSOLVED]
    assert codes(rules.dissolve(council(), on=date(2019, 1, 1), today=TODAY)) == [
        ProblemCode.DATES_OUT_OF_ORDER
    ]
    late = TakenSeat(SEATS[0], SeatRole.CHAIR, date(2026, 1, 1))
    assert codes(rules.dissolve(replace(council(), seats=(late,)), on=date(2025, 1, 1), today=TODAY)) == [
        ProblemCode.DATES_OUT_OF_ORDER
    ]


def test_chair_and_secretary_are_one_each_and_members_are_many(new_id: Callable[[], UUID]) -> None:
    chair = rules.appoint(council(), {}, role=SeatRole.CHAIR, since=TODAY, new_id=new_id)
    assert codes(chair) == [ProblemCode.SEAT_TAKEN]
    for role in (SeatRole.SECRETARY, SeatRole.MEMBER):
        assert isinstance(rules.appoint(council(), {}, role=role, since=TODAY, new_id=new_id), Accepted)


@pytest.mark.requirement("E4")
def test_a_council_with_fewer_cluster_actors_than_the_programme_expects_is_remarked(
    new_id: Callable[[], UUID],
) -> None:
    """E4: three cluster actors among the seats; the number is the template's and no hindrance."""
    actors = tuple(TakenSeat(seat, SeatRole.MEMBER, None, seat) for seat in SEATS[:3])
    seat = SeatFacts(SEATS[0], CLUSTER, SeatRole.MEMBER, date(2025, 1, 1), None)

    def remarked(decision: Decision) -> list[object]:
        assert isinstance(decision, Accepted)
        assert {warning.code for warning in decision.warnings} <= {ProblemCode.ACTORS_MISSING}
        return [warning.values["count"] for warning in decision.warnings]

    def appointed(seats: tuple[TakenSeat, ...], **values: object) -> list[object]:
        grown = replace(council(), seats=seats)
        return remarked(rules.appoint(grown, values, role=SeatRole.MEMBER, since=TODAY, new_id=new_id))

    home = CouncilHome(CLUSTER, None)
    assert remarked(rules.form(home, on=TODAY, today=TODAY, new_id=new_id)) == [0]
    unasked = replace(home, least_actors=0)
    assert remarked(rules.form(unasked, on=TODAY, today=TODAY, new_id=new_id)) == []
    assert [appointed(actors[:size], stakeholder_id=SEATS[4]) for size in (1, 2)] == [[2], []]
    assert [appointed(actors[:size], institution_id=SEATS[4]) for size in (2, 3)] == [[2], []]
    assert [remarked(rules.end_seat(replace(seat, actors_beside=left), on=TODAY)) for left in (2, 3)] == [
        [2],
        [],
    ]


def test_a_dissolved_council_gets_no_seat_and_calls_no_meeting(new_id: Callable[[], UUID]) -> None:
    gone = council(dissolved_on=date(2025, 1, 1))
    appointed = rules.appoint(gone, {}, role=SeatRole.MEMBER, since=TODAY, new_id=new_id)
    called = rules.schedule(gone, {}, on=TODAY, invited=(), new_id=new_id)
    assert codes(appointed) == codes(called) == [ProblemCode.COUNCIL_DISSOLVED]


def test_a_seat_ends_once_and_not_before_it_began() -> None:
    seat = SeatFacts(SEATS[0], CLUSTER, SeatRole.MEMBER, date(2025, 1, 1), None)
    assert isinstance(rules.end_seat(seat, on=TODAY), Accepted)
    assert codes(rules.end_seat(seat, on=date(2024, 1, 1))) == [ProblemCode.DATES_OUT_OF_ORDER]
    over = SeatFacts(SEATS[0], CLUSTER, SeatRole.MEMBER, date(2025, 1, 1), TODAY)
    assert codes(rules.end_seat(over, on=TODAY)) == [ProblemCode.SEAT_ENDED]


def test_a_call_invites_every_seat_unless_some_are_named(new_id: Callable[[], UUID]) -> None:
    everyone = rules.schedule(council(), {}, on=TODAY, invited=(), new_id=new_id)
    assert isinstance(everyone, Accepted)
    assert [change.entity for change in everyone.changes] == ["CouncilMeeting", *["MeetingAttendance"] * 2]
    assert everyone.events[0].type is EventType.COUNCIL_MEETING_SCHEDULED
    one = rules.schedule(council(), {}, on=TODAY, invited=[SEATS[1]], new_id=new_id)
    assert isinstance(one, Accepted)
    assert len(one.changes) == 2
    stranger = rules.schedule(council(), {}, on=TODAY, invited=[SEATS[4]], new_id=new_id)
    assert codes(stranger) == [ProblemCode.NOT_A_SEAT_THEN]


def test_a_meeting_is_held_by_seats_of_the_day_and_not_in_the_future(new_id: Callable[[], UUID]) -> None:
    called = meeting(present=0, status=MeetingStatus.SCHEDULED)
    held = meetings.hold(called, {}, on=TODAY, present=SEATS[:3], today=TODAY, new_id=new_id)
    assert isinstance(held, Accepted)
    assert held.changes[0] == Update(
        "CouncilMeeting", MEETING, {"status": MeetingStatus.HELD, "held_on": TODAY}
    )
    assert len(held.changes) == 4
    later = meetings.hold(called, {}, on=date(2027, 1, 1), present=SEATS[:1], today=TODAY, new_id=new_id)
    assert codes(later) == [ProblemCode.IN_FUTURE]
    stranger = meetings.hold(called, {}, on=TODAY, present=[UUID(int=99)], today=TODAY, new_id=new_id)
    assert codes(stranger) == [ProblemCode.NOT_A_SEAT_THEN]
    nobody = meetings.hold(called, {}, on=TODAY, present=[], today=TODAY, new_id=new_id)
    assert codes(nobody) == [ProblemCode.REQUIRED]
    before_the_seats = meetings.hold(
        called, {}, on=date(2019, 1, 1), present=SEATS[:1], today=TODAY, new_id=new_id
    )
    assert codes(before_the_seats) == [ProblemCode.NOT_A_SEAT_THEN]


@pytest.mark.parametrize("status", [MeetingStatus.HELD, MeetingStatus.CANCELLED])
def test_a_meeting_that_is_over_is_neither_held_nor_cancelled_again(
    status: MeetingStatus, new_id: Callable[[], UUID]
) -> None:
    over = meeting(status=status)
    again = meetings.hold(over, {}, on=TODAY, present=SEATS[:1], today=TODAY, new_id=new_id)
    assert codes(again) == [ProblemCode.WRONG_STATUS]
    assert codes(meetings.cancel(over, reason="snow")) == [ProblemCode.WRONG_STATUS]


def test_a_meeting_is_cancelled_with_a_reason_and_minuted_only_when_held() -> None:
    called = meeting(present=0, status=MeetingStatus.SCHEDULED)
    assert codes(meetings.cancel(called, reason=None)) == [ProblemCode.REASON_REQUIRED]
    assert isinstance(meetings.cancel(called, reason="snow"), Accepted)
    assert codes(meetings.record_minutes(called, {})) == [ProblemCode.MEETING_NOT_HELD]
    assert isinstance(meetings.record_minutes(meeting(), {"minutes_fa": "متن"}), Accepted)


def decide(
    held: MeetingFacts, cast: tuple[Ballot, ...], new_id: Callable[[], UUID], home: UUID = CLUSTER
) -> Decision:
    resolution = Resolution(ReviewDecision.APPROVE, cast)
    project = DecidedProject(PROJECT, home)
    return ballots.record(held, project, resolution, subject=DecisionSubject.EXIT, new_id=new_id)


@pytest.mark.requirement("R28", "I8")
def test_a_decision_is_recorded_with_its_votes_and_its_day(new_id: Callable[[], UUID]) -> None:
    decided = decide(meeting(), votes(3, 2), new_id)
    assert isinstance(decided, Accepted)
    decision = decided.changes[0]
    assert isinstance(decision, Create)
    assert decision.values["project_id"] == PROJECT
    assert decision.values["decided_on"] == date(2026, 11, 1)
    assert [change.entity for change in decided.changes[1:]] == ["DecisionVote"] * 5
    assert [event.type for event in decided.events] == [EventType.COUNCIL_DECISION_RECORDED]


@pytest.mark.requirement("R28", "I8")
def test_the_council_of_another_cluster_decides_nothing(new_id: Callable[[], UUID]) -> None:
    refused = decide(meeting(), votes(5), new_id, home=UUID(int=77))
    assert codes(refused) == [ProblemCode.COUNCIL_OF_ANOTHER_CLUSTER]


@pytest.mark.parametrize("status", [MeetingStatus.SCHEDULED, MeetingStatus.CANCELLED])
def test_a_meeting_that_was_not_held_decides_nothing(
    status: MeetingStatus, new_id: Callable[[], UUID]
) -> None:
    assert codes(decide(meeting(status=status), votes(5), new_id)) == [ProblemCode.MEETING_NOT_HELD]


@pytest.mark.parametrize(("present", "enough"), [(0, False), (2, False), (3, True), (5, True)])
def test_more_than_half_of_the_seats_make_a_quorum(
    present: int,
    enough: bool,  # noqa: FBT001 - a column of the table
    new_id: Callable[[], UUID],
) -> None:
    decided = decide(meeting(present=present), votes(present), new_id)
    assert isinstance(decided, Accepted) is enough
    if not enough:
        assert ProblemCode.QUORUM_MISSING in codes(decided)


@pytest.mark.requirement("R55")
@pytest.mark.parametrize(
    ("share", "present", "enough"),
    [(0.7, 3, False), (0.7, 4, True), (0, 1, True), (0, 0, False), (1, 5, True), (1, 4, False)],
)
def test_the_programme_sets_the_share_that_makes_a_quorum(
    share: float,
    present: int,
    enough: bool,  # noqa: FBT001 - a column of the table
    new_id: Callable[[], UUID],
) -> None:
    held = replace(meeting(present=present), quorum_share=share)
    assert isinstance(decide(held, votes(present), new_id), Accepted) is enough


@pytest.mark.requirement("R28", "I8")
@pytest.mark.parametrize(("in_favour", "against"), [(0, 0), (1, 0), (2, 0), (1, 1), (2, 3), (0, 5)])
def test_a_decision_needs_more_than_half_of_those_present(
    in_favour: int, against: int, new_id: Callable[[], UUID]
) -> None:
    decided = decide(meeting(), votes(in_favour, against), new_id)
    assert codes(decided) == [ProblemCode.MAJORITY_MISSING]
    assert isinstance(decide(meeting(), votes(3, 2), new_id), Accepted)


@pytest.mark.requirement("R55")
@pytest.mark.parametrize(("share", "in_favour", "enough"), [(0, 1, True), (0.6, 3, False), (0.6, 4, True)])
def test_the_programme_sets_the_share_that_carries_a_decision(
    share: float,
    in_favour: int,
    enough: bool,  # noqa: FBT001 - a column of the table
    new_id: Callable[[], UUID],
) -> None:
    held = replace(meeting(), majority_share=share)
    assert isinstance(decide(held, votes(in_favour), new_id), Accepted) is enough


def test_who_was_present_and_said_nothing_abstained_on_record(new_id: Callable[[], UUID]) -> None:
    decided = decide(meeting(present=4), votes(3), new_id)
    assert isinstance(decided, Accepted)
    cast = {
        change.values["seat_id"]: change.values["vote"]
        for change in decided.changes
        if isinstance(change, Create) and change.entity == "DecisionVote"
    }
    assert cast == {**dict.fromkeys(SEATS[:3], Vote.FOR), SEATS[3]: Vote.ABSTAIN}


def test_nobody_is_present_twice(new_id: Callable[[], UUID]) -> None:
    called = meeting(present=0, status=MeetingStatus.SCHEDULED)
    twice = meetings.hold(
        called, {}, on=TODAY, present=[SEATS[0], SEATS[1], SEATS[0]], today=TODAY, new_id=new_id
    )
    assert isinstance(twice, Refused)
    assert [(problem.code, problem.path) for problem in twice.problems] == [
        (ProblemCode.NAMED_TWICE, ("present", "2"))
    ]


def test_who_came_is_corrected_until_something_was_decided(new_id: Callable[[], UUID]) -> None:
    def corrected(held: MeetingFacts, present: tuple[UUID, ...] = (SEATS[1], SEATS[2])) -> Decision:
        return meetings.correct(held, on=None, present=present, today=TODAY, new_id=new_id)

    done = corrected(meeting(present=2))
    assert isinstance(done, Accepted)
    assert {change.id.int: change.values for change in done.changes if not isinstance(change, Remove)} == {
        MEETING.int: {"held_on": date(2026, 11, 1)},
        100: {"present": False},
        101: {"present": True},
        102: {"present": True},
    }
    assert codes(corrected(replace(meeting(), decisions=1))) == [ProblemCode.DECISION_STANDS]
    called = meeting(present=0, status=MeetingStatus.SCHEDULED)
    assert codes(corrected(called)) == [ProblemCode.MEETING_NOT_HELD]
    assert codes(corrected(meeting(), (SEATS[0], SEATS[0]))) == [ProblemCode.NAMED_TWICE]


def test_only_seats_that_were_present_vote_and_only_once(new_id: Callable[[], UUID]) -> None:
    absent = decide(meeting(present=3), votes(5), new_id)
    assert isinstance(absent, Refused)
    assert [(problem.code, problem.path) for problem in absent.problems] == [
        (ProblemCode.SEAT_NOT_PRESENT, ("votes", "3", "seatId")),
        (ProblemCode.SEAT_NOT_PRESENT, ("votes", "4", "seatId")),
    ]
    twice = decide(meeting(), (*votes(3), Ballot(SEATS[0], Vote.FOR)), new_id)
    assert codes(twice) == [ProblemCode.VOTED_TWICE]


def test_plans_are_decided_on_by_their_own_mutations(new_id: Callable[[], UUID]) -> None:
    resolution = Resolution(ReviewDecision.APPROVE, votes(5))
    refused = ballots.record(
        meeting(),
        DecidedProject(PROJECT, CLUSTER),
        resolution,
        subject=DecisionSubject.ACTION_PLAN,
        new_id=new_id,
    )
    assert codes(refused) == [ProblemCode.DECIDED_ELSEWHERE]


def test_what_is_open_on_councils_seats_and_meetings_is_said_beforehand() -> None:
    def allowed(permissions: object) -> dict[str, bool]:
        return {each.action: each.allowed for each in permissions}  # type: ignore[attr-defined]  # permissions

    assert set(allowed(rules.permitted_of_council(council(), today=TODAY)).values()) == {True}
    gone = council(dissolved_on=TODAY)
    assert set(allowed(rules.permitted_of_council(gone, today=TODAY)).values()) == {False}
    assert allowed(meetings.permitted(meeting(), today=TODAY)) == {
        "holdCouncilMeeting": False,
        "cancelCouncilMeeting": False,
        "correctCouncilAttendance": True,
        "recordCouncilMinutes": True,
        "recordCouncilDecision": True,
    }
    seat = SeatFacts(SEATS[0], CLUSTER, SeatRole.MEMBER, date(2025, 1, 1), None)
    assert allowed(rules.permitted_of_seat(seat, today=TODAY)) == {"endCouncilSeat": True}
