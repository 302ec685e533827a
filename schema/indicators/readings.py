"""What the computed indicators of a project say today, as SQL over a project `{t}`; and what is kept of it."""

from typing import Final

from schema.exits import readiness
from schema.indicators.computed import COMPUTED
from schema.phases.health import HEALTH
from schema.plans.freshness import FRESHNESS
from schema.projects.thresholds import of_project
from schema.sub_projects.money import SHARES_OF_PLAN

_SURVEY: Final = (
    "(select survey.{column} from trust_survey survey where survey.project_id = {{t}}.id"
    " and survey.status = 'CLOSED' and survey.deleted_at is null order by survey.round desc limit 1)"
)
_PLAN: Final = (
    "from action_plan plan where plan.cluster_id = {t}.cluster_id and plan.status = 'APPROVED'"
    " and plan.deleted_at is null"
)


def _survey(column: str) -> str:
    return _SURVEY.format(column=column)


def _plan(expression: str) -> str:
    return f"(select {expression.replace('{t}', 'plan')} {_PLAN})"


def _phase(column: str, condition: str) -> str:
    return (
        f"(select {column.replace('{t}', 'stage')} from phase stage where stage.project_id = {{t}}.id and {condition}"  # noqa: S608 - ours
        " and stage.status = 'IN_PROGRESS' order by stage.ordinal limit 1)"
    )


_COVERAGE: Final = "raters_count * 100.0 / nullif(survey.members_count, 0)"

# Numbers and states of a project by the code of the indicator; what has no value for a project is not here.
NUMBERS: Final[dict[str, str]] = {
    "PLAN_DAYS_LEFT": _plan("{t}.next_due_on - {today}"),
    "TRUST_MEMBERS": _survey("member_trust"),
    "TRUST_INSTITUTIONS": _survey("institution_trust"),
    "TRUST_COVERAGE": _survey(_COVERAGE),
    "STRUCTURE_DENSITY": _survey("density"),
    "STRUCTURE_RECIPROCITY": _survey("reciprocity"),
    "STRUCTURE_DECENTRALISATION": _survey("decentralisation"),
    "STRUCTURE_TRANSITIVITY": _survey("transitivity"),
    "STRUCTURE_CONNECTEDNESS": _survey("connectedness"),
    "STRUCTURE_INSTITUTION_TIES": _survey("institution_ties"),
    "STRUCTURE": _survey("structure"),
    "SOCIAL_CAPITAL": readiness.SOCIAL_CAPITAL,
    "SELF_RELIANCE_DEFINING": readiness.DEFINING,
    "SELF_RELIANCE_STEERING": readiness.STEERING,
    "SELF_RELIANCE_RESOURCES": readiness.RESOURCES,
    "EXIT_READINESS": readiness.SCORE,
    "BUDGET_COMMITTED": _plan(SHARES_OF_PLAN["committed"]),
    "BUDGET_DISBURSED": _plan(SHARES_OF_PLAN["disbursed"]),
    "BUDGET_SPENT": _plan(SHARES_OF_PLAN["spent"]),
    "BUDGET_LEVERAGE": _plan(SHARES_OF_PLAN["leverage"]),
}
STATES: Final[dict[str, str]] = {
    "PHASE_HEALTH_WINDOWED": _phase(HEALTH, "stage.window_end is not null"),
    "PHASE_HEALTH_CONTINUOUS": _phase(HEALTH, "stage.kind = 'CONTINUOUS'"),
    "PHASE_HEALTH_RECURRING": _phase(HEALTH, "stage.kind = 'RECURRING'"),
    "PLAN_FRESHNESS": f"coalesce({_plan(FRESHNESS)}, 'NONE')",
    "EXIT_STATUS": readiness.STATUS,
}

_READ: Final = (*NUMBERS, *STATES)


def _values(*, with_thresholds: bool) -> str:
    """Write every reading of a project as rows of an SQL `values` list."""
    rows = []
    thresholds = {definition.code: definition.thresholds for definition in COMPUTED}
    for place, code in enumerate(_READ):
        number, state = NUMBERS.get(code, "null"), STATES.get(code, "null")
        row = f"{place}, '{code}', ({number})::numeric, ({state})::text"
        if with_thresholds:
            pairs = ", ".join(f"'{key}', {of_project(key, '{t}.id')}" for key in thresholds[code])
            row = f"{row}, json_build_object({pairs})"
        rows.append(f"({row})")
    return ", ".join(rows)


READINGS: Final = (
    "select i.id as indicator_id, i.code, i.formula_version, i.unit,"  # noqa: S608 - ours
    " round(said.value, 4)::float as value, said.state, goal.baseline::float as baseline, goal.target::float as target,"
    " round(100 * (said.value - goal.baseline) / nullif(goal.target - goal.baseline, 0), 1)::float as attained"
    f" from (values {_values(with_thresholds=False)}) as said (place, code, value, state)"
    " join {Indicator} i on i.code = said.code left join {IndicatorTarget} goal"
    " on goal.cluster_id = {t}.cluster_id and goal.indicator_id = i.id order by said.place"
)
"""What every computed indicator says of a project today, beside the cluster's target."""

TAKEN: Final = (
    "(select coalesce(json_agg(json_build_object('indicator_id', i.id, 'formula_version', i.formula_version,"  # noqa: S608 - ours
    " 'value', round(said.value, 4), 'state', said.state, 'thresholds', said.thresholds) order by said.place), '[]')"
    f" from (values {_values(with_thresholds=True)}) as said (place, code, value, state, thresholds)"
    " join indicator i on i.code = said.code where said.value is not null or said.state is not null)"
)
"""The same as facts, with the thresholds in force: what is kept when the values are taken (R55)."""
