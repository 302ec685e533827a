"""How a phase stands on a day, as SQL, by domain section 4.5; thresholds are those of its template."""

from typing import Final

from schema.projects.thresholds import of_project

LAST_TRUST_ACTIVITY: Final = (
    "coalesce((select max(activity.actual_end) from trust_activity activity"
    " where activity.project_id = {t}.project_id and activity.deleted_at is null), {t}.actual_start)"
)
"""The last day on which trust was worked at; before any activity, the start of the phase."""

TRUST_DOES_NOT_FALL: Final = (
    "coalesce((select last.social_capital_index >= former.social_capital_index"
    " from trust_survey last join trust_survey former"
    " on former.project_id = last.project_id and former.round < last.round and former.status = 'CLOSED'"
    " and former.deleted_at is null"
    " where last.project_id = {t}.project_id and last.status = 'CLOSED' and last.deleted_at is null"
    " order by last.round desc, former.round desc limit 1), true)"
)
"""Whether the social-capital index did not drop between its last two closed rounds; cancelled ones do not count."""

_GATES: Final = "from phase_gate gate where gate.phase_id = {t}.id and gate.deleted_at is null"
_GATE_SHARE: Final = f"(select (count(gate.met_on))::numeric / nullif(count(*), 0) {_GATES})"
_ELAPSED_SHARE: Final = (
    "(({today} - {t}.actual_start)::numeric / nullif({t}.window_end - {t}.actual_start, 0))"
)
_MANDATORY_GATE_OPEN: Final = f"exists (select 1 {_GATES} and gate.mandatory and gate.met_on is null)"
_PLAN_DUE: Final = (
    "coalesce((select plan.next_due_on from action_plan plan where plan.cluster_id = {t}.cluster_id"
    " and plan.status = 'APPROVED' and plan.deleted_at is null), {t}.due_on)"
)
_SINCE_ACTIVITY: Final = f"({{today}} - {LAST_TRUST_ACTIVITY})"


def _threshold(key: str) -> str:
    return of_project(key, "{t}.project_id")


HEALTH: Final = f"""case
  when {{t}}.status = 'COMPLETED' and {{t}}.window_end is not null
    then case when {{t}}.actual_end > {{t}}.window_end then 'COMPLETED_LATE' else 'COMPLETED_ON_TIME' end
  when {{t}}.status <> 'IN_PROGRESS' then 'NOT_APPLICABLE'
  when {{t}}.window_end is not null then case
    when {{today}} > {{t}}.window_end then 'OVERDUE'
    when {{today}} > {{t}}.window_start and {_MANDATORY_GATE_OPEN} then 'AT_RISK'
    when {_ELAPSED_SHARE} - {_GATE_SHARE} > {_threshold("gate_share_gap")} then 'AT_RISK'
    else 'ON_TRACK'
  end
  when {{t}}.kind = 'RECURRING' then case
    when {{today}} > {_PLAN_DUE} then 'OVERDUE'
    when {_PLAN_DUE} - {{today}} <= {_threshold("plan_due_soon_days")} then 'AT_RISK'
    when {_PLAN_DUE} is null then 'NOT_APPLICABLE'
    else 'ON_TRACK'
  end
  when {{t}}.kind = 'CONTINUOUS' then case
    when {_SINCE_ACTIVITY} > {_threshold("trust_inactive_days")} then 'OVERDUE'
    when {_SINCE_ACTIVITY} > {_threshold("trust_active_days")} or not ({TRUST_DOES_NOT_FALL}) then 'AT_RISK'
    else 'ON_TRACK'
  end
  else 'NOT_APPLICABLE'
end"""

_OF_ALL_SUB_PROJECTS: Final = (
    "(select round(avg(coalesce((select 100.0 * sum(m.weight) filter (where m.done_on is not null) / sum(m.weight)"
    " from milestone m where m.sub_project_id = part.id and m.deleted_at is null), 0)), 1)"
    " from sub_project part join action_plan whole on whole.id = part.plan_id"
    " where whole.project_id = {t}.project_id and whole.status in ('APPROVED', 'SUPERSEDED')"
    " and part.status <> 'CANCELLED' and part.deleted_at is null)"
)
PROGRESS: Final = (
    f"(case when {{t}}.code = 'IMPLEMENTATION' then {_OF_ALL_SUB_PROJECTS}"
    f" when {{t}}.kind = 'WINDOWED' then round(100 * {_GATE_SHARE}, 1) end)::float"
)
"""How far a phase has come, per cent: implementation by all of its sub-projects, windowed phases by their gates."""
