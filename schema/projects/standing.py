"""What the rules need to know of a project: where it, its phases, its team and its cluster stand."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from schema.decision import Event
from schema.events import EventType
from schema.plans.standing import PlanInForce
from schema.vocabulary import AgentRole, ClusterStatus, PhaseCode, PhaseStatus, ProjectStatus

RUNNING: Final = frozenset({ProjectStatus.ACTIVE, ProjectStatus.SUSPENDED, ProjectStatus.EXITING})
OVER: Final = frozenset({ProjectStatus.COMPLETED, ProjectStatus.CANCELLED})


@dataclass(frozen=True, slots=True)
class PhaseStanding:
    """A phase of the project and where it stands."""

    id: UUID
    code: PhaseCode
    status: PhaseStatus
    min_months: int | None
    max_months: int | None


@dataclass(frozen=True, slots=True)
class TeamMember:
    """An assignment that has not ended."""

    id: UUID
    role: AgentRole
    valid_from: date


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What the rules need to know of a project, its phases, its team and its cluster."""

    id: UUID
    cluster_id: UUID
    cluster_status: ClusterStatus
    status: ProjectStatus
    planned_start: date
    planned_end: date
    actual_start: date | None
    other_running: bool
    has_study: bool
    lead_until: date | None
    study_max_months: int | None
    exit_max_months: int | None
    phases: tuple[PhaseStanding, ...]
    team: tuple[TeamMember, ...]
    least_team: int = 3
    found_feasible: bool = False
    visit_days: tuple[date, ...] = ()
    advisor_id: UUID | None = None
    former_ended_on: date | None = None
    suspended_on: date | None = None
    resumed_on: date | None = None
    plan: PlanInForce | None = None
    has_comprehensive_network: bool = False

    @property
    def lead(self) -> TeamMember | None:
        """The cluster development agent of the project, if one is assigned."""
        leads = (member for member in self.team if member.role is AgentRole.CLUSTER_DEVELOPMENT_AGENT)
        return next(leads, None)

    def phase(self, code: PhaseCode) -> PhaseStanding:
        """Find a phase of the project; there are always five (I1)."""
        return next(phase for phase in self.phases if phase.code is code)


def told(kind: EventType, project: ProjectFacts, **payload: object) -> Event:
    """Make the event that tells what happened to the project."""
    return Event(kind, ("ClusterProject", project.id), project_id=project.id, payload=payload)
