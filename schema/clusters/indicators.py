"""The indicators of a cluster as SQL over its row `{t}`: those of its plan, its phases and its last project (4.5)."""

from typing import Final

from schema.exits import readiness
from schema.phases.health import HEALTH
from schema.plans.freshness import FRESHNESS

_PLAN: Final = (
    "from action_plan plan where plan.cluster_id = {t}.id and plan.status = 'APPROVED'"
    " and plan.deleted_at is null"
)
PLAN_FRESHNESS: Final = f"coalesce((select {FRESHNESS.replace('{t}', 'plan')} {_PLAN}), 'NONE')"
NEXT_PLAN_DUE: Final = f"(select plan.next_due_on {_PLAN})"
WORST_HEALTH: Final = f"""(select case
  when bool_or(stage.health = 'OVERDUE') then 'OVERDUE'
  when bool_or(stage.health = 'AT_RISK') then 'AT_RISK'
  when bool_or(stage.health = 'ON_TRACK') then 'ON_TRACK'
  else 'NOT_APPLICABLE' end
  from (select {HEALTH.replace("{t}", "phase")} as health from phase
    where phase.cluster_id = {{t}}.id and phase.status = 'IN_PROGRESS' and phase.deleted_at is null) stage)"""


def _of_last_project(sql: str) -> str:
    """Read a figure off the project that runs, or the one that ran last."""
    return (
        f"(select {sql.replace('{t}', 'latest')} from cluster_project latest where"
        f" latest.cluster_id = {{t}}.id"
        " and latest.actual_start is not null and latest.deleted_at is null"
        " order by latest.actual_start desc, latest.id desc limit 1)"
    )


DEFINING: Final = _of_last_project(readiness.DEFINING)
STEERING: Final = _of_last_project(readiness.STEERING)
RESOURCES: Final = _of_last_project(readiness.RESOURCES)
SOCIAL_CAPITAL: Final = _of_last_project(readiness.SOCIAL_CAPITAL)
EXIT_SCORE: Final = _of_last_project(readiness.SCORE)
