"""How near the next version of an action plan is, as SQL over a plan `{t}` (R25, 4.5)."""

from typing import Final

from schema.projects.thresholds import of_plan

FRESHNESS: Final = f"""case
  when {{t}}.status <> 'APPROVED' then 'NONE'
  when {{today}} > {{t}}.next_due_on then 'OVERDUE'
  when {{t}}.next_due_on - {{today}} <= {of_plan("plan_due_soon_days")} then 'DUE_SOON'
  else 'FRESH'
end"""
