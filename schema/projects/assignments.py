"""What may happen to a place in the team once it is given: corrected, ended, taken back (R4, I3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schema.decision import (
    Accepted,
    Decision,
    Event,
    Permission,
    Problem,
    Refused,
    Remove,
    Update,
    permission,
)
from schema.entries import emptied
from schema.events import EventType, dated
from schema.problems import ProblemCode
from schema.projects.standing import OVER, RUNNING, TeamMember
from schema.vocabulary import AgentRole, ProjectStatus


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    """What the rules need to know of one assignment and of the leads beside it."""

    id: UUID
    cluster_id: UUID
    project_id: UUID
    project_status: ProjectStatus
    role: AgentRole
    valid_from: date
    valid_to: date | None
    other_lead: bool = False
    former_lead_until: date | None = None

    @property
    def leads(self) -> bool:
        """Whether it is the lead agent's place."""
        return self.role is AgentRole.CLUSTER_DEVELOPMENT_AGENT


def end(assignment: AssignmentFacts, *, on: date, today: date) -> Decision:
    """End an assignment; the lead's ends only with the project or by a successor."""
    problems = list(_over_already(assignment))
    if assignment.leads and assignment.project_status in RUNNING:
        problems.append(Problem(ProblemCode.LEAD_NEEDED))
    if on < assignment.valid_from:
        problems.append(Problem(ProblemCode.BEFORE_ASSIGNMENT, ("on",), {"since": assignment.valid_from}))
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}))
    if problems:
        return Refused(tuple(problems))
    member = TeamMember(assignment.id, assignment.role, assignment.valid_from)
    return Accepted(
        ("AgentAssignment", assignment.id),
        (Update("AgentAssignment", assignment.id, {"valid_to": on}),),
        (ended(assignment.project_id, member, on),),
    )


def edit(assignment: AssignmentFacts, changed: Mapping[str, object]) -> Decision:
    """Correct an assignment that lasts; the lead's first day only before the project runs on it (I3)."""
    problems = [*_of_project(assignment), *_over_already(assignment)]
    problems += emptied(changed, "title_fa", "title_en", "valid_from")
    since = changed.get("valid_from")
    if isinstance(since, date) and assignment.leads and since != assignment.valid_from:
        if assignment.project_status in RUNNING:
            problems.append(
                Problem(ProblemCode.LEAD_STANDS, ("validFrom",), {"since": assignment.valid_from})
            )
        problems += _after_the_former(assignment, since)
    if problems:
        return Refused(tuple(problems))
    return Accepted(("AgentAssignment", assignment.id), (Update("AgentAssignment", assignment.id, changed),))


def remove(assignment: AssignmentFacts, *, today: date) -> Decision:
    """Take back an assignment under which nobody acted: before the project runs, or before it begins itself."""
    problems = [*_of_project(assignment), *_over_already(assignment)]
    if assignment.project_status in RUNNING:
        if assignment.leads:
            problems.append(Problem(ProblemCode.LEAD_NEEDED))
        elif assignment.valid_from <= today:
            problems.append(Problem(ProblemCode.ASSIGNMENT_BEGUN, (), {"since": assignment.valid_from}))
    if problems:
        return Refused(tuple(problems))
    member = TeamMember(assignment.id, assignment.role, assignment.valid_from)
    return Accepted(
        ("AgentAssignment", assignment.id),
        (Remove("AgentAssignment", assignment.id),),
        (ended(assignment.project_id, member, today),),
    )


def restore(assignment: AssignmentFacts) -> Decision:
    """Bring back what was taken back, while the lead's place is free if it is the lead's."""
    problems = list(_of_project(assignment))
    if assignment.leads and assignment.other_lead:
        problems.append(Problem(ProblemCode.LEAD_EXISTS))
    if assignment.leads:
        problems += _after_the_former(assignment, assignment.valid_from)
    if problems:
        return Refused(tuple(problems))
    return Accepted(
        ("AgentAssignment", assignment.id),
        (Update("AgentAssignment", assignment.id, {"deleted_at": None}),),
        (started(assignment.project_id, assignment.id, assignment.role, assignment.valid_from),),
    )


def permitted(assignment: AssignmentFacts, *, today: date) -> tuple[Permission, ...]:
    """Answer beforehand what the rules would say today."""
    return (
        permission("endAssignment", end(assignment, on=today, today=today)),
        permission("editAssignment", edit(assignment, {})),
        permission("removeAssignment", remove(assignment, today=today)),
    )


def started(project: UUID, assignment: UUID, role: AgentRole, since: date) -> Event:
    """Tell that somebody takes a place in the team."""
    return Event(
        EventType.ASSIGNMENT_STARTED,
        ("AgentAssignment", assignment),
        project_id=project,
        payload={"role": role, "on": dated(since)},
    )


def ended(project: UUID, member: TeamMember, on: date) -> Event:
    """Tell that a place in the team is left."""
    return Event(
        EventType.ASSIGNMENT_ENDED,
        ("AgentAssignment", member.id),
        project_id=project,
        payload={"role": member.role, "on": dated(on)},
    )


def _of_project(assignment: AssignmentFacts) -> tuple[Problem, ...]:
    if assignment.project_status in OVER:
        return (Problem(ProblemCode.PROJECT_OVER, (), {"status": assignment.project_status}),)
    return ()


def _over_already(assignment: AssignmentFacts) -> tuple[Problem, ...]:
    if assignment.valid_to is None:
        return ()
    return (Problem(ProblemCode.ASSIGNMENT_ENDED, (), {"on": assignment.valid_to}),)


def _after_the_former(assignment: AssignmentFacts, since: date) -> tuple[Problem, ...]:
    former = assignment.former_lead_until
    if former is None or since > former:
        return ()
    return (Problem(ProblemCode.AFTER_FORMER_LEAD, ("validFrom",), {"until": former}),)
