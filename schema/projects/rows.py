"""The tables of programme templates, cluster development projects and their agents."""

from __future__ import annotations

from typing import Any

from tortoise import fields

from schema.facts import Facts
from schema.feasibility.standing_in_sql import FOUND_FEASIBLE
from schema.guards import Check, Exclusion, Guard, Index, Reference, Unique, searchable
from schema.plans.rows import IN_FORCE
from schema.projects import assignments, planning, standing, templates, visits
from schema.projects.months_in_sql import MONTHS_IN_SQL
from schema.projects.thresholds import of_project
from schema.rows import NAME_LENGTH, Record, Row, guards_of, reference, term
from schema.vocabulary import (
    AgentRole,
    Currency,
    PhaseBoundary,
    PhaseCode,
    PhaseKind,
    ProjectStatus,
    RenewalAnchor,
)


class ProgrammeTemplate(Row):
    """A version of the programme: its phases, windows and thresholds (R55); a project keeps its own."""

    version = fields.IntField()
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    published_on = fields.DateField(null=True)
    renewal_anchor = term(RenewalAnchor, default=RenewalAnchor.APPROVAL)
    thresholds: Any = fields.JSONField(default=dict)

    class Meta:
        """The table."""

        table = "programme_template"


class GateTemplate(Row):
    """A criterion of a phase as a version of the programme describes it."""

    phase_template_id = reference()
    key = fields.CharField(max_length=60)
    ordinal = fields.SmallIntField()
    label_fa = fields.CharField(max_length=NAME_LENGTH)
    label_en = fields.CharField(max_length=NAME_LENGTH)
    mandatory = fields.BooleanField(default=True)

    class Meta:
        """The table."""

        table = "gate_template"


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
    executing_organisation_id = reference(null=True)
    contract_number = fields.CharField(max_length=100, null=True)
    currency = term(Currency, default=next(iter(Currency)))
    status_reason = fields.TextField(null=True)
    suspended_on = fields.DateField(null=True)
    resumed_on = fields.DateField(null=True)

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


class SupervisionVisit(Record):
    """A visit of the technical advisor–supervisor to a project, and what was found (E9)."""

    cluster_id = reference()
    project_id = reference()
    visited_on = fields.DateField()
    advisor_id = reference(null=True)
    phase_code = term(PhaseCode, null=True)
    findings_fa = fields.TextField()
    findings_en = fields.TextField(null=True)
    corrections_fa = fields.TextField(null=True)
    corrections_en = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "supervision_visit"


guards: tuple[Guard, ...] = (
    *guards_of(
        ProgrammeTemplate, PhaseTemplate, GateTemplate, ClusterProject, AgentAssignment, SupervisionVisit
    ),
    *searchable("cluster_project", "contract_number", ordered=False),
    *searchable("agent_assignment", "contract_number", ordered=False),
    MONTHS_IN_SQL,
    Unique("programme_template", "version"),
    Reference("phase_template", "template_id", "programme_template", indexed=False),
    Unique("phase_template", "template_id, code"),
    Unique("phase_template", "template_id, ordinal"),
    Check("phase_template", "window", "min_months > 0 and max_months >= min_months"),
    Check("phase_template", "windowed", "(kind = 'WINDOWED') = (max_months is not null)"),
    Unique("cluster_project", "id, cluster_id"),
    Reference("cluster_project", "cluster_id", "cluster"),
    Reference("cluster_project", "template_id", "programme_template"),
    Reference("cluster_project", "executing_organisation_id", "support_institution"),
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
    Check("cluster_project", "interruption", "suspended_on >= actual_start and resumed_on >= suspended_on"),
    Check(
        "cluster_project",
        "started",
        "status in ('PLANNED', 'CANCELLED') or actual_start is not null",
    ),
    Check("cluster_project", "ended", "(status = 'COMPLETED') <= (actual_end is not null)"),
    Reference("agent_assignment", "project_id", "cluster_project", together_with="cluster_id"),
    Reference("agent_assignment", "cluster_id", "cluster"),
    Unique("agent_assignment", "id, cluster_id"),
    Reference("agent_assignment", "user_id", "app_user"),
    Index(
        "agent_assignment",
        "project_id",
        where="role = 'CLUSTER_DEVELOPMENT_AGENT' and valid_to is null and deleted_at is null",
        unique=True,
        label="one_lead",
    ),
    Check("agent_assignment", "validity", "valid_to >= valid_from"),
    # The wheel has no btree_gist, so the project takes part as a range of its hash (I3).
    Exclusion(
        "agent_assignment",
        "one_lead_at_any_time",
        "int8range(uuid_hash_extended(project_id, 0), uuid_hash_extended(project_id, 0), '[]') with &&,"
        " daterange(valid_from, valid_to, '[]') with &&",
        where="role = 'CLUSTER_DEVELOPMENT_AGENT' and deleted_at is null",
    ),
    Reference("gate_template", "phase_template_id", "phase_template", indexed=False),
    Unique("gate_template", "phase_template_id, key"),
    Index("gate_template", "phase_template_id, ordinal, id"),
    Check("gate_template", "key", "key ~ '^[a-z][a-z0-9_]*$'"),
    Unique("supervision_visit", "id, cluster_id"),
    Reference(
        "supervision_visit", "project_id", "cluster_project", together_with="cluster_id", indexed=False
    ),
    Reference("supervision_visit", "cluster_id", "cluster"),
    Reference("supervision_visit", "advisor_id", "agent_assignment", together_with="cluster_id"),
    Index("supervision_visit", "project_id, visited_on, id"),
    Index(
        "supervision_visit",
        "project_id, visited_on",
        where="deleted_at is null",
        unique=True,
        label="one_a_day",
    ),
)

_GATES = (
    "(select coalesce(json_agg(json_build_object('key', g.key, 'ordinal', g.ordinal, 'label_fa', g.label_fa,"
    " 'label_en', g.label_en, 'mandatory', g.mandatory) order by g.ordinal, g.id), '[]')"
    " from gate_template g where g.phase_template_id = f.id)"
)
_PHASES = (
    "(select coalesce(json_agg(json_build_object('code', f.code, 'ordinal', f.ordinal, 'kind', f.kind,"
    f" 'min_months', f.min_months, 'max_months', f.max_months, 'gates', {_GATES}) order by f.ordinal), '[]')"
    " from phase_template f where f.template_id = e.id)"
)
HOME = Facts(
    planning.HomeFacts,
    "Cluster",
    {
        "template": (
            f"(select json_build_object('id', e.id, 'phases', {_PHASES}) from programme_template e"
            " where e.published_on <= {today} order by e.version desc limit 1)"
        )
    },
)

_MONTHS = (
    "(select f.max_months from phase_template f where f.template_id = {t}.template_id and f.code = 'CODE')"
)
PROJECT = Facts(
    standing.ProjectFacts,
    "ClusterProject",
    {
        "cluster_status": "(select c.status from cluster c where c.id = {t}.cluster_id)",
        "found_feasible": FOUND_FEASIBLE.replace("{cluster}", "{t}.cluster_id"),
        "other_running": (
            "exists (select 1 from cluster_project o where o.cluster_id = {t}.cluster_id and o.id <> {t}.id"
            " and o.deleted_at is null and o.status in ('ACTIVE', 'SUSPENDED', 'EXITING'))"
        ),
        "former_ended_on": (
            "(select max(o.actual_end) from cluster_project o where o.cluster_id = {t}.cluster_id"
            " and o.id <> {t}.id and o.deleted_at is null)"
        ),
        "plan": IN_FORCE.replace("{cluster}", "{t}.cluster_id"),
        "has_comprehensive_network": (
            "exists (select 1 from network n where n.cluster_id = {t}.cluster_id"
            " and n.designated_on is not null and n.dissolved_on is null and n.deleted_at is null)"
        ),
        "has_study": (
            "exists (select 1 from diagnostic_study d where d.project_id = {t}.id and d.deleted_at is null)"
        ),
        "lead_until": (
            "(select max(m.valid_to) from agent_assignment m where m.project_id = {t}.id"
            " and m.role = 'CLUSTER_DEVELOPMENT_AGENT' and m.deleted_at is null)"
        ),
        "study_max_months": _MONTHS.replace("CODE", "DIAGNOSTIC_STUDY"),
        "exit_max_months": _MONTHS.replace("CODE", "AGENT_EXIT"),
        "phases": (
            "(select coalesce(json_agg(json_build_object('id', s.id, 'code', s.code, 'status', s.status,"
            " 'min_months', f.min_months, 'max_months', f.max_months) order by s.ordinal), '[]')"
            " from phase s left join phase_template f on f.template_id = {t}.template_id and f.code = s.code"
            " where s.project_id = {t}.id)"
        ),
        "visit_days": (
            "(select coalesce(json_agg(w.visited_on), '[]') from supervision_visit w"
            " where w.project_id = {t}.id and w.deleted_at is null)"
        ),
        "advisor_id": (
            "(select m.id from agent_assignment m where m.project_id = {t}.id and m.role = 'TECHNICAL_ADVISOR'"
            " and m.valid_to is null and m.deleted_at is null order by m.valid_from desc, m.id limit 1)"
        ),
        "least_team": f"({of_project('team_size', '{t}.id')})::int",
        "team": (
            "(select coalesce(json_agg(json_build_object('id', m.id, 'role', m.role,"
            " 'valid_from', m.valid_from) order by m.valid_from, m.id), '[]')"
            " from agent_assignment m where m.project_id = {t}.id"
            " and m.valid_to is null and m.deleted_at is null)"
        ),
    },
)

_LEADS_BESIDE = (
    "agent_assignment m where m.project_id = {t}.project_id and m.id <> {t}.id"
    " and m.role = 'CLUSTER_DEVELOPMENT_AGENT' and m.deleted_at is null"
)
_STATUS = "(select p.status from cluster_project p where p.id = {t}.project_id)"
ASSIGNMENT = Facts(
    assignments.AssignmentFacts,
    "AgentAssignment",
    {
        "project_status": _STATUS,
        "other_lead": f"exists (select 1 from {_LEADS_BESIDE} and m.valid_to is null)",
        "former_lead_until": f"(select max(m.valid_to) from {_LEADS_BESIDE})",
    },
)

VISIT = Facts(
    visits.VisitFacts,
    "SupervisionVisit",
    {
        "project_status": _STATUS,
        "project_start": "(select p.actual_start from cluster_project p where p.id = {t}.project_id)",
        "other_days": (
            "(select coalesce(json_agg(w.visited_on), '[]') from supervision_visit w"
            " where w.project_id = {t}.project_id and w.id <> {t}.id and w.deleted_at is null)"
        ),
    },
)

ADVISOR = Facts(visits.Advisor, "AgentAssignment")

TEMPLATE = Facts(
    templates.EditionFacts,
    "ProgrammeTemplate",
    {
        "newest_version": "(select max(e.version) from programme_template e)",
        "newest_published": "(select max(e.published_on) from programme_template e)",
        "phases": _PHASES.replace("e.id", "{t}.id"),
    },
)
