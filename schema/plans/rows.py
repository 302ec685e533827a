"""The tables of action plans: versions, their strategies and operational programmes."""

from __future__ import annotations

from typing import Final

from tortoise import fields

from schema.facts import Facts
from schema.guards import Check, Generated, Guard, Index, Reference, Statement, Unique, searchable
from schema.plans import parts, standing
from schema.plans.immutable import APPROVED_STAYS
from schema.projects.thresholds import of_plan, project_of_plan
from schema.rows import NAME_LENGTH, Record, guards_of, reference, term
from schema.vocabulary import ActionPlanStatus, PlanOwner


class ActionPlan(Record):
    """A version of a cluster's action-plan document (R23, R27)."""

    cluster_id = reference()
    project_id = reference(null=True)
    version = fields.IntField()
    status = term(ActionPlanStatus, default=ActionPlanStatus.DRAFT)
    owner = term(PlanOwner, default=PlanOwner.AGENT)
    document_number = fields.CharField(max_length=100, null=True)
    vision_fa = fields.TextField(null=True)
    vision_en = fields.TextField(null=True)
    period_start = fields.DateField(null=True)
    period_end = fields.DateField(null=True)
    presented_on = fields.DateField(null=True)
    submitted_by = term(PlanOwner, null=True)
    submitted_on_behalf = fields.BooleanField(default=False)
    decision_id = reference(null=True)
    approved_on = fields.DateField(null=True)
    next_due_on = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "action_plan"


class Strategy(Record):
    """A strategy of a version of the plan (R23)."""

    cluster_id = reference()
    plan_id = reference()
    ordinal = fields.SmallIntField()
    title_fa = fields.CharField(max_length=NAME_LENGTH)
    title_en = fields.CharField(max_length=NAME_LENGTH)
    description_fa = fields.TextField(null=True)
    description_en = fields.TextField(null=True)

    class Meta:
        """The table."""

        table = "strategy"


class OperationalProgramme(Record):
    """A short-term operational programme under a strategy (R23)."""

    cluster_id = reference()
    plan_id = reference()
    strategy_id = reference()
    ordinal = fields.SmallIntField()
    title_fa = fields.CharField(max_length=NAME_LENGTH)
    title_en = fields.CharField(max_length=NAME_LENGTH)
    description_fa = fields.TextField(null=True)
    description_en = fields.TextField(null=True)
    planned_start = fields.DateField(null=True)
    planned_end = fields.DateField(null=True)

    class Meta:
        """The table."""

        table = "operational_programme"


DUTY: Final = """case
  when exists (
    select 1 from cluster_project running where running.cluster_id = {cluster}
    and running.status in ('ACTIVE', 'SUSPENDED', 'EXITING') and running.deleted_at is null
  ) then 'AGENT'
  when exists (
    select 1 from network umbrella where umbrella.cluster_id = {cluster}
    and umbrella.designated_on is not null and umbrella.dissolved_on is null and umbrella.deleted_at is null
  ) then 'NETWORK'
  else 'UNASSIGNED'
end"""
"""Whose duty the plan of a cluster is today: the agent's, the comprehensive network's or nobody's (A12)."""

IN_FORCE: Final = (
    "(select json_build_object('id', plan.id, 'duty', "
    + DUTY.replace("{cluster}", "plan.cluster_id")
    + ") from action_plan plan where plan.cluster_id = {cluster} and plan.status = 'APPROVED')"
)
"""The approved plan of a cluster and whose duty it is today."""

RUNNING: Final = (
    "(select p.id from cluster_project p where p.cluster_id = {cluster}"
    " and p.status in ('ACTIVE', 'SUSPENDED', 'EXITING') and p.deleted_at is null)"
)
"""The project that runs in a cluster today."""

_PROJECT: Final = (
    "case when {t}.status in ('DRAFT', 'RETURNED') then coalesce("
    + RUNNING.replace("{cluster}", "{t}.cluster_id")
    + ", {t}.project_id) else {t}.project_id end"
)
"""The project a version belongs to; one that is still written belongs to the project it will be presented in."""

PLAN_HOME: Final = Facts(
    standing.PlanHome,
    "Cluster",
    {
        "project_id": RUNNING.replace("{cluster}", "{t}.id"),
        "duty": DUTY.replace("{cluster}", "{t}.id"),
        "last_version": "(select coalesce(max(p.version), 0) from action_plan p where p.cluster_id = {t}.id)",
        "open_version": (
            "(select p.version from action_plan p where p.cluster_id = {t}.id"
            " and p.status in ('DRAFT', 'SUBMITTED', 'RETURNED'))"
        ),
    },
)

PLAN: Final = Facts(
    standing.PlanFacts,
    "ActionPlan",
    {
        "duty": DUTY.replace("{cluster}", "{t}.cluster_id"),
        "project_id": _PROJECT,
        "project_began_on": f"(select p.actual_start from cluster_project p where p.id = ({_PROJECT}))",
        "interval_months": f"({of_plan('plan_interval_months')})::int",
        "short_months": f"({of_plan('programme_short_months')})::int",
        "dated_programmes": """(
            select coalesce(json_agg(json_build_object(
              'name_fa', o.title_fa, 'name_en', o.title_en,
              'planned_start', o.planned_start, 'planned_end', o.planned_end
            ) order by y.ordinal, o.ordinal), '[]')
            from operational_programme o join strategy y on y.id = o.strategy_id
            where o.plan_id = {t}.id and o.deleted_at is null)""",
        "anchor": (
            "coalesce((select edition.renewal_anchor from cluster_project keeper join programme_template edition"
            f" on edition.id = keeper.template_id where keeper.id = {project_of_plan('{t}')}), 'APPROVAL')"
        ),
        "has_council": (
            "exists (select 1 from steering_council c where c.cluster_id = {t}.cluster_id"
            " and c.dissolved_on is null and c.deleted_at is null)"
        ),
        "study_open": (
            f"exists (select 1 from phase f where f.project_id = ({_PROJECT})"
            " and f.code = 'DIAGNOSTIC_STUDY' and f.actual_end is null)"
        ),
        "document_attached": (
            "exists (select 1 from document w where w.plan_id = {t}.id and w.kind = 'ACTION_PLAN'"
            " and w.deleted_at is null)"
        ),
        "study_ended_on": (
            f"(select max(f.actual_end) from phase f where f.project_id = ({_PROJECT})"
            " and f.code = 'DIAGNOSTIC_STUDY')"
        ),
        "strategies": "(select count(*) from strategy s where s.plan_id = {t}.id and s.deleted_at is null)",
        "programmes": (
            "(select count(*) from operational_programme o where o.plan_id = {t}.id and o.deleted_at is null)"
        ),
        "sub_projects": """(
            select coalesce(json_agg(json_build_object(
              'id', s.id, 'name_fa', s.name_fa, 'name_en', s.name_en, 'status', s.status,
              'continues', (
                select o.id from sub_project o
                where o.id = s.carried_from_id and o.status = 'APPROVED' and o.deleted_at is null
              ),
              'networks', (
                select count(*) from sub_project_network w
                where w.sub_project_id = s.id and w.deleted_at is null
              )) order by s.id), '[]')
            from sub_project s
            where s.plan_id = {t}.id and s.status <> 'CANCELLED' and s.deleted_at is null)""",
        "former": (
            "(select json_build_object('id', f.id, 'approved_on', f.approved_on) from action_plan f"
            " where f.cluster_id = {t}.cluster_id and f.status = 'APPROVED' and f.id <> {t}.id)"
        ),
        "left_behind": """(
            select coalesce(json_agg(json_build_object('name_fa', s.name_fa, 'name_en', s.name_en)
              order by s.id), '[]')
            from action_plan f join sub_project s on s.plan_id = f.id
            where f.cluster_id = {t}.cluster_id and f.status = 'APPROVED' and f.id <> {t}.id
            and s.status = 'APPROVED' and s.deleted_at is null and not exists (
              select 1 from sub_project o where o.plan_id = {t}.id and o.carried_from_id = s.id
              and o.status <> 'CANCELLED' and o.deleted_at is null))""",
        "implementation_days": f"""(
            select max(s.planned_end) - min(coalesce(s.actual_start, s.planned_start))
            from sub_project s join action_plan p on p.id = s.plan_id
            where p.cluster_id = {{t}}.cluster_id and (p.id = {{t}}.id or p.project_id = ({_PROJECT}))
            and s.status <> 'CANCELLED' and s.deleted_at is null)""",
        "longest_window": f"""(
            select json_build_object('code', f.code, 'days', f.days) from (
              select f.code,
                coalesce(f.actual_end, f.window_end) - coalesce(f.actual_start, f.planned_start) as days
              from phase f where f.project_id = ({_PROJECT}) and f.kind = 'WINDOWED'
            ) f where f.days is not null order by f.days desc limit 1)""",
    },
)

_PLAN_OF_PART: Final = f"(select {PLAN.nested('plan')} from action_plan plan where plan.id = {{t}}.plan_id)"

STRATEGY_PLACE: Final = Facts(
    parts.StrategyPlace,
    "ActionPlan",
    {
        "plan": PLAN.nested("{t}"),
        "last_strategy": "(select coalesce(max(s.ordinal), 0) from strategy s where s.plan_id = {t}.id)",
    },
)

STRATEGY: Final = Facts(
    parts.StrategyFacts,
    "Strategy",
    {
        "plan": _PLAN_OF_PART,
        "programmes": (
            "(select count(*) from operational_programme o"
            " where o.strategy_id = {t}.id and o.deleted_at is null)"
        ),
        "last_programme": (
            "(select coalesce(max(o.ordinal), 0) from operational_programme o where o.strategy_id = {t}.id)"
        ),
    },
)

PROGRAMME: Final = Facts(
    parts.ProgrammeFacts,
    "OperationalProgramme",
    {
        "plan": _PLAN_OF_PART,
        "strategy_removed": (
            "(select y.deleted_at is not null from strategy y where y.id = {t}.strategy_id)"
        ),
        "sub_projects": (
            "(select count(*) from sub_project s where s.programme_id = {t}.id and s.deleted_at is null)"
        ),
    },
)

guards: tuple[Guard, ...] = (
    *guards_of(ActionPlan, Strategy, OperationalProgramme),
    *searchable("action_plan", "document_number", ordered=False),
    Unique("action_plan", "id, cluster_id"),
    Unique("action_plan", "cluster_id, version"),
    Generated("action_plan", "former_version", "integer", "nullif(version - 1, 0)"),
    Statement(
        "action_plan.versions_without_gaps",
        "alter table action_plan add constraint action_plan_former_version_reference "
        "foreign key (cluster_id, former_version) references action_plan (cluster_id, version)",
        "alter table action_plan drop constraint action_plan_former_version_reference",
        order=2,
    ),
    Reference("action_plan", "cluster_id", "cluster", indexed=False),
    Reference("action_plan", "project_id", "cluster_project", together_with="cluster_id"),
    Statement(
        "action_plan.decision_of_the_same_cluster",
        "alter table action_plan add constraint action_plan_decision_id_reference "
        "foreign key (decision_id, cluster_id) references council_decision (id, cluster_id) "
        "deferrable initially deferred; "
        "create index action_plan_decision_id_reference_index on action_plan (decision_id)",
        "drop index action_plan_decision_id_reference_index; "
        "alter table action_plan drop constraint action_plan_decision_id_reference",
        order=2,
    ),
    Index("action_plan", "cluster_id", where="status = 'APPROVED'", unique=True, label="one_approved"),
    Index(
        "action_plan",
        "cluster_id",
        where="status in ('DRAFT', 'SUBMITTED', 'RETURNED')",
        unique=True,
        label="one_open",
    ),
    Index("action_plan", "next_due_on, id"),
    Index("action_plan", "status, id"),
    Check("action_plan", "version", "version >= 1"),
    Check("action_plan", "period", "period_end >= period_start"),
    Check(
        "action_plan",
        "approved",
        "(status in ('APPROVED', 'SUPERSEDED')) = (approved_on is not null and next_due_on is not null)",
    ),
    Check("action_plan", "decided", "status not in ('APPROVED', 'SUPERSEDED') or decision_id is not null"),
    Check("action_plan", "due", "next_due_on > least(presented_on, approved_on)"),
    Check("action_plan", "submitter", "submitted_by in ('AGENT', 'NETWORK')"),
    Unique("strategy", "id, plan_id"),
    Unique("strategy", "id, cluster_id"),
    Reference("strategy", "plan_id", "action_plan", together_with="cluster_id", indexed=False),
    Reference("strategy", "cluster_id", "cluster"),
    Index("strategy", "plan_id, ordinal, id"),
    Index("strategy", "plan_id, ordinal", where="deleted_at is null", unique=True, label="one_place"),
    Check("strategy", "ordinal", "ordinal >= 1"),
    Unique("operational_programme", "id, plan_id"),
    Unique("operational_programme", "id, cluster_id"),
    Reference("operational_programme", "strategy_id", "strategy", together_with="plan_id", indexed=False),
    Reference("operational_programme", "plan_id", "action_plan", together_with="cluster_id"),
    Reference("operational_programme", "cluster_id", "cluster"),
    Index("operational_programme", "strategy_id, ordinal, id"),
    Index(
        "operational_programme",
        "strategy_id, ordinal",
        where="deleted_at is null",
        unique=True,
        label="one_place",
    ),
    Check("operational_programme", "ordinal", "ordinal >= 1"),
    Check("operational_programme", "period", "planned_end >= planned_start"),
    APPROVED_STAYS,
)
