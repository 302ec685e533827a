select convert_to('{"clusters":' || (select '{"nodes":' || '[' || coalesce(string_agg(c1, ','), '') || ']' || '}'
  from (select '{"subProjectCounts":' || (select '[' || coalesce(string_agg(item, ','), '') || ']'
  from (select '{"type":"' || t3.type || '","status":"' || t3.status || '","count":' || (t3.count)::text || '}' as item
  from (select s.type, s.status, count(*) as count
  from (select t2.*
  from sub_project t2
  where t2.deleted_at is null
  and (t2.cluster_id in (select removed.id
  from cluster removed
  where removed.deleted_at is not null)) is not true) s
  where s.cluster_id = t1.id
  group by s.type, s.status
  order by s.type, s.status) t3) page) || ',"currentPhases":' || (select '[' || coalesce(string_agg(item, ','), '') || ']'
  from (select '{"code":"' || t4.code || '"}' as item
  from phase t4
  where t4.cluster_id = t1.id
  and t4.deleted_at is null
  and t4.status = 'IN_PROGRESS'
  order by t4.cluster_id, t4.ordinal, t4.id) page) || '}' as c1
  from cluster t1
  where t1.deleted_at is null
  order by t1.name_fa_order, t1.id
  limit $1::bigint) page) || '}', 'UTF8')
