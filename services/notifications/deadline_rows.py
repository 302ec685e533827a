"""Where deadlines stand in the tables: one select for every kind, together those of a cluster or of all."""

from __future__ import annotations

from typing import Final

from schema.exits.readiness import ELIGIBLE
from schema.plans.rows import DUTY
from schema.projects.thresholds import of_project

# $1 is today, $2 a cluster or nothing for all, $3 the last day somebody looked, $4 the longest notice.
# What is done is looked at only if it was done since then.
_SINCE_LOOKED: Final = "{done} > coalesce($3::date, 'infinity')"
_OPEN_PROJECT: Final = "p.status in ('ACTIVE', 'EXITING')"


def _recent(done: str) -> str:
    return _SINCE_LOOKED.replace("{done}", done)


_PHASES: Final = f"""
select case f.code when 'AGENT_EXIT' then 'EXIT_PHASE' else 'PHASE' end as kind, 'Phase' as entity, f.id,
  f.cluster_id, f.project_id, f.code::text as phase_code, f.window_end as due, f.actual_start as since,
  f.actual_end as closed
from phase f join cluster_project p on p.id = f.project_id
where f.window_end is not null and f.deleted_at is null and p.deleted_at is null
  and (f.status = 'IN_PROGRESS' and {_OPEN_PROJECT} or f.status = 'COMPLETED' and {_recent("f.actual_end")})
"""  # noqa: S608 - conditions of ours; what varies travels as a parameter
_EXITS: Final = f"""
select course.kind, 'ExitProcess', x.id, x.cluster_id, x.project_id, 'AGENT_EXIT', course.due, x.announced_on,
  coalesce(x.completed_on, x.revoked_on)
from exit_process x cross join lateral
  (values ('EXIT_OPENING', x.window_start), ('EXIT', x.window_end)) as course (kind, due)
where x.deleted_at is null
  and (x.status = 'ANNOUNCED' or {_recent("coalesce(x.completed_on, x.revoked_on)")})
"""  # noqa: S608 - as above
_READINESS: Final = f"""
select 'EXIT_READINESS', 'ClusterProject', p.id, p.cluster_id, p.id, null, a.approved_on, null::date, null::date
from cluster_project p join action_plan a on a.cluster_id = p.cluster_id and a.status = 'APPROVED'
where p.status = 'ACTIVE' and p.deleted_at is null and a.deleted_at is null
  and {ELIGIBLE.replace("{t}", "p").replace("{today}", "$1::date")}
"""  # noqa: S608 - as above
_NEXT_VERSION: Final = (
    "(select min(later.approved_on) from action_plan later where later.cluster_id = a.cluster_id"
    " and later.version > a.version and later.approved_on is not null)"
)
_PLANS: Final = f"""
select 'PLAN', 'ActionPlan', a.id, a.cluster_id, a.project_id, null, a.next_due_on, a.approved_on, {_NEXT_VERSION}
from action_plan a
where a.next_due_on is not null and a.deleted_at is null
  and (a.status = 'APPROVED' or a.status = 'SUPERSEDED' and {_recent(_NEXT_VERSION)})
"""  # noqa: S608 - as above
_FIRST_APPROVAL: Final = (
    "(select min(a.approved_on) from action_plan a"
    " where a.project_id = f.project_id and a.deleted_at is null)"
)
_FIRST_PLANS: Final = f"""
select 'FIRST_PLAN', 'Phase', f.id, f.cluster_id, f.project_id, f.code, f.due_on, f.actual_start, {_FIRST_APPROVAL}
from phase f join cluster_project p on p.id = f.project_id
where f.due_on is not null and f.status = 'IN_PROGRESS' and f.deleted_at is null and p.deleted_at is null
  and {_OPEN_PROJECT} and ({_FIRST_APPROVAL} is null or {_recent(_FIRST_APPROVAL)})
"""  # noqa: S608 - as above
_UNASSIGNED_SINCE: Final = (
    "greatest(a.approved_on, (select max(p.actual_end) from cluster_project p where p.cluster_id = a.cluster_id"
    " and p.deleted_at is null), (select max(n.dissolved_on) from network n where n.cluster_id = a.cluster_id"
    " and n.designated_on is not null and n.deleted_at is null))"
)
_OWNERLESS: Final = f"""
select course.kind, 'ActionPlan', a.id, a.cluster_id, a.project_id, 'ACTION_PLAN', {_UNASSIGNED_SINCE},
  null::date, null::date
from action_plan a cross join (values ('OWNERLESS'), ('STILL_OWNERLESS')) as course (kind)
where a.status = 'APPROVED' and a.deleted_at is null and {DUTY.replace("{cluster}", "a.cluster_id")} = 'UNASSIGNED'
  and (course.kind <> 'OWNERLESS' or not exists (
    select 1 from event e where e.subject_id = a.id and e.type = 'action_plan.owner_missing'
    and e.at >= {_UNASSIGNED_SINCE}))
"""  # noqa: S608 - as above
# Every activity is the beginning of a stretch without any, which the next one ends.
_TRUST: Final = f"""
select 'TRUST', 'Phase', s.id, s.cluster_id, s.project_id, s.code,
  s.day + (case course.late when true then {of_project("trust_inactive_days", "s.project_id")}
           else {of_project("trust_active_days", "s.project_id")} end)::int,
  null::date, s.closed
from (
  select f.id, f.cluster_id, f.project_id, f.code, worked.day,
    coalesce(lead(worked.day) over (partition by f.id order by worked.day), f.actual_end) as closed
  from phase f join cluster_project p on p.id = f.project_id cross join lateral (
    select f.actual_start as day union select t.actual_end from trust_activity t
    where t.project_id = f.project_id and t.actual_end >= f.actual_start and t.deleted_at is null) worked
  where f.code = 'TRUST_BUILDING' and f.actual_start is not null and f.deleted_at is null
    and p.deleted_at is null and (f.status = 'IN_PROGRESS' and {_OPEN_PROJECT} or {_recent("f.actual_end")})
) s cross join (values (false), (true)) as course (late)
where s.closed is null or {_recent("s.closed")}
"""  # noqa: S608 - as above
# Between two visits one is due after every so many months; of those long past only the last is looked at.
_VISITS: Final = f"""
select 'VISIT', 'ClusterProject', v.id, v.cluster_id, v.id, null, v.due, v.day, v.closed
from (
  select s.*, khoosheh_add_months(s.day, s.months * turn) as due,
    khoosheh_add_months(s.day, s.months * (turn + 1)) as after
  from (
    select p.id, p.cluster_id, seen.day, lead(seen.day) over (partition by p.id order by seen.day) as closed,
      (case when exists (select 1 from phase f where f.project_id = p.id and f.code = 'DIAGNOSTIC_STUDY'
        and f.status = 'IN_PROGRESS') then {of_project("visit_months_in_study", "p.id")}
        else {of_project("visit_months_in_implementation", "p.id")} end)::int as months
    from cluster_project p cross join lateral (
      select p.actual_start as day union select w.visited_on from supervision_visit w
      where w.project_id = p.id and w.visited_on >= p.actual_start and w.deleted_at is null) seen
    where {_OPEN_PROJECT} and p.actual_start is not null and p.deleted_at is null
  ) s cross join lateral generate_series(1, 1 + greatest(0,
    (coalesce(s.closed, $1::date) - s.day) / (29 * s.months))) as turn
  where s.closed is null or {_recent("s.closed")}
) v where v.due >= coalesce($3::date, $1::date) or v.after > $1::date
"""  # noqa: S608 - as above
_MILESTONES: Final = f"""
select 'MILESTONE', 'Milestone', m.id, m.cluster_id, a.project_id, 'IMPLEMENTATION', m.due_on, null::date, m.done_on
from milestone m join sub_project s on s.id = m.sub_project_id join action_plan a on a.id = s.plan_id
where m.due_on is not null and m.deleted_at is null and s.deleted_at is null
  and s.status in ('APPROVED', 'IN_PROGRESS') and (m.done_on is null or {_recent("m.done_on")})
"""  # noqa: S608 - as above

# A notice was answered when somebody acknowledged a message about the event, or about one it came with.
_ANSWERED: Final = """exists (
  select 1 from event told join event came on came.correlation_id = told.correlation_id
  join inbox_entry entry on entry.event_id = came.id
  where told.subject_id = d.id and told.type in ('phase.overdue', 'exit.overdue', 'action_plan.overdue')
    and told.payload -> 'due' ->> 'date' = d.due::text and entry.acknowledged_at is not null)"""

_KINDS: Final = (_PHASES, _EXITS, _READINESS, _PLANS, _FIRST_PLANS, _OWNERLESS, _TRUST, _VISITS, _MILESTONES)
DEADLINES: Final = f"""
with deadline as ({"union all".join(_KINDS)})
select d.kind, d.entity, d.id, d.cluster_id, c.province_id, d.project_id, d.phase_code, d.due, d.since, d.closed,
  d.due < $1::date and {_ANSWERED} as answered
from deadline d join cluster c on c.id = d.cluster_id
where c.deleted_at is null and d.due <= $1::date + $4::int and ($2::uuid is null or d.cluster_id = $2)
order by d.due, d.kind, d.id
"""  # noqa: S608 - conditions of ours; what varies travels as a parameter
