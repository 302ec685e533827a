"""Every enumeration of the domain, under one roof: import terms from here."""

from schema.vocabulary.access import (
    AttemptStatus,
    Channel,
    DeliveryStatus,
    InterfaceLanguage,
    LetterKind,
    PreferredCalendar,
    PreferredDigits,
    TokenScope,
    UserRole,
)
from schema.vocabulary.clusters import ClusterStatus, DevelopmentLevel, PlaceKind, ProductKind
from schema.vocabulary.exits import AssessmentKind, ExitStatus, HandoverRecipient
from schema.vocabulary.indicators import (
    IndicatorDimension,
    IndicatorLevel,
    IndicatorOrigin,
    IndicatorStatus,
    IndicatorSubject,
    IndicatorUnit,
)
from schema.vocabulary.jobs import ExportFormat, JobItemStatus, JobKind, JobStatus
from schema.vocabulary.networks import LegalForm, NetworkKind, RegistrationStatus
from schema.vocabulary.phases import Health, PhaseBoundary, PhaseCode, PhaseKind, PhaseStatus
from schema.vocabulary.plans import (
    ActionPlanStatus,
    DecisionSubject,
    MeetingStatus,
    PlanFreshness,
    PlanOwner,
    RenewalAnchor,
    ReviewDecision,
    SeatRole,
    Vote,
)
from schema.vocabulary.projects import AgentRole, ProjectStatus
from schema.vocabulary.records import DocumentKind
from schema.vocabulary.stakeholders import Gender, SizeClass, StakeholderKind, StakeholderRole
from schema.vocabulary.studies import (
    AnalysisSection,
    SolutionTarget,
    SourceKind,
    StudyMethodology,
    StudyStatus,
    SwotQuadrant,
)
from schema.vocabulary.sub_projects import (
    Currency,
    CurrencyUnit,
    FundingSource,
    SubProjectActor,
    SubProjectStatus,
    SubProjectType,
)
from schema.vocabulary.support import CommitmentKind, InstitutionKind, InstitutionSector
from schema.vocabulary.term import Term, longest_wire_name
from schema.vocabulary.trust import SurveyStatus, TieKind, TrustActivityType, TrustApproach, TrustAxis

__all__ = [
    "ActionPlanStatus",
    "AgentRole",
    "AnalysisSection",
    "AssessmentKind",
    "AttemptStatus",
    "Channel",
    "ClusterStatus",
    "CommitmentKind",
    "Currency",
    "CurrencyUnit",
    "DecisionSubject",
    "DeliveryStatus",
    "DevelopmentLevel",
    "DocumentKind",
    "ExitStatus",
    "ExportFormat",
    "FundingSource",
    "Gender",
    "HandoverRecipient",
    "Health",
    "IndicatorDimension",
    "IndicatorLevel",
    "IndicatorOrigin",
    "IndicatorStatus",
    "IndicatorSubject",
    "IndicatorUnit",
    "InstitutionKind",
    "InstitutionSector",
    "InterfaceLanguage",
    "JobItemStatus",
    "JobKind",
    "JobStatus",
    "LegalForm",
    "LetterKind",
    "MeetingStatus",
    "NetworkKind",
    "PhaseBoundary",
    "PhaseCode",
    "PhaseKind",
    "PhaseStatus",
    "PlaceKind",
    "PlanFreshness",
    "PlanOwner",
    "PreferredCalendar",
    "PreferredDigits",
    "ProductKind",
    "ProjectStatus",
    "RegistrationStatus",
    "RenewalAnchor",
    "ReviewDecision",
    "SeatRole",
    "SizeClass",
    "SolutionTarget",
    "SourceKind",
    "StakeholderKind",
    "StakeholderRole",
    "StudyMethodology",
    "StudyStatus",
    "SubProjectActor",
    "SubProjectStatus",
    "SubProjectType",
    "SurveyStatus",
    "SwotQuadrant",
    "Term",
    "TieKind",
    "TokenScope",
    "TrustActivityType",
    "TrustApproach",
    "TrustAxis",
    "UserRole",
    "Vote",
    "longest_wire_name",
]
