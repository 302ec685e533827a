select convert_to('{"subProjects":' || (select '{"nodes":' || '[' || coalesce(string_agg(c1, ','), '') || ']' || '}'
  from (select '{"nameEn":' || to_json(t1.name_en)::text || ',"progress":"' || ((select coalesce(
    round(100.0 * sum(m.weight) filter (where m.done_on is not null) / sum(m.weight), 1), 0)
 
  from milestone m
  where m.sub_project_id = t1.id
  and m.deleted_at is null)) || '","networks":' || (select '{"nodes":' || '[' || coalesce(string_agg(c1, ','), '') || ']' || '}'
  from (select '{"nameEn":' || to_json(t2.name_en)::text || '}' as c1
  from network t2
  where t2.id in (select j.network_id
  from sub_project_network j
  where j.sub_project_id = t1.id
  and j.deleted_at is null)
  and t2.deleted_at is null
  order by t2.cluster_id, t2.name_fa_order, t2.id
  limit $1::bigint) page) || '}' as c1
  from sub_project t1
  where t1.deleted_at is null
  and (t1.cluster_id in (select removed.id
  from cluster removed
  where removed.deleted_at is not null)) is not true
  order by t1.cluster_id, t1.name_fa_order, t1.id
  limit $2::bigint) page) || '}', 'UTF8')
