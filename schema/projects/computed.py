"""What PostgreSQL computes of projects and templates: visits due, thresholds, what would be late."""

from typing import Final

from schema.projects.thresholds import THRESHOLDS, of_project

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

LATE_PHASES: Final = (
    "select 'ClusterProject_' || p.id as project_id, p.name_fa as project_name_fa,"
    " p.name_en as project_name_en,"
    " s.code, s.window_end, khoosheh_add_months(s.actual_start, f.max_months) as window_end_then,"
    " {today} - khoosheh_add_months(s.actual_start, f.max_months) as days_late_then"
    " from {Phase} s join {ClusterProject} p on p.id = s.project_id"
    " join phase_template f on f.template_id = {t}.id and f.code = s.code"
    " where s.status = 'IN_PROGRESS' and f.max_months is not null"
    " and {today} > khoosheh_add_months(s.actual_start, f.max_months)"
    " order by days_late_then desc, p.id, s.ordinal"
)
