"""The tables of programme templates, cluster development projects and their agents."""

from __future__ import annotations

from typing import Any

from tortoise import fields

from schema.guards import Check, Guard, Index, Reference, Unique
from schema.rows import NAME_LENGTH, Record, Row, guards_of, reference, term
from schema.vocabulary import AgentRole, Currency, PhaseBoundary, PhaseCode, PhaseKind, ProjectStatus


class ProgrammeTemplate(Row):
    """A version of the programme: its phases, windows and thresholds (R55); a project keeps its own."""

    version = fields.IntField()
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    published_on = fields.DateField(null=True)
    thresholds: Any = fields.JSONField(default=dict)

    class Meta:
        """The table."""

        table = "programme_template"


class PhaseTemplate(Row):
    """A phase as a version of the programme describes it; windows are Jalali months (A7)."""

    template_id = reference()
    code = term(PhaseCode)
    ordinal = fields.SmallIntField()
    kind = term(PhaseKind)
    min_months = fields.SmallIntField(null=True)
    max_months = fields.SmallIntField(null=True)
    starts_at = term(PhaseBoundary, null=True)
    ends_at = term(PhaseBoundary, null=True)

    class Meta:
        """The table."""

        table = "phase_template"


class ClusterProject(Record):
    """A cluster development project (R2): the form in which a cluster's development is carried out."""

    cluster_id = reference()
    template_id = reference()
    status = term(ProjectStatus, default=ProjectStatus.PLANNED)
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    planned_start = fields.DateField()
    planned_end = fields.DateField()
    actual_start = fields.DateField(null=True)
    actual_end = fields.DateField(null=True)
    executing_organisation = fields.CharField(max_length=NAME_LENGTH, null=True)
    contract_number = fields.CharField(max_length=100, null=True)
    currency = term(Currency, default=next(iter(Currency)))
    status_reason = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "cluster_project"


class AgentAssignment(Record):
    """Somebody's place in the agent team of a project, with its validity (R4, E3)."""

    cluster_id = reference()
    project_id = reference()
    role = term(AgentRole)
    title_fa = fields.CharField(max_length=NAME_LENGTH)
    title_en = fields.CharField(max_length=NAME_LENGTH)
    user_id = fields.UUIDField(null=True)
    contract_number = fields.CharField(max_length=100, null=True)
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "agent_assignment"


guards: tuple[Guard, ...] = (
    *guards_of(ProgrammeTemplate, PhaseTemplate, ClusterProject, AgentAssignment),
    Unique("programme_template", "version"),
    Reference("phase_template", "template_id", "programme_template", indexed=False),
    Unique("phase_template", "template_id, code"),
    Unique("phase_template", "template_id, ordinal"),
    Check("phase_template", "window", "min_months > 0 and max_months >= min_months"),
    Check("phase_template", "windowed", "(kind = 'WINDOWED') = (max_months is not null)"),
    Unique("cluster_project", "id, cluster_id"),
    Reference("cluster_project", "cluster_id", "cluster"),
    Reference("cluster_project", "template_id", "programme_template"),
    Index("cluster_project", "status, id"),
    Index("cluster_project", "planned_start, id"),
    Index(
        "cluster_project",
        "cluster_id",
        where="status in ('ACTIVE', 'SUSPENDED', 'EXITING') and deleted_at is null",
        unique=True,
        label="one_running",
    ),
    Check("cluster_project", "planned_period", "planned_end >= planned_start"),
    Check("cluster_project", "actual_period", "actual_end >= actual_start"),
    Check(
        "cluster_project",
        "started",
        "status in ('PLANNED', 'CANCELLED') or actual_start is not null",
    ),
    Check("cluster_project", "ended", "(status = 'COMPLETED') <= (actual_end is not null)"),
    Reference("agent_assignment", "project_id", "cluster_project", together_with="cluster_id"),
    Reference("agent_assignment", "cluster_id", "cluster"),
    Index("agent_assignment", "user_id"),
    Index(
        "agent_assignment",
        "project_id",
        where="role = 'CLUSTER_DEVELOPMENT_AGENT' and valid_to is null and deleted_at is null",
        unique=True,
        label="one_lead",
    ),
    Check("agent_assignment", "validity", "valid_to >= valid_from"),
)
