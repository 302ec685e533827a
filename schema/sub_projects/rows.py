"""The tables of sub-projects: their milestones, progress reports and networks."""

from __future__ import annotations

from typing import Final

from tortoise import fields

from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference, Statement, Unique, searchable
from schema.plans.rows import PLAN
from schema.projects.thresholds import of_plan
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.stakeholders.membership_in_sql import IS_MEMBER
from schema.sub_projects import (
    budgets,
    carrying,
    definition,
    handover,
    outputs,
    places,
    progress,
    rules,
)
from schema.sub_projects.budget_rows import BudgetLine, budget_guards
from schema.sub_projects.output_rows import SubProjectOutput, output_guards
from schema.sub_projects.place_rows import SubProjectCounty, SubProjectNetwork, place_guards
from schema.vocabulary import SubProjectActor, SubProjectStatus, SubProjectType

__all__ = [
    "BudgetLine",
    "Milestone",
    "ProgressReport",
    "SubProject",
    "SubProjectCounty",
    "SubProjectNetwork",
    "SubProjectOutput",
]


class SubProject(Record):
    """A sub-project (ریزپروژه), defined in a version of the action plan (R38)."""

    cluster_id = reference()
    plan_id = reference()
    programme_id = reference(null=True)
    carried_from_id = reference(null=True)
    type = term(SubProjectType)
    additional_type_id = reference(null=True)
    status = term(SubProjectStatus, default=SubProjectStatus.PROPOSED)
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    objectives_fa = fields.TextField(null=True)
    objectives_en = fields.TextField(null=True)
    defined_by = term(SubProjectActor, default=next(iter(SubProjectActor)))
    led_by = term(SubProjectActor, default=next(iter(SubProjectActor)))
    leader_id = reference(null=True)
    planned_start = fields.DateField(null=True)
    planned_end = fields.DateField(null=True)
    actual_start = fields.DateField(null=True)
    actual_end = fields.DateField(null=True)
    transferred_on = fields.DateField(null=True)
    status_reason = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "sub_project"


class Milestone(Record):
    """A step of a sub-project; progress is the weight of the done over the weight of all."""

    cluster_id = reference()
    sub_project_id = reference()
    ordinal = fields.SmallIntField()
    name_fa = fields.CharField(max_length=NAME_LENGTH)
    name_en = fields.CharField(max_length=NAME_LENGTH)
    weight = fields.SmallIntField()
    due_on = fields.DateField(null=True)
    done_on = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "milestone"


class ProgressReport(Record):
    """What was reported about a sub-project on a day, and how far its milestones were then."""

    cluster_id = reference()
    sub_project_id = reference()
    reported_on = fields.DateField()
    progress = fields.DecimalField(max_digits=4, decimal_places=1)
    note_fa = fields.TextField(null=True)
    note_en = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "progress_report"


_OF_PLAN: Final = "(select p.{column} from action_plan p where p.id = {{t}}.plan_id)"
_RUNNING: Final = (
    "running.cluster_id = {t}.cluster_id and running.status in ('ACTIVE', 'SUSPENDED', 'EXITING')"
    " and running.deleted_at is null"
)

SUB_PROJECT: Final = Facts(
    rules.SubProjectFacts,
    "SubProject",
    {
        "project_id": _OF_PLAN.format(column="project_id"),
        "plan_status": _OF_PLAN.format(column="status"),
        "plan_approved_on": _OF_PLAN.format(column="approved_on"),
        "budget_warning_percent": (
            f"(select {of_plan('budget_warning_percent', 'guide')} from action_plan guide"
            " where guide.id = {t}.plan_id)::int"
        ),
        "running_status": f"(select running.status from cluster_project running where {_RUNNING})",
        "implementation_status": (
            "(select f.status from cluster_project running join phase f on f.project_id = running.id"
            f" and f.code = 'IMPLEMENTATION' where {_RUNNING})"
        ),
        "milestones": """(
            select coalesce(json_agg(json_build_object(
              'id', m.id, 'ordinal', m.ordinal, 'weight', m.weight, 'done_on', m.done_on)
              order by m.ordinal), '[]')
            from milestone m where m.sub_project_id = {t}.id and m.deleted_at is null)""",
        "networks": """(
            select coalesce(json_agg(w.network_id order by w.id), '[]')
            from sub_project_network w where w.sub_project_id = {t}.id and w.deleted_at is null)""",
    },
)

_SUB_PROJECT_OF_PART: Final = (
    f"(select {SUB_PROJECT.nested('whole')} from sub_project whole where whole.id = {{t}}.sub_project_id)"
)

PLAN_OF_SUB_PROJECTS: Final = Facts(
    definition.PlanOfSubProjects,
    "ActionPlan",
    {
        "plan": PLAN.nested("{t}"),
        "programme_ids": """(
            select coalesce(json_agg(o.id order by o.id), '[]')
            from operational_programme o where o.plan_id = {t}.id and o.deleted_at is null)""",
    },
)

ASSIGNMENT: Final = Facts(
    handover.Assignment,
    "SubProject",
    {
        "sub_project": SUB_PROJECT.nested("{t}"),
        "ties": """(
            select coalesce(json_agg(json_build_array(w.network_id, w.id) order by w.id), '[]')
            from sub_project_network w where w.sub_project_id = {t}.id and w.deleted_at is null)""",
    },
)

_REMOVED: Final = (
    "(select whole.deleted_at is not null from sub_project whole where whole.id = {t}.sub_project_id)"
)

MILESTONE: Final = Facts(
    progress.MilestoneFacts,
    "Milestone",
    {"sub_project": _SUB_PROJECT_OF_PART, "part_of_removed": _REMOVED},
)

BUDGET_LINE: Final = Facts(
    budgets.BudgetLineFacts,
    "BudgetLine",
    {
        **{name: f"{{t}}.{name}::text" for name in ("planned", "committed", "disbursed", "spent")},
        "sub_project": _SUB_PROJECT_OF_PART,
        "part_of_removed": _REMOVED,
    },
)

OUTPUT: Final = Facts(
    outputs.OutputFacts,
    "SubProjectOutput",
    {"sub_project": _SUB_PROJECT_OF_PART, "part_of_removed": _REMOVED},
)

LEFTOVER: Final = Facts(
    carrying.Leftover,
    "SubProject",
    {
        "sub_project": SUB_PROJECT.nested("{t}"),
        "milestones": """(
            select coalesce(json_agg(json_build_object(
              'ordinal', m.ordinal, 'name_fa', m.name_fa, 'name_en', m.name_en, 'weight', m.weight,
              'due_on', m.due_on) order by m.ordinal), '[]')
            from milestone m where m.sub_project_id = {t}.id and m.deleted_at is null)""",
        "outputs": """(
            select coalesce(json_agg(json_build_object(
              'name_fa', o.name_fa, 'name_en', o.name_en, 'counted_in_fa', o.counted_in_fa,
              'counted_in_en', o.counted_in_en, 'planned', o.planned::text) order by o.id), '[]')
            from sub_project_output o where o.sub_project_id = {t}.id and o.deleted_at is null)""",
        "lines": """(
            select coalesce(json_agg(json_build_object(
              'source', b.source, 'currency', b.currency, 'unit', b.unit, 'planned', b.planned::text,
              'period_start', b.period_start, 'period_end', b.period_end) order by b.id), '[]')
            from budget_line b where b.sub_project_id = {t}.id and b.deleted_at is null)""",
    },
)

PLACEMENT: Final = Facts(
    places.Placement,
    "SubProject",
    {
        "sub_project": SUB_PROJECT.nested("{t}"),
        "counties": """(
            select coalesce(json_agg(json_build_object('id', y.id, 'name_fa', y.name_fa) order by y.id), '[]')
            from county y join cluster c on c.province_id = y.province_id where c.id = {t}.cluster_id)""",
        "links": """(
            select coalesce(json_agg(json_build_object('id', l.id, 'county_id', l.county_id) order by l.id), '[]')
            from sub_project_county l where l.sub_project_id = {t}.id and l.deleted_at is null)""",
    },
)
EXECUTING_NETWORK: Final = Facts(handover.ExecutingNetwork, "Network")
LEADING_MEMBER: Final = Facts(handover.LeadingMember, "Stakeholder", {"is_member": IS_MEMBER})

# I6 across two tables: what has started needs a plan version that the council approved. An approved
# version never loses that again, so looking once, when the status changes, is enough.
_APPROVED_PLAN: Final = """
create function khoosheh_sub_project_needs_approved_plan() returns trigger language plpgsql as $$
begin
  if new.status not in ('PROPOSED', 'CANCELLED') and not exists (
    select 1 from action_plan p where p.id = new.plan_id and p.status in ('APPROVED', 'SUPERSEDED')
  ) then
    raise exception 'a sub-project needs an approved action plan' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger sub_project_needs_approved_plan before insert or update of status, plan_id on sub_project
for each row execute function khoosheh_sub_project_needs_approved_plan()
"""

guards: tuple[Guard, ...] = (
    *guards_of(
        SubProject,
        Milestone,
        ProgressReport,
        BudgetLine,
    ),
    *budget_guards,
    *output_guards,
    *place_guards,
    *searchable("sub_project", "name_fa", "name_en"),
    Unique("sub_project", "id, cluster_id"),
    Unique("sub_project", "id, plan_id"),
    Reference("sub_project", "cluster_id", "cluster", indexed=False),
    Reference("sub_project", "plan_id", "action_plan", together_with="cluster_id"),
    Reference("sub_project", "programme_id", "operational_programme", together_with="plan_id"),
    Reference("sub_project", "carried_from_id", "sub_project", together_with="cluster_id"),
    Reference("sub_project", "leader_id", "stakeholder", together_with="cluster_id"),
    Check("sub_project", "leader", "leader_id is null or led_by = 'MEMBER'"),
    Reference("sub_project", "additional_type_id", "additional_sub_project_type"),
    Index("sub_project", "cluster_id, name_fa_order, id"),
    Index("sub_project", "type, status, id"),
    # With the cluster and without the removed ones, so that a count is read from the index alone.
    Index("sub_project", "status, id, cluster_id", where="deleted_at is null"),
    Index("sub_project", "planned_end, id"),
    Index("sub_project", "cluster_id, type, status"),
    Check("sub_project", "planned_period", "planned_end >= planned_start"),
    Check("sub_project", "actual_period", "actual_end >= actual_start"),
    Check(
        "sub_project",
        "started",
        "(status in ('IN_PROGRESS', 'SUSPENDED', 'COMPLETED')) <= (actual_start is not null)",
    ),
    Check("sub_project", "ended", "status <> 'COMPLETED' or actual_end is not null"),
    Check("sub_project", "cancelled", "(status = 'CANCELLED') <= (status_reason is not null)"),
    Check("sub_project", "additional_type", "additional_type_id is null or type = 'OTHER'"),
    Statement(
        "sub_project.needs_approved_plan",
        _APPROVED_PLAN.strip(),
        "drop trigger sub_project_needs_approved_plan on sub_project; "
        "drop function khoosheh_sub_project_needs_approved_plan()",
    ),
    Unique("milestone", "id, cluster_id"),
    Reference("milestone", "sub_project_id", "sub_project", together_with="cluster_id", indexed=False),
    Reference("milestone", "cluster_id", "cluster"),
    Index("milestone", "sub_project_id, ordinal", where="deleted_at is null", unique=True),
    Index("milestone", "due_on", where="done_on is null"),
    Check("milestone", "weight", "weight between 1 and 100"),
    Reference("progress_report", "sub_project_id", "sub_project", together_with="cluster_id", indexed=False),
    Reference("progress_report", "cluster_id", "cluster"),
    Index("progress_report", "sub_project_id, reported_on, id"),
    Check("progress_report", "progress", "progress between 0 and 100"),
)
