"""Who leads and who carries out a sub-project: transfer of the lead (R37, R48) and its networks (R45)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schema.decision import Accepted, Change, Create, Decision, Problem, Refused, Remove, Update
from schema.events import EventType
from schema.problems import ProblemCode
from schema.sub_projects.rules import OPEN, TRANSFERABLE, SubProjectFacts, told
from schema.vocabulary import ActionPlanStatus, SubProjectActor, SubProjectStatus


@dataclass(frozen=True, slots=True)
class ExecutingNetwork:
    """A network that is to carry out a sub-project."""

    id: UUID
    cluster_id: UUID
    dissolved_on: date | None


@dataclass(frozen=True, slots=True)
class LeadingMember:
    """A stakeholder who is to lead a sub-project."""

    id: UUID
    cluster_id: UUID
    is_member: bool


@dataclass(frozen=True, slots=True)
class Leader:
    """Who is to lead: what kind of actor, and which member or network of the cluster that is."""

    actor: SubProjectActor
    member: LeadingMember | None = None
    network: ExecutingNetwork | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A sub-project and the row that ties a network to it, by network."""

    sub_project: SubProjectFacts
    ties: tuple[tuple[UUID, UUID], ...]


def transfer(
    sub_project: SubProjectFacts, leader: Leader, *, on: date, today: date, new_id: Callable[[], UUID]
) -> Decision:
    """Let somebody other than the agent lead a sub-project; its status stays what it was (R37)."""
    to, network = leader.actor, leader.network
    problems = [
        *_untransferable(sub_project),
        *unfit(network, sub_project.cluster_id),
        *_unfit_member(leader, sub_project.cluster_id),
    ]
    member_id = leader.member.id if leader.member else None
    if to is SubProjectActor.AGENT:
        problems.append(Problem(ProblemCode.NOT_TO_THE_AGENT, ("to",)))
    elif to is sub_project.led_by and (leader.member is None or member_id == sub_project.leader_id):
        problems.append(Problem(ProblemCode.SAME_LEADER, ("to",), {"leader": to}))
    if to is SubProjectActor.NETWORK and network is None and not sub_project.networks:
        problems.append(Problem(ProblemCode.REQUIRED, ("networkId",)))
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}))
    if problems:
        return Refused(tuple(problems))
    changes: list[Change] = [
        Update("SubProject", sub_project.id, {"led_by": to, "leader_id": member_id, "transferred_on": on}),
    ]
    if network is not None and network.id not in sub_project.networks:
        changes.append(_tie(sub_project, network.id, new_id()))
    event = told(EventType.SUB_PROJECT_TRANSFERRED, sub_project, {"before": sub_project.led_by, "after": to})
    return Accepted(("SubProject", sub_project.id), tuple(changes), (event,))


def transfer_answer(sub_project: SubProjectFacts) -> Decision:
    """Say beforehand whether the lead may be transferred at all."""
    if problems := _untransferable(sub_project):
        return Refused(problems)
    return Accepted(("SubProject", sub_project.id), ())


def assign(
    sub_project: SubProjectFacts, network: ExecutingNetwork, *, new_id: Callable[[], UUID]
) -> Decision:
    """Let a network of the cluster carry out the sub-project (R45)."""
    problems = [*unchangeable(sub_project), *unfit(network, sub_project.cluster_id)]
    if network.id in sub_project.networks:
        problems.append(Problem(ProblemCode.NETWORK_ALREADY_ASSIGNED, ("networkId",)))
    if problems:
        return Refused(tuple(problems))
    return Accepted(("SubProject", sub_project.id), (_tie(sub_project, network.id, new_id()),))


def release(assignment: Assignment, network_id: UUID) -> Decision:
    """Take a network out of the sub-project."""
    sub_project = assignment.sub_project
    problems = [*unchangeable(sub_project)]
    tie = dict(assignment.ties).get(network_id)
    if tie is None:
        problems.append(Problem(ProblemCode.NETWORK_NOT_ASSIGNED, ("networkId",)))
    if problems or tie is None:
        return Refused(tuple(problems))
    return Accepted(("SubProject", sub_project.id), (Remove("SubProjectNetwork", tie),))


def unfit(network: ExecutingNetwork | None, cluster_id: UUID, *path: str) -> tuple[Problem, ...]:
    """Say why a network cannot carry out a sub-project of this cluster, at the field that names it."""
    path = path or ("networkId",)
    if network is None:
        return ()
    if network.cluster_id != cluster_id:
        return (Problem(ProblemCode.OF_ANOTHER_CLUSTER, path),)
    if network.dissolved_on is not None:
        return (Problem(ProblemCode.NETWORK_DISSOLVED, path, {"on": network.dissolved_on}),)
    return ()


def _unfit_member(leader: Leader, cluster_id: UUID) -> tuple[Problem, ...]:
    """Say why this is not the member who is to lead: a member who leads is named, and is one of the cluster (R48)."""
    member = leader.member
    if leader.actor is not SubProjectActor.MEMBER:
        return (Problem(ProblemCode.NO_MEMBER_LEADS, ("memberId",)),) if member else ()
    if member is None:
        return (Problem(ProblemCode.REQUIRED, ("memberId",)),)
    if member.cluster_id != cluster_id:
        return (Problem(ProblemCode.OF_ANOTHER_CLUSTER, ("memberId",)),)
    return () if member.is_member else (Problem(ProblemCode.MEMBERS_ONLY, ("memberId",)),)


def unchangeable(sub_project: SubProjectFacts) -> tuple[Problem, ...]:
    """Say why the parts of a sub-project do not change now: it is over, or before the council."""
    if sub_project.status not in OPEN:
        return (Problem(ProblemCode.WRONG_STATUS, (), {"status": sub_project.status}),)
    before_council = sub_project.plan_status is ActionPlanStatus.SUBMITTED
    if before_council and sub_project.status is SubProjectStatus.PROPOSED:
        return (Problem(ProblemCode.PLAN_IS_NOT_OPEN, (), {"status": sub_project.plan_status}),)
    return ()


def _untransferable(sub_project: SubProjectFacts) -> tuple[Problem, ...]:
    if sub_project.status in TRANSFERABLE:
        return ()
    return (Problem(ProblemCode.WRONG_STATUS, (), {"status": sub_project.status}),)


def _tie(sub_project: SubProjectFacts, network_id: UUID, tie_id: UUID) -> Create:
    values = {
        "cluster_id": sub_project.cluster_id,
        "sub_project_id": sub_project.id,
        "network_id": network_id,
    }
    return Create("SubProjectNetwork", tie_id, values)
