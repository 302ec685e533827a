select convert_to('{"clusters":' || (select '{"nodes":' || '[' || coalesce(string_agg(c1, ','), '') || ']' || '}'
  from (select '{"slug":' || to_json(t1.slug)::text || ',"phases":' || (select '{"nodes":' || '[' || coalesce(string_agg(c1, ','), '') || ']' || ',"totalCount":' || (select count(*)
  from phase t2
  where t2.cluster_id = t1.id
  and t2.deleted_at is null)::text || '}'
  from (select '{"code":"' || t2.code || '","status":"' || t2.status || '","health":"' || case
  when t2.status = 'COMPLETED'
  and t2.window_end is not null
    then case when t2.actual_end > t2.window_end then 'COMPLETED_LATE' else 'COMPLETED_ON_TIME' end
  when t2.status <> 'IN_PROGRESS' then 'NOT_APPLICABLE'
  when t2.window_end is not null then case
    when $1::date > t2.window_end then 'OVERDUE'
    when $1::date > t2.window_start
  and exists (select 1
  from phase_gate gate
  where gate.phase_id = t2.id
  and gate.deleted_at is null
  and gate.mandatory
  and gate.met_on is null) then 'AT_RISK'
    when (($1::date - t2.actual_start)::numeric / nullif(t2.window_end - t2.actual_start, 0)) - (select (count(gate.met_on))::numeric / nullif(count(*), 0)
  from phase_gate gate
  where gate.phase_id = t2.id
  and gate.deleted_at is null) > (select coalesce((edition.thresholds ->> 'gate_share_gap')::numeric, 0.2)
  from cluster_project keeper join programme_template edition on edition.id = keeper.template_id
  where keeper.id = t2.project_id) then 'AT_RISK'
    else 'ON_TRACK'
  end
  when t2.kind = 'RECURRING' then case
    when $1::date > coalesce((select plan.next_due_on
  from action_plan plan
  where plan.cluster_id = t2.cluster_id
  and plan.status = 'APPROVED'
  and plan.deleted_at is null), t2.due_on) then 'OVERDUE'
    when coalesce((select plan.next_due_on
  from action_plan plan
  where plan.cluster_id = t2.cluster_id
  and plan.status = 'APPROVED'
  and plan.deleted_at is null), t2.due_on) - $1::date <= (select coalesce((edition.thresholds ->> 'plan_due_soon_days')::numeric, 90)
  from cluster_project keeper join programme_template edition on edition.id = keeper.template_id
  where keeper.id = t2.project_id) then 'AT_RISK'
    when coalesce((select plan.next_due_on
  from action_plan plan
  where plan.cluster_id = t2.cluster_id
  and plan.status = 'APPROVED'
  and plan.deleted_at is null), t2.due_on) is null then 'NOT_APPLICABLE'
    else 'ON_TRACK'
  end
  when t2.kind = 'CONTINUOUS' then case
    when ($1::date - coalesce((select max(activity.actual_end)
  from trust_activity activity
  where activity.project_id = t2.project_id
  and activity.deleted_at is null), t2.actual_start)) > (select coalesce((edition.thresholds ->> 'trust_inactive_days')::numeric, 180)
  from cluster_project keeper join programme_template edition on edition.id = keeper.template_id
  where keeper.id = t2.project_id) then 'OVERDUE'
    when ($1::date - coalesce((select max(activity.actual_end)
  from trust_activity activity
  where activity.project_id = t2.project_id
  and activity.deleted_at is null), t2.actual_start)) > (select coalesce((edition.thresholds ->> 'trust_active_days')::numeric, 90)
  from cluster_project keeper join programme_template edition on edition.id = keeper.template_id
  where keeper.id = t2.project_id) or not (coalesce((select last.social_capital_index >= former.social_capital_index
  from trust_survey last join trust_survey former on former.project_id = last.project_id
  and former.round < last.round
  and former.status = 'CLOSED'
  and former.deleted_at is null
  where last.project_id = t2.project_id
  and last.status = 'CLOSED'
  and last.deleted_at is null
  order by last.round desc, former.round desc
  limit 1), true)) then 'AT_RISK'
    else 'ON_TRACK'
  end
  else 'NOT_APPLICABLE'
end || '","daysLeft":' || coalesce((case when t2.status = 'IN_PROGRESS' then t2.window_end - $1::date end)::text, 'null') || '}' as c1
  from phase t2
  where t2.cluster_id = t1.id
  and t2.deleted_at is null
  order by t2.cluster_id, t2.ordinal, t2.id
  limit $2::bigint) page) || '}' as c1
  from cluster t1
  where t1.deleted_at is null
  order by t1.name_fa_order, t1.id
  limit $3::bigint) page) || '}', 'UTF8')
