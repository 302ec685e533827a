"""What the rules know of the action plan of a cluster, of a version of it and of what the version defines."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schema.plans.terms import DatedProgramme
from schema.vocabulary import ActionPlanStatus, PhaseCode, PlanOwner, RenewalAnchor, SubProjectStatus


@dataclass(frozen=True, slots=True)
class PlanHome:
    """The cluster a new version is drafted for."""

    id: UUID
    project_id: UUID | None
    duty: PlanOwner
    last_version: int
    open_version: int | None


@dataclass(frozen=True, slots=True)
class PlanInForce:
    """The approved action plan of the cluster and whose duty it is today."""

    id: UUID
    duty: PlanOwner


@dataclass(frozen=True, slots=True)
class PlannedSubProject:
    """A sub-project that the version defines."""

    id: UUID
    name_fa: str
    name_en: str
    status: SubProjectStatus
    networks: int
    continues: UUID | None = None


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A sub-project of the version in force that has not begun and is not carried over into this one."""

    name_fa: str
    name_en: str


@dataclass(frozen=True, slots=True)
class FormerPlan:
    """The version that is in force until this one is approved."""

    id: UUID
    approved_on: date


@dataclass(frozen=True, slots=True)
class LongestWindow:
    """The longest of the project's windowed phases, in days (A15)."""

    code: PhaseCode
    days: int


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the rules need to know of a version, of its parts and of its cluster."""

    id: UUID
    cluster_id: UUID
    project_id: UUID | None
    version: int
    status: ActionPlanStatus
    duty: PlanOwner
    document_number: str | None
    vision_fa: str | None
    period_start: date | None
    period_end: date | None
    presented_on: date | None
    has_council: bool
    study_open: bool
    study_ended_on: date | None
    strategies: int
    programmes: int
    sub_projects: tuple[PlannedSubProject, ...]
    former: FormerPlan | None
    implementation_days: int | None
    longest_window: LongestWindow | None
    document_attached: bool = True
    interval_months: int = 12
    anchor: RenewalAnchor = RenewalAnchor.APPROVAL
    dated_programmes: tuple[DatedProgramme, ...] = ()
    short_months: int = 12
    project_began_on: date | None = None
    left_behind: tuple[LeftBehind, ...] = ()
