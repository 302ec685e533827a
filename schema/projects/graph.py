"""The public types of programme templates, projects and the agents assigned to them."""

from __future__ import annotations

import datetime

from schema.access import PUBLIC, within_cluster
from schema.graph import Node, column, entity, few, many, one, text_column
from schema.projects import rows
from schema.vocabulary import AgentRole, Currency, PhaseBoundary, PhaseCode, PhaseKind, ProjectStatus


@entity(rows.ProgrammeTemplate, scope=PUBLIC, plural="programmeTemplates", order=("version",))
class ProgrammeTemplate(Node):
    """A version of the programme; a project keeps the version it started with (R55)."""

    version: int = column("The version, counted from one.")
    name_fa: str = column("The Persian name.", orderable=False)
    name_en: str = column("The English name.", orderable=False)
    published_on: datetime.date | None = column("Since when new projects use it.")
    phases = few("projects.PhaseTemplate", "Its five phases.", far="template_id")
    projects = many("projects.ClusterProject", "The projects that started with it.", far="template_id")


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
    executing_organisation: str | None = column("The organisation that carries it out.", orderable=False)
    contract_number: str | None = column("The number of the agency contract.", orderable=False)
    currency: Currency = column("The currency it is planned in.")
    status_reason: str | None = text_column("Why it was suspended or cancelled.", "status_reason")
    cluster = one("clusters.Cluster", "The cluster it develops.", near="cluster_id")
    template = one("projects.ProgrammeTemplate", "The version of the programme it keeps.", near="template_id")
    phases = many("phases.Phase", "Its five phases.", far="project_id")
    assignments = many("projects.AgentAssignment", "Its agent team over time.", far="project_id")
    action_plans = many("plans.ActionPlan", "The plan versions made during it.", far="project_id")


@entity(rows.AgentAssignment, scope=within_cluster(), plural="agentAssignments", order=("valid_from",))
class AgentAssignment(Node):
    """Somebody's place in the agent team of a project (R4, E3); a title, not a person's name."""

    role: AgentRole = column("The place in the team.")
    title_fa: str = column("The title shown, in Persian.", orderable=False)
    title_en: str = column("The title shown, in English.", orderable=False)
    contract_number: str | None = column("The number of the contract.", orderable=False)
    valid_from: datetime.date = column("The first day.")
    valid_to: datetime.date | None = column("The last day; empty while it lasts.")
    project = one("projects.ClusterProject", "The project.", near="project_id")
    cluster = one("clusters.Cluster", "The cluster.", near="cluster_id")
