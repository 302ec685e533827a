select convert_to('{"clusters":' || (select '{"nodes":' || '[' || coalesce(string_agg(c1, ','), '') || ']' || '}'
  from (select '{"nameFa":' || to_json(t1.name_fa)::text || '}' as c1
  from cluster t1
  where t1.deleted_at is null
  and t1.name_fa_norm like $1::text
  order by t1.name_fa_order, t1.id
  limit $2::bigint) page) || '}', 'UTF8')
