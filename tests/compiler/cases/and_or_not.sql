select convert_to('{"clusters":' || (select '{"nodes":' || '[' || coalesce(string_agg(c1, ','), '') || ']' || '}'
  from (select '{"slug":' || to_json(t1.slug)::text || '}' as c1
  from cluster t1
  where t1.deleted_at is null
  and (t1.slug = $1::text or not coalesce(t1.workshops_count > $2::bigint, false))
  order by t1.name_fa_order, t1.id
  limit $3::bigint) page) || '}', 'UTF8')
