"""The public types of programme templates, projects and the agents assigned to them."""

from __future__ import annotations

import datetime

import strawberry

from schema.documents.rows import HOMES
from schema.documents.rules import permitted_on_owner
from schema.exits import readiness
from schema.exits import rows as exit_rows
from schema.exits.announcement import permitted_on_project
from schema.graph import (
    Node,
    code_column,
    column,
    derived,
    entity,
    few,
    figures,
    many,
    one,
    permitted,
    text_column,
)
from schema.indicators import rows as indicator_rows
from schema.indicators.readings import READINGS
from schema.indicators.taking import permitted_of_project
from schema.projects import assignments, computed, rows, rules, templates, visits
from schema.scopes import PUBLIC, within_cluster
from schema.trust import rows as trust_rows
from schema.trust.surveys import permitted_on_project as permitted_trust
from schema.vocabulary import (
    AgentRole,
    Currency,
    ExitStatus,
    PhaseBoundary,
    PhaseCode,
    PhaseKind,
    ProjectStatus,
    RenewalAnchor,
)


@figures
class ThresholdValue:
    """A number of domain section 4.5 as a version of the programme sets it (R55)."""

    key: str = column("The name of the threshold.")
    value: float = column("The number in this version.")
    standard: float = column("The number unless a version says otherwise.")
    label_fa: str = column("What it means, in Persian.")
    label_en: str = column("What it means, in English.")


@figures
class LatePhase:
    """A phase in progress that would be late if its project kept this version: a preview.

    Windowed phases are late after their window, the action plan after its renewal, trust building after
    the days without any activity.
    """

    project_id: strawberry.ID = column("The global id of the project.")
    project_name_fa: str = column("The Persian name of the project.")
    project_name_en: str = column("The English name of the project.")
    code: PhaseCode = column("Which phase.")
    window_end: datetime.date | None = column("The last day in time under the project's own version.")
    window_end_then: datetime.date = column("The last day in time under this version.")
    days_late_then: int = column("How many days late it would be today.")


@entity(rows.ProgrammeTemplate, scope=PUBLIC, plural="programmeTemplates", order=("version",))
class ProgrammeTemplate(Node):
    """A version of the programme; a project keeps the version it started with (R55)."""

    version: int = column("The version, counted from one.")
    name_fa: str = column("The Persian name.", orderable=False)
    name_en: str = column("The English name.", orderable=False)
    published_on: datetime.date | None = column("Since when new projects use it.")
    renewal_anchor: RenewalAnchor = column(
        "The day of a version of the action plan from which the next one is due (A4)."
    )
    phases = few("projects.PhaseTemplate", "Its five phases.", far="template_id")
    projects = many("projects.ClusterProject", "The projects that started with it.", far="template_id")
    thresholds = derived(
        "projects.ThresholdValue", "Every threshold, as this version sets it.", sql=computed.THRESHOLD_VALUES
    )
    late_phases = derived(
        "projects.LatePhase",
        "What would be late today if every running project kept this version.",
        sql=computed.LATE_PHASES,
    )
    permitted_actions = permitted(rows.TEMPLATE, templates.permitted)


@entity(rows.PhaseTemplate, scope=PUBLIC, plural="phaseTemplates", order=("ordinal",))
class PhaseTemplate(Node):
    """A phase as a version of the programme describes it."""

    code: PhaseCode = column("Which of the five.")
    ordinal: int = column("Its number in the source text, a label and not a dependency (A1).")
    kind: PhaseKind = column("How it behaves in time.")
    min_months: int | None = column("The lower bound of its window, Jalali months.")
    max_months: int | None = column("The upper bound of its window, Jalali months.")
    starts_at: PhaseBoundary | None = column("What opens it.")
    ends_at: PhaseBoundary | None = column("What closes it.")
    template = one("projects.ProgrammeTemplate", "The version it belongs to.", near="template_id")
    gates = few("projects.GateTemplate", "Its gates.", far="phase_template_id")


@entity(rows.GateTemplate, scope=PUBLIC, plural="gateTemplates", order=("ordinal",), root=False)
class GateTemplate(Node):
    """A criterion of a phase as a version of the programme describes it."""

    key: str = column("Its name for programs.")
    ordinal: int = column("Its place in the list.")
    label_fa: str = column("What is asked, in Persian.", orderable=False)
    label_en: str = column("What is asked, in English.", orderable=False)
    mandatory: bool = column("Whether the phase needs it.")
    phase_template = one("projects.PhaseTemplate", "The phase.", near="phase_template_id")


@entity(rows.ClusterProject, scope=within_cluster(), plural="projects", order=("planned_start",))
class ClusterProject(Node):
    """A cluster development project: five phases under one lead development agent (R2, R3, R33)."""

    name_fa: str = column("The Persian name.", orderable=False)
    name_en: str = column("The English name.", orderable=False)
    status: ProjectStatus = column("Where the project stands.")
    planned_start: datetime.date = column("When it is to start.")
    planned_end: datetime.date = column("When it is to end.")
    actual_start: datetime.date | None = column("When it started.")
    actual_end: datetime.date | None = column("When it ended.")
    contract_number: str | None = code_column("The number of the agency contract.", "contract_number")
    currency: Currency = column("The currency it is planned in.")
    status_reason: str | None = text_column("Why it was suspended or cancelled.", "status_reason")
    suspended_on: datetime.date | None = column("When it was suspended the last time.")
    resumed_on: datetime.date | None = column(
        "When it was taken up again after that; empty while it is suspended."
    )
    defining_share: float = column(
        "Sub-projects of the last plan that members or networks defined, 0 to 1 (R48).",
        sql=readiness.DEFINING,
    )
    steering_share: float = column(
        "Active sub-projects that members or networks lead, 0 to 1 (R48).", sql=readiness.STEERING
    )
    resources_share: float = column(
        "The cluster's own money of what is planned for the last twelve months, 0 to 1 (E13).",
        sql=readiness.RESOURCES,
    )
    social_capital_index: float | None = column(
        "The social-capital index of the last survey, 0 to 100; empty where too few answered.",
        sql=readiness.SOCIAL_CAPITAL,
    )
    has_comprehensive_network: bool = column(
        "Gate: a comprehensive network is designated.", sql=readiness.COMPREHENSIVE_NETWORK
    )
    plan_is_fresh: bool = column("Gate: the action plan is fresh.", sql=readiness.PLAN_IS_FRESH)
    level_attained: bool = column(
        "Gate: the level of development is attained (R47).", sql=readiness.LEVEL_ATTAINED
    )
    exit_score: float = column(
        "Exit readiness, 0 to 100: 0.3 defining, 0.3 steering, 0.2 resources, 0.2 social capital; advisory.",
        sql=readiness.SCORE,
    )
    exit_status: ExitStatus = column(
        "Where the exit stands: eligible only with all gates open and the score reached; the council decides.",
        sql=readiness.STATUS,
    )
    cluster = one("clusters.Cluster", "The cluster it develops.", near="cluster_id")
    template = one("projects.ProgrammeTemplate", "The version of the programme it keeps.", near="template_id")
    executing_organisation = one(
        "support.SupportInstitution",
        "The organisation that carries it out and has the contract with its agents (E3).",
        near="executing_organisation_id",
        required=False,
    )
    phases = many("phases.Phase", "Its five phases.", far="project_id")
    assignments = many("projects.AgentAssignment", "Its agent team over time.", far="project_id")
    self_reliance_assessments = many(
        "exits.SelfRelianceAssessment", "Assessments of self-reliance.", far="project_id"
    )
    exits = many("exits.ExitProcess", "Its exit, and announcements that were taken back.", far="project_id")
    exit_actions = permitted(exit_rows.READINESS, permitted_on_project)
    trust_actions = permitted(trust_rows.SURVEY_HOME, permitted_trust)
    trust_activities = many("trust.TrustActivity", "Its trust-building activities.", far="project_id")
    trust_surveys = many("trust.TrustSurvey", "Its rounds of measuring trust.", far="project_id")
    action_plans = many("plans.ActionPlan", "The plan versions made during it.", far="project_id")
    supervision_visits = many("projects.SupervisionVisit", "The visits of its supervisor.", far="project_id")
    next_visit_due_on: datetime.date | None = column(
        "When the next supervision visit is due: monthly during the study, every two months afterwards (E9).",
        sql=computed.NEXT_VISIT_DUE,
    )
    indicators = derived(
        "indicators.IndicatorReading", "What every computed indicator says today (4.5).", sql=READINGS
    )
    indicator_values = many(
        "indicators.IndicatorValue", "The values kept of it: entered ones and taken ones.", far="project_id"
    )
    indicator_actions = permitted(indicator_rows.SNAPSHOT_DAY, permitted_of_project)
    studies = few("studies.DiagnosticStudy", "Its diagnostic study.", far="project_id")
    permitted_actions = permitted(rows.PROJECT, rules.permitted)


@entity(rows.AgentAssignment, scope=within_cluster(), plural="agentAssignments", order=("valid_from",))
class AgentAssignment(Node):
    """Somebody's place in the agent team of a project (R4, E3); a title, not a person's name."""

    role: AgentRole = column("The place in the team.")
    title_fa: str = column("The title shown, in Persian.", orderable=False)
    title_en: str = column("The title shown, in English.", orderable=False)
    contract_number: str | None = code_column("The number of the contract.", "contract_number")
    valid_from: datetime.date = column("The first day.")
    valid_to: datetime.date | None = column("The last day; empty while it lasts.")
    project = one("projects.ClusterProject", "The project.", near="project_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    person = one(
        "agencies.User",
        "The account that acts, where that is visible: to itself and to the administrators of its province.",
        near="user_id",
        required=False,
    )
    permitted_actions = permitted(rows.ASSIGNMENT, assignments.permitted)


@entity(rows.SupervisionVisit, scope=within_cluster(), plural="supervisionVisits", order=("visited_on",))
class SupervisionVisit(Node):
    """A visit of the technical advisor–supervisor to a project, and what was found (E9)."""

    visited_on: datetime.date = column("The day of the visit; one visit a day.")
    phase_code: PhaseCode | None = column("The phase in progress that day.")
    findings_fa: str = text_column("What was found, in Persian.", "findings_fa")
    findings_en: str | None = text_column("What was found, in English.", "findings_en")
    corrections_fa: str | None = text_column("What is to be corrected, in Persian.", "corrections_fa")
    corrections_en: str | None = text_column("What is to be corrected, in English.", "corrections_en")
    project = one("projects.ClusterProject", "The project.", near="project_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
    documents = many("documents.Document", "What is attached to it.", far="visit_id")
    document_actions = permitted(HOMES["SupervisionVisit"], permitted_on_owner)
    advisor = one(
        "projects.AgentAssignment",
        "The place in the team of whoever visited: the technical advisor–supervisor's, unless told otherwise.",
        near="advisor_id",
        required=False,
    )
    permitted_actions = permitted(rows.VISIT, visits.permitted)
