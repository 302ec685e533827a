select convert_to('{"clusters":' || (select '{"nodes":' || '[' || coalesce(array_to_string(array_agg(c1
  order by place desc) filter (where place <= $1::bigint), ','), '') || ']' || ',"pageInfo":{"hasPreviousPage":' || (count(*) > $1::bigint)::text || '}}'
  from (select *, row_number() over () as place
  from (select '{"nameFa":' || to_json(t1.name_fa)::text || '}' as c1
  from cluster t1
  where t1.deleted_at is null
  order by t1.name_fa_order desc, t1.id desc
  limit $1::bigint + 1) backward) page) || '}', 'UTF8')
