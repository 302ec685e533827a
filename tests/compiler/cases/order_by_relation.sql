select convert_to('{"clusters":' || (select '{"nodes":' || '[' || coalesce(string_agg(c1, ','), '') || ']' || '}'
  from (select '{"slug":' || to_json(t1.slug)::text || '}' as c1
  from cluster t1
  where t1.deleted_at is null
  order by (select t2.name_fa_order
  from province t2
  where t2.id = t1.province_id) desc, t1.workshops_count desc, t1.id
  limit $1::bigint) page) || '}', 'UTF8')
