"""What PostgreSQL computes of projects and templates: visits due, thresholds, what would be late."""

from typing import Final

from schema.phases.health import LAST_TRUST_ACTIVITY
from schema.projects.thresholds import DEFAULTS, THRESHOLDS, of_project

_STUDYING: Final = (
    "exists (select 1 from phase studied where studied.project_id = {t}.id"
    " and studied.code = 'DIAGNOSTIC_STUDY' and studied.status = 'IN_PROGRESS')"
)
_LAST_VISIT: Final = (
    "(select max(visited.visited_on) from supervision_visit visited where visited.project_id = {t}.id"
    " and visited.deleted_at is null)"
)
NEXT_VISIT_DUE: Final = (
    "case when {t}.status in ('ACTIVE', 'EXITING') then khoosheh_add_months("
    f"coalesce({_LAST_VISIT}, {{t}}.actual_start), case when {_STUDYING}"
    f" then {of_project('visit_months_in_study', '{t}.id')}::int"
    f" else {of_project('visit_months_in_implementation', '{t}.id')}::int end) end"
)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_STANDARDS: Final = ", ".join(
    f"({place}, {_quoted(threshold.key)}, {threshold.default}::float8,"
    f" {_quoted(threshold.label_fa)}, {_quoted(threshold.label_en)})"
    for place, threshold in enumerate(THRESHOLDS)
)
THRESHOLD_VALUES: Final = (
    "select known.key, coalesce(({t}.thresholds ->> known.key)::float8, known.standard) as value,"  # noqa: S608 - ours
    " known.standard, known.label_fa, known.label_en"
    f" from (values {_STANDARDS}) as known (place, key, standard, label_fa, label_en) order by known.place"
)


def _in_this_version(key: str) -> str:
    return f"coalesce(({{t}}.thresholds ->> '{key}')::numeric, {DEFAULTS[key]})::int"


# The day after which each kind of phase is late: now, by its project's version, and by the version looked at.
_LAST_DAYS: Final = (
    "select s.id, s.window_end as last_day, khoosheh_add_months(s.actual_start, f.max_months) as then"  # noqa: S608 - ours
    " from {Phase} s join phase_template f on f.template_id = {t}.id and f.code = s.code"
    " where f.max_months is not null"
    " union all select s.id, a.next_due_on, khoosheh_add_months("
    "case when {t}.renewal_anchor = 'PRESENTATION' then coalesce(a.presented_on, a.approved_on)"
    f" else a.approved_on end, {_in_this_version('plan_interval_months')})"
    " from {Phase} s join {ActionPlan} a on a.project_id = s.project_id and a.status = 'APPROVED'"
    " where s.kind = 'RECURRING'"
    f" union all select s.id, {LAST_TRUST_ACTIVITY.replace('{t}', 's')}"
    f" + ({of_project('trust_inactive_days', 's.project_id')})::int,"
    f" {LAST_TRUST_ACTIVITY.replace('{t}', 's')} + {_in_this_version('trust_inactive_days')}"
    " from {Phase} s where s.kind = 'CONTINUOUS'"
)
LATE_PHASES: Final = (
    "select 'ClusterProject_' || p.id as project_id, p.name_fa as project_name_fa,"  # noqa: S608 - ours
    " p.name_en as project_name_en, s.code, d.last_day as window_end, d.then as window_end_then,"
    " {today} - d.then as days_late_then"
    f" from {{Phase}} s join {{ClusterProject}} p on p.id = s.project_id join ({_LAST_DAYS}) d on d.id = s.id"
    " where s.status = 'IN_PROGRESS' and {today} > d.then"
    " order by days_late_then desc, p.id, s.ordinal"
)
