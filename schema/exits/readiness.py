"""Whether the agent could leave, computed as SQL over a project `{t}`: advisory, the council decides (4.5)."""

from typing import Final

from schema.projects.thresholds import of_project
from schema.vocabulary import DevelopmentLevel

FORMULA_VERSION: Final = 2

_LEVELS: Final = ", ".join(f"'{level.value}'" for level in DevelopmentLevel)
_LAST_PLAN: Final = (
    "(select plan.id from action_plan plan where plan.cluster_id = {t}.cluster_id"
    " and plan.status in ('APPROVED', 'SUPERSEDED') and plan.deleted_at is null"
    " order by plan.version desc limit 1)"
)


def _threshold(key: str) -> str:
    return of_project(key, "{t}.id")


DEFINING: Final = (
    "coalesce((select avg((s.defined_by in ('MEMBER', 'NETWORK'))::int) from sub_project s"
    f" where s.plan_id = {_LAST_PLAN} and s.status <> 'CANCELLED' and s.deleted_at is null), 0)::float"
)
"""Sub-projects of the last plan that members or networks defined, of all of them (R48)."""

STEERING: Final = (
    "coalesce((select avg((s.led_by in ('MEMBER', 'NETWORK'))::int) from sub_project s"
    " where s.cluster_id = {t}.cluster_id and s.status = 'IN_PROGRESS' and s.deleted_at is null), 0)::float"
)
"""Active sub-projects that members or networks lead, of all active ones (R48)."""

RESOURCES: Final = (
    "coalesce((select min(share) from (select coalesce(sum(line.planned) filter"
    " (where line.source in ('MEMBER_CONTRIBUTION', 'NETWORK_FUNDS')), 0) / nullif(sum(line.planned), 0) as share"
    " from budget_line line join sub_project s on s.id = line.sub_project_id"
    " where line.cluster_id = {t}.cluster_id and line.deleted_at is null and s.deleted_at is null"
    " and coalesce(line.period_end, s.planned_end, {today}) >= khoosheh_add_months({today}, -12)"
    " group by line.currency, line.unit) shares), 0)::float"
)
"""The cluster's own money of all that is planned for the last twelve Jalali months (E13).

Currencies and units are never summed together (I16): the lowest of their shares counts, and it is
nought where the cluster has no money of its own in a currency.
"""

SOCIAL_CAPITAL: Final = (
    "(select survey.social_capital_index from trust_survey survey where survey.project_id = {t}.id"
    " and survey.status = 'CLOSED' and survey.deleted_at is null order by survey.round desc limit 1)"
)
"""The index of the last round, 0 to 100; empty before the first and where too few answered."""

COMPREHENSIVE_NETWORK: Final = (
    "exists (select 1 from network umbrella where umbrella.cluster_id = {t}.cluster_id"
    " and umbrella.designated_on is not null and umbrella.dissolved_on is null"
    " and umbrella.deleted_at is null)"
)

PLAN_IS_FRESH: Final = (
    "exists (select 1 from action_plan plan where plan.cluster_id = {t}.cluster_id and plan.status = 'APPROVED'"
    f" and plan.deleted_at is null and plan.next_due_on - {{today}} > {_threshold('plan_due_soon_days')})"
)

LEVEL_ATTAINED: Final = (
    f"coalesce((select array_position(array[{_LEVELS}], home.development_level::text)"
    f" from cluster home where home.id = {{t}}.cluster_id), 0) >= {_threshold('exit_development_rank')}"
)

SCORE: Final = (
    f"round((100 * ({_threshold('weight_defining')} * {DEFINING}"
    f" + {_threshold('weight_steering')} * {STEERING}"
    f" + {_threshold('weight_resources')} * {RESOURCES})"
    f" + {_threshold('weight_social_capital')} * coalesce({SOCIAL_CAPITAL}, 0))::numeric, 1)::float"
)
"""The readiness score, 0 to 100, with the weights of the project's template."""

ELIGIBLE: Final = (
    f"({COMPREHENSIVE_NETWORK} and {PLAN_IS_FRESH} and {LEVEL_ATTAINED}"
    f" and {SCORE} >= {_threshold('exit_score')})"
)
"""All gates open and the score at or above the threshold."""

STATUS: Final = (
    "coalesce((select process.status from exit_process process where process.project_id = {t}.id"
    " and process.status in ('ANNOUNCED', 'COMPLETED') and process.deleted_at is null),"
    f" case when {ELIGIBLE} then 'ELIGIBLE' else 'NOT_ELIGIBLE' end)"
)
"""Where the exit of the project stands."""
