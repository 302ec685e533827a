"""What PostgreSQL guards across phases: trust lasts as the project does, work follows the study (I4, I5)."""

from typing import Final

from schema.guards import Statement

# Both rows of a change are there only at the end of its transaction, so the check waits until then.
_FUNCTION: Final = """
create or replace function khoosheh_phases_in_order() returns trigger language plpgsql as $body$
declare
  of_project uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
  if exists (
    select 1 from phase study join phase implementation on implementation.project_id = study.project_id
    where study.project_id = of_project and study.code = 'DIAGNOSTIC_STUDY'
      and implementation.code = 'IMPLEMENTATION' and implementation.actual_start <= study.actual_end
  ) then
    raise exception 'implementation starts after the study' using
      errcode = 'check_violation', constraint = 'phase_after_study_check', table = 'phase';
  end if;
  if exists (
    select 1 from phase trust join cluster_project project on project.id = trust.project_id
    where trust.project_id = of_project and trust.code = 'TRUST_BUILDING'
      and (trust.actual_start <> project.actual_start or trust.actual_end <> project.actual_end)
  ) then
    raise exception 'trust building lasts as long as the project' using
      errcode = 'check_violation', constraint = 'phase_with_project_check', table = 'phase';
  end if;
  return null;
end
$body$
"""
_TRIGGERS: Final = "; ".join(
    f"create constraint trigger {table}_in_order after insert or update of actual_start, actual_end on"
    f" {table} deferrable initially deferred for each row"
    f" execute function khoosheh_phases_in_order('{column}')"
    for table, column in (("phase", "project_id"), ("cluster_project", "id"))
)

PHASES_IN_ORDER: Final = Statement(
    "khoosheh_phases_in_order",
    f"{_FUNCTION};{_TRIGGERS}",
    "drop trigger if exists phase_in_order on phase;"
    " drop trigger if exists cluster_project_in_order on cluster_project;"
    " drop function if exists khoosheh_phases_in_order()",
)
