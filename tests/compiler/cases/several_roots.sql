select convert_to('{"provinces":' || ('{"totalCount":' || (select count(*)
  from province t1)::text || '}') || ',"first":' || (select '{"nodes":' || '[' || coalesce(string_agg(c1, ','), '') || ']' || '}'
  from (select '{"slug":' || to_json(t2.slug)::text || '}' as c1
  from cluster t2
  where t2.deleted_at is null
  order by t2.name_fa_order, t2.id
  limit $1::bigint) page) || ',"__typename":"Query"}', 'UTF8')
