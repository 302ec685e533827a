"""How a council decides: in its own meeting, with quorum, by a majority of the seats present (I8)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import floor
from uuid import UUID

from schema.councils.meetings import MeetingFacts, not_held
from schema.decision import Accepted, Create, Decision, Event, Problem, Refused
from schema.events import EventType, dated
from schema.problems import ProblemCode
from schema.vocabulary import DecisionSubject, ReviewDecision, Vote


@dataclass(frozen=True, slots=True)
class Ballot:
    """How one seat voted on the decision as it is recorded."""

    seat_id: UUID
    vote: Vote


@dataclass(frozen=True, slots=True)
class Resolution:
    """What is put on record: the decision, the votes on it and a note."""

    decision: ReviewDecision
    votes: tuple[Ballot, ...]
    note_fa: str | None = None
    note_en: str | None = None


@dataclass(frozen=True, slots=True)
class DecidedProject:
    """The project whose study or exit a council decides on."""

    id: UUID
    cluster_id: UUID


@dataclass(frozen=True, slots=True)
class Record:
    """A decision ready to be written: its id, its day, its rows and its event."""

    id: UUID
    decided_on: date
    changes: tuple[Create, ...]
    event: Event


def objections(meeting: MeetingFacts, resolution: Resolution, *, cluster_id: UUID) -> tuple[Problem, ...]:
    """Say everything that keeps this meeting from deciding like this."""
    if meeting.cluster_id != cluster_id:
        return (Problem(ProblemCode.COUNCIL_OF_ANOTHER_CLUSTER, ("meetingId",)),)
    if unheld := not_held(meeting):
        return unheld
    return (*_quorum(meeting), *_votes(meeting, resolution.votes))


def write_down(
    meeting: MeetingFacts,
    resolution: Resolution,
    *,
    subject: DecisionSubject,
    about: UUID,
    new_id: Callable[[], UUID],
) -> Record:
    """Make the rows of a decision to which nothing objects."""
    if meeting.held_on is None:
        raise ValueError("A decision is written down only of a meeting that was held.")
    decision_id = new_id()
    target = "plan_id" if subject is DecisionSubject.ACTION_PLAN else "project_id"
    decision = {
        "cluster_id": meeting.cluster_id,
        "meeting_id": meeting.id,
        "subject": subject,
        target: about,
        "decision": resolution.decision,
        "decided_on": meeting.held_on,
        "note_fa": resolution.note_fa,
        "note_en": resolution.note_en,
    }
    cast = {ballot.seat_id for ballot in resolution.votes}
    # Who was present and named no vote abstained: every present seat is on record with one (decision 0015).
    silent = tuple(
        Ballot(seat.id, Vote.ABSTAIN) for seat in meeting.seats if seat.present and seat.id not in cast
    )
    votes = tuple(
        Create(
            "DecisionVote",
            new_id(),
            {
                "cluster_id": meeting.cluster_id,
                "decision_id": decision_id,
                "seat_id": ballot.seat_id,
                "vote": ballot.vote,
            },
        )
        for ballot in (*resolution.votes, *silent)
    )
    event = Event(
        EventType.COUNCIL_DECISION_RECORDED,
        ("CouncilDecision", decision_id),
        project_id=None if subject is DecisionSubject.ACTION_PLAN else about,
        payload={"subject": subject, "decision": resolution.decision, "decidedOn": dated(meeting.held_on)},
    )
    return Record(
        decision_id, meeting.held_on, (Create("CouncilDecision", decision_id, decision), *votes), event
    )


def record(
    meeting: MeetingFacts,
    project: DecidedProject,
    resolution: Resolution,
    *,
    subject: DecisionSubject,
    new_id: Callable[[], UUID],
) -> Decision:
    """Record a decision on a study or an exit; a plan is decided on by its own mutations."""
    problems = list(objections(meeting, resolution, cluster_id=project.cluster_id))
    if subject is DecisionSubject.ACTION_PLAN:
        problems.append(Problem(ProblemCode.DECIDED_ELSEWHERE, ("subject",)))
    if problems:
        return Refused(tuple(problems))
    written = write_down(meeting, resolution, subject=subject, about=project.id, new_id=new_id)
    return Accepted(("CouncilDecision", written.id), written.changes, (written.event,))


def _quorum(meeting: MeetingFacts) -> tuple[Problem, ...]:
    """More than the programme's share of the seats held on the day must have been present: half, unless it says so."""
    day = meeting.held_on
    seats = [seat for seat in meeting.seats if day is not None and seat.holds_on(day)]
    present = sum(seat.present for seat in seats)
    needed = max(1, min(len(seats), floor(len(seats) * meeting.quorum_share) + 1))
    if present >= needed:
        return ()
    values = {"seats": len(seats), "present": present, "needed": needed}
    return (Problem(ProblemCode.QUORUM_MISSING, ("meetingId",), values),)


def _votes(meeting: MeetingFacts, votes: tuple[Ballot, ...]) -> tuple[Problem, ...]:
    present = {seat.id for seat in meeting.seats if seat.present}
    problems: list[Problem] = []
    voted: set[UUID] = set()
    for place, ballot in enumerate(votes):
        path = ("votes", str(place), "seatId")
        if ballot.seat_id not in present:
            problems.append(Problem(ProblemCode.SEAT_NOT_PRESENT, path))
        elif ballot.seat_id in voted:
            problems.append(Problem(ProblemCode.VOTED_TWICE, path))
        voted.add(ballot.seat_id)
    in_favour = sum(ballot.vote is Vote.FOR and ballot.seat_id in present for ballot in votes)
    needed = floor(len(present) * meeting.majority_share) + 1
    if in_favour < needed:
        values = {"in_favour": in_favour, "present": len(present), "needed": needed}
        problems.append(Problem(ProblemCode.MAJORITY_MISSING, ("votes",), values))
    return tuple(problems)
