select convert_to('{"clusters":' || (select '{"nodes":' || '[' || coalesce(string_agg(c1, ','), '') || ']' || '}'
  from (select '{"slug":' || to_json(t1.slug)::text || '}' as c1
  from cluster t1
  where t1.deleted_at is null
  and (exists (select 1
  from province t2
  where t2.id = t1.province_id
  and t2.iso_code = $1::text)
  and exists (select 1
  from phase t3
  where t3.cluster_id = t1.id
  and t3.deleted_at is null
  and case
  when t3.status = 'COMPLETED'
  and t3.window_end is not null
    then case when t3.actual_end > t3.window_end then 'COMPLETED_LATE' else 'COMPLETED_ON_TIME' end
  when t3.status <> 'IN_PROGRESS' then 'NOT_APPLICABLE'
  when t3.window_end is not null then case
    when $2::date > t3.window_end then 'OVERDUE'
    when $2::date > t3.window_start
  and exists (select 1
  from phase_gate gate
  where gate.phase_id = t3.id
  and gate.deleted_at is null
  and gate.mandatory
  and gate.met_on is null) then 'AT_RISK'
    when (($2::date - t3.actual_start)::numeric / nullif(t3.window_end - t3.actual_start, 0)) - (select (count(gate.met_on))::numeric / nullif(count(*), 0)
  from phase_gate gate
  where gate.phase_id = t3.id
  and gate.deleted_at is null) > (select coalesce((edition.thresholds ->> 'gate_share_gap')::numeric, 0.2)
  from cluster_project keeper join programme_template edition on edition.id = keeper.template_id
  where keeper.id = t3.project_id) then 'AT_RISK'
    else 'ON_TRACK'
  end
  when t3.kind = 'RECURRING' then case
    when $2::date > coalesce((select plan.next_due_on
  from action_plan plan
  where plan.cluster_id = t3.cluster_id
  and plan.status = 'APPROVED'
  and plan.deleted_at is null), t3.due_on) then 'OVERDUE'
    when coalesce((select plan.next_due_on
  from action_plan plan
  where plan.cluster_id = t3.cluster_id
  and plan.status = 'APPROVED'
  and plan.deleted_at is null), t3.due_on) - $2::date <= (select coalesce((edition.thresholds ->> 'plan_due_soon_days')::numeric, 90)
  from cluster_project keeper join programme_template edition on edition.id = keeper.template_id
  where keeper.id = t3.project_id) then 'AT_RISK'
    when coalesce((select plan.next_due_on
  from action_plan plan
  where plan.cluster_id = t3.cluster_id
  and plan.status = 'APPROVED'
  and plan.deleted_at is null), t3.due_on) is null then 'NOT_APPLICABLE'
    else 'ON_TRACK'
  end
  when t3.kind = 'CONTINUOUS' then case
    when ($2::date - coalesce((select max(activity.actual_end)
  from trust_activity activity
  where activity.project_id = t3.project_id
  and activity.deleted_at is null), t3.actual_start)) > (select coalesce((edition.thresholds ->> 'trust_inactive_days')::numeric, 180)
  from cluster_project keeper join programme_template edition on edition.id = keeper.template_id
  where keeper.id = t3.project_id) then 'OVERDUE'
    when ($2::date - coalesce((select max(activity.actual_end)
  from trust_activity activity
  where activity.project_id = t3.project_id
  and activity.deleted_at is null), t3.actual_start)) > (select coalesce((edition.thresholds ->> 'trust_active_days')::numeric, 90)
  from cluster_project keeper join programme_template edition on edition.id = keeper.template_id
  where keeper.id = t3.project_id) or not (coalesce((select last.social_capital_index >= former.social_capital_index
  from trust_survey last join trust_survey former on former.project_id = last.project_id
  and former.round < last.round
  and former.status = 'CLOSED'
  and former.deleted_at is null
  where last.project_id = t3.project_id
  and last.status = 'CLOSED'
  and last.deleted_at is null
  order by last.round desc, former.round desc
  limit 1), true)) then 'AT_RISK'
    else 'ON_TRACK'
  end
  else 'NOT_APPLICABLE'
end = $3::text offset 0))
  order by t1.name_fa_order, t1.id
  limit $4::bigint) page) || '}', 'UTF8')
