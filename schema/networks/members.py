"""Who takes part in a network, and from when to when."""

from collections.abc import Callable
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
from schema.events import EventType
from schema.problems import ProblemCode
from schema.problems.occasions import Occasion


@dataclass(frozen=True, slots=True)
class NetworkOfMembers:
    """A network and the stakeholders who are in it now."""

    id: UUID
    cluster_id: UUID
    formed_on: date | None
    dissolved_on: date | None
    current: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """A stakeholder who is to join."""

    id: UUID
    cluster_id: UUID


@dataclass(frozen=True, slots=True)
class NetworkMemberFacts:
    """Somebody's time in a network."""

    id: UUID
    valid_from: date | None
    valid_to: date | None


def join(
    network: NetworkOfMembers, stakeholder: Participant, *, since: date, new_id: Callable[[], UUID]
) -> Decision:
    """Let a stakeholder of the same cluster take part in a network."""
    problems: list[Problem] = []
    if network.dissolved_on is not None:
        problems.append(Problem(ProblemCode.NETWORK_DISSOLVED, (), {"on": network.dissolved_on}))
    if stakeholder.cluster_id != network.cluster_id:
        problems.append(Problem(ProblemCode.OF_ANOTHER_CLUSTER, ("stakeholderId",)))
    elif stakeholder.id in network.current:
        problems.append(Problem(ProblemCode.ALREADY_MEMBER, ("stakeholderId",)))
    if network.formed_on is not None and since < network.formed_on:
        dates = {"start": network.formed_on, "end": since, "event": EventType.NETWORK_FORMED}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("validFrom",), dates))
    if problems:
        return Refused(tuple(problems))
    member_id = new_id()
    member = {
        "cluster_id": network.cluster_id,
        "network_id": network.id,
        "stakeholder_id": stakeholder.id,
        "valid_from": since,
    }
    return Accepted(("NetworkMember", member_id), (Create("NetworkMember", member_id, member),))


def leave(member: NetworkMemberFacts, *, on: date) -> Decision:
    """End somebody's time in a network."""
    if member.valid_to is not None:
        return refuse(ProblemCode.MEMBERSHIP_ENDED, on=member.valid_to)
    if member.valid_from is not None and on < member.valid_from:
        joined = Occasion.NETWORK_JOINED
        return refuse(ProblemCode.DATES_OUT_OF_ORDER, "on", start=member.valid_from, end=on, event=joined)
    return Accepted(("NetworkMember", member.id), (Update("NetworkMember", member.id, {"valid_to": on}),))


def permitted_of_member(member: NetworkMemberFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a participation today."""
    return (permission("endNetworkMember", leave(member, on=max(today, member.valid_from or today))),)
