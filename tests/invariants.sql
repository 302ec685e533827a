-- What must be true of every database at any moment (domain section 4.3), as queries that return no row.
-- A section begins with its invariant; what it selects names the row that breaks it.

-- I1: a project has exactly the five phases of the source, each once
select p.id from cluster_project p
left join lateral (select count(*) as phases, count(distinct f.code) as codes,
  string_agg(f.ordinal::text, '' order by f.ordinal) as ordinals from phase f where f.project_id = p.id) f on true
where f.phases <> 5 or f.codes <> 5 or f.ordinals <> '12345'

-- I2: a cluster has at most one running project
select cluster_id from cluster_project
where status in ('ACTIVE', 'SUSPENDED', 'EXITING') and deleted_at is null group by cluster_id having count(*) > 1

-- I3: a running project has exactly one current lead agent, and one that is over has none
select p.id from cluster_project p
where p.deleted_at is null and p.status in ('ACTIVE', 'SUSPENDED', 'EXITING', 'COMPLETED')
and (select count(*) from agent_assignment a where a.project_id = p.id and a.role = 'CLUSTER_DEVELOPMENT_AGENT'
  and a.valid_to is null and a.deleted_at is null) <> (p.status <> 'COMPLETED')::int

-- I4: trust building begins and ends with its project
select f.id from phase f join cluster_project p on p.id = f.project_id
where f.code = 'TRUST_BUILDING' and p.status <> 'CANCELLED' and (
  f.actual_start is distinct from p.actual_start
  or (p.status = 'COMPLETED' and f.actual_end is distinct from p.actual_end)
  or (p.status <> 'COMPLETED' and f.actual_end is not null))

-- I5: implementation begins after the study has ended
select f.id from phase f join phase s on s.project_id = f.project_id and s.code = 'DIAGNOSTIC_STUDY'
where f.code = 'IMPLEMENTATION' and f.actual_start is not null
and (s.actual_end is null or f.actual_start <= s.actual_end)

-- I6: a sub-project is carried out only under a plan that was approved before it started
select s.id from sub_project s join action_plan a on a.id = s.plan_id
where s.actual_start is not null and (a.approved_on is null or s.actual_start < a.approved_on)

-- I6: no money is committed under a plan that was never approved (E6)
select b.id from budget_line b join sub_project s on s.id = b.sub_project_id join action_plan a on a.id = s.plan_id
where a.approved_on is null and (b.committed > 0 or b.disbursed > 0 or b.spent > 0)
union all
select c.id from support_commitment c join action_plan a on a.id = c.plan_id
where a.approved_on is null and c.deleted_at is null

-- I7: a cluster has at most one approved plan in force, and its versions follow one another without a gap
select cluster_id from action_plan group by cluster_id
having count(*) filter (where status = 'APPROVED') > 1 or max(version) <> count(*) or min(version) <> 1
or count(distinct version) <> count(*) or count(*) filter (where status in ('DRAFT', 'SUBMITTED', 'RETURNED')) > 1

-- I7: of the versions that were approved only the newest is in force
select a.id from action_plan a where a.status = 'APPROVED' and exists (
  select 1 from action_plan later where later.cluster_id = a.cluster_id and later.version > a.version
  and later.status in ('APPROVED', 'SUPERSEDED'))

-- I8: an approved plan rests on a decision of the council of its own cluster, not later than the approval
select a.id from action_plan a
left join council_decision d on d.id = a.decision_id
left join council_meeting m on m.id = d.meeting_id
left join steering_council c on c.id = m.council_id
where a.status in ('APPROVED', 'SUPERSEDED') and (
  d.id is null or d.decision <> 'APPROVE' or d.subject <> 'ACTION_PLAN' or d.plan_id <> a.id
  or d.decided_on > a.approved_on or c.cluster_id <> a.cluster_id or m.held_on is distinct from d.decided_on)

-- I8: one version is approved by one decision
select plan_id from council_decision where decision = 'APPROVE' and subject = 'ACTION_PLAN' and deleted_at is null
group by plan_id having count(*) > 1

-- I8: a decision has a quorum of the seats of its day and more votes for it than against it
select d.id from council_decision d join council_meeting m on m.id = d.meeting_id
where (select count(*) filter (where v.vote = 'FOR') - count(*) filter (where v.vote = 'AGAINST')
  from decision_vote v where v.decision_id = d.id) <= 0
or exists (select 1 from decision_vote v where v.decision_id = d.id and not exists (
  select 1 from meeting_attendance a where a.meeting_id = m.id and a.seat_id = v.seat_id and a.present))

-- I9: the next version is due as many Jalali months after its anchor as the programme says
select a.id from action_plan a
join cluster_project p on p.id = coalesce(a.project_id, (select l.id from cluster_project l
  where l.cluster_id = a.cluster_id and l.actual_start is not null order by l.actual_start desc, l.id desc limit 1))
join programme_template t on t.id = p.template_id
where a.approved_on is not null and a.next_due_on <> khoosheh_add_months(
  case when t.renewal_anchor = 'PRESENTATION' then coalesce(a.presented_on, a.approved_on) else a.approved_on end,
  coalesce((t.thresholds ->> 'plan_interval_months')::int, 12))

-- I10: the agent presents while a project runs, afterwards the comprehensive network does
select a.id from action_plan a
join lateral (select e.sequence from event e where e.subject_id = a.id and e.type = 'action_plan.submitted'
  order by e.sequence desc limit 1) told on true
left join lateral (select e.type from event e where e.cluster_id = a.cluster_id and e.sequence < told.sequence
  and (e.type in ('project.activated', 'project.completed')
    or (e.type = 'project.cancelled' and e.payload ->> 'before' <> 'PLANNED'))
  order by e.sequence desc limit 1) standing on true
where a.submitted_by is distinct from case standing.type when 'project.activated' then 'AGENT' else 'NETWORK' end

-- I11: a cluster has at most one comprehensive network
select cluster_id from network where designated_on is not null and dissolved_on is null and deleted_at is null
group by cluster_id having count(*) > 1

-- I12: an exit is announced only with both assessments at their thresholds
select e.id from exit_process e
join audit_entry made on made.entity_id = e.id and made.action = 'announceExit' and made.before is null
join cluster_project p on p.id = e.project_id join programme_template t on t.id = p.template_id
where coalesce(array_position(array['NASCENT', 'EMERGING', 'GROWING', 'MATURING', 'DEVELOPED'], (
    select level.after ->> 'development_level' from audit_entry level where level.entity_id = e.cluster_id
    and level.after ? 'development_level' and level.id < made.id order by level.id desc limit 1)), 0)
  < coalesce((t.thresholds ->> 'exit_development_rank')::int, 4)
or not exists (select 1 from self_reliance_assessment s
  join audit_entry assessed on assessed.entity_id = s.id and assessed.before is null and assessed.id < made.id
  where s.project_id = e.project_id and s.defining >= s.threshold and s.steering >= s.threshold)

-- I12: an announced or completed exit belongs to an exiting or completed project, and to no other
select p.id from cluster_project p
where (p.status in ('EXITING', 'COMPLETED')) <> exists (select 1 from exit_process e where e.project_id = p.id
  and e.status in ('ANNOUNCED', 'COMPLETED') and e.deleted_at is null)

-- I13: an exit is completed in its window or with the reason of an override
select e.id from exit_process e join cluster_project p on p.id = e.project_id
join phase_template f on f.template_id = p.template_id and f.code = 'AGENT_EXIT'
where e.completed_on < khoosheh_add_months(e.announced_on, f.min_months) and e.override_reason is null

-- I14: a completed exit has at least two hand-over steps, all done, and no assignment goes on
select e.id from exit_process e where e.status = 'COMPLETED' and (
  (select count(*) from handover_step s where s.exit_id = e.id and s.deleted_at is null) < 2
  or exists (select 1 from handover_step s where s.exit_id = e.id and s.deleted_at is null and s.done_on is null)
  or exists (select 1 from agent_assignment a where a.project_id = e.project_id and a.valid_to is null
    and a.deleted_at is null))

-- I15: when implementation ends, every sub-project of its plans is over or was handed over
select s.id from phase f join action_plan a on a.project_id = f.project_id join sub_project s on s.plan_id = a.id
where f.code = 'IMPLEMENTATION' and f.status = 'COMPLETED'
and s.status in ('APPROVED', 'IN_PROGRESS', 'SUSPENDED') and s.led_by = 'AGENT' and s.deleted_at is null

-- I16: never more is disbursed than committed, or spent than disbursed, in one currency and its own unit
select id from budget_line where disbursed > committed or spent > disbursed or least(planned, committed, disbursed, spent) < 0
or (currency = 'IRR') = (unit = 'MAIN')

-- I17: every change carries its actor
select id from audit_entry where actor = ''
union all select id from event where actor = ''

-- I19: days are dates, not texts
select table_name || '.' || column_name from information_schema.columns
where table_schema = current_schema() and data_type <> 'date'
and (column_name like '%\_on' or column_name in ('valid_from', 'valid_to', 'planned_start', 'planned_end', 'actual_start',
  'actual_end', 'window_start', 'window_end', 'period_start', 'period_end'))
