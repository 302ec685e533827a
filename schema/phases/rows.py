"""The tables of phases and their gates, and the facts that the rules of phases need."""

from __future__ import annotations

from tortoise import fields

from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference, Unique
from schema.phases import gates, rules
from schema.phases.order_in_sql import PHASES_IN_ORDER
from schema.projects.thresholds import of_project
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.vocabulary import PhaseCode, PhaseKind, PhaseStatus


class Phase(Record):
    """One of the five phases of a project (R3); the window is computed once, from its anchor (A7)."""

    cluster_id = reference()
    project_id = reference()
    code = term(PhaseCode)
    ordinal = fields.SmallIntField()
    kind = term(PhaseKind)
    status = term(PhaseStatus, default=PhaseStatus.NOT_STARTED)
    planned_start = fields.DateField(null=True)
    planned_end = fields.DateField(null=True)
    window_start = fields.DateField(null=True)
    window_end = fields.DateField(null=True)
    actual_start = fields.DateField(null=True)
    actual_end = fields.DateField(null=True)
    due_on = fields.DateField(null=True)
    reason = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "phase"


class PhaseGate(Record):
    """A criterion of a phase, copied from the template, and the evidence that it is met."""

    cluster_id = reference()
    phase_id = reference()
    key = fields.CharField(max_length=60)
    ordinal = fields.SmallIntField()
    label_fa = fields.CharField(max_length=NAME_LENGTH)
    label_en = fields.CharField(max_length=NAME_LENGTH)
    mandatory = fields.BooleanField(default=True)
    met_on = fields.DateField(null=True)
    decided_by = fields.CharField(max_length=NAME_LENGTH, null=True)
    evidence = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "phase_gate"


guards: tuple[Guard, ...] = (
    *guards_of(Phase, PhaseGate),
    PHASES_IN_ORDER,
    Unique("phase", "id, cluster_id"),
    Unique("phase", "project_id, code"),
    Unique("phase", "project_id, ordinal"),
    Reference("phase", "project_id", "cluster_project", together_with="cluster_id", indexed=False),
    Reference("phase", "cluster_id", "cluster", indexed=False),
    Index("phase", "cluster_id, ordinal, id"),
    Index("phase", "status, window_end, id"),
    Index("phase", "code, status, id"),
    Index("phase", "window_end, id"),
    Check("phase", "ordinal", "ordinal between 1 and 5"),
    Check("phase", "window", "window_end >= window_start"),
    Check("phase", "period", "actual_end >= actual_start"),
    Check("phase", "planned_period", "planned_end >= planned_start"),
    Check(
        "phase",
        "started",
        "(status in ('IN_PROGRESS', 'SUSPENDED', 'COMPLETED')) <= (actual_start is not null)",
    ),
    Check("phase", "ended", "(status = 'COMPLETED') = (actual_end is not null)"),
    Index("phase", "due_on, id", where="due_on is not null"),
    Unique("phase_gate", "id, cluster_id"),
    Reference("phase_gate", "phase_id", "phase", together_with="cluster_id", indexed=False),
    Reference("phase_gate", "cluster_id", "cluster"),
    Unique("phase_gate", "phase_id, key"),
    Index("phase_gate", "phase_id, ordinal, id"),
    Check(
        "phase_gate",
        "evidence",
        "(met_on is null and decided_by is null and evidence is null)"
        " or (met_on is not null and decided_by is not null and evidence is not null)",
    ),
)

_OF_TEMPLATE = (
    "(select f.{column} from cluster_project p join phase_template f on f.template_id = p.template_id"
    " where p.id = {t}.project_id and f.code = {t}.code)"
)
_OF_PROJECT = "(select {column} from cluster_project p where p.id = {t}.project_id)"
_OF_PHASE = "(select s.{column} from phase s where s.project_id = {t}.project_id and s.code = '{code}')"
# What was handed to a network or to members no longer keeps the agent's phase open (R37, A18).
_OPEN_SUB_PROJECT = (
    "s.deleted_at is null and s.transferred_on is null"
    " and s.status in ('APPROVED', 'IN_PROGRESS', 'SUSPENDED')"
)


def _sql(text: str, **parts: str) -> str:
    """Fill the named blanks of an SQL text and leave `{t}` and `{today}` for the engine."""
    for name, part in parts.items():
        text = text.replace(f"{{{name}}}", part)
    return text


PHASE = Facts(
    rules.PhaseFacts,
    "Phase",
    {
        "min_months": _sql(_OF_TEMPLATE, column="min_months"),
        "max_months": _sql(_OF_TEMPLATE, column="max_months"),
        "project_status": _sql(_OF_PROJECT, column="p.status"),
        "project_start": _sql(_OF_PROJECT, column="coalesce(p.actual_start, p.planned_start)"),
        "study_completed_on": _sql(_OF_PHASE, column="actual_end", code="DIAGNOSTIC_STUDY"),
        "study_presented_on": (
            "(select d.presented_on from diagnostic_study d where d.project_id = {t}.project_id"
            " and d.status = 'PRESENTED' and d.deleted_at is null)"
        ),
        "study_needs_presentation": f"({of_project('study_needs_presentation', '{t}.project_id')} > 0)",
        "plan_phase_id": _sql(_OF_PHASE, column="id", code="ACTION_PLAN"),
        "plan_phase_status": _sql(_OF_PHASE, column="status", code="ACTION_PLAN"),
        "plan_grace_days": f"({of_project('plan_grace_days', '{t}.project_id')})::int",
        "open_sub_projects": (
            "(select count(*) from sub_project s join action_plan a on a.id = s.plan_id"
            f" where a.project_id = {{t}}.project_id and {_OPEN_SUB_PROJECT})::int"
        ),
        "unmet_gates": (
            "(select count(*) from phase_gate g where g.phase_id = {t}.id and g.mandatory"
            " and g.met_on is null and g.deleted_at is null)::int"
        ),
        "plans": (
            "(select json_agg(json_build_object('code', s.code, 'kind', s.kind, 'start', s.planned_start,"
            " 'end', s.planned_end) order by s.ordinal) from phase s where s.project_id = {t}.project_id)"
        ),
        "completion_needs_gates": f"({of_project('completion_needs_gates', '{t}.project_id')} > 0)",
    },
)

GATE = Facts(
    gates.GateFacts,
    "PhaseGate",
    {
        "phase_status": "(select s.status from phase s where s.id = {t}.phase_id)",
        "phase_start": "(select s.actual_start from phase s where s.id = {t}.phase_id)",
    },
)
